"""The annex of indicators of reports for 2008 to 2018. Pure.

Beside their prose these reports printed a table of indicators (政府信息公开情况统计表):
a label, a unit and a number a row. It is no statutory table of today's forms; what
corresponds to a claim is read as one, with the row as its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.catalogue import CLAIMS
from archive.report.document import Place, Table
from archive.report.model import Claim, Section
from archive.report.plain import plain

_INDICATORS = {
    "proactive_total": "主动公开政府信息数|主动公开政府信息总数",
    "documents_issued": "制发规范性文件总数",
    "website": "政府网站公开政府信息数",
    "weibo": "政务微博公开政府信息数",
    "wechat": "政务微信公开政府信息数",
    "applications_received": "收到申请数|收到政府信息公开申请数",
    "applications_answered": "申请办结数",
    "reviews": "行政复议数量",
    "lawsuits": "行政诉讼数量",
}
"""Claim → how the annex of 2014 to 2018 words it."""

# e.g. "一、", "（二）", "1.", "其中："
_NUMBERING = re.compile(r"^(?:其中[:：]?|[（(]?[一二三四五六七八九十\d]+[)）、.．])+")
# The annex explains its counting in brackets behind the label.
# e.g. "（不同渠道和方式公开相同信息计1条）"
_REMARK = re.compile(r"[（(][^（）()]{0,60}[）)]$")
# e.g. "1234", "1,234"
# not "0.5", "约12"
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,12}")
# e.g. "收到申请数 件 45", "（一）收到申请数 件 45"
_LINE = re.compile(r"^(?P<label>\S{3,80})\s+(?P<unit>[条件])\s+(?P<count>[\d,]{1,15})$")
_FEWEST = 3
"""So many rows of the annex tell that it is one: a label alone may stand anywhere."""


class _Row(NamedTuple):
    """A row of the annex whose label is known."""

    key: str
    count: str
    printed: str
    at: Place


def indicators(sections: Sequence[Section]) -> list[Claim]:
    """The claims that an annex of indicators states; none where there is no annex.

    An indicator that stands twice with different numbers states nothing: which of two
    bodies or years it counts is open.
    """
    rows = [row for section in sections for row in _rows(section)]
    by_key: dict[str, set[str]] = {}
    for row in rows:
        by_key.setdefault(row.key, set()).add(row.count)
    if len(by_key) < _FEWEST:
        return []
    return [_claim(row) for row in rows if len(by_key[row.key]) == 1]


def _claim(row: _Row) -> Claim:
    unit = CLAIMS[row.key].unit
    return Claim(row.key, int(row.count), row.printed, unit, at=row.at)


def _rows(section: Section) -> Iterator[_Row]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _rows_of_table(block)
            continue
        for line in block.text.splitlines():
            match = _LINE.match(line.strip())
            key = _key_of(match["label"]) if match else ""
            if match and key and _COUNT.fullmatch(match["count"]):
                count = match["count"].replace(",", "")
                yield _Row(key, count, line.strip(), block.at)


def _rows_of_table(table: Table) -> Iterator[_Row]:
    """The rows with one known label and one number: more columns count others too."""
    for cells in table.rows():
        texts = [cell.text.strip() for cell in cells]
        keys = [key for key in map(_key_of, texts) if key]
        counts = [text for text in texts if _COUNT.fullmatch(text)]
        if len(keys) == 1 and len(counts) == 1:
            printed = " ".join(text for text in texts if text)
            count = counts[0].replace(",", "")
            yield _Row(keys[0], count, printed, cells[0].at)


def _key_of(label: str) -> str:
    """The claim that a label of the annex stands for; empty for any other text."""
    words = _REMARK.sub("", _NUMBERING.sub("", plain(label)))
    for key, known in _INDICATORS.items():
        if re.fullmatch(known, words):
            return key
    return ""
