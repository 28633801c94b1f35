"""An order by a figure, in words: 申请最多的教育局, 公开率最低的10个区县, 申请增长最快.

Growth is against the year before. Where the catalogue has no such number, the nearest
is taken and that is said, or it is said that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from archive.catalogue import APPLICANTS, INDICATORS, QUANTITIES, Order, order_by
from archive.search.question.conditions.beginning import begins_freely
from archive.search.question.conditions.behind import ENDS, is_of_bodies, is_whole
from archive.search.question.conditions.beside import name_before

_FALLING = "|".join(f"[从由]{high}到{low}" for high, low in ("多少", "高低", "大小"))
_RISING = "|".join(f"[从由]{low}到{high}" for high, low in ("多少", "高低", "大小"))
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_FIRST = f"前{_NUMBER}"
# 申请量第一 asks for an order, 申请第一步 does not.
_OF_AMOUNT = "(?<=[量数率])"
_AT_TOP = "(?:排名?|位?居|[位名]列)?第一(?![步次季])|位?居首位?|最好"
_OVER_ALL = "(?:在?全[国省市区县州])"
_OF_BOTH = "(?:高低|多少|大小)(?:顺序)?(?=排[序列名])"
_HIGHEST = (
    f"top(?=\\s?{_NUMBER})|最多|最高|最大|{_FALLING}|{_OF_AMOUNT}(?:{_AT_TOP}|排列)|{_OF_BOTH}|排序|[降倒]序"
    f"|排名(?!倒数|最?后|末)|排行|排(?:名|行)?(?:在|名)?{_OVER_ALL}?(?={_FIRST})"
    rf"|{_OF_AMOUNT}{_OVER_ALL}(?={_FIRST})|第{_NUMBER}[多高]"
)
_FROM_BELOW = (
    rf"(?:排名?(?:在|名)?|{_OF_AMOUNT})(?:最后|末位)|(?:排名)?倒数(?!第?计|[时据])|垫底"
    rf"|(?:排名|{_OF_AMOUNT})后(?={_NUMBER})"
)
_LOWEST = (
    f"第{_NUMBER}[少低]|最少|最低|最小|{_RISING}|{_FROM_BELOW}|[升正]序"
    f"|{_OF_AMOUNT}最差"
)
_UP = "增长|增加|上升|上涨|涨(?=得?最)|增幅|增速|涨幅"
_DOWN = "下降|减少|降低|下滑|降(?=得?最)|降幅|跌幅"
_SLOWEST = "最[慢少低小]"
_FASTEST = f"(?:率|幅度|速度|量|得)?(?:最[快多大高]|最明显|最厉害|排名|排行|{_SLOWEST})"
_DOUBLED = "翻了?[一两]?[番倍]"
_CHANGED = f"(?P<change>(?:{_UP}|{_DOWN}){_FASTEST}|(?P<doubled>{_DOUBLED}))"
# e.g. "最少", "下降最多", "增长最慢"
# not "最多", "增长最快"
_RISES = re.compile(
    f"{_RISING}|{_FROM_BELOW}|最后|末位|第.+[少低]|(?:排名)?后|[升正]序|最差|{_DOWN}|.*{_SLOWEST}"
)
_LISTED = "列出"
_SORTED = rf"排序|排列|榜|{_LISTED}|(?<=到[高低多少大小])排(?=[\s,，。?？]|$)"
_HOW_MANY = rf"\s?第?前?{_NUMBER}(?:个|家|名|位|条|份)?"
# 申请量前十 asks for an order, 申请前十天 does not.
_ONLY_FIRST = f"(?<=[数量率])(?={_FIRST})|(?={_FIRST}[名位强])"
# e.g. "最多", "数量最多的10个", "从高到低排列", "排名前十", "增长最快", "翻倍"
# not "多"
_ORDER = re.compile(
    rf"(?:{_CHANGED}|{_HIGHEST}|{_LOWEST}|{_ONLY_FIRST})"
    rf"(?:{_SORTED})?(?P<counted>的?{_HOW_MANY})?"
)
# e.g. "增长最多", "减少最多"
# not "增长最快", "增幅最大"
_HOW_MUCH = re.compile("(?:增长|增加|上升|下降|减少|降低)(?:量|得)?最[多大]")
_GROWTH = {
    key: one.key for one in INDICATORS.values() if one.is_growth for key in one.keys
}
"""A figure → its growth."""
_COUNTS = [
    one for one in INDICATORS.values() if not one.is_share and not one.over.minus
]
_SUMS = {frozenset(one.keys): one.key for one in _COUNTS}
"""Figures → the indicator that adds them up."""
# 不予公开最多 is of how many, as 不予公开>5 is.
_SUMS |= {
    frozenset((one.key, share.key)): one.key
    for one, share in product(_COUNTS, INDICATORS.values())
    if share.under is not None and share.over == one.over
}
_NEAREST = {
    "上诉": ("lawsuits.total", "报告不单列上诉，按行政诉讼的件数排列。"),
}
"""What no report counts → the figure that comes nearest, and what is said of it."""
_ONE = _SUMS | {frozenset((key,)): key for key in QUANTITIES}
"""What a name may mean → the one number that this comes to."""
_REQUEST = "申请"
_APPLICANTS = frozenset(f"requests.new.{one.key}" for one in APPLICANTS[:-1])
_NOT_MEANT = {False: _APPLICANTS, True: frozenset[str]()}
"""商业企业最多的街道 may have most of them, so their requests are to be named."""
_OF_PRICES = ("涨", "降得", "降最", "跌")
_OF_WHAT = "没有写明是什么的增减，按新收申请的同比排列。"
_BY_SHARE = "按同比（百分比）排列，不按增减的件数。"


# A condition has become 。: 申请最多、公开率低于50%; of two orders the last one counts.
# e.g. "，", "、。"
# not "、"
_ENDS = re.compile(f"{ENDS.pattern}|、(?=。)")


# e.g. "旧城改造的"
# not "谁的", "哪个市的"
_OF_SOMETHING = re.compile(r"(?<!谁)(?<!哪[个家]\S)(?<!哪[个家]\S\S)的$")


class Ordered(NamedTuple):
    """An order in a text, and where it stands."""

    start: int
    end: int
    order: Order
    note: str = ""
    """What is to be said of it; mostly nothing."""


class _Of(NamedTuple):
    """What an order is of."""

    start: int
    key: str
    """Empty where the catalogue has no such number."""
    note: str = ""


@lru_cache(256)
def order_in(text: str) -> Ordered | None:
    """The first order that a text in normal form asks for, None without one.

    Only by what is called by a name of its own: 受理最多 may mean two figures.
    """
    for match, of in _asked(text):
        # 申请翻倍 is a condition.
        if of.key and not match["doubled"]:
            is_rising = _RISES.match(match[0]) is not None
            order = order_by(of.key, is_rising=is_rising)
            return Ordered(of.start, match.end(), order, of.note)
    return None


def orders_missing(text: str) -> Iterator[str]:
    """What is said where a text asks for an order by a growth that nobody computes."""
    for match, of in _asked(text):
        if not of.key:
            typed = text[of.start : match.end()]
            yield (
                f"没有“{typed}”所要的同比：只有新收申请有同比，可写“申请增长最快”；"
                "其他数字的逐年变化可在对比页查看。已按普通文字查找。"
            )


def _asked(text: str) -> Iterator[tuple[re.Match[str], _Of]]:
    """The orders of a text, and what they are of."""
    for match in _ORDER.finditer(text):
        of = _of(text, match)
        if of is None:
            continue
        start = begins_freely(text, of.start)
        if start >= 0 and _ends_here(text, match, start):
            yield match, of._replace(start=start)


def _of(text: str, match: re.Match[str]) -> _Of | None:
    """What an order is of; None where that is nothing we know."""
    named = name_before(text, match.start(), 0)
    if match["change"]:
        return _growth(match, named)
    if named:
        start, keys = named
        typed = text[start : match.start()]
        meant = frozenset(keys) - _NOT_MEANT[_REQUEST in typed]
        key = _ONE.get(meant, "")
        return _Of(start, key) if key else None
    for name, (key, note) in _NEAREST.items():
        if text.endswith(name, 0, match.start()):
            return _Of(match.start() - len(name), key, note)
    return None


def _growth(
    match: re.Match[str], named: tuple[int, tuple[str, ...]] | None
) -> _Of | None:
    """Whose growth is asked for; of requests where it is not said, but 涨得最快 alone
    is of prices.
    """
    note = _BY_SHARE if _HOW_MUCH.search(match[0]) else ""
    if named is None:
        (only,) = dict.fromkeys(_GROWTH.values())
        of_requests = _Of(match.start(), only, _OF_WHAT)
        return None if match[0].startswith(_OF_PRICES) else of_requests
    start, keys = named
    of = {key if QUANTITIES[key].is_growth else _GROWTH.get(key, "") for key in keys}
    return _Of(start, max(of), note)


def _ends_here(text: str, match: re.Match[str], start: int) -> bool:
    """Whether nothing but bodies stands behind: not 申请最多跑一次.

    Behind 的 it needs them: 旧城改造的申请最多 tells of requests. So does growth of
    which nobody says what grows.
    """
    counted = match.groupdict("")["counted"]
    says_of = text.startswith("的", match.end() - len(counted))
    if start == match.start():
        return says_of and is_of_bodies(text, match.end())
    if is_of_bodies(text, match.end()):
        return says_of or bool(counted) or match[0].endswith(_LISTED)
    is_of_something = _OF_SOMETHING.search(text, 0, start) is not None
    return not is_of_something and is_whole(text, match.end(), _ENDS)
