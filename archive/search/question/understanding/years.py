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
# 二O二二: a letter is typed for 〇.
_AS_DIGITS = str.maketrans(f"{_DIGITS}o", "01234567890")
_COUNTED = {"一": 1, "两": 2, **{sign: at for at, sign in enumerate(_DIGITS) if at > 1}}
_COUNTED["十"] = 10
# A year in digits, or spelled out: 二零二二 (〇 and ○ have become 零 before).
_YEAR = rf"(?:20[0-9]{{2}}|二[零o][{_DIGITS}o]{{2}})"
_TWO = "[012][0-9]"
_TO = "(?:-+|~|至|到)"
_SUFFIX = "(?:年度|年)"
# The 年 of 2023年报 is that of 年报, which every report is; not that of 2023年报名.
_REPORT = f"年报(?:(?![{HAN}])|(?=[的里中全原]))"
_WITH_YEAR = f"(?:年度|(?!{_REPORT})年)"
_PART = (
    "[上下]半年|第?[一二三四1-4]季度|[春夏秋冬][季天]|学年|[一二三四五六七八九十]+月"
)
_OF_LAW = (
    "(?:新?(?:修订|修正|颁布|施行|公布|实施)的?)?新?(?:《|政府信息公开)*(?:条例|办法)"
)
_GAMES = f"[{HAN}]{{0,3}}(?:奥会|奥运会|亚运会|世界杯|世博会|全运会)"
# What makes a year a date, a number or an age, or part of what something is called;
# behind 2023年 stand 年报 and 年度报告 as well.
_NOT_BEHIND = (
    r"(?![0-9.]|年(?!报|度)|月|第|版|级|底|末|初|期|龄|前|后|内|间|多|以[上下内]"
    rf"|{_PART}|{_OF_LAW}|{_GAMES}|相?比(?=20|[去前上 ]|$))"
)
_WITH = r"(\(不?含\))"
_ON = "起(?![诉草始点码源])"
_NOW = "[至到](?:今|现在|目前)"
_COMING = "来(?=申请|收到|公开|行政|被|的|[ ,]|$)"
_SINCE = f"(?:[及含](?:以后|之后)|以来|{_COMING}|以后|之后|开始|{_ON}|{_NOW}){{1,2}}"
_BEFORE = "(?:(?P<with>[及含])?(?:以前|之前)|前(?=[的 ]|$))"
_BETWEEN = f"[和与跟](?={_YEAR}{_SUFFIX}?之间)"
_RELATED = "大前年|前年|去年|今年"
# 2022和2023两年, but not the 三年 of 2021-2023三年行动计划.
_IN_ALL = "(?:这?[两二三四五六七八九十]年(?![级内以来期间制后前行计规]))?"

