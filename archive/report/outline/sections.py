"""Document's blocks → sections.

Nothing of the body is lost: every block ends in exactly one section. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archive.report.document import Block, Paragraph, Table
from archive.report.model import Section
from archive.report.outline.choice import choose
from archive.report.outline.marks import Mark, find_marks
from archive.report.outline.own_headings import own_headings
from archive.report.outline.printed_lines import text_of
from archive.report.plain import plain

# So many of the six headings make a report of the form.
_LEAST_STATUTORY = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the sections begin.

    `statutory`: by the six official headings, otherwise by the report's own.
    """

    marks: tuple[Mark, ...]
    statutory: bool


def find_outline(
    blocks: Sequence[Block], cells: Collection[int], official_tables: bool
) -> Outline:
    """Choose the headings.

    `cells`: `Place.block` numbers of blocks that belong to a statutory table and so
    hold no heading. `official_tables`: the report uses one of the two official forms;
    then weaker headings are believed.
    """
    marks = choose(find_marks(blocks, cells))
    is_official = official_tables or any(_is_distinctive(blocks, one) for one in marks)
    if is_official and len(marks) >= _LEAST_STATUTORY:
        return Outline(marks, statutory=True)
    return Outline(own_headings(blocks, cells), statutory=False)


def _is_distinctive(blocks: Sequence[Block], mark: Mark) -> bool:
    """Whether a heading is one that only the forms have.

    Free reports share most headings with them, but none speaks of 收到和处理…申请.
    """
    if mark.number != 3:
        return False
    words = plain(text_of(blocks[mark.block])[mark.begin : mark.end])
    if "收到" not in words:
        return False
    return "处理" in words


def cut(blocks: Sequence[Block], outline: Outline) -> list[Section]:
    """The blocks as sections.

    Number 0 is what stands before the first heading, and is always there.
    """
    ends = [mark.start for mark in outline.marks]
    ends.append((len(blocks), 0))
    sections = [Section(0, "", _between(blocks, (0, 0), ends[0]))]
    for mark, end in zip(outline.marks, ends[1:], strict=True):
        block = blocks[mark.block]
        heading = text_of(block)[mark.begin : mark.end]
        body = _between(blocks, mark.stop, end)
        sections.append(Section(mark.number, " ".join(heading.split()), body, block.at))
    return sections


def _between(
    blocks: Sequence[Block], begin: tuple[int, int], end: tuple[int, int]
) -> tuple[Block, ...]:
    """The blocks from one position (block, sign) up to another.

    Blocks cut in two keep the place of the whole.
    """
    parts: list[Block] = []
    for number in range(begin[0], min(end[0] + 1, len(blocks))):
        first = begin[1] if number == begin[0] else 0
        last = end[1] if number == end[0] else None
        parts += _part(blocks[number], first, last)
    return tuple(parts)


def _part(block: Block, first: int, last: int | None) -> list[Block]:
    """Signs `first` to `last` (None: the end) of a block; nothing where none are left.

    A table is never cut: it belongs to the heading before it.
    """
    if isinstance(block, Table):
        if last is None:
            return [block]
        return []
    if first == 0 and last is None:
        return [block]
    text = block.text[first:last].strip()
    if text:
        return [Paragraph(text, block.at)]
    return []


def misnumbered(outline: Outline) -> list[tuple[int, int]]:
    """(official, printed) numbers of the statutory headings numbered otherwise.

    Reports leave a section out and count on, or number 二、 twice. [(3, 2)]: 收到和处理
    …申请情况 is printed as 二、.
    """
    wrong = []
    for mark in outline.marks:
        if mark.printed and mark.printed != mark.number:
            wrong.append((mark.number, mark.printed))
    return wrong
