"""Years and dates as reports print them: digits, Chinese numerals, blanks in between.
Pure.
"""

from __future__ import annotations

import re
from datetime import date

from archive.report.numbers import chinese_number
from archive.report.plain import plain

FIRST_YEAR = 2003
"""The oldest local rules on disclosure are of this year; the national duty begins with
reports for 2008.
"""
LAST_YEAR = 2099
_LONGEST = 80

_NUMERALS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "O": "0",
    "o": "0",
}
_YEAR_SIGNS = "〇零Oo一二三四五六七八九"
YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}(?!\d)|[二2][{_YEAR_SIGNS}\d]{{3}})"
"""A four-digit year in plain text, in digits or Chinese numerals."""

_YEAR = re.compile(rf"({YEAR})年?")
_DATED_YEAR = re.compile(rf"({YEAR})年")
_SHORT_YEAR = re.compile(r"(?<![\d.])([012]\d)年(?!.{0,4}月)")
_DATE = re.compile(
    rf"({YEAR})年?([一二三四五六七八九十]{{1,2}}|\d{{1,2}})月([一二三四五六七八九十]{{1,3}}|\d{{1,2}})[日号]?"
)
_NUMERIC_DATE = re.compile(r"(?<!\d)(20\d{2})[-/.]([01]?\d)[-/.]([0-3]?\d)(?!\d)")
_PERIOD = re.compile(
    rf"({YEAR})年(?:0?1|一)月(?:0?1|一)日[^。；]{{0,8}}?(?:({YEAR})年)?(?:12|十二)月(?:31|三十一|三一)日"
)


def read_year(printed: str) -> int | None:
    """2023, 二〇二三, 二○二三, 二零二三 → 2023; None for anything that is no year of a
    report.
    """
    digits = "".join(_NUMERALS.get(sign, sign) for sign in plain(printed))
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    year = int(digits)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def find_years(text: str, *, short: bool = False) -> list[int]:
    """Years named in a title or file name, in order; `short` also takes 23年 for 2023年
    .
    """
    compact = plain(text)
    years = [read_year(match[1]) for match in _DATED_YEAR.finditer(compact)]
    if not any(years):
        years = [read_year(match[1]) for match in _YEAR.finditer(compact)]
    if short and not any(years):
        years = [2000 + int(match[1]) for match in _SHORT_YEAR.finditer(compact)]
    return [year for year in years if year]


def find_periods(text: str) -> list[int]:
    """Years of the statistics periods (1月1日 to 12月31日 of one year) named in the
    text.
    """
    years = []
    for match in _PERIOD.finditer(plain(text)):
        begin, end = read_year(match[1]), read_year(match[2]) if match[2] else None
        if begin and end in {None, begin}:
            years.append(begin)
    return years


def find_date(text: str) -> date | None:
    """The last date printed in the text."""
    compact = plain(text)
    dates = [
        _date(read_year(match[1]), match[2], match[3])
        for match in _DATE.finditer(compact)
    ]
    dates += [
        _date(read_year(match[1]), match[2], match[3])
        for match in _NUMERIC_DATE.finditer(text)
    ]
    return next((found for found in reversed(dates) if found), None)


def is_date(text: str) -> bool:
    """True when the text is a date and nothing else, with or without brackets."""
    compact = plain(text[:_LONGEST]).strip("（）")
    return len(text) <= _LONGEST and bool(
        _DATE.fullmatch(compact) or _NUMERIC_DATE.fullmatch(compact)
    )


def _date(year: int | None, month: str, day: str) -> date | None:
    try:
        return date(year, _number(month), _number(day)) if year else None
    except ValueError:
        return None


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else chinese_number(printed) or 0
