"""An order by date, in words: 最新的年报, 最近发布的, 武汉 最新; not 最新政策."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.catalogue import ORDERS
from archive.regions import typed_places
from archive.search.question.conditions.beginning import begins_freely
from archive.search.question.conditions.behind import is_of_bodies
from archive.search.question.conditions.order import Ordered

_BY_YEAR, _BY_DAY = "year", "published"
_ORDERS = {order.key: order for order in ORDERS}
_END = r"(?=[\s,，。、;；)）?？]|$)"
_REPORTS = f"(?:(?:政府)?信息公开)?(?:工作)?(?:年度报告|年报|报告){_END}"
_PUBLISHED = "(?P<published>发布|公布|公开)"
# 最近的 alone may be the nearest, 最近的派出所.
# e.g. "最新", "最新的", "最近发布的"
# not "最近", "近年"
_NEWEST = re.compile(
    rf"(?:最新|最近)(?:{_PUBLISHED}的|(?={_REPORTS})|的(?={_REPORTS}))|最新的?"
)
# e.g. "年报", "信息公开工作年度报告"
# not "报告会", "政策"
_OF_REPORTS = re.compile(_REPORTS)
# e.g. "的", "新 "
# not "新武"
_IS_PARTED = re.compile("的|. ")
# e.g. "", " "
_ENDS = re.compile(_END)


@lru_cache(256)
def newest_in(text: str) -> Ordered | None:
    """The order by date that a text in normal form asks for, None without one: that of
    years, or of publication where that is named.
    """
    match = _NEWEST.search(text)
    if match is None or not _begins(text, match.start()):
        return None
    if not _is_of_something(text, match):
        return None
    order = _ORDERS[_BY_DAY if match["published"] else _BY_YEAR]
    return Ordered(match.start(), match.end(), order)


def _begins(text: str, start: int) -> bool:
    """Whether it begins there: 拆迁的最新年报 are the newest as well."""
    return text.endswith("的", 0, start) or begins_freely(text, start) >= 0


def _is_of_something(text: str, match: re.Match[str]) -> bool:
    """Whether reports, bodies or places are asked for: behind it, or before it where it
    stands last.
    """
    at = len(text) - len(text[match.end() :].lstrip(" "))
    if at == len(text):
        before = len(text[: match.start()].rstrip(" "))
        is_of_those = before > 0 and begins_freely(text[:before], before) > 0
        return is_of_those or match["published"] is not None
    if _IS_PARTED.match(text, match.end() - 1) and is_of_bodies(text, at):
        return True
    return _OF_REPORTS.match(text, at) is not None or _is_of_place(text, at)


def _is_of_place(text: str, at: int) -> bool:
    """Whether a place begins here, alone or before bodies or reports."""
    return any(
        _ENDS.match(text, typed.end) or is_of_bodies(text, at)
        for typed in typed_places(text, at)
    )
