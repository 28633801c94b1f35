"""Names in a text that was copied from a spreadsheet or a document.

One a line, or a line with its cells: number, place, name, figures, remarks. What is no
name (numbers, dates, addresses, headings of columns, sentences beside a name) is left
out; nothing is cut off: more than is matched at once is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TEXT = 160_000
"""Signs of a pasted text: as many as a form brings."""
MOST_LINES = 5_000
"""Lines with names, each counted once."""
MOST_CELLS = 20_000
"""Cells that can hold a name or a place: four a line."""
_LONGEST = 120
_HEADINGS = frozenset((
    *("序号", "编号", "机关", "机关名称", "行政机关", "单位", "单位名称", "部门"),
    *("部门名称", "名称", "全称", "简称", "地区", "行政区划", "区划", "省份", "省"),
    *("城市", "市", "区县", "县", "县区", "市县", "层级", "领域", "年度", "年份"),
    *("备注", "网址", "链接", "日期", "发布日期", "数量", "合计", "总计", "小计"),
))  # fmt: skip
_TENS = "[一二三四五六七八九十百]{1,4}"
_ROUND = "[①-⑳⑴-⒇]"
_BULLETS = "[•·●○■◆▪*>-]"
# What lists and copied documents put before a name.
# e.g. "1.", "12、", "(3)", "（四）", "五、", "①", "• ", "7 示"
# not "12345热线", "第八师", "三亚市"
_NUMBERED = re.compile(
    rf"^(?:[(（]?\d{{1,5}}[)）.、．:：]|[(（]{_TENS}[)）]|{_TENS}、|{_ROUND}"
    rf"|{_BULLETS}|\d{{1,5}}\s+(?=\D))\s*"
)
# Cells that hold no name: a number, a day, a share, an address.
# e.g. "15", "1,234.5", "62.5%", "2024-01-20", "2024年1月20日", "https://x.example/"
# not "12345热线", "示例市商务局"
_NO_NAME = re.compile(r"^(?:[-+\d.,:%/年月日\s]+|https?://.*|www\..*|[-—/\\*✓√×]+)$")
# e.g. "a\tb", "a,b", "a；b", "a|b", "a｜b"
# not "经济和信息化局"
_BETWEEN_CELLS = re.compile(r"\t+|[,，;；|｜]|、(?=\S)")
# Marks that nobody sees, which pages and documents leave in what is copied from them.
# e.g. "\x00", "\u200b", "\ufeff"
# not "\t", "示"
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
# The title of a report, or a year, behind the name of its body.
# e.g. "局2023年政府信息公开工作年度报告", "局 2022年度", "局（2021年）", "2023年度"
# not "12345热线", "2023年学会"
_OF_A_YEAR = re.compile(
    r"\s*[(（]?20\d\d年度?(?:政府信息公开(?:工作)?(?:年度)?报告|年报)?[)）]?$"
)
_AROUND = " \t\u3000\xa0\ufeff\"'“”‘’「」《》[]【】.。、，,;；:：_|｜"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with names in it."""

    text: str
    """As it was typed, for pages."""
    cells: tuple[str, ...]
    """Those that can hold a name or a place, without numbers and marks; none in a line
    that is nothing but too long for a name.
    """


class TooMuch(Exception):
    """More than is matched at once; the sentence about it is Chinese."""


def names_in(text: str) -> list[Line]:
    """The lines of a text that have names, in its order, each once.

    All of it is read. Raises TooMuch for a longer text than MOST_TEXT, and for more
    lines or cells than MOST_LINES and MOST_CELLS.
    """
    if len(text) > MOST_TEXT:
        raise TooMuch(f"粘贴的文字有 {len(text):,} 个字，一次最多 {MOST_TEXT:,} 个字")
    found: dict[tuple[str, ...], Line] = {}
    left = MOST_CELLS
    for line in _UNSEEN.sub("", text).splitlines():
        shown = " ".join(line.split())
        cells = tuple(_cells(line))
        if not cells and len(shown) <= _LONGEST:
            continue
        # Whatever has no cell for a name is told by how it begins.
        told = cells or (shown[:_LONGEST],)
        if told in found:
            continue
        found[told] = Line(_begin(shown), cells)
        left -= len(cells)
        if len(found) > MOST_LINES:
            raise TooMuch(f"粘贴的名称超过 {MOST_LINES:,} 行")
        if left < 0:
            raise TooMuch(f"粘贴的内容超过 {MOST_CELLS:,} 格")
    return list(found.values())


def _begin(line: str) -> str:
    """A line as pages show it."""
    if len(line) <= _LONGEST:
        return line
    return f"{line[:_LONGEST]}…"


def _cells(line: str) -> list[str]:
    # Before the cells: the mark behind a number is one between cells, too.
    line = _NUMBERED.sub("", line.strip(_AROUND))
    cells = []
    for part in _BETWEEN_CELLS.split(line):
        cell = _NUMBERED.sub("", part.strip(_AROUND)).strip(_AROUND)
        cell = _OF_A_YEAR.sub("", cell)
        is_word = 0 < len(cell) <= _LONGEST and cell not in _HEADINGS
        if is_word and not _NO_NAME.match(cell):
            cells.append(cell)
    return cells
