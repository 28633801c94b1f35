"""Where statutory headings may stand in a document: all candidates, each with a score.

A heading occurs several times in many reports: in a list of contents, in sentences that
mention it, and above its section. Layouts run it into the text before or behind it.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.report.document import Block, Heading, Paragraph, Table
from archive.report.outline.heading_numbers import read_bracket
from archive.report.outline.headings import MAX_HEADING, is_official, likeness
from archive.report.outline.printed_lines import lines_of, text_of
from archive.report.plain import plain, squeeze

# Candidates looked at; a report has six headings, and a hostile text can print them a
# thousand times.
MAX_MARKS = 400
# Score of a line behind a second-level number, （二）, that is an official heading to
# the letter, number and all.
_OFFICIAL_WORDS = 1.5
# How much speaks for a heading or against it beside its words.
_HAS_TABLE = 1.5
_IS_MARKED = 0.5
_IS_IN_CONTENTS = 2.0
_IS_INLINE = 1.0
# How far behind a heading its table is looked for.
_SIGNS_BEHIND = 60
_BLOCKS_BEHIND = 3
_CELLS_OF_TABLE = 12
_LONGEST_BLOCK = 400
# A cell or a table's title that was read as a paragraph.
_LONGEST_CELL = 30
# What the form's tables begin with, by the section that holds them.
# e.g. "第二十条第（一）项", "申请人情况", "行政复议"
# not "总体情况"
_TABLE_SIGNS = {
    2: re.compile(r"第二十条|信息内容|规章|规范性文件"),
    3: re.compile(r"申请人|自然人|勾稽|新收"),
    4: re.compile(r"行政复议|结果维持|尚未审结"),
}
# A heading in the middle of a paragraph, behind a full stop.
# e.g. "工作有序。二、主动公开政府信息情况"
# not "二、主动公开政府信息情况"
_BEHIND_SENTENCE = re.compile(r"[。；！？](?=[一二三四五六]、)")
# A heading behind anything but an enumeration (一、二、三); only where a blank, which
# plain text has lost, stands before it.
# e.g. "0 0 0三、收到和处理政府信息公开申请情况"
# not "二、主动公开", "十、二、"
_BEHIND_ANYTHING = re.compile(r"(?<=[^、])(?=[二三四五六]、)")


# e.g. "总体情况 （一）主动公开", "概述。　全年"
# not "总体情况"
_BLANK_BEHIND_WORDS = re.compile(r"(?<=[^\s、.．）)])[^\S\n]+(?=\S)")
_BEFORE_BLANK = 2.2
"""The score of a heading before text that only a blank parts from it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading at signs `begin` to `end` of the text of block `block` (from 0).

    `number` is the section's, `printed` the number in front of the heading.
    """

    block: int
    begin: int
    end: int
    number: int
    score: float = 0.0
    printed: int | None = None

    @property
    def start(self) -> tuple[int, int]:
        """Block and sign at which it begins."""
        return self.block, self.begin

    @property
    def stop(self) -> tuple[int, int]:
        """Block and sign at which what follows it begins."""
        return self.block, self.end


def find_marks(blocks: Sequence[Block], cells: Collection[int]) -> list[Mark]:
    """Every line that looks like a statutory heading, in the order of the document.

    `cells`: `Place.block` numbers of blocks that belong to a table.
    """
    marks: list[Mark] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Table) or block.at.block in cells:
            continue
        for mark in _marks_in(number, block):
            marks += _weighed(blocks, block, mark)
        if len(marks) > MAX_MARKS:
            break
    return [_less_in_contents(blocks, marks, at) for at in range(len(marks))]


def _weighed(
    blocks: Sequence[Block], block: Heading | Paragraph, mark: Mark
) -> list[Mark]:
    """A mark scored by what stands around it; none where it is no heading after all.

    （一）主动公开 is a part of section 1, unless it is a whole official heading or the
    table of its section follows.
    """
    bonus = _HAS_TABLE if _has_table(blocks, mark) else 0.0
    is_sure = bonus or mark.score >= _OFFICIAL_WORDS
    if not is_sure and read_bracket(block.text[mark.begin :]):
        return []
    marked = _IS_MARKED if isinstance(block, Heading) else 0.0
    return [replace(mark, score=mark.score + bonus + marked)]


def _less_in_contents(blocks: Sequence[Block], marks: Sequence[Mark], at: int) -> Mark:
    """The mark at `at`, with a lower score where it stands in a list of contents."""
    mark = marks[at]
    if not _is_in_contents(blocks, mark, _following(marks, at)):
        return mark
    return replace(mark, score=mark.score - _IS_IN_CONTENTS)


def _marks_in(number: int, block: Heading | Paragraph) -> list[Mark]:
    """Headings at the beginning of the lines of a block, or inside a line.

    At most a few more than MAX_MARKS.
    """
    marks: list[Mark] = []
    for begin, text in lines_of(block.text):
        line = _Line(number, begin, text)
        for start in line.starts():
            marks += line.marks_at(start)
            if len(marks) > MAX_MARKS:
                return marks
    return marks


class _Line:
    """A line of a block: as printed, and plain, where headings are looked for."""

    def __init__(self, block: int, begin: int, text: str) -> None:
        self.block = block
        # where the line begins in the text of the block
        self.begin = begin
        self.text = text
        # and for each sign of the plain text its place in the line
        self.compact, self.places = squeeze(text)

    def starts(self) -> list[int]:
        """Where headings can begin: the beginning, and fully numbered ones inside."""
        if not self.compact:
            return []
        starts = {0}
        for match in _BEHIND_SENTENCE.finditer(self.compact):
            starts.add(match.end())
        if self.is_printed_plain:
            return sorted(starts)
        for match in _BEHIND_ANYTHING.finditer(self.compact):
            if self._has_blank_before(match.end()):
                starts.add(match.end())
        return sorted(starts)

    @property
    def is_printed_plain(self) -> bool:
        """Whether plain text has lost nothing of the line: it has no blank in it."""
        return len(self.compact) == len(self.text)

    def _has_blank_before(self, at: int) -> bool:
        """Whether signs that plain text has lost stand before one of its signs."""
        if not 0 < at < len(self.places):
            return False
        return self.places[at] > self.places[at - 1] + 1

    def marks_at(self, start: int) -> Iterator[Mark]:
        """The headings that the line can hold from one sign of its plain text on."""
        if start == 0:
            yield from self._before_blank()
        words = self.compact[start : start + 4 * MAX_HEADING]
        is_inline = start > 0
        penalty = _IS_INLINE if is_inline else 0.0
        for like in likeness(words, inline=is_inline):
            yield Mark(
                block=self.block,
                begin=self.begin + self.places[start],
                end=self.begin + self._printed(start + like.length),
                number=like.number,
                score=like.score - penalty,
                printed=like.printed,
            )

    def _before_blank(self) -> Iterator[Mark]:
        """An official heading with its text behind a blank: 总体情况 （一）主动公开….

        The plain text has lost the blank, and reads like a sentence.
        """
        for blank in _BLANK_BEHIND_WORDS.finditer(self.text[: 2 * MAX_HEADING]):
            words = plain(self.text[: blank.start()])
            if not is_official(words) or not self.text[blank.end() :].strip():
                continue
            for like in likeness(words):
                end = self.begin + blank.end()
                score = min(like.score, _BEFORE_BLANK)
                yield Mark(
                    self.block, self.begin, end, like.number, score, like.printed
                )

    def _printed(self, at: int) -> int:
        """The place in the line as printed of a sign of the plain text."""
        if at < len(self.places):
            return self.places[at]
        return len(self.text)


def _has_table(blocks: Sequence[Block], mark: Mark) -> bool:
    """Whether the table of its section follows a heading.

    Then it is the real one, not its mention in a list of contents.
    """
    signs = _TABLE_SIGNS.get(mark.number)
    if not signs:
        return False
    return any(
        signs.search(words) and not likeness(words)
        for words in _words_behind(blocks, mark)
    )


def _words_behind(blocks: Sequence[Block], mark: Mark) -> Iterator[str]:
    """What follows a heading and may be the beginning of its table, plain.

    The rest of its block; then tables, and paragraphs as short as cells are.
    """
    behind = text_of(blocks[mark.block])[mark.end : mark.end + _SIGNS_BEHIND]
    yield plain(behind)
    first = mark.block + 1
    for block in blocks[first : first + _BLOCKS_BEHIND]:
        words = _first_words(block)
        is_cell = isinstance(block, Table) or len(words) < _LONGEST_CELL
        if len(words) > _LONGEST_BLOCK:
            return
        if is_cell:
            yield plain(words)


def _first_words(block: Block) -> str:
    """The text of a block; of a table that of its first cells."""
    if not isinstance(block, Table):
        return block.text
    return "".join(cell.text for cell in block.cells[:_CELLS_OF_TABLE])


def _following(marks: Sequence[Mark], at: int) -> Mark | None:
    """The next heading behind a mark, other readings of the same words left out."""
    mark = marks[at]
    for other in marks[at + 1 :]:
        if other.start <= mark.start:
            continue
        is_inside = other.start < mark.stop
        is_expected = other.number in {mark.number, mark.number + 1}
        if is_expected or not is_inside:
            return other
    return None


def _is_in_contents(
    blocks: Sequence[Block], mark: Mark, following: Mark | None
) -> bool:
    """A heading with the next one at once behind it stands in a list of contents."""
    if following is None or following.number != mark.number + 1:
        return False
    if following.block > mark.block + 1:
        return False
    is_same_block = following.block == mark.block
    end = following.begin if is_same_block else None
    between = text_of(blocks[mark.block])[mark.end : end]
    return not between.strip()