# e.g. "2021-2023", "2021年至2023年度", "2021-23年", "2020年和2022年之间"
# not "2023", "2021-12"
_SPAN = re.compile(
    rf"(?:介于)?(?P<first>{_YEAR}){_SUFFIX}?(?:{_TO}|{_BETWEEN})(?P<last>{_YEAR}|[0-9]{{2}}(?=年))"
    rf"(?P<suffix>{_SUFFIX})?(?:(?<=年)期?间|之间)?{_NOT_BEHIND}{_IN_ALL}"
)
# e.g. "(2022年)", "(2019-2021)"
# not "(2022年5月)", "(2021)30号", "(2021)京01行初123号"
_IN_BRACKETS = re.compile(
    rf"\((?P<first>{_YEAR}){_SUFFIX}?(?:{_TO}(?P<last>{_YEAR}){_SUFFIX}?)?\)"
    r"(?![0-9第]|\S*[0-9]号)"
)
# e.g. "前年到去年", "大前年至今年"
# not "去年"
_RELATED_SPAN = re.compile(rf"(?P<first>{_RELATED}){_TO}(?P<last>{_RELATED})")
# e.g. "去年以来", "前年至今"
# not "今年以来", "去年"
_RELATED_FROM = re.compile(
    f"(?P<first>大前年|前年|去年)(?:以来|开始|{_ON}|[至到](?:今(?!年)|现在))"
)
# e.g. "19-21年", "19年至21年度"
# not "19-21", "5-10年"
_SHORT_SPAN = re.compile(
    rf"(?P<first>{_TWO})年?{_TO}(?P<last>{_TWO})"
    rf"{_SUFFIX}(?![0-9来]){_NOT_BEHIND}"
)
# e.g. "2022年以来", "2018年到现在", "2021年及以后", "2019以来", "晚于2021年"
# not "2022年", "2022起"
_FROM = re.compile(
    rf"(?P<side>晚于|不早于)?(?P<first>{_YEAR})(?(side){_SUFFIX}?{_NOT_BEHIND}"
    rf"|(?:{_SUFFIX}(?:{_WITH})?{_SINCE}(?:{_WITH})?|以来|[至到]今))"
)
# e.g. "2020年以前", "2020年之前", "2020年及以前", "2020年(含)以前", "早于2021年"
# not "2020年前完成"
_UNTIL = re.compile(
    rf"(?P<side>早于|不晚于)?(?P<last>{_YEAR})(?(side){_SUFFIX}?{_NOT_BEHIND}"
    rf"|{_SUFFIX}(?:{_WITH})?{_BEFORE}(?:{_WITH})?)"
)
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
_NEAR = "(?:最近|近|过去的?)"
# e.g. "近三年", "最近两年", "过去5年", "近10年"
# not "近年来", "近三年来", "近几年"
_LAST_FEW = re.compile(
    rf"{_NEAR}(?P<number>[{_DIGITS}两十]|[0-9]{{1,2}})个?年(?:度|内)?(?![来以级制])"
)
# e.g. "连续三年", "连续3个年度都", "三年连续"
# not "连续三年来", "连续几年", "三年"
_IN_A_ROW = re.compile(
    rf"(?=连续|\S{{1,3}}年连续)(?:连续)?(?P<number>[{_DIGITS}两十]|[0-9]{{1,2}})个?年"
    r"(?:度|内)?(?:连续|都|均)*(?![来以级])"
)
# e.g. "十四五期间", "十三五时期", "十四五以来"
# not "十四五规划"
_PLAN = re.compile('"?(?P<plan>十[二三四五])五"?(?:期间|时期|(?P<since>以来))')
_PLANS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
"""The five-year plans, and the first year of each."""
# e.g. "22和23年"
# not "22和23件"
_ONE_OF_TWO = re.compile("(?P<year>[012][0-9])(?=(?:和[012][0-9])+年(?!级))")
_AGO = {
    "今年": 0,
    "去年": 1,
    "上一年": 1,
    "上一年度": 1,
    "上年度": 1,
    "上年": 1,
    "前年": 2,
    "大前年": 3,
}
_NO_YEAR = (
    f"同[期比]|以来|底|末|初|相比|度|今日|[轻龄级纪关货夜春夏秋冬]|{_PART}|[0-9]+月"
    "|比(?:[ 去今前上2]|$)|项目数"
)
# e.g. "去年", "上一年度", "今年"
# not "去年同期", "今年以来", "上年结转", "前年轻人", "今年夏天"
_RELATIVE = re.compile(
    r"(?P<word>大前年|今年|去年|上一年度?|上年度|上年(?= |$)|前年)度?"
    rf"(?!{_NO_YEAR})"
)
_BEGINNINGS = frozenset("012二'’(\"介大前去今上近最过十早晚不")
"""What years begin with."""
_MOST = 20
_COMPARED = ("比", "较", "超过", "早于", "晚于")
"""比去年增加 tells of another year."""
_BOTH = "对比"
"""对比2021年和2022年 tells of these."""
_HAPPENED = ("发布于", "成立于", "修订于", "始于")
"""成立于2005年 tells of something else."""
_NONE_BEHIND = (*_COMPARED, *_HAPPENED, *"0123456789")


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
    if text[at : at + 1] not in _BEGINNINGS:
        return None
    if text.endswith(_NONE_BEHIND, 0, at) and not text.endswith(_BOTH, 0, at):
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
    for pattern in (_SPAN, _IN_BRACKETS):
        if match := pattern.match(text, at):
            ends = (match["first"], match["last"] or match["first"])
            first, last = sorted(map(_number, ends))
            return Years(match.end(), first, last, True)
    return _open_at(text, at, today) or _counted_at(text, at, today)


def _open_at(text: str, at: int, today: date) -> Years | None:
    """Years from one on, or up to one."""
    if match := _FROM.match(text, at):
        is_without = not {"(不含)", "晚于"}.isdisjoint(match.groups())
        first = _number(match["first"]) + is_without
        return Years(match.end(), first, today.year, True)
    if match := _UNTIL.match(text, at):
        is_without = {"(含)", "及", "含", "不晚于"}.isdisjoint(match.groups())
        return Years(match.end(), FIRST, _number(match["last"]) - is_without, True)
    return None


def _counted_at(text: str, at: int, today: date) -> Years | None:
    """Years counted from the day of asking, those of a plan, and 19-21年."""
    if match := _RELATED_SPAN.match(text, at):
        first, last = (today.year - _AGO[word] for word in match.groups())
        return Years(match.end(), first, last, True)
    if match := _RELATED_FROM.match(text, at):
        return Years(match.end(), today.year - _AGO[match["first"]], today.year, True)
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
