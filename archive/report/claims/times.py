"""Times that a sentence names, and whether each is the year of the report. Pure.

Reports compare: a number of this year stands beside last year's, beside the sum since
the 条例 came into force, and beside plans. The time named last before a number counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.report.dates import YEAR, read_year

_DASH = "[-—–~～]+"
# any of these begins a time: a cheap look before the alternatives
_FIRST_SIGN = (
    r"[\d〇一二两三四五六七八九十自从截今本当报年近过最多历“以去上往前明来次下新第全]"
)
# 2023年1月1日至12月31日, 1月至12月: the statistics period
_WHOLE_YEAR = (
    rf"(?P<whole>(?:(?P<whole_year>{YEAR})年|(?<!\d))0?1月?(?:0?1日)?(?:起|开始)?"
    rf"(?:至|到|{_DASH})(?:{YEAR}年|当年)?12月(?:31日)?)"
)
# 2008年5月1日至2023年, 2022、2023年
_RANGE = (
    rf"(?P<range>{YEAR}年?度?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?起?"
    rf"(?:{_DASH}|至|到|和|、){YEAR}年)"
)
# 自《条例》施行以来
_SINCE = r"(?P<since>(?:自|从)[^，。；]{2,24}?(?:以来|至今|起至))"
# 2023年, 截至2023年12月31日, 2008年以来
_YEAR_OR_DAY = (
    rf"(?P<asof>截[至止]到?)?(?P<year>{YEAR})年度?"
    r"(?:(?P<month>1[0-2]|0?[1-9])月份?(?P<day>\d{1,2}日)?)?(?P<on>以来|至今)?"
)
# 本年度, 今年以来, 报告期
_OWN = "(?P<own>今年|本年|当年|报告期|年内|一年来|年初以来)(?:度|以来)*"
# 近三年, 五年来, 历年, “十四五”期间
_RECENT_YEARS = r"(?:近|过去|最近)[两二三四五六七八九十\d]{1,2}个?年"
_YEARS_LONG = r"(?:[两二三四五六七八九十]|(?<!\d)\d{1,2})年(?:多)?(?:来|以来|间|期间)"
_SPAN = (
    rf"(?P<span>{_RECENT_YEARS}|{_YEARS_LONG}"
    "|多年来?|历年|历次|“?十[一二三四]五”?期间|以来)"
)
CARRIED = "(?:跨年度?)?(?:结转|顺延|延续|转入|转来)"
"""In which words an application is taken over from the year before."""
# 去年, 上年; but 上年结转 and 去年顺延 are counted in this year's table
_PAST = f"(?P<past>(?:去年|上年|上一年)(?!度?{CARRIED})|往年|前年)"
# 明年, 下一步; but 结转下年 is this year's number
_NEXT_YEAR = "明年|来年|次年|下一?年(?!度?结转)"
_FUTURE = f"(?P<future>{_NEXT_YEAR}|下一步|下一阶段|今后|新的一年)"
# 第三季度, 上半年, 5月份; but not the 12月 that ends 1月至12月
_MONTH = r"(?<![\d至])(?:1[0-2]|[1-9])|(?<=至)(?:1[01]|[1-9])"
_PART_OF_YEAR = (
    "(?P<part>第?[一二三四]季度|[上下]半年"
    rf"|(?:{_MONTH})月(?:份|底|初|中旬)?(?!\d))"
)
_ALL_YEAR = "(?P<all>全年)"
_FIGURE = "[\\d〇零Oo一二两三四五六七八九十]"
_BEHIND_FIGURES = "[年月度日起开至到和、季”期]"
_FIRST_WORDS = "|".join((
    rf"{_FIGURE}{{1,7}}(?:{_BEHIND_FIGURES}|{_DASH})",
    "[今本当去往前明来次多历全]年|[上下][年半一]|年[内初]|新的|第[一二三四]",
    "今后|历次|报告|近|过|最近|“十|以来|截[至止]|[自从]",
))  # fmt: skip
"""How every time begins: a number of things (43条) is passed over here."""
_ANY_TIME = "|".join(
    (
        _WHOLE_YEAR,
        _RANGE,
        _SINCE,
        _YEAR_OR_DAY,
        _OWN,
        _SPAN,
        _PAST,
        _FUTURE,
        _PART_OF_YEAR,
        _ALL_YEAR,
    )
)
# e.g. "2023年1月1日至12月31日", "2022、2023年", "自《条例》施行以来", "截至2023年底"
# e.g. "今年以来", "近三年", "“十四五”期间", "去年", "明年", "上半年", "5月份", "全年"
# not "上年结转", "12条"
_TIME = re.compile(rf"(?={_FIRST_SIGN})(?={_FIRST_WORDS})(?:{_ANY_TIME})")

# e.g. "结转至", "结转", "顺延到", "转", "延至"
# not "结转至2024年", "力争到"
_CARRIED_INTO = re.compile("(?:结转|顺延|延续|[延转跨])[至到入]?$")
# e.g. "根据", "按照省政府", "落实"
# not "根据要求，"
_QUOTED = re.compile(
    "(?:根据|按照?|依据|围绕|针对|对照|落实|印发|贯彻|参照)[^，。；]{0,6}$"
)
"""根据2022年度要点: a paper's year, no time of what is said."""
# e.g. "较", "与", "同比"
# not "较多，"
_COMPARED = re.compile("(?:较|比|与|同|相比|对比)[^，。；]{0,2}$")
# e.g. "含", "，其中", "由"
# not "我局", "2023年由"
_OF_PARTS = re.compile("^[由从]$|[，（][由从]?$|(?:其中|含|包括)[有由从]?$")
# e.g. "年结转", "年度跨年结转", "顺延至"
# not "年收到"
_CARRIED_ON = re.compile(f"年?度?{CARRIED}")
_LEAD = 10
"""Signs before a time in which it is said what the time is for."""


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time with its place. `in_clause`: it counts for its clause alone (较2022年)."""

    place: int
    is_own: bool
    in_clause: bool


def named_times(text: str, year: int | None) -> list[NamedTime]:
    """The times a text names, in order; `is_own`: it is the year of the report.

    `year` is None where the report's year is unknown; then any year printed alone is
    taken for it.
    """
    found: list[NamedTime] = []
    in_part = False
    for match in _TIME.finditer(text):
        lead = text[max(match.start() - _LEAD, 0) : match.start()]
        if _is_of_a_paper(match, lead):
            continue
        if _is_carried_from(match, lead, year):
            continue
        # 全年 adds nothing to a year named before it (2022年全年), but ends 上半年
        adds_nothing = match["all"] and not in_part
        if not adds_nothing:
            is_own = _is_own(match, year)
            is_compared = _COMPARED.search(lead) is not None
            found.append(NamedTime(match.start(), is_own, is_compared))
        in_part = bool(match["part"] or match["month"])
    return found


def _is_of_a_paper(match: re.Match[str], lead: str) -> bool:
    """Whether a year is that of a rule, or the one carried into: 结转至2024年, 顺延到
    下年度.

    `lead`: what stands before the year.
    """
    if _CARRIED_INTO.search(lead):
        return True
    is_year = match["year"] or match["range"]
    if not is_year:
        return False
    return _QUOTED.search(lead) is not None


def _is_carried_from(match: re.Match[str], lead: str, year: int | None) -> bool:
    """Whether it is the year before, from which a part of a number was carried over.

    含2022年结转3件 tells this year's number as 含上年结转3件 does.
    """
    if year is None or not match["year"]:
        return False
    if read_year(match["year"]) != year - 1 or not _OF_PARTS.search(lead):
        return False
    return _CARRIED_ON.match(match.string, match.end()) is not None


def _is_own(match: re.Match[str], year: int | None) -> bool:
    """Whether a time is the year of the report, whole or up to its end.

    True for 今年, 全年 and 截至2023年底, and for 自2023年以来 where 2023 is the year;
    False for 去年, 上半年, 近三年 and 2023年5月.
    """
    if match["own"] or match["all"]:
        return True
    if match["since"] or match["range"]:
        return _names_no_year_but(year, match[0])
    if match["whole"] and not match["whole_year"]:
        return True
    printed = match["whole_year"] or match["year"]
    if not printed:
        return False
    is_known = year is not None
    if is_known and read_year(printed) != year:
        return False
    if match["month"]:
        return _is_end_of_year(match)
    # 2008年以来 in a report whose year is unknown: many years
    goes_on = match["on"] is not None
    return is_known or not goes_on


def _names_no_year_but(year: int | None, printed: str) -> bool:
    """Whether every year printed is the report's.

    自2023年1月起至今 is, in the report for 2023; 2008年至2023年 is not.
    """
    if year is None:
        return False
    years = re.findall(YEAR, printed)
    named = set(map(read_year, years))
    return named == {year}


def _is_end_of_year(match: re.Match[str]) -> bool:
    """Whether a day of the year is its last (12月31日), or a count runs up to its last
    month (截至2023年12月): then the whole year is counted.
    """
    is_last_day = match["day"] == "31日"
    is_up_to_it = match["asof"] is not None
    return match["month"] == "12" and (is_last_day or is_up_to_it)


_AGAINST = r"同比|相比|环比|较(?!好|为|大|快|多的|高)|比(?:\d{4}|上|去)"
_MORE_OR_FEWER = r"增[加长]|减少|下降|上升|增至|多(?=\d)|少(?=\d)|历史"
# e.g. "较上年", "同比增长", "比2022年多", "减少"
# not "较好", "公开"
_CHANGE = re.compile(f"{_AGAINST}|{_MORE_OR_FEWER}")
# e.g. "15%", "3个百分点", "2倍"
# not "20条"
_PERCENT = re.compile(r"\d(?:%|个百分点|倍)")


def is_change(words: str) -> bool:
    """Whether the number behind these words tells a change: 较上年增加[20条].

    Behind a percentage the number is the year's again: 同比增长15%，达到[120条].
    """
    changes = list(_CHANGE.finditer(words))
    if not changes:
        return False
    percents = list(_PERCENT.finditer(words))
    if not percents:
        return True
    return percents[-1].start() < changes[-1].start()
