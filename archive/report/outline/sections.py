"""Document's blocks → sections. Nothing of the body is lost: every block ends in
exactly one section. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from archive.report.document import Block, Heading, Paragraph, Table
from archive.report.model import Section
from archive.report.outline.headings import MAX_HEADING, likeness, read_marker
from archive.report.plain import plain, squeeze

MAX_MARKS = 400
"""Candidates looked at; a report has six headings, and a hostile text can print them a
thousand times.
"""
_ENOUGH = 1.0
"""Least score of a heading that is believed."""
_OFFICIAL_WORDS = 1.5
"""Score of a line behind a second-level number, （二）, that is an official heading to
the letter, number and all.
"""
_TABLE_SIGNS = {
    2: re.compile(r"第二十条|信息内容|规章|规范性文件"),
    3: re.compile(r"申请人|自然人|勾稽|新收"),
    4: re.compile(r"行政复议|结果维持|尚未审结"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading at signs `begin` to `end` of the text of block `block` (from 0)."""

    block: int
    begin: int
    end: int
    number: int
    score: float = 0.0
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the sections begin. `statutory`: by the six official headings, otherwise by
    the report's own.
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
    marks = _chosen(_candidates(blocks, cells))
    if len(marks) >= 3 and (
        official_tables or any(_is_distinctive(blocks, mark) for mark in marks)
    ):
        return Outline(marks, statutory=True)
    return Outline(_own_headings(blocks, cells), statutory=False)


def _is_distinctive(blocks: Sequence[Block], mark: Mark) -> bool:
    """Free reports share most headings with the forms, but none speaks of 收到和处理 …
    申请.
    """
    block = blocks[mark.block]
    words = "" if isinstance(block, Table) else plain(block.text[mark.begin : mark.end])
    return mark.number == 3 and "收到" in words and "处理" in words


def cut(blocks: Sequence[Block], outline: Outline) -> list[Section]:
    """The blocks as sections; number 0 is what stands before the first heading, and is
    always there.
    """
    sections: list[Section] = []
    number, heading, at, begin = 0, "", None, (0, 0)
    for mark in outline.marks:
        sections.append(
            Section(
                number, heading, _between(blocks, begin, (mark.block, mark.begin)), at
            )
        )
        block = blocks[mark.block]
        text = "" if isinstance(block, Table) else block.text[mark.begin : mark.end]
        number, heading, at, begin = (
            mark.number,
            " ".join(text.split()),
            block.at,
            (mark.block, mark.end),
        )
    sections.append(
        Section(number, heading, _between(blocks, begin, (len(blocks), 0)), at)
    )
    return sections


def _between(
    blocks: Sequence[Block], begin: tuple[int, int], end: tuple[int, int]
) -> tuple[Block, ...]:
    """The blocks from one position to another; blocks cut in two keep the place of the
    whole.
    """
    parts: list[Block] = []
    for number in range(begin[0], min(end[0] + 1, len(blocks))):
        block = blocks[number]
        first = begin[1] if number == begin[0] else 0
        last = end[1] if number == end[0] else None
        if isinstance(block, Table):
            if last is None:
                parts.append(block)
        elif first == 0 and last is None:
            parts.append(block)
        elif text := block.text[first:last].strip():
            parts.append(Paragraph(text, block.at))
    return tuple(parts)


def _candidates(blocks: Sequence[Block], cells: Collection[int]) -> list[Mark]:
    marks: list[Mark] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Table) or block.at.block in cells:
            continue
        for mark in _marks_in(number, block):
            bonus = _table_bonus(blocks, mark, block.text)
            if (
                read_bracket(block.text[mark.begin :])
                and not bonus
                and mark.score < _OFFICIAL_WORDS
            ):
                continue
            heading = 0.5 if isinstance(block, Heading) else 0.0
            marks.append(replace(mark, score=mark.score + bonus + heading))
        if len(marks) > MAX_MARKS:
            break
    return [
        replace(mark, score=mark.score - _crowded(marks, at, blocks))
        for at, mark in enumerate(marks)
    ]


def read_bracket(text: str) -> bool:
    """True when the text begins with a second-level number such as （一）."""
    marker = read_marker(plain(text[:20]))
    return marker is not None and marker.kind == "bracket"


def _marks_in(number: int, block: Heading | Paragraph) -> list[Mark]:
    """Headings at the beginning of the lines of a block, or, fully numbered and worded,
    after a full stop.
    """
    marks = []
    begin = 0
    for line in block.text.split("\n"):
        compact, places = squeeze(line)
        starts = [0] + [
            match.end()
            for match in re.finditer(r"[。；！？](?=[一二三四五六]、)", compact)
        ]
        starts += [
            match.end()
            for match in re.finditer(r"(?<=[^、])(?=[二三四五六]、)", compact)
            if _blank_before(line, places, match.end())
        ]
        for start in sorted(set(starts)) if compact else []:
            for like in likeness(
                compact[start : start + 4 * MAX_HEADING], inline=start > 0
            ):
                last = start + like.length
                end = begin + (places[last] if last < len(places) else len(line))
                penalty = 1.0 if start else 0.0
                marks.append(
                    Mark(
                        number,
                        begin + places[start],
                        end,
                        like.number,
                        like.score - penalty,
                        like.printed,
                    )
                )
            if len(marks) > MAX_MARKS:
                return marks
        begin += len(line) + 1
    return marks


