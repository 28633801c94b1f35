"""Whether the archive holds a body's report for a year, and if not, what is known.

A state says what we did and found, never what the body failed to do: `not_seen` is a
list that we read on a day, and that names no such report.

The first that holds counts, in this order:

1 held                 the report is here; whatever else is known does not matter
2 unread, withheld, unreachable   of this one report: an original of it is kept, or a
                       list names it and its page could not be had. Also before the last
                       day, since it is there
3 not_due              the law's last day is not over, or the body did not exist
4 withheld, unreachable   of the source whose list would name it
5 no_source            no list that would name it was ever read whole
6 not_seen             such a list was read whole, and does not name it
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.catalogue.duties.deadlines import deadline
from archive.catalogue.states import Labelled

COVERED_SINCE = 2008
"""The first year whose reports were due: the 条例 came into force in May 2008."""


class Coverage(Labelled):
    """What is known of a body's report for a year; see the order above."""

    HELD = "held", "已收录"
    # Three that tell of an obstacle on the way to a report, or to the list of it.
    UNREAD = "unread", "已存档未能读取"
    """An original of it is kept, could not be read or filed, and waits for a person."""
    WITHHELD = "withheld", "网站拒绝访问"
    """The site keeps it from us: robots.txt, a challenge for browsers, log-in, 403."""
    UNREACHABLE = "unreachable", "网站无法访问"
    """The site does not answer, or failed when it was asked last."""
    NOT_DUE = "not_due", "不计入应有"
    """The last day is not over; or no such body is known of that year: of 2008 nobody
    would understand 未到期.
    """
    NOT_SEEN = "not_seen", "未见"
    """Its list was read whole on such a day, and named no such report."""
    NO_SOURCE = "no_source", "尚无来源"
    """No list is known that would name it, or none that was ever read whole."""


NOT_MISSING = frozenset([Coverage.HELD, Coverage.NOT_DUE])
"""All other states make a body and year one of the missing."""
OBSTACLES = frozenset([Coverage.UNREAD, Coverage.WITHHELD, Coverage.UNREACHABLE])


@dataclass(frozen=True, slots=True)
class Way:
    """How a body's reports would come to us: what its source is like today."""

    obstacle: Coverage | None = None
    """What keeps us from the source since it was asked last; None: nothing does."""
    was_read_whole: bool = False
    """Whether its list was ever read to its end."""


def state_of(
    way: Way,
    *,
    held: bool,
    own_obstacle: Coverage | None,
    existed: bool,
    is_over: bool,
) -> Coverage:
    """The state of a body and year, by the order above.

    `own_obstacle`: what keeps us from this one report, which was named somewhere.
    `existed`: the body did, at the end of that year. `is_over`: the last day is.
    """
    if held:
        return Coverage.HELD
    if own_obstacle is not None:
        return own_obstacle
    if not existed or not is_over:
        return Coverage.NOT_DUE
    if way.obstacle is not None:
        return way.obstacle
    if way.was_read_whole:
        return Coverage.NOT_SEEN
    return Coverage.NO_SOURCE


def last_day(year: int, name: str, level: str, *, is_government: bool) -> date:
    """The day after which a report is looked for: the law's last day for such a body.

    Where the law names none (townships since 2019, schools) that of the governments,
    the latest there is: not a deadline of theirs, only when we begin to miss it.
    """
    by_law = deadline(year, name, level, is_government=is_government)
    return by_law or date(year + 1, 3, 31)


@dataclass(frozen=True, slots=True)
class Rest:
    """What the state of a body and year rests on."""

    state: Coverage
    year: int
    first: int
    """The years in which the body is known to be there: `first` to `last`."""
    last: int | None
    due_on: date
    """As `last_day` has it."""
    looked_on: date | None = None
    why: str = ""
    """What was noted of the source or the report, in Chinese."""


def why(rest: Rest) -> str:
    """The state's reason in a sentence: what we know and did. Empty for held."""
    if rest.state is Coverage.HELD:
        return ""
    if rest.state is Coverage.NOT_DUE:
        return _why_not_due(rest)
    if rest.state is Coverage.NO_SOURCE:
        return rest.why or "尚未登记会列出其年报的栏目。"
    if rest.state is Coverage.NOT_SEEN:
        return _why_not_seen(rest)
    return rest.why or f"{rest.state.label}。"


def _why_not_due(rest: Rest) -> str:
    if rest.year < rest.first:
        return f"所知的存续年份自{rest.first}年起。"
    if rest.last is not None and rest.year > rest.last:
        return f"所知的存续年份至{rest.last}年。"
    return f"{_in_words(rest.due_on)}以前不计为应有。"


def _why_not_seen(rest: Rest) -> str:
    if rest.looked_on is None:
        return "来源列表中没有列出。"
    looked = f"{_in_words(rest.looked_on)}完整读取来源列表，其中没有列出。"
    if rest.looked_on <= rest.due_on:
        return f"{looked}当时尚未到期，此后未再完整读取。"
    return looked


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
