"""Archives (.zip, .gz) → the one report in them, which may lie in several files.

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

_MAX_READ = 20
"""Files of one archive that are read; a report with its annexes has some five."""
_SHOWN = 8
_REASONS_SHOWN = 3
_NOT_CHOSEN = "不是报告正文，或与所读文件重复"

_Unread = tuple[str, str]
"""The name of a file, and why it was not read."""


def read_packed(body: bytes, hints: Hints, read: Reader) -> Document:
    """Reads the report in an archive; `read` reads a member.

    The notes name what was left unread. Raises Unreadable for bombs, passwords, and
    when there is no report or there are several of different agencies.
    """
    found, unread = _read_all(_members(body), hints, read)
    if not found:
        raise Unreadable(_why_nothing(unread))
    chosen = chosen_of(found)
    left = [(one.name, _NOT_CHOSEN) for one in found if one not in chosen]
    return _whole(chosen, [*unread, *left])


def _members(body: bytes) -> list[Member]:
    """The files to be read in the order of pages, pictures last, each content once."""
    members = [one for one in unpacked(body) if not one.is_of_the_system]
    members.sort(key=lambda one: (one.is_picture, one.order))
    return list({member.body: member for member in members}.values())


def _read_all(
    members: Sequence[Member], hints: Hints, read: Reader
) -> tuple[list[Candidate], list[_Unread]]:
    found: list[Candidate] = []
    unread: list[_Unread] = []
    for member in members:
        try:
            found.append(_read(member, hints, read, found))
        except Unreadable as refusal:
            unread.append((member.name, str(refusal).rstrip("。")))
    return found, unread


def _read(
    member: Member, hints: Hints, read: Reader, before: Sequence[Candidate]
) -> Candidate:
    """Reads a member, unless those read before it leave nothing to do."""
    if member.is_picture and any(not one.is_picture for one in before):
        raise Unreadable("图片，在其他文件之外")
    if len(before) >= _MAX_READ:
        raise Unreadable(f"压缩包内文件超过 {_MAX_READ} 个")
    document = read(member.body, replace(hints, file_name=member.name))
    return Candidate(member.name, document, member.is_picture)


def _why_nothing(unread: Sequence[_Unread]) -> str:
    if not unread:
        return "压缩包是空的，没有可读的内容。"
    first = unread[:_REASONS_SHOWN]
    reasons = "；".join(f"“{name}”：{reason}" for name, reason in first)
    return f"压缩包中没有能读取的文件（{reasons}）。"


def _whole(chosen: Sequence[Candidate], unread: Sequence[_Unread]) -> Document:
    """The chosen files as one document.

    The first whole, of the others the tables; of pictures everything.
    """
    first, *others = chosen
    more: list[Block] = []
    for one in others:
        blocks = one.document.blocks
        more += [
            block for block in blocks if one.is_picture or isinstance(block, Table)
        ]
    notes = [note for one in chosen for note in one.document.notes]
    if others:
        names = listed(one.name for one in chosen)
        notes.append(f"报告由压缩包中的几个文件合成：{names}。")
    if unread:
        names = "；".join(f"“{name}”（{reason}）" for name, reason in unread[:_SHOWN])
        notes.append(f"压缩包中有 {len(unread)} 个文件未读：{names}。")
    blocks = tuple(numbered([*first.document.blocks, *more]))
    return replace(first.document, blocks=blocks, notes=tuple(notes))
