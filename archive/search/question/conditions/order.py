"""An order by a figure, in words: 申请最多的教育局, 公开率最低的10个区县, 诉讼排名."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archive.catalogue import Order, order_by
from archive.search.question.conditions.beginning import beginning, is_in_a_field
from archive.search.question.conditions.behind import is_of_bodies, is_whole
from archive.search.question.conditions.beside import name_before

_FALLING = "|".join(f"[从由]{high}到{low}" for high, low in ("多少", "高低", "大小"))
_RISING = "|".join(f"[从由]{low}到{high}" for high, low in ("多少", "高低", "大小"))
_HIGHEST = f"最多|最高|最大|{_FALLING}|排名|排行"
_LOWEST = f"最少|最低|最小|{_RISING}"
_SORTED = "排序|排列|榜"
_HOW_MANY = r"前?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个|家|名|位|条|份)?"
# e.g. "最多", "数量最多的10个", "从高到低排列", "排名前十"
# not "多"
_ORDER = re.compile(
    rf"(?:(?P<highest>{_HIGHEST})|{_LOWEST})(?:{_SORTED})?(?P<counted>的?{_HOW_MANY})?"
)


class Ordered(NamedTuple):
    """An order in a text, and where it stands."""

    start: int
    end: int
    order: Order


@lru_cache(256)
def order_in(text: str) -> Ordered | None:
    """The first order that a text in normal form asks for, None without one.

    Only by what is called by a name of its own: 受理最多 may mean two figures.
    """
    for match in _ORDER.finditer(text):
        named = name_before(text, match.start(), 0)
        if named is None or len(named[1]) > 1:
            continue
        start, keys = named
        start, is_ruled_out = beginning(text, start, 0)
        if start < 0 or is_ruled_out or is_in_a_field(text, start):
            continue
        if _ends_here(text, match, start):
            order = order_by(keys[0], is_rising=match["highest"] is None)
            return Ordered(start, match.end(), order)
    return None


def _ends_here(text: str, match: re.Match[str], start: int) -> bool:
    """Whether nothing but bodies stands behind: not 申请最多跑一次.

    Behind 的 it needs them: 旧城改造的申请最多 tells of requests.
    """
    if is_of_bodies(text, match.end()):
        return bool(match["counted"]) or text.startswith("的", match.end())
    return not text[:start].endswith("的") and is_whole(text, match.end())
