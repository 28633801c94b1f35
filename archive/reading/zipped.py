"""Compressed files (.zip, .gz) → the one report in them, which may lie in several
files.

Nothing is ever written to a disk, so names of members are only shown. Archives inside
archives are opened as well.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.catalogue import GZIP, PICTURES, ZIP
from archive.reading.sniff import sniff
from archive.reading.unreadable import MAX_BYTES, Unreadable
from archive.reading.unruled import numbered
from archive.report import Document, Hints, Report, Table, parse

Reader = Callable[[bytes, Hints], Document]

_MAX_MEMBERS = 200
_MAX_READ = 20
"""Files of one archive that are read; a report with its annexes has some five."""
_MAX_DEPTH = 3
_MAX_RATIO = 200
_MAX_UNPACKED = 4 * MAX_BYTES
_SYSTEM = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_SHOWN = 8
_BOMB = "压缩包解压后异常巨大，疑似压缩炸弹，已拒绝读取。"
_DAMAGED = "压缩包已损坏，无法解压，请重新下载。"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, with its name as shown to people."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    document: Document
    report: Report
    is_picture: bool

    @property
    def has_figures(self) -> bool:
        return any(figure.value is not None for figure in self.report.figures.values())

    @property
    def has_text(self) -> bool:
        return (
            self.report.is_report
            and sum(bool(section.prose.strip()) for section in self.report.sections)
            >= 3
        )

    @property
    def rank(self) -> tuple[int, int]:
        exact = sum(
            str(figure.status) == "exact" for figure in self.report.figures.values()
        )
        return exact, sum(len(section.prose) for section in self.report.sections)


def read_packed(body: bytes, hints: Hints, read: Reader) -> Document:
    """Reads the report in an archive; `read` reads a member. The notes name what was
    left unread.

    Raises Unreadable for bombs, passwords, and when there is no report or there are
    several of different agencies.
    """
    members = [
        member for member in unpacked(body) if not _is_of_the_system(member.name)
    ]
    members.sort(key=lambda member: (_is_picture(member), _page_order(member.name)))
    found: list[_Read] = []
    unread: list[tuple[str, str]] = []
    for member in {member.body: member for member in members}.values():
        try:
            if _is_picture(member) and any(not one.is_picture for one in found):
                raise Unreadable("图片，在其他文件之外")
            if len(found) >= _MAX_READ:
                raise Unreadable(f"压缩包内文件超过 {_MAX_READ} 个")
            document = read(member.body, replace(hints, file_name=member.name))
            report = parse(document, Hints(file_name=member.name))
            found.append(_Read(member.name, document, report, _is_picture(member)))
        except Unreadable as refusal:
            unread.append((member.name, str(refusal).rstrip("。")))
    if not found:
        reasons = "；".join(f"“{name}”：{reason}" for name, reason in unread[:3])
        raise Unreadable(
            f"压缩包中没有能读取的文件（{reasons}）。"
            if unread
            else "压缩包是空的，没有可读的内容。"
        )
    chosen = found if all(one.is_picture for one in found) else _chosen(found)
    unread += [
        (one.name, "不是报告正文，或与所读文件重复")
        for one in found
        if one not in chosen
    ]
    return _whole(chosen, unread)


def unpacked(body: bytes) -> list[Member]:
    """The files of an archive and of the archives in it. Raises Unreadable when it is
    damaged, protected or a bomb.
    """
    members: list[Member] = []
    waiting = [(Member("", body), 0)]
    budget = min(_MAX_UNPACKED, _MAX_RATIO * max(len(body), 5_000))
    while waiting:
        archive, depth = waiting.pop()
        for member in _opened(archive, budget):
            budget -= len(member.body)
            if len(members) + len(waiting) >= _MAX_MEMBERS:
                raise Unreadable(
                    f"压缩包内文件超过 {_MAX_MEMBERS} 个，不像一份年报；"
                    "请解压后逐份导入。"
                )
            if sniff(member.body) not in {ZIP, GZIP}:
                members.append(member)
            elif depth + 1 < _MAX_DEPTH:
                waiting.append((member, depth + 1))
            else:
                raise Unreadable("压缩包层层嵌套，已停止读取；请解压后再导入。")
    return members


def _opened(archive: Member, budget: int) -> Iterator[Member]:
    try:
        if sniff(archive.body) == GZIP:
            with gzip.open(io.BytesIO(archive.body)) as stream:
                yield Member(
                    archive.name.removesuffix(".gz"),
                    _bounded(stream.read(budget + 1), budget),
                )
            return
        with zipfile.ZipFile(io.BytesIO(archive.body)) as file:
            for entry in file.infolist():
                if entry.is_dir():
                    continue
                with file.open(entry) as part:
                    content = _bounded(part.read(budget + 1), budget)
                budget -= len(content)
                yield Member(_name(entry), content)
    except (RuntimeError, NotImplementedError):
        raise Unreadable(
            "压缩包有密码保护，或压缩方式不能识别，无法读取；请解压后再导入。"
        ) from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
        raise Unreadable(_DAMAGED) from None


def _bounded(content: bytes, budget: int) -> bytes:
    if len(content) > budget:
        raise Unreadable(_BOMB)
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """The name; programs on Chinese Windows write GBK and say nothing of it."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return "".join(sign for sign in name.replace("\\", "/") if sign.isprintable())[
        -100:
    ]


