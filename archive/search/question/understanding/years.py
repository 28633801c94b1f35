"""Years as people type them: 2023年度, 22年, 二〇二二年, 近三年, 2021-2023, 去年.

A number is a year only where nothing behind it makes it something else: 2023个, 2023号,
2023年5月. What 去年 and 近三年 mean depends on the day of asking.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from archive.search.text import HAN

FIRST = 2003
"""The oldest reports are about this year."""

_DIGITS = "零一二三四五六七八九"
_AS_DIGITS = str.maketrans(_DIGITS, "0123456789")
_COUNTED = {"一": 1, "两": 2, **{sign: at for at, sign in enumerate(_DIGITS) if at > 1}}
_COUNTED["十"] = 10
# A year in digits, or spelled out: 二零二二 (〇 and ○ have become 零 before).
_YEAR = rf"(?:20[0-9]{{2}}|二零[{_DIGITS}]{{2}})"
_TWO = "[012][0-9]"
_TO = "(?:-+|~|至|到)"
_SUFFIX = "(?:年度|年)"
# The 年 of 2023年报 is that of 年报, which every report is; not that of 2023年报名.
_REPORT = f"年报(?:(?![{HAN}])|(?=[的里中全原]))"
_WITH_YEAR = f"(?:年度|(?!{_REPORT})年)"
# What makes a year a date, a number or an age.
_NOT_BEHIND = (
    r"(?![0-9.]|年(?!报)|月|第|版|级|底|末|初|期|龄|前|后|内|间|多|以[上下内])"
)
_SINCE = "(?:[及含](?:以后|之后)|以来|以后|之后|开始|起|[至到](?:今|现在|目前))"
_BEFORE = "(?:(?P<with>[及含])?(?:以前|之前))"
# 2022和2023两年, but not the 三年 of 2021-2023三年行动计划.
_IN_ALL = "(?:这?[两二三四五六七八九十]年(?![级内以来期间制后前行计规]))?"

# e.g. "2021-2023", "2021年至2023年度", "二零二一年到二零二三年", "2021-23年"
# not "2023", "2021-12"
_SPAN = re.compile(
    rf"(?P<first>{_YEAR}){_SUFFIX}?{_TO}(?P<last>{_YEAR}|[0-9]{{2}}(?=年))"
    rf"(?P<suffix>{_SUFFIX})?{_NOT_BEHIND}{_IN_ALL}"
)
# e.g. "19-21年", "19年至21年度"
# not "19-21", "5-10年"
_SHORT_SPAN = re.compile(
    rf"(?P<first>{_TWO})年?{_TO}(?P<last>{_TWO})"
    rf"{_SUFFIX}(?![0-9来]){_NOT_BEHIND}"
)
# e.g. "2022年以来", "2018年到现在", "二零二零年起", "2021年及以后", "2019以来"
# not "2022年", "2022起"
_FROM = re.compile(rf"(?P<first>{_YEAR})(?:{_SUFFIX}{_SINCE}|以来|[至到]今)")
# e.g. "2020年以前", "2020年之前", "2020年及以前"
# not "2020年前"
_UNTIL = re.compile(rf"(?P<last>{_YEAR}){_SUFFIX}{_BEFORE}")
# e.g. "2023年", "2023年度", "二零二二年"
# not "2023", "2023年5月", "2023年第1号", "2023年报"
_FULL = re.compile(rf"(?P<year>{_YEAR}){_WITH_YEAR}(?![0-9]){_NOT_BEHIND}")
# e.g. "2023", "二零二二", "2023两年"
# not "20231", "2023.5", "2023年"
_BARE = re.compile(rf"(?P<year>{_YEAR}){_NOT_BEHIND}(?![-/]){_IN_ALL}")
# e.g. "22年", "22年度", "'22年"
# not "22", "15年以上", "22年5月"
_SHORT = re.compile(
    rf"['’]?(?P<year>{_TWO})(?:{_WITH_YEAR}|(?={_REPORT}))(?![0-9来]){_NOT_BEHIND}"
)
_NEAR = "(?:最近|近|过去)"
# e.g. "近三年", "最近两年", "过去5年", "近10年"
# not "近年来", "近三年来", "近几年"
_LAST_FEW = re.compile(
    rf"{_NEAR}(?P<number>[{_DIGITS}两十]|[0-9]{{1,2}})个?年(?:度|内)?(?![来以级])"
)
# e.g. "连续三年", "连续3个年度都", "三年连续"
# not "连续三年来", "连续几年", "三年"
_IN_A_ROW = re.compile(
    rf"(?=连续|\S{{1,3}}年连续)(?:连续)?(?P<number>[{_DIGITS}两十]|[0-9]{{1,2}})个?年"
    r"(?:度|内)?(?:连续|都|均)*(?![来以级])"
)
# e.g. "十四五期间", "十三五时期", "十四五以来"
# not "十四五规划"
_PLAN = re.compile("(?P<plan>十[二三四五])五(?:期间|时期|(?P<since>以来))")
_PLANS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
"""The five-year plans, and the first year of each."""
# e.g. "22和23年"
# not "22和23件"
_ONE_OF_TWO = re.compile("(?P<year>[012][0-9])(?=和[012][0-9]年)")
_AGO = {
    "今年": 0,
    "去年": 1,
    "上一年": 1,
    "上一年度": 1,
    "上年度": 1,
    "前年": 2,
    "大前年": 3,
}
_NO_YEAR = "同期|以来|底|末|初|相比|度|今日|[轻龄级纪关货夜春夏秋冬]"
# e.g. "去年", "上一年度", "今年"
# not "去年同期", "今年以来", "上年结转", "前年轻人", "今年夏天"
_RELATIVE = re.compile(
    r"(?P<word>大前年|今年|去年|上一年度?|上年度|前年)度?"
    rf"(?!{_NO_YEAR})"
)
_MOST = 20
_COMPARED = ("比", "较")
"""比去年增加 tells of another year."""


class Years(NamedTuple):
    """Years that a text names from a position on."""

    end: int
    first: int
    last: int
    is_sure: bool
    """Whether the words say that it is a year; 2023 or 22年 need words around them."""
    is_each: bool = False
    """Whether something is to be true in each of them: 连续三年."""


def years_at(text: str, at: int, today: date) -> Years | None:
    """The years named at `at`, in a text in normal form; None where none are."""
    before = text[at - 1 : at]
    if before.isdigit() or before in _COMPARED:
        return None
    found = _span_at(text, at, today) or _one_at(text, at, today)
    if found is None:
        return None
    if FIRST <= found.first <= found.last <= today.year:
        return found
    return None


def in_a_row_at(text: str, at: int, today: date) -> Years | None:
    """Years in a row named at `at`, 连续三年: the last that are over."""
    match = _IN_A_ROW.match(text, at)
    found = _last_few(match, today) if match else None
    return found._replace(is_each=True) if found else None


def _span_at(text: str, at: int, today: date) -> Years | None:
    """Several years in a row."""
    if match := _SPAN.match(text, at):
        first, last = sorted((_number(match["first"]), _number(match["last"])))
        return Years(match.end(), first, last, True)
    if match := _FROM.match(text, at):
        return Years(match.end(), _number(match["first"]), today.year, True)
    if match := _UNTIL.match(text, at):
        last = _number(match["last"]) - (match["with"] is None)
        return Years(match.end(), FIRST, last, True)
    if match := _PLAN.match(text, at):
        first = _PLANS[match["plan"]]
        last = today.year if match["since"] else min(first + 4, today.year)
        return Years(match.end(), first, last, True)
    if match := _SHORT_SPAN.match(text, at):
        first, last = _number(match["first"]), _number(match["last"])
        return Years(match.end(), first, last, False)
    if match := _LAST_FEW.match(text, at):
        return _last_few(match, today)
    return None


def _last_few(match: re.Match[str], today: date) -> Years | None:
    """近三年: years that are over, since no other year has been reported on."""
    counted = match["number"]
    number = int(counted) if counted.isdigit() else _COUNTED.get(counted, 0)
    if not 0 < number <= _MOST:
        return None
    first = max(today.year - number, FIRST)
    return Years(match.end(), first, today.year - 1, True)


def _one_at(text: str, at: int, today: date) -> Years | None:
    """One year."""
    if match := _RELATIVE.match(text, at):
        word = match["word"]
        year = today.year - _AGO[word]
        return Years(match.end(), year, year, True)
    if match := _FULL.match(text, at):
        year = _number(match["year"])
        return Years(match.end(), year, year, True)
    for pattern in (_BARE, _SHORT, _ONE_OF_TWO):
        if match := pattern.match(text, at):
            year = _number(match["year"])
            return Years(match.end(), year, year, False)
    return None


def _number(text: str) -> int:
    """二零二二 → 2022, 22 → 2022."""
    number = int(text.translate(_AS_DIGITS))
    if number > 99:
        return number
    return 2000 + number
