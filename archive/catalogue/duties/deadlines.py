"""By when the law wants a report, and what can be said of one's day of publication.

条例 (2019) 第四十九条: departments of governments at county level and above publish by
31 January, these governments by 31 March. 条例 (2007) 第三十一条, for the reports up to
2018: 各级行政机关 by 31 March. Nobody is called late whose kind is not known for sure.
"""

from __future__ import annotations

import re
from datetime import date

from archive.catalogue.duties.governments import is_governments_office
from archive.catalogue.states import Level, PublishedFrom, Punctuality

FIRST_YEAR_OF_TODAYS_RULE = 2019
"""The report for 2018 was due in March 2019, the new 条例 is in force since May."""

_AT_COUNTY_AND_ABOVE = frozenset(
    [Level.NATION, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]
)
# Schools, hospitals and companies publish by rules of their own; offices of zones,
# branches and bodies under a ministry are no departments of the local government.
# e.g. "示例市商务局", "示例省教育厅", "示例县发展和改革委员会", "示例市城市管理执法局"
# not "示例大学", "示例经济开发区管理委员会", "示例市示例分局", "示例市供水公司"
_DEPARTMENT = re.compile("(?<!分)局$|[厅委署部]$|(?<!管理)委员会$|(?<!办事处)办公室$")
_UNDER_A_MINISTRY = "国家税务总局.|海关|海事局|气象局|邮政管理局|烟草|银行|监管局"
# e.g. "国家税务总局示例市税务局", "示例海关", "示例海事局"
# e.g. "示例省气象局", "示例园区商务局"
# not "示例市税务服务局"
_NOT_LOCAL = re.compile(rf"{_UNDER_A_MINISTRY}|开发区|园区|新区|管委会|党[委组]|街道")


def deadline(year: int, name: str, level: str, *, is_government: bool) -> date | None:
    """The last day on which a report is on time; None where the law names none.

    `year` is reported on; `name`, `level` (a value of Level) and `is_government` are
    the agency's. None too where it is not sure what kind of body that is.
    """
    march = date(year + 1, 3, 31)
    is_department = not _NOT_LOCAL.search(name) and _DEPARTMENT.search(name) is not None
    if level == Level.TOWNSHIP:
        # The law of 2019 leaves them out, that of 2007 spoke of all levels.
        if year < FIRST_YEAR_OF_TODAYS_RULE:
            return march
        return None
    if level not in _AT_COUNTY_AND_ABOVE:
        return None
    # An office publishes its own report or its government's, under one name.
    if is_government or is_governments_office(name):
        return march
    if not is_department:
        return None
    if year < FIRST_YEAR_OF_TODAYS_RULE:
        return march
    return date(year + 1, 1, 31)


def punctuality(
    published_on: date | None,
    year: int,
    last_day: date | None,
    published_from: str = "",
    *,
    may_be_earlier: bool = False,
) -> Punctuality:
    """What can be said of a day of publication.

    `last_day`: the body's deadline, None where it has none. `published_from`: how the
    day is known. A report can't come out before it is signed: signed after the deadline
    it is late for sure; signed before it, the day it came out is not known.
    `may_be_earlier`: the page tells only when it was changed last, so that a late day
    proves nothing against the body.
    """
    if published_on is None:
        return Punctuality.UNKNOWN
    if may_be_earlier and published_on > date(year + 1, 1, 31):
        return Punctuality.UNKNOWN
    if last_day is not None and published_on > last_day:
        return Punctuality.LATE
    if published_from == PublishedFrom.SIGNED:
        return Punctuality.UNKNOWN
    if published_on <= date(year + 1, 1, 31):
        return Punctuality.JANUARY
    if published_on <= date(year + 1, 3, 31):
        return Punctuality.MARCH
    return Punctuality.LATER
