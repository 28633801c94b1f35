"""An agency's name taken apart: a national body, a place, and the body itself.

国家税务总局 | 攀枝花市西区 | 税务局
               攀枝花市     | 商务局
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archive.regions.chain import Found, leading
from archive.regions.divisions import is_within
from archive.regions.names import by_stem, pieces
from archive.regions.national import NATIONAL
from archive.regions.spelling import clean

_MOST_KEPT = 32_768
"""Names that a process keeps taken apart, in some 10 MB: a list of names is held
against the same bodies again and again.
"""
_XINJIANG = "650000"
_DIVISION = "第[一二三四五六七八九十]{1,2}师"
# The Xinjiang Production and Construction Corps and its 师, which are no divisions of
# GB/T 2260; a 师 stands alone in the names of its own bureaus.
# e.g. "新疆生产建设兵团第八师石河子市商务局", "兵团第八师", "第十二师财政局"
# not "兵团商务局", "第八中学"
_CORPS = re.compile(rf"^(?:新疆生产建设兵团|兵团(?=第))({_DIVISION})?|^({_DIVISION})")


class Parts(NamedTuple):
    """`front`: the national body; `found`: the place; `body`: what is left.

    `level` where the name settles that without the place (the corps); empty there when
    it is unknown.
    """

    front: str
    found: Found | None
    body: str
    level: str | None = None


class Apart(NamedTuple):
    """A name as it is held against others: the codes of the divisions that its place
    can be, and the body in that place; `商务局` in 510400.
    """

    codes: tuple[str, ...]
    body: str


@lru_cache(_MOST_KEPT)
def apart(name: str) -> Apart:
    """The place and the body of a name that a person wrote, in any year's list.

    A place may be named by its stem (攀枝花商务局), and a national body's branch
    without the national body before it (攀枝花市税务局).
    """
    text = clean(name)
    parts = take_apart(text, None)
    if parts.found is None:
        return _behind_a_stem(text)
    codes = tuple(sorted({each.code for each in parts.found.divisions}))
    return Apart(codes, parts.body or parts.front)


def _behind_a_stem(text: str) -> Apart:
    for stem, end in pieces(text, 0):
        places = by_stem().get(stem, ())
        if places:
            return Apart(tuple(sorted({each.code for each in places})), text[end:])
    return Apart((), text)


def take_apart(text: str, year: int | None) -> Parts:
    """The parts of a cleaned name, its place looked up in the list of the year."""
    # 中共上高县委宣传部: an organ of the party stands for its place all the same
    text = text.removeprefix("中共")
    corps = _CORPS.match(text)
    if corps:
        return _of_corps(text, corps, year)
    national = NATIONAL.match(text)
    front = national[0] if national else ""
    text = text.removeprefix(front)
    found = _place(text, year, bool(front))
    if found is None:
        return Parts(front, None, text)
    end = found.end
    if text.startswith("市场", end - 1):
        end -= 1  # 莱州市场监管局: the 市 is read twice
    return Parts(front, found, text[end:])


def _place(text: str, year: int | None, national: bool) -> Found | None:
    """The place in the list of the year, else in that of the year before.

    A list is that of a year's end; a division that ended in the year was still there in
    it (江干区 of 杭州市 in 2021).
    """
    found = leading(text, year, national)
    if year is None or _is_whole(found):
        return found
    before = leading(text, year - 1, national)
    if _is_whole(before):
        return before
    return found


def _is_whole(found: Found | None) -> bool:
    """Whether a place was found, and no unknown one follows it."""
    if found is None:
        return False
    return not found.unknown_below


def _of_corps(text: str, corps: re.Match[str], year: int | None) -> Parts:
    """A body of the corps: of one of its cities, of a 师, or of the corps itself.

    Its cities are divisions (659001 石河子市); the corps and its 师 lie in 新疆, and
    the corps has the level of a province.
    """
    body = text[corps.end() :]
    city = leading(body, year)
    if city and _is_in_xinjiang(city):
        return Parts("", city, body[city.end :])
    is_of_a_division = corps[1] or corps[2]
    level = "" if is_of_a_division else "省"
    return Parts("", leading("新疆", year), body, level)


def _is_in_xinjiang(found: Found) -> bool:
    """Whether a place named in full lies there, whatever of its candidates is meant."""
    if found.stem:
        return False
    return all(is_within(each.code, _XINJIANG) for each in found.divisions)
