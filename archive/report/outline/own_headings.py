"""The parts that a report in free form gives itself.

Reports for 2008 to 2018 follow no form: most number their parts 一、二、三 …, and some
only mark the headings as such in the file. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from archive.report.document import Block, Heading
from archive.report.outline.heading_numbers import read_marker
from archive.report.outline.headings import MAX_HEADING
from archive.report.outline.marks import Mark
from archive.report.outline.printed_lines import lines_of, text_of
from archive.report.plain import squeeze

_LEAST_PARTS = 2
# e.g. "一、概述。", "二、主动公开情况："
# not "一、概述"
_STOP = re.compile(r"[。：:；]")


def own_headings(blocks: Sequence[Block], cells: Collection[int]) -> tuple[Mark, ...]:
    """A free report's own parts, counted from 1.

    The first run 一、二、三 …, or the file's own headings where nothing is numbered.
    `cells`: `Place.block` numbers of blocks that belong to a table.
    """
    numbered = _first_run(blocks, cells)
    if len(numbered) >= _LEAST_PARTS:
        return tuple(numbered)
    return _marked(blocks, cells)


def _first_run(blocks: Sequence[Block], cells: Collection[int]) -> list[Mark]:
    """Numbered headings that count on from 一; one number may be missing between two.

    A part whose number the reader lost, or which the report counted wrongly, would
    otherwise end the run.
    """
    run: list[Mark] = []
    for mark in _numbered_lines(blocks, cells):
        expected = len(run) + 1
        accepted = {expected, expected + 1} if run else {1}
        if mark.printed in accepted:
            run.append(replace(mark, number=expected))
    return run


def _numbered_lines(blocks: Sequence[Block], cells: Collection[int]) -> Iterator[Mark]:
    """Every line outside the tables that is a numbered heading."""
    for number, block in enumerate(blocks):
        if block.at.block in cells:
            continue
        for begin, line in lines_of(text_of(block)):
            mark = _numbered(number, line, begin)
            if mark:
                yield mark


def _numbered(block: int, line: str, begin: int) -> Mark | None:
    """A line that is a numbered heading, up to its stop; None for any other.

    `begin`: where the line begins in the text of the block. Text may follow on the same
    line: 一、概述。2017年，….
    """
    compact, places = squeeze(line)
    marker = read_marker(compact)
    if marker is None or not marker.is_top_level:
        return None
    stop = _STOP.search(compact)
    length = stop.end() if stop else len(compact)
    words = length - marker.length
    if words == 0 or words > MAX_HEADING or "，" in compact[:length]:
        return None
    end = places[length] if length < len(places) else len(line)
    first = begin + places[0]
    return Mark(block, first, begin + end, marker.number, printed=marker.number)


def _marked(blocks: Sequence[Block], cells: Collection[int]) -> tuple[Mark, ...]:
    """The headings of the highest level that the file itself marks.

    Of `h1` and `h2` in a page the `h1` only, or the `h2` where there is no `h1`.
    """
    by_level: dict[int, list[Mark]] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.at.block not in cells:
            parts = by_level.setdefault(block.level, [])
            parts.append(Mark(number, 0, len(block.text), len(parts) + 1))
    if not by_level:
        return ()
    highest = min(by_level)
    return tuple(by_level[highest])
