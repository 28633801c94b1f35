"""The first and last lines of a report, in which it says who it is. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from archive.report.document import Table
from archive.report.model import Section

_FIRST_LINES = 12
_LAST_LINES = 10
_LONGEST_BEGINNING = 10_000


def beginning_of(sections: Sequence[Section]) -> str:
    """The first lines, where period and contact stand: the preamble, in either section
    0 or the head of 总体情况.
    """
    lines = lines_of(sections[:2])[:_FIRST_LINES]
    return "\n".join(lines)[:_LONGEST_BEGINNING]


def ending_of(sections: Sequence[Section]) -> list[str]:
    """The last lines of text, where agency and date stand."""
    last = sections[-1:]
    return lines_of(last)[-_LAST_LINES:]


def lines_of(sections: Sequence[Section]) -> list[str]:
    """The lines of running text that hold anything, without tables.

    A block may hold several: line breaks inside a paragraph are kept as printed.
    """
    lines: list[str] = []
    for section in sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                lines.extend(block.text.split("\n"))
    stripped = map(str.strip, lines)
    return list(filter(None, stripped))
