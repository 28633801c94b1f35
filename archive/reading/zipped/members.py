"""The files in an archive (.zip, .gz, .rar, .7z), and in the archives in it.

Nothing is ever written to a disk, so names of members are only shown.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.catalogue import ARCHIVES, GZIP, PICTURES, RAR, SEVEN_ZIP
from archive.reading.sniff import sniff
from archive.reading.unreadable import MAX_BYTES, Unreadable
from archive.reading.zipped.bsdtar import unpacked_by_bsdtar

_MAX_MEMBERS = 200
_MAX_DEPTH = 3
# Times as large as packed; texts shrink to a tenth, a bomb to a thousandth.
_MAX_RATIO = 200
# Bytes; smaller archives may unpack to as much as one of this size.
_SMALL = 5_000
_MAX_UNPACKED = 4 * MAX_BYTES
_LONGEST_NAME = 100
# Systems leave files of their own in archives: macOS, Windows.
_SYSTEM = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
# Before names: what macOS keeps of a file's looks; what Word has of an open file.
_SYSTEM_BEFORE_NAMES = ("._", "~$")
# The flag of a member whose name is in UTF-8.
_UTF_8 = 0x800
# e.g. "10", "2"
_NUMBER = re.compile(r"([0-9]{1,9})")
_BOMB = "压缩包解压后异常巨大，疑似压缩炸弹，已拒绝读取。"
_DAMAGED = "压缩包已损坏，无法解压，请重新下载。"
_PROTECTED = "压缩包有密码保护，或压缩方式不能识别，无法读取；请解压后再导入。"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, with its name as shown to people."""

    name: str
    body: bytes

    @property
    def is_archive(self) -> bool:
        return sniff(self.body) in ARCHIVES

    @property
    def is_picture(self) -> bool:
        return sniff(self.body) in PICTURES

    @property
    def is_of_the_system(self) -> bool:
        """Whether a system left it there and people never saw it."""
        path = self.name.lower()
        if path.startswith(_SYSTEM) or path.endswith(_SYSTEM):
            return True
        _, _, name = path.rpartition("/")
        return name.startswith(_SYSTEM_BEFORE_NAMES)

    @property
    def order(self) -> list[tuple[int, str]]:
        """The name in the order of people: 2.jpg before 10.jpg."""
        order: list[tuple[int, str]] = []
        for index, piece in enumerate(_NUMBER.split(self.name)):
            is_number = index % 2 == 1
            order.append((int(piece), "") if is_number else (0, piece))
        return order


def unpacked(body: bytes) -> list[Member]:
    """The files of an archive and of the archives in it.

    Raises Unreadable when it is damaged, protected or a bomb. What is unpacked in all
    counts: a bomb may lie in many small members, or archives deep.
    """
    members: list[Member] = []
    waiting = [(Member("", body), 0)]
    budget = min(_MAX_UNPACKED, _MAX_RATIO * max(len(body), _SMALL))
    while waiting:
        archive, depth = waiting.pop()
        for member in _opened(archive, budget):
            budget -= len(member.body)
            if len(members) + len(waiting) >= _MAX_MEMBERS:
                raise Unreadable(
                    f"压缩包内文件超过 {_MAX_MEMBERS} 个，不像一份年报；"
                    "请解压后逐份导入。"
                )
            if not member.is_archive:
                members.append(member)
            elif depth + 1 < _MAX_DEPTH:
                waiting.append((member, depth + 1))
            else:
                raise Unreadable("压缩包层层嵌套，已停止读取；请解压后再导入。")
    return members


def _opened(archive: Member, budget: int) -> Iterator[Member]:
    """The members of one archive, of `budget` bytes at most."""
    try:
        kind = sniff(archive.body)
        if kind == GZIP:
            yield _in_gzip(archive, budget)
        elif kind in {RAR, SEVEN_ZIP}:
            for name, content in unpacked_by_bsdtar(archive.body, budget):
                yield Member(_shown(name), content)
        else:
            yield from _in_zip(archive, budget)
    except (RuntimeError, NotImplementedError):
        raise Unreadable(_PROTECTED) from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
        raise Unreadable(_DAMAGED) from None


def _in_gzip(archive: Member, budget: int) -> Member:
    """The one file in a .gz, named as the archive is."""
    with gzip.open(io.BytesIO(archive.body)) as stream:
        content = _bounded(stream.read(budget + 1), budget)
    return Member(archive.name.removesuffix(".gz"), content)


def _in_zip(archive: Member, budget: int) -> Iterator[Member]:
    """The files in a .zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(archive.body)) as file:
        for entry in file.infolist():
            if entry.is_dir():
                continue
            # the directory may lie about sizes: only what is read counts
            with file.open(entry) as part:
                content = _bounded(part.read(budget + 1), budget)
            budget -= len(content)
            yield Member(_name(entry), content)


def _bounded(content: bytes, budget: int) -> bytes:
    """The content; one byte more than the budget was asked for, and tells a bomb."""
    if len(content) > budget:
        raise Unreadable(_BOMB)
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """The name; programs on Chinese Windows write GBK and say nothing of it."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return _shown(name)


def _shown(name: str) -> str:
    """A name as it is shown: its end, in signs that print."""
    path = name.replace("\\", "/")
    printable = "".join(filter(str.isprintable, path))
    return printable[-_LONGEST_NAME:]
