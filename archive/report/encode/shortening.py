"""A report cut to what a page can show: its end is left out, never its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from archive.report.document import Block, Paragraph, Table
from archive.report.model import Report, Section

MOST_SIGNS = 300_000
"""Signs of a text that is shown: five times the longest report known. What is longer is
no report but somebody's attempt, or a book that came along with one.
"""

_TEXT = attrgetter("text")


def shortened(report: Report, most: int = MOST_SIGNS) -> tuple[Report, int]:
    """The report with its first `most` signs, and how many are left out.

    Figures, claims and findings stay; so do the headings of the sections that are left.
    """
    left_out = signs(report.sections) - most
    if left_out <= 0:
        return report, 0
    sections: list[Section] = []
    room = most
    for section in report.sections:
        if room <= 0:
            break
        kept = _first(section.blocks, room)
        sections.append(replace(section, blocks=kept))
        room -= signs([section])
    return replace(report, sections=tuple(sections)), left_out


def signs(sections: Sequence[Section]) -> int:
    """How long the text of some sections is."""
    blocks = [block for section in sections for block in section.blocks]
    return sum(map(_size, blocks)) + sum(len(one.heading) for one in sections)


def _first(blocks: Sequence[Block], room: int) -> tuple[Block, ...]:
    """As much of some blocks as there is room for; a table whole or not at all."""
    kept: list[Block] = []
    for block in blocks:
        size = _size(block)
        if size <= room:
            kept.append(block)
        elif room > 0 and isinstance(block, Paragraph):
            kept.append(replace(block, text=block.text[:room]))
        room -= size
    return tuple(kept)


def _size(block: Block) -> int:
    if isinstance(block, Table):
        return sum(map(len, map(_TEXT, block.cells)))
    return len(block.text)
