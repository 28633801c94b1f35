"""Names in a text that was copied from a spreadsheet or a document.

One a line, or a line with its cells: number, place, name, figures, remarks. What is no
name (numbers, dates, addresses, headings of columns) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TEXT = 400_000
"""Signs of a pasted text."""
MOST_LINES = 5_000
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
# e.g. "a\tb", "a,b", "a；b", "a|b"
# not "经济和信息化局"
_BETWEEN_CELLS = re.compile(r"\t+|[,，;；|]|、(?=\S)")
_AROUND = " \t\u3000\xa0\ufeff\"'“”‘’「」《》[]【】.。、，,;；:：_"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with names in it."""

    text: str
    """As it was typed, for pages."""
    cells: tuple[str, ...]
    """Those that can hold a name or a place, without numbers and marks."""


def names_in(text: str) -> list[Line]:
    """The lines of a text that have names, in its order; at most MOST_LINES.

    Of a longer text than MOST_TEXT only the beginning is looked at.
    """
    found = []
    for line in text[:MOST_TEXT].replace("\0", "").splitlines():
        cells = tuple(_cells(line[: _LONGEST * 4]))
        if cells:
            shown = " ".join(line.split())
            found.append(Line(shown[:_LONGEST], cells))
        if len(found) == MOST_LINES:
            break
    return found


def _cells(line: str) -> list[str]:
    # Before the cells: the mark behind a number is one between cells, too.
    line = _NUMBERED.sub("", line.strip(_AROUND))
    cells = []
    for part in _BETWEEN_CELLS.split(line):
        cell = _NUMBERED.sub("", part.strip(_AROUND)).strip(_AROUND)
        is_name = cell and not _NO_NAME.match(cell) and cell not in _HEADINGS
        if is_name:
            cells.append(cell[:_LONGEST])
    return cells
