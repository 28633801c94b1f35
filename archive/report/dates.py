"""Years and dates as reports print them. Pure.

In digits or Chinese numerals, with blanks in between, or in the short forms of portals.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from archive.catalogue import CHINA
from archive.report.numbers import chinese_number
from archive.report.plain import plain

FIRST_YEAR = 2003
"""The oldest local rules on disclosure are of this year; the national duty begins with
reports for 2008.
"""
LAST_YEAR = 2099
_LONGEST = 80
"""Signs of a line that can be a date and nothing else."""

_DIGITS = "〇一二三四五六七八九"
_NUMERALS = {sign: str(value) for value, sign in enumerate(_DIGITS)}
# 二零二三 and 二O二三, with the letter, stand for 二〇二三
_NUMERALS |= {"零": "0", "O": "0", "o": "0"}
_YEAR_SIGNS = "〇零Oo一二三四五六七八九"
YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}(?!\d)|[二2][{_YEAR_SIGNS}\d]{{3}})"
"""A four-digit year in plain text, in digits or Chinese numerals."""

# e.g. "2023年", "二〇二三年度报告", "report2023"
# not "23年"
_YEAR = re.compile(rf"({YEAR})年?")
# e.g. "2023年", "二〇二三年度"
# not "2023"
_DATED_YEAR = re.compile(rf"({YEAR})年")
# e.g. "23年政府信息公开"
# not "23年5月", "2023年", "12年一贯制学校", "第12年"
_SHORT_YEAR = re.compile(r"(?<![\d.第])([012]\d)年(?!一贯|制|.{0,4}月)")
_CHINESE = "[一二三四五六七八九十]"
_MONTH = rf"({_CHINESE}{{1,2}}|\d{{1,2}})月"
_DAY = rf"({_CHINESE}{{1,3}}|\d{{1,2}})[日号]?"
# e.g. "2024年1月19日", "二〇二四年一月十九日", "2024年1月19"
# not "2024年1月"
_DATE = re.compile(rf"({YEAR})年?{_MONTH}{_DAY}")
_NUMERIC = r"(20\d{2}) ?[-/.] ?([01]?\d) ?[-/.] ?([0-3]?\d)(?!\d)"
# e.g. "2024-01-19", "2024/1/19", "2024.01.19", "2024 - 01 - 19"
# not "2024-13", "12024-01-19"
_NUMERIC_DATE = re.compile(rf"(?<!\d){_NUMERIC}")
# e.g. "20240119"
# not "202401", "2024011900"
_COMPACT_DATE = re.compile(r"(?<!\d)(20\d{2})([01]\d)([0-3]\d)(?!\d)")
_TIME = r"([0-2]?\d)：([0-5]\d)(?:：[0-5]\d(?:\.\d{1,9})?)?"
# The time of day behind a date in plain text, as programs write it, with its zone.
# e.g. "T06：56：00Z", " 14：56：00", "14：56", " T14：56：00.000+08：00"
# not "T", "1456"
_TIME_OF_DAY = re.compile(rf"[ T]{{0,2}}{_TIME} ?(Z|[+-]\d\d：?\d\d)?")
# e.g. "星期四", "（周四）"
# not "星期"
_WEEKDAY = re.compile("（?(?:星期|周)[一二三四五六日天]）?")
_FIRST_DAY = "(?:0?1|一)月(?:0?1|一)日"
_LAST_DAY = "(?:12|十二)月(?:31|三十一|三一)日"
# e.g. "2023年1月1日至12月31日", "2023年01月01日起至2023年12月31日止"
# not "2023年1月1日至6月30日"
_PERIOD = re.compile(
    rf"({YEAR})年{_FIRST_DAY}[^。；]{{0,8}}?(?:({YEAR})年)?{_LAST_DAY}"
)


@lru_cache(maxsize=256)
def read_year(printed: str) -> int | None:
    """The year that four signs print: 2023, 二〇二三, 二○二三, 二零二三 → 2023.

    None for anything that is no year of a report.
    """
    signs = plain(printed)
    digits = "".join(_NUMERALS.get(sign, sign) for sign in signs)
    if len(digits) != 4:
        return None
    is_number = digits.isascii() and digits.isdigit()
    if not is_number:
        return None
    year = int(digits)
    is_of_a_report = FIRST_YEAR <= year <= LAST_YEAR
    if is_of_a_report:
        return year
    return None


def find_years(text: str, *, short: bool = False) -> list[int]:
    """Years named in a title or file name, in order of print.

    Those with 年 behind them count first, then any four digits; `short` takes 23年 for
    2023年 as well, where there is neither.
    """
    compact = plain(text)
    years = _years_of(_DATED_YEAR, compact)
    if not years:
        years = _years_of(_YEAR, compact)
    if years or not short:
        return years
    shortened = _SHORT_YEAR.finditer(compact)
    return [2000 + int(match[1]) for match in shortened]


def _years_of(pattern: re.Pattern[str], compact: str) -> list[int]:
    """The years of a report that a pattern finds in plain text."""
    years: list[int] = []
    for match in pattern.finditer(compact):
        year = read_year(match[1])
        if year is not None:
            years.append(year)
    return years


def find_periods(text: str) -> list[int]:
    """Years of the statistics periods that a text names.

    A period goes from 1月1日 to 12月31日 of one year; one over several years (2008年1月
    1日至2023年12月31日) is none.
    """
    years: list[int] = []
    for match in _PERIOD.finditer(plain(text)):
        begin = read_year(match[1])
        end = read_year(match[2]) if match[2] else None
        is_one_year = end is None or end == begin
        if begin and is_one_year:
            years.append(begin)
    return years


def find_date(text: str) -> date | None:
    """The last date printed in a text, dates in digits alone (2024-01-19) before
    others; None if there is none. Days that no calendar has are passed over.
    """
    in_words = list(_DATE.finditer(plain(text)))
    in_digits = list(_NUMERIC_DATE.finditer(spaced(text)))
    for match in reversed(in_words + in_digits):
        found = _date(match)
        if found:
            return found
    return None


def leading_date(text: str) -> date | None:
    """The date with which a text begins, as pages print it behind a label.

    In any form: 2024-01-19 14:56, 20240119, 2024年1月19日. Of a time with its zone
    (2024-01-18T23:56:00Z) the day in China. None where the text begins otherwise, or
    with a day that no calendar has.
    """
    apart = spaced(text).lstrip("：（）| ")
    match = _NUMERIC_DATE.match(apart) or _COMPACT_DATE.match(apart)
    if match is None:
        match = _DATE.match(apart.replace(" ", ""))
        if match:
            return _date(match)
        return None
    found = _date(match)
    time = _TIME_OF_DAY.match(apart, match.end())
    if found is None or time is None or not time[3]:
        return found
    return _day_in_china(found, time)


def _day_in_china(day: date, time: re.Match[str]) -> date:
    """The day in China at a time of day that is told with its zone."""
    zone = time[3].replace("Z", "+0000").replace("：", "")
    told = f"{day.isoformat()} {time[1]}:{time[2]} {zone}"
    try:
        moment = datetime.strptime(told, "%Y-%m-%d %H:%M %z")
    except ValueError:
        return day
    return moment.astimezone(CHINA).date()


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else, with or without brackets.

    The time of day or the weekday may stand behind it. A day that no calendar has
    (2024年13月45日) is printed as a date as well.
    """
    if len(text) > _LONGEST:
        return False
    apart = spaced(text).strip("（） ")
    match = _NUMERIC_DATE.match(apart) or _COMPACT_DATE.match(apart)
    if match is None:
        apart = apart.replace(" ", "")
        match = _DATE.match(apart)
    if match is None:
        return False
    behind = _TIME_OF_DAY.sub("", apart[match.end() :], count=1)
    return not _WEEKDAY.sub("", behind, count=1).strip()


def spaced(text: str) -> str:
    """Plain text with one blank wherever the print has any, as between day and time."""
    return " ".join(filter(None, map(plain, text.split())))


def _date(match: re.Match[str]) -> date | None:
    """The date of a match with year, month and day; None for a 31st of February."""
    year = read_year(match[1])
    if year is None:
        return None
    try:
        return date(year, _number(match[2]), _number(match[3]))
    except ValueError:
        return None


def _number(printed: str) -> int:
    """The number of a month or day: 12 or 十二 → 12.

    0, which is no month and no day, for what is no number.
    """
    if printed.isdigit():
        return int(printed)
    spelled = chinese_number(printed)
    return spelled or 0
