"""Days as pages print them: 2024-01-19, 2024.01.19, 2024/1/19, 2024年1月19日."""

from __future__ import annotations

import re
from datetime import date

_AFTER_YEAR = "[-./年]"
_AFTER_MONTH = "[-./月]"
_YEAR = r"(?:20\d\d|19\d\d)"

_NUMERAL = "[〇○零一二三四五六七八九十]"
DAY = (
    r"(?:\d{4}\s*[-./年－．／]\s*\d{1,2}\s*[-./月－．／]\s*\d{1,2}"
    r"|20\d{6}(?!\d)"
    rf"|{_NUMERAL}{{4}}年{_NUMERAL}{{1,2}}月{_NUMERAL}{{1,3}})"
)
"""Pattern of a day right behind its label, where nothing else can stand; it may be set
with any number of blanks, in full width, without marks or in Chinese numerals."""

# Never a part of a longer number: phone numbers and index numbers hold such runs.
# e.g. "2024-01-19", "[2024.01.19]", "2024/1/19", "2024年1月19日", "2024 年 1 月 9 日"
# not "电话20240-1-2", "2024-01", "1812-01-02"
_DATE = re.compile(
    rf"(?<!\d)({_YEAR})"
    rf"\s?{_AFTER_YEAR}\s?(\d{{1,2}})"
    rf"\s?{_AFTER_MONTH}\s?(\d{{1,2}})"
    r"(?:\s?日)?(?!\d)"
)
# Lists print the day inside the link, often without its year.
# e.g. "年度报告 [2024-01-19]", "年度报告（01-19）", "年度报告　2024年1月19日"
# not "2024-01-19 年度报告"
_TRAILING_DATE = re.compile(
    rf"[\s(（\[【]*(?:{_YEAR}{_AFTER_YEAR})?\d{{1,2}}{_AFTER_MONTH}\d{{1,2}}日?"
    r"[\])）】\s]*$"
)


def has_date(text: str) -> bool:
    """Whether something in a text is written as a day, in the calendar or not."""
    return _DATE.search(text) is not None


def first_date(text: str) -> date | None:
    """The first day in a text that exists in the calendar; None when there is none."""
    for found in _DATE.finditer(text):
        year, month, day = map(int, found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def without_date(title: str) -> str:
    """A title without the day at its end."""
    return _TRAILING_DATE.sub("", title)
