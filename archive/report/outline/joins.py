"""Put paragraphs and headings together again that a page break or a layout has cut.

PDF files and text dumps know lines and pages, no paragraphs: a sentence ends at the
foot of a page, a page number follows, and the sentence goes on. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from archive.report.dates import find_date
from archive.report.document import Block, Heading, Paragraph, Table
from archive.report.outline.agency_names import opens_with_agency
from archive.report.outline.heading_numbers import NUMERALS, read_marker
from archive.report.outline.headings import MAX_HEADING, is_official
from archive.report.plain import PAGE_NUMBER, plain

# A paragraph that is whole.
# e.g. "工作有序推进。", "主要做法：", "（以下简称《条例》）"
# not "加强组织领导，", "加强组织领导"
_CLOSED = re.compile(r"[。！？；：!?;:”\"』」）)》〉…—]$")
# A paragraph that is cut for certain.
# e.g. "加强组织领导，", "教育、", "（"
# not "加强组织领导。", "）"
_OPEN = re.compile(r"[、，,（(《“〈]$")
_FIRST_WORDS = "|".join((
    *("首先", "其次", "再次", "最后", "此外", "另外", "同时", "附件", "附表", "附："),
    *("附注", "注：", "备注", r"表\d", r"图\d", "改进情况", "改进措施", "存在问题"),
    r"20\d\d年",
))  # fmt: skip
# How a paragraph of its own begins.
# e.g. "一是加强领导", "二、主动公开", "第三，", "其一", "●平台建设", "附件：", "2023年"
# not "政府信息公开工作", "的要求"
_NEW = re.compile(
    rf"^(?:[{NUMERALS}]+是|[{NUMERALS}]、|第[{NUMERALS}]|其[一二三四五六]"
    rf"|[①-⑳●•◆■★*\-·]|{_FIRST_WORDS})"
)
# e.g. "一是加强领导"
# not "三、"
_COUNTED = re.compile(rf"[{NUMERALS}]+是")
_LAST_WORDS = "|".join((
    *("情况", "工作", "措施", "建设", "保障", "方面", "事项", "问题", "管理", "公开"),
    *("申请", "打算"),
))  # fmt: skip
# How a heading or the title of an attached notice ends, without a full stop.
# e.g. "政府信息管理情况", "关于做好政府信息公开工作的通知", "平台建设"
# not "政府信息公开工作有序推进"
_HEADING_END = re.compile(
    rf"^关于.{{2,60}}(?:通知|通报|公告|公示|报告|函)$|(?:{_LAST_WORDS})$"
)
# A line without any mark inside is a heading, a label or a signature unless it is at
# least this long.
MIN_LINE = 20
# A text as short as this may be a cell of a table that was read as paragraphs.
_CELL_LIKE = 8
# No paragraph grows beyond this by joining; a text that never ends a sentence is no
# report.
MAX_PARAGRAPH = 5_000
# Signs at the end or beginning of a paragraph that are looked at.
_TAIL = 200
# A date has no more signs: 二〇二三年十二月三十一日.
_DATE_SIGNS = 14
# Over so many lines a heading may be printed.
_MOST_LINES = 3


def join_cuts(
    blocks: Sequence[Block], cells: Collection[int], *, paragraphs_hold: bool
) -> tuple[Block, ...]:
    """Join what a page break has cut; the whole keeps the place of its first part.

    `cells`: `Place.block` numbers that belong to tables. `paragraphs_hold`: the format
    knows paragraphs (HTML, Word), so that only a paragraph that ends in 、 or ， counts
    as cut. A page number between the halves (— 3 —) is furniture and falls away.
    """
    joins = _Joins(cells, paragraphs_hold)
    joined: list[Block] = []
    # a page number of which it is not known yet whether the text goes on behind it
    number: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if not isinstance(before, Paragraph) or not isinstance(block, Paragraph):
            joined += [*number, block]
            number = []
        elif PAGE_NUMBER.fullmatch(block.text) and joins.is_cut(before.text):
            joined += number
            number = [block]
        elif joins.goes_on(before, block):
            joined[-1] = Paragraph(_glued(before.text, block.text), before.at)
            number = []
        else:
            joined += [*number, block]
            number = []
    return (*joined, *number)


def join_headings(blocks: Sequence[Block]) -> list[Block]:
    """Put official headings together that are printed over two or three lines.

    Each line is a paragraph of its own: 三、收到和处理政府信 | 息公开申请情况.
    """
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        lines = _heading_at(blocks, at)
        if lines:
            text = "".join(line.text.strip() for line in lines)
            joined.append(replace(lines[0], text=text))
        else:
            joined.append(blocks[at])
        at += max(len(lines), 1)
    return joined


def _heading_at(blocks: Sequence[Block], at: int) -> list[Heading | Paragraph]:
    """The paragraphs from here on that make an official heading together.

    Empty when there are none, or when one alone is the heading.
    """
    lines: list[Heading | Paragraph] = []
    text = ""
    for block in blocks[at : at + _MOST_LINES]:
        if isinstance(block, Table) or len(block.text) > MAX_HEADING:
            return []
        lines.append(block)
        text += plain(block.text)
        is_first = len(lines) == 1
        if is_first and not _is_numbered(text):
            return []
        if is_official(text):
            if is_first:
                return []
            return lines
    return []


def _is_numbered(compact: str) -> bool:
    """Whether a line of plain text is a number and some words behind it."""
    marker = read_marker(compact)
    if marker is None:
        return False
    return marker.length < len(compact)


@dataclass(frozen=True, slots=True)
class _Joins:
    """Whether paragraphs of one document are halves of one."""

    cells: Collection[int]
    paragraphs_hold: bool

    def is_cut(self, text: str) -> bool:
        """Whether a paragraph stops in the middle of a sentence.

        Always where it ends in 、 or ，; where the format has no paragraphs also where
        a long line ends in no mark at all.
        """
        last_line = text[-_TAIL:].rstrip().rsplit("\n", 1)[-1]
        if _OPEN.search(last_line):
            return len(plain(last_line)) >= _CELL_LIKE
        if self.paragraphs_hold or not last_line:
            return False
        return not is_whole(last_line)

    def goes_on(self, before: Paragraph, block: Paragraph) -> bool:
        """Whether a paragraph is the rest of the one before it.

        Cells of a table that was read as paragraphs stay apart.
        """
        is_cell = before.at.block in self.cells or block.at.block in self.cells
        if is_cell or len(before.text) > MAX_PARAGRAPH:
            return False
        if not self.is_cut(before.text):
            return False
        is_open = _OPEN.search(before.text.rstrip()) is not None
        return _can_go_on(block.text, sure=is_open)


def is_whole(line: str) -> bool:
    """Whether the last line of a paragraph ends it.

    A sentence does, a date, a signature, a heading or a label; any short line is one of
    these.
    """
    if _CLOSED.search(line) or _is_date_or_agency(line, line[-_DATE_SIGNS:]):
        return True
    compact = plain(line)
    if len(compact) < MIN_LINE:
        return True
    # long and with marks inside: running text
    if re.search(r"[，。、；：]", compact.lstrip(f"{NUMERALS}、")):
        return False
    return _is_marked(compact)


def _is_marked(compact: str) -> bool:
    """Whether a line without marks inside is a heading or the label of a table.

    （二）依申请公开办理情况, 表1 主动公开数量, 关于印发…的通知.
    """
    if read_marker(compact) or compact.startswith(("表", "图")):
        return True
    return _HEADING_END.search(compact) is not None


def _is_date_or_agency(line: str, dated: str) -> bool:
    """The two lines of a signature. `dated`: the part where a date would stand."""
    if find_date(dated) is not None:
        return True
    return opens_with_agency(line)


def _can_go_on(text: str, *, sure: bool) -> bool:
    """Whether a paragraph can be the rest of one.

    `sure`: the one before is cut for certain, so that this one may begin in any way but
    as a paragraph that is counted (一、 一是) or signed. Otherwise it must have marks.
    """
    compact = plain(text[:_TAIL])
    if not compact or _begins_anew(text, compact):
        return False
    if _is_date_or_agency(compact, compact[:_DATE_SIGNS]):
        return False
    if sure:
        return True
    has_marks = re.search(r"[。；，、！]", compact) is not None
    if not has_marks:
        return False
    return not _NEW.match(compact)


def _begins_anew(text: str, compact: str) -> bool:
    """Whether a paragraph, printed and plain, is indented, numbered or counted.

    The rest of a sentence on the next page stands at the margin.
    """
    if text.startswith(("\u3000", "    ")):
        return True
    if read_marker(compact) is not None:
        return True
    return _COUNTED.match(compact) is not None


def _glued(before: str, after: str) -> str:
    """Two halves as one text; a blank between two Latin words."""
    first, second = before.rstrip(), after.lstrip()
    ends_latin = re.search(r"[A-Za-z]$", first)
    begins_latin = re.match(r"[A-Za-z]", second)
    blank = " " if ends_latin and begins_latin else ""
    return first + blank + second
