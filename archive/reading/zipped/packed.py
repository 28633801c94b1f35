"""Archives (.zip, .gz, .rar, .7z) → the one report in them, maybe in several files.

A report comes in one file, as text and tables apart, or as photographs of its pages;
with copies of itself, links and notices beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from archive.reading.block_numbers import numbered
from archive.reading.unreadable import Unreadable
from archive.reading.zipped.choice import Candidate, chosen_of, listed
from archive.reading.zipped.members import Member, unpacked
from archive.report import Block, Document, Hints, Table

Reader = Callable[[bytes, Hints], Document]

# Files of one archive that are read; a report with its annexes has some five.
_MAX_READ = 20
_SHOWN = 8
_REASONS_SHOWN = 3
_NOT_CHOSEN = "不是报告正文，或与所读文件重复"

# The name of a file, and why it was not read.
_Unread = tuple[str, str]


def read_packed(body: bytes, hints: Hints, read: Reader) -> Document:
    """Reads the report in an archive; `read` reads a member.

    The notes name what was left unread. Raises Unreadable for bombs, passwords, and
    when there is no report or there are several of different agencies.
    """
    archive = _Archive(hints, read)
    for member in _members(body):
        archive.add(member)
    if not archive.found:
        raise Unreadable(_why_nothing(archive.unread))
    chosen = chosen_of(archive.found)
    unread = archive.unread
    for one in archive.found:
        if one not in chosen:
            unread.append((one.name, _NOT_CHOSEN))
    return _whole(chosen, unread)


def _members(body: bytes) -> list[Member]:
    """The files to be read in the order of pages, pictures last.

    A content that comes twice is read once, under its last name.
    """
    members = [one for one in unpacked(body) if not one.is_of_the_system]
    members.sort(key=lambda one: (one.is_picture, one.order))
    by_content: dict[bytes, Member] = {}
    for member in members:
        by_content[member.body] = member
    return list(by_content.values())


class _Archive:
    """What was read of an archive so far, and what was not, and why."""

    def __init__(self, hints: Hints, read: Reader) -> None:
        self.found: list[Candidate] = []
        self.unread: list[_Unread] = []
        self._hints = hints
        self._read = read

    def add(self, member: Member) -> None:
        """Reads a file, unless those read before it leave nothing to do."""
        try:
            self._refuse_more(member)
            hints = replace(self._hints, file_name=member.name)
            document = self._read(member.body, hints)
        except Unreadable as refusal:
            self.unread.append((member.name, str(refusal).rstrip("。")))
        else:
            candidate = Candidate(member.name, document, member.is_picture)
            self.found.append(candidate)

    def _refuse_more(self, member: Member) -> None:
        """Raises Unreadable for files that are not to be read behind those before them.

        Pictures come last: beside a file with text they are logos and photographs.
        """
        has_files = any(not one.is_picture for one in self.found)
        if has_files and member.is_picture:
            raise Unreadable("图片，在其他文件之外")
        if len(self.found) >= _MAX_READ:
            raise Unreadable(f"压缩包内文件超过 {_MAX_READ} 个")


def _why_nothing(unread: Sequence[_Unread]) -> str:
    """What is said of an archive in which nothing could be read."""
    if not unread:
        return "压缩包是空的，没有可读的内容。"
    reasons = []
    for name, reason in unread[:_REASONS_SHOWN]:
        reasons.append(f"“{name}”：{reason}")
    listed_reasons = "；".join(reasons)
    return f"压缩包中没有能读取的文件（{listed_reasons}）。"


def _whole(chosen: Sequence[Candidate], unread: Sequence[_Unread]) -> Document:
    """The chosen files as one document.

    The first whole, of the others the tables; of pictures everything.
    """
    first, *others = chosen
    blocks = list(first.document.blocks)
    for one in others:
        blocks += to_add(one)
    notes: list[str] = []
    for one in chosen:
        notes += one.document.notes
    if others:
        names = listed(one.name for one in chosen)
        notes.append(f"报告由压缩包中的几个文件合成：{names}。")
    if unread:
        reasons = [f"“{name}”（{reason}）" for name, reason in unread]
        shown = "；".join(reasons[:_SHOWN])
        notes.append(f"压缩包中有 {len(unread)} 个文件未读：{shown}。")
    return replace(
        first.document,
        blocks=tuple(numbered(blocks)),
        notes=tuple(notes),
        scanned=any(one.document.scanned for one in chosen),
    )


def to_add(one: Candidate) -> list[Block]:
    """What a further file adds to the first."""
    blocks = one.document.blocks
    if one.is_picture:
        return list(blocks)
    return [block for block in blocks if isinstance(block, Table)]
