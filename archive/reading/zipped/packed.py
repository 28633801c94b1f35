"""Archives (.zip, .gz, .rar, .7z) → the one report in them, maybe in several files.

A report comes in one file, as text and tables apart, or as photographs of its pages;
with copies of itself, links and notices beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.catalogue import Value
from archive.reading.block_numbers import numbered
from archive.reading.unreadable import Unreadable
from archive.reading.zipped.choice import Candidate, chosen_of
from archive.reading.zipped.members import Member, unpacked
from archive.report import Block, Document, Hints, Note, Table

Reader = Callable[[bytes, Hints], Document]

# Files of one archive that are read; a report with its annexes has some five.
_MAX_READ = 20
_REASONS_SHOWN = 3
_REASONS_TOLD = 8
"""Reasons that are told of files which were refused; of the rest their names are."""
_ASIDE = "packed_aside"
"""The case of files that are read, but are not of the report."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file that is not part of what was read, and the case of the note on it."""

    name: str
    case: str
    reason: str = ""
    """What its reader said, of a file that was refused."""


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
    aside = [_Unread(one.name, _ASIDE) for one in archive.found if one not in chosen]
    return _whole(chosen, [*archive.unread, *aside])


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
        passed_over = self._passed_over(member)
        if passed_over:
            self.unread.append(_Unread(member.name, passed_over))
            return
        hints = replace(self._hints, file_name=member.name)
        try:
            document = self._read(member.body, hints)
        except Unreadable as refusal:
            refused = _Unread(member.name, "packed_refused", refusal.reason)
            self.unread.append(refused)
        else:
            candidate = Candidate(member.name, document, member.is_picture)
            self.found.append(candidate)

    def _passed_over(self, member: Member) -> str:
        """The case of a file that is not to be read behind those before it, or nothing.

        Pictures come last: beside a file with text they are logos and photographs.
        """
        has_files = any(not one.is_picture for one in self.found)
        if has_files and member.is_picture:
            return "packed_pictures"
        if len(self.found) >= _MAX_READ:
            return "packed_over"
        return ""


def _why_nothing(unread: Sequence[_Unread]) -> str:
    """What is said of an archive in which nothing could be read."""
    if not unread:
        return "压缩包是空的，没有可读的内容。"
    reasons = []
    for one in unread[:_REASONS_SHOWN]:
        reasons.append(f"“{one.name}”：{one.reason}")
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
    notes: list[Note] = []
    for one in chosen:
        notes += one.document.notes
    if others:
        names = tuple(one.name for one in chosen)
        notes.append(Note("packed_parts", {"names": names}))
    notes += _notes(unread)
    return replace(
        first.document,
        blocks=tuple(numbered(blocks)),
        notes=tuple(notes),
        scanned=any(one.document.scanned for one in chosen),
    )


def _notes(unread: Sequence[_Unread]) -> Iterator[Note]:
    """A note on all files that were left out for the same reason."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in unread:
        alike.setdefault((one.case, one.reason), []).append(one.name)
    rest: list[str] = []
    for told, ((case, reason), names) in enumerate(alike.items()):
        if told >= _REASONS_TOLD:
            rest += names
            continue
        values: dict[str, Value] = {"names": tuple(names)}
        if reason:
            values["reason"] = reason
        yield Note(case, values)
    if rest:
        yield Note("packed_rest", {"names": tuple(rest)})


def to_add(one: Candidate) -> list[Block]:
    """What a further file adds to the first."""
    blocks = one.document.blocks
    if one.is_picture:
        return list(blocks)
    return [block for block in blocks if isinstance(block, Table)]
