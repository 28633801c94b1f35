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

_KEY_OF = {
    "主动公开政府信息数": "proactive_total",
    "主动公开政府信息总数": "proactive_total",
    "制发规范性文件总数": "documents_issued",
    "政府网站公开政府信息数": "website",
    "政务微博公开政府信息数": "weibo",
    "政务微信公开政府信息数": "wechat",
    "收到申请数": "applications_received",
    "收到政府信息公开申请数": "applications_received",
    "申请办结数": "applications_answered",
    "行政复议数量": "reviews",
    "行政诉讼数量": "lawsuits",
}
"""How the annex of 2014 to 2018 words it → claim."""

# e.g. "一、", "（二）", "1.", "其中："
_NUMBERING = re.compile(r"^(?:其中[:：]?|[（(]?[一二三四五六七八九十\d]+[)）、.．])+")
# The annex explains its counting in brackets behind the label.
# e.g. "（不同渠道和方式公开相同信息计1条）"
_REMARK = re.compile(r"[（(][^（）()]{0,60}[）)]$")
# e.g. "1234", "1,234"
# not "0.5", "约12"
_COUNT = re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d{1,12})$")
_LABEL = r"(?P<label>\S{3,80})"
_UNIT = "(?P<unit>[条件])"
_NUMBER = r"(?P<number>[\d,]{1,15})"
# e.g. "收到申请数 件 45", "（一）收到申请数 件 45"
_LINE = re.compile(rf"^{_LABEL}\s+{_UNIT}\s+{_NUMBER}$")
_FEWEST = 3
"""So many rows of the annex tell that it is one: a label alone may stand anywhere."""


class _Row(NamedTuple):
    """A row of the annex whose label is known."""

    key: str
    number: str
    printed: str
    at: Place


def indicators(sections: Sequence[Section]) -> list[Claim]:
    """The claims that an annex of indicators states; none where there is no annex.

    An indicator that stands twice with different numbers states nothing: which of two
    bodies or years it counts is open.
    """
    rows = [row for section in sections for row in _rows(section)]
    numbers: dict[str, set[str]] = {}
    for row in rows:
        numbers.setdefault(row.key, set()).add(row.number)
    if len(numbers) < _FEWEST:
        return []
    return [_claim(row) for row in rows if len(numbers[row.key]) == 1]


def _claim(row: _Row) -> Claim:
    unit = CLAIMS[row.key].unit
    return Claim(row.key, int(row.number), row.printed, unit, at=row.at)


def _rows(section: Section) -> Iterator[_Row]:
    """The rows of a section, in tables and in lines of a dump."""
    for block in section.blocks:
        if isinstance(block, Table):
            for cells in block.rows():
                yield from _row([cell.text for cell in cells], block.at)
            continue
        for line in map(str.strip, block.text.splitlines()):
            # Prose ends in no digit, and needs no further look.
            last_sign = line[-1:].replace(",", "0")
            match = _LINE.match(line) if last_sign.isdecimal() else None
            if match:
                yield from _row(match.groups(), block.at)


def _row(texts: Sequence[str], at: Place) -> Iterator[_Row]:
    """A row with one known label and one number: more columns count others too."""
    stripped = list(map(str.strip, texts))
    keys = list(filter(None, map(_key_of, stripped)))
    numbers = list(filter(_COUNT.match, stripped))
    if len(keys) != 1 or len(numbers) != 1:
        return
    printed = " ".join(filter(None, stripped))
    number = numbers[0].replace(",", "")
    yield _Row(keys[0], number, printed, at)


def _key_of(label: str) -> str:
    """The claim that a label of the annex stands for; empty for any other text."""
    unnumbered = _NUMBERING.sub("", plain(label))
    words = _REMARK.sub("", unnumbered)
    return _KEY_OF.get(words, "")