def _blank_before(line: str, places: list[int], at: int) -> bool:
    return 0 < at < len(places) and places[at] > places[at - 1] + 1


def _table_bonus(blocks: Sequence[Block], mark: Mark, text: str) -> float:
    """A heading whose table follows it is the real one, not its mention in a list of
    contents.
    """
    signs = _TABLE_SIGNS.get(mark.number)
    if not signs:
        return 0.0
    following = [plain(text[mark.end : mark.end + 60])]
    for block in blocks[mark.block + 1 : mark.block + 4]:
        words = (
            "".join(cell.text for cell in block.cells[:12])
            if isinstance(block, Table)
            else block.text
        )
        if len(words) > 400:
            break
        following.append(
            plain(words) if isinstance(block, Table) or len(words) < 30 else ""
        )
    own = sum(bool(signs.search(words)) and not likeness(words) for words in following)
    return 1.5 if own else 0.0


def _crowded(marks: Sequence[Mark], at: int, blocks: Sequence[Block]) -> float:
    """A heading followed at once by the next one belongs to a list of contents, most
    likely.
    """
    mark = marks[at]
    for other in marks[at + 1 :]:
        if (other.block, other.begin) <= (mark.block, mark.begin):
            continue
        if other.number not in {mark.number, mark.number + 1} and (
            other.block,
            other.begin,
        ) < (mark.block, mark.end):
            continue
        block = blocks[mark.block]
        rest = (
            ""
            if isinstance(block, Table)
            else block.text[
                mark.end : other.begin if other.block == mark.block else None
            ]
        )
        return (
            2.0
            if other.block <= mark.block + 1
            and not rest.strip()
            and other.number == mark.number + 1
            else 0.0
        )
    return 0.0


def _chosen(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The best increasing sequence: at most one heading a section, in order of position
    and number.

    Of equally good ones the later: the list of contents comes first.
    """
    marks = sorted(
        (mark for mark in marks if mark.score >= _ENOUGH),
        key=lambda mark: (mark.block, mark.begin),
    )
    best: list[tuple[float, tuple[Mark, ...]]] = []
    for at, mark in enumerate(marks):
        before: tuple[float, tuple[Mark, ...]] = (0.0, ())
        for other, (score, chain) in zip(marks[:at], best, strict=True):
            fits = other.number < mark.number and (other.block, other.end) <= (
                mark.block,
                mark.begin,
            )
            if fits and score >= before[0]:
                before = (score, chain)
        best.append((before[0] + mark.score, (*before[1], mark)))
    winner: tuple[float, tuple[Mark, ...]] = (0.0, ())
    for candidate in best:
        if candidate[0] >= winner[0]:
            winner = candidate
    return winner[1]


def _own_headings(blocks: Sequence[Block], cells: Collection[int]) -> tuple[Mark, ...]:
    """A free report's own parts: the first run 一、二、三 …, or the file's own headings
    where nothing is numbered.
    """
    numbered: list[Mark] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Table) or block.at.block in cells:
            continue
        begin = 0
        for line in block.text.split("\n"):
            mark = _own_mark(number, line, begin)
            if (
                mark
                and mark.printed in {len(numbered) + 1, len(numbered) + 2}
                and (numbered or mark.printed == 1)
            ):
                numbered.append(replace(mark, number=len(numbered) + 1))
            begin += len(line) + 1
    if len(numbered) >= 2:
        return tuple(numbered)
    headings = [
        (number, block)
        for number, block in enumerate(blocks)
        if isinstance(block, Heading) and block.at.block not in cells
    ]
    level = min((block.level for _, block in headings), default=0)
    top = [(number, block) for number, block in headings if block.level == level]
    return tuple(
        Mark(number, 0, len(block.text), place)
        for place, (number, block) in enumerate(top, 1)
    )


def _own_mark(number: int, line: str, begin: int) -> Mark | None:
    compact, places = squeeze(line)
    marker = read_marker(compact)
    if not marker or marker.kind not in {"numeral", "ordinal"}:
        return None
    stop = re.search(r"[。：:；]", compact)
    length = stop.end() if stop else len(compact)
    if (
        length - marker.length > MAX_HEADING
        or length == marker.length
        or "，" in compact[:length]
    ):
        return None
    end = begin + (places[length] if length < len(places) else len(line))
    return Mark(number, begin + places[0], end, marker.number, printed=marker.number)


def misnumbered(outline: Outline) -> list[tuple[int, int]]:
    """(official, printed) numbers of the statutory headings that carry another number
    than the form gives them.
    """
    return [
        (mark.number, mark.printed)
        for mark in outline.marks
        if mark.printed and mark.printed != mark.number
    ]
