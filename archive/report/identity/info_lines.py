"""The days that stand behind labels in the lines of a page: 发布日期：2024-01-18. Pure.

Portals print them under the title or above it, as a line, as cells of a table, or each
label above its value. Crawls and copies keep these lines with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from archive.report.dates import find_date, leading_date, spaced
from archive.report.document import Cell, Table


class Dates(Enum):
    """Of what a label tells the day."""

    PUBLISHED = "published"
    """发布日期, 公开日期: the day on which the public could read it."""
    DATED = "dated"
    """日期, 录入时间: some day of the page, of publication in most cases."""
    UPDATED = "updated"
    """更新日期 changes with every repair of the page."""
    WRITTEN = "written"
    """成文日期, 发文日期: the day of the signature, before publication."""


class Told(NamedTuple):
    """A day, and what its label says of it."""

    means: Dates
    day: date


_WORDS: dict[str, Dates] = {
    **dict.fromkeys(
        (
            *("发布日期", "发布时间", "发布于", "公开日期", "公开时间", "发表日期"),
            *("发表时间", "公布日期", "公布时间", "上网日期", "上网时间"),
        ),
        Dates.PUBLISHED,
    ),
    **dict.fromkeys(("录入时间", "录入日期", "上传时间", "日期", "时间"), Dates.DATED),
    **dict.fromkeys(("更新日期", "更新时间", "更新于"), Dates.UPDATED),
    **dict.fromkeys(
        (
            *("成文日期", "成文时间", "生成日期", "生成时间", "形成日期", "制发日期"),
            *("印发日期", "印发时间", "发文日期", "发文时间", "签发日期", "制作日期"),
        ),
        Dates.WRITTEN,
    ),
}
_EVERYDAY = frozenset(("日期", "时间"))
# 办结时间 and 截止日期 are of other days; 来源：示例局时间：… runs two fields together.
_BEFORE_EVERYDAY = "(?<![\u4e00-\u9fff] )(?:(?<![\u4e00-\u9fff])|(?<=[局府办委网站院]))"


def _set_apart(word: str) -> str:
    """Pattern of a label whose signs may be set apart, as 日　期 is."""
    pattern = " ?".join(word)
    return _BEFORE_EVERYDAY + pattern if word in _EVERYDAY else pattern


# e.g. "发布日期：", "发 布 时 间", "（更新时间）", "日期：", "来源：示例局时间："
# not "办结时间：", "日 志"
_LABEL = re.compile("|".join(map(_set_apart, _WORDS)))
# What else stands in a portal's line under the title.
# e.g. "来源：", "浏览次数", "【字号", "（打印）"
# not "公开信息"
_OTHER_LABEL = re.compile(
    "(?:来源|作者|编辑|索引号) ?：|浏览|点击[数量率]|访问量|阅读|字[号体]|打印"
)
# What may stand between a label alone and the end of its line or cell.
# e.g. "：", "）：", " |"
# not "：示例局"
_NO_VALUE = re.compile(r"^[ ）：|]*$")
# e.g. "编制本报告。", "根据条例；"
# not "发布日期：2024-01-18"
_SENTENCE = re.compile("[。；！？]")
_LONGEST_LINE = 300
"""A longer line is prose; what is looked at of it."""
_LONGEST_VALUE = 40
_MOST_CELLS = 60


def dates_in_lines(lines: Sequence[str]) -> list[Told]:
    """The days behind the labels of some lines, in order of print.

    Labels with no value in their line have them in the next, as many dates as labels.
    """
    told: list[Told] = []
    for info, below in pairwise([*map(_info, lines), ""]):
        labels = list(_LABEL.finditer(info))
        in_line = _told_in(info, labels) or _told_by_others(info, labels)
        told += in_line or _told_below(info, labels, below)
    return told


def _info(line: str) -> str:
    """The beginning of a line up to its first sentence, plain and with its blanks."""
    apart = spaced(line[:_LONGEST_LINE])
    end = _SENTENCE.search(apart)
    return apart[: end.start()] if end else apart


def _told_in(info: str, labels: Sequence[re.Match[str]]) -> list[Told]:
    """The days of a line that stand right behind their labels."""
    told = []
    for label in labels:
        day = leading_date(info[label.end() : label.end() + _LONGEST_VALUE])
        if day:
            told.append(Told(_meaning(label), day))
    return told


def _told_by_others(info: str, labels: Sequence[re.Match[str]]) -> list[Told]:
    """The day without a label in a line of other labels: 来源：示例局 2024-01-18.

    What goes on behind a comma is prose: 网站自2010年3月2日改版以来，访问量8万人次.
    """
    before_comma = info.partition("，")[0]
    is_labelled = bool(labels) and labels[0].start() < len(before_comma)
    if is_labelled or not _OTHER_LABEL.search(before_comma):
        return []
    day = find_date(before_comma)
    return [Told(Dates.DATED, day)] if day else []


def _told_below(info: str, labels: Sequence[re.Match[str]], below: str) -> list[Told]:
    """The days of the line below, where a line has labels and no values.

    发文日期 发布日期 | 2024-01-10 2024-01-18.
    """
    if not labels or not _NO_VALUE.match(info[labels[-1].end() :]):
        return []
    values = list(map(leading_date, below.split()))
    days = list(filter(None, values))
    if len(days) != len(labels):
        return []
    return [Told(_meaning(label), day) for label, day in zip(labels, days, strict=True)]


def _meaning(label: re.Match[str]) -> Dates:
    return _WORDS[label[0].replace(" ", "")]


def dates_in_table(table: Table) -> list[Told]:
    """The days of a block of labels and values that is laid out as a table.

    A value stands in the cell of its label, in the next one or in that below.
    """
    cells = table.cells[:_MOST_CELLS]
    at = {(cell.row, cell.column): cell for cell in cells}
    told: list[Told] = []
    for cell in cells:
        info = _info(cell.text)
        in_cell = _told_in(info, list(_LABEL.finditer(info)))
        told += in_cell or list(_told_beside(cell, at))[:1]
    return told


def _told_beside(cell: Cell, at: dict[tuple[int, int], Cell]) -> Iterator[Told]:
    """The day in the cell behind a label's, then that in the cell below."""
    info = _info(cell.text)
    label = _LABEL.match(info)
    if label is None or not _NO_VALUE.match(info[label.end() :]):
        return
    behind = at.get((cell.row, cell.column + cell.columns))
    below = at.get((cell.row + cell.rows, cell.column))
    for beside in filter(None, (behind, below)):
        day = leading_date(beside.text)
        if day:
            yield Told(_meaning(label), day)
