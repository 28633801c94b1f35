"""Put paragraphs and headings together again that a page break, or a layout, has cut.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.report.dates import find_date
from archive.report.document import Block, Heading, Paragraph, Table
from archive.report.outline.headings import MAX_HEADING, is_official, read_marker
from archive.report.outline.titles import agency_in_line
from archive.report.plain import PAGE_NUMBER, plain

_CLOSED = re.compile(r"[。！？；：!?;:”\"』」）)》〉…—]$")
_OPEN = re.compile(r"[、，,（(《“〈]$")
_NEW = re.compile(
    r"^(?:[一二三四五六七八九十]+是|[一二三四五六七八九十]、|首先|其次|再次|最后|此外|另外|同时|第[一二三四五六七八九十]|其[一二三四五六]|"
    r"[①-⑳●•◆■★*\-·]|附件|附表|附：|附注|注：|备注|表\d|图\d|改进情况|改进措施|存在问题|20\d\d年)"
)
_HEADING_END = re.compile(
    r"^关于.{2,60}(?:通知|通报|公告|公示|报告|函)$|(?:情况|工作|措施|建设|保障|方面|事项|问题|管理|公开|申请|打算)$"
)
MIN_LINE = 20
"""A line without any mark inside is a heading, a label or a signature unless it is at
least this long.
"""
_CELL_LIKE = 8
MAX_PARAGRAPH = 5_000
"""No paragraph grows beyond this by joining; a text that never ends a sentence is no
report.
"""
_TAIL = 200
_MOST_LINES = 3
"""Over so many lines a heading may be printed."""


def join_cuts(
    blocks: Sequence[Block], cells: Collection[int], *, paragraphs_hold: bool
) -> tuple[Block, ...]:
    """Join what a page break has cut; the whole keeps the place of its first part.

    `cells`: `Place.block` numbers that belong to tables. `paragraphs_hold`: the format
    knows paragraphs (HTML, Word), so that only a paragraph that ends in 、 or ， counts
    as cut. A page number between the halves (— 3 —) is furniture and falls away.
    """
    joined: list[Block] = []
    waiting: Block | None = None
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            _is_page_number(block)
            and isinstance(before, Paragraph)
            and _is_cut(before.text, paragraphs_hold)
        ):
            joined_number, waiting = waiting, block
            if joined_number:
                joined.append(joined_number)
            continue
        if _continues(before, block, cells, paragraphs_hold):
            assert isinstance(before, Paragraph)
            assert isinstance(block, Paragraph)
            joined[-1] = Paragraph(_glued(before.text, block.text), before.at)
        else:
            joined += [waiting] if waiting else []
            joined.append(block)
        waiting = None
    return tuple([*joined, waiting] if waiting else joined)


def join_headings(blocks: Sequence[Block]) -> list[Block]:
    """Put official headings together that are printed over two or three lines, each a
    paragraph of its own.
    """
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        lines = _heading_at(blocks, at)
        joined.append(
            replace(lines[0], text="".join(line.text.strip() for line in lines))
            if lines
            else blocks[at]
        )
        at += max(len(lines), 1)
    return joined


def _heading_at(blocks: Sequence[Block], at: int) -> list[Heading | Paragraph]:
    """The paragraphs from here on that make an official heading together; empty when
    there are none.
    """
    lines: list[Heading | Paragraph] = []
    text = ""
    for block in blocks[at : at + _MOST_LINES]:
        if isinstance(block, Table) or len(block.text) > MAX_HEADING:
            return []
        lines.append(block)
        text += plain(block.text)
        if len(lines) == 1 and (
            (marker := read_marker(text)) is None or marker.length == len(text)
        ):
            return []
        if is_official(text):
            return lines if len(lines) > 1 else []
    return []


def _is_page_number(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(PAGE_NUMBER.fullmatch(block.text))


def _continues(
    before: Block | None, block: Block, cells: Collection[int], paragraphs_hold: bool
) -> bool:
    if not isinstance(before, Paragraph) or not isinstance(block, Paragraph):
        return False
    if (
        before.at.block in cells
        or block.at.block in cells
        or len(before.text) > MAX_PARAGRAPH
    ):
        return False
    return _is_cut(before.text, paragraphs_hold) and _goes_on(
        block.text, sure=bool(_OPEN.search(before.text.rstrip()))
    )


def _is_cut(text: str, paragraphs_hold: bool) -> bool:
    """True when a paragraph stops in the middle of a sentence."""
    last = text[-_TAIL:].rstrip().rsplit("\n", 1)[-1]
    if _OPEN.search(last):
        return len(plain(last)) >= _CELL_LIKE
    if (
        paragraphs_hold
        or not last
        or _CLOSED.search(last)
        or find_date(last[-14:])
        or agency_in_line(last)
    ):
        return False
    compact = plain(last)
    if re.search(r"[，。、；：]", compact.lstrip("一二三四五六七八九十、")):
        return len(compact) >= MIN_LINE
    marked = (
        read_marker(compact) is not None
        or bool(_HEADING_END.search(compact))
        or compact.startswith(("表", "图"))
    )
    return len(compact) >= MIN_LINE and not marked


def _goes_on(text: str, *, sure: bool) -> bool:
    """True when a paragraph can be the rest of one."""
    compact = plain(text[:_TAIL])
    if not compact or text.startswith(("\u3000", "    ")):
        return False
    if (
        (_NEW.match(compact) and not sure)
        or read_marker(compact)
        or re.match(r"[一二三四五六七八九十]+是", compact)
    ):
        return False
    if find_date(compact[:14]) or agency_in_line(compact):
        return False
    return sure or bool(re.search(r"[。；，、！]", compact))


def _glued(before: str, after: str) -> str:
    first, second = before.rstrip(), after.lstrip()
    blank = (
        " " if re.search(r"[A-Za-z]$", first) and re.match(r"[A-Za-z]", second) else ""
    )
    return first + blank + second