def _is_picture(member: Member) -> bool:
    return sniff(member.body) in PICTURES


def _page_order(name: str) -> list[tuple[int, str]]:
    """Names in the order of people: 2.jpg before 10.jpg."""
    pieces = enumerate(re.split(r"([0-9]{1,9})", name))
    return [(int(piece), "") if index % 2 else (0, piece) for index, piece in pieces]


def _is_of_the_system(name: str) -> bool:
    level = name.lower()
    return (
        level.startswith(_SYSTEM)
        or level.endswith(_SYSTEM)
        or level.rsplit("/", 1)[-1].startswith(("._", "~$"))
    )


def _chosen(found: list[_Read]) -> list[_Read]:
    """The file that holds text and tables; else the text and the files that complete
    its tables.
    """
    whole = [one for one in found if one.has_text and one.has_figures]
    agencies = {one.report.agency.name for one in whole if one.report.agency.name}
    years = {one.report.year for one in whole if one.report.year}
    if len(agencies) > 1 or len(years) > 1:
        names = "、".join(f"“{one.name}”" for one in whole[:_SHOWN])
        raise Unreadable(
            f"压缩包中有 {len(whole)} 份不同的年报（{names}），请解压后逐份导入。"
        )
    if whole:
        return [max(whole, key=lambda one: one.rank)]
    texts = sorted((one for one in found if one.has_text), key=lambda one: one.rank)
    chosen = texts[-1:]
    known: set[str] = set()
    for one in sorted(
        (one for one in found if one.has_figures),
        key=lambda one: one.rank,
        reverse=True,
    ):
        keys = {
            key
            for key, figure in one.report.figures.items()
            if figure.value is not None
        }
        if not keys & known:
            known |= keys
            chosen.append(one)
    return chosen or [max(found, key=lambda one: (one.report.is_report, one.rank))]


def _whole(chosen: list[_Read], unread: list[tuple[str, str]]) -> Document:
    """The chosen files as one document: the first whole, of the others the tables; of
    pictures everything.
    """
    first, *others = chosen
    more = [
        block
        for one in others
        for block in one.document.blocks
        if one.is_picture or isinstance(block, Table)
    ]
    notes = [note for one in chosen for note in one.document.notes]
    if others:
        names = "、".join(f"“{one.name}”" for one in chosen)
        notes.append(f"报告由压缩包中的几个文件合成：{names}。")
    if unread:
        names = "；".join(f"“{name}”（{reason}）" for name, reason in unread[:_SHOWN])
        notes.append(f"压缩包中有 {len(unread)} 个文件未读：{names}。")
    blocks = tuple(numbered([*first.document.blocks, *more]))
    return replace(first.document, blocks=blocks, notes=tuple(notes))
