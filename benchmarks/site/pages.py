"""Every kind of page, and the addresses it is asked by: ours and Datasette's.

What visitors want is drawn by chance, the frequent things more often; the same visitor
asks the same in every run.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from archive.catalogue import GLANCE, IN_SIGHT
from archive.search import words
from archive.search.text import normal
from benchmarks.reports import vocabulary
from benchmarks.site.made import (
    OF_A_PLACE,
    YEARS,
    agency_of,
    key_of,
    year_of,
)

PHRASES = ("解读形式较为单一", "政府信息公开申请", "及时回应社会关切", "图文解读", "先审查、后公开", "依申请公开办理流程", "新闻发布会")  # fmt: skip
COMMON = ("公开", "申请", "解读", "目录", "政府信息", "群众", "审查", "及时")
FACETS = ("year", "region", "sector")
"""Counted by Datasette; ours counts all it has."""
SHOWN = 20
"""Results on a page."""
MANY = 50
"""Agencies of a large comparison."""


@dataclass(frozen=True)
class Wish:
    """What a visitor wants to see."""

    number: int
    """Of a report; its agency is the agency."""
    text: str = ""
    phrase: bool = False
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def agency(self) -> int:
        """The first report of the agency."""
        return self.number - self.number % YEARS


Address = Callable[[Wish], str]


@dataclass(frozen=True)
class Kind:
    """A kind of page."""

    name: str
    share: int
    """Of a hundred pages so many are of this kind."""
    wish: Callable[[random.Random, int], Wish]
    """Of an archive of so many reports."""
    ours: Address
    peer: Address | None = None
    """Datasette's page of the same; None where it has none."""


# ---- wishes ----------------------------------------------------------------------


def _any(dice: random.Random, size: int) -> Wish:
    return Wish(dice.randrange(size))


def _word(dice: random.Random, size: int) -> Wish:
    return Wish(dice.randrange(size), _drawn(dice))


def _drawn(dice: random.Random) -> str:
    """A word people type: one in most reports, or a rarer one."""
    if not dice.randrange(3):
        return dice.choice(COMMON)
    known, _ = vocabulary()
    return known[min(int(dice.paretovariate(0.7) * 20), 3_000)]


def _narrowed(dice: random.Random, size: int) -> Wish:
    text = dice.choice((_drawn(dice), f"{_drawn(dice)} {dice.choice(COMMON)}"))
    year = str(year_of(dice.randrange(YEARS)))
    sector = dice.choice(OF_A_PLACE[1:])
    return Wish(dice.randrange(size), text, False, (("year", year), ("sector", sector)))


def _phrase(dice: random.Random, size: int) -> Wish:
    return Wish(dice.randrange(size), dice.choice(PHRASES), True)


def _of_a_year(dice: random.Random, size: int) -> Wish:
    year = str(year_of(dice.randrange(YEARS)))
    return Wish(dice.randrange(size), filters=(("year", year),))


def _of_a_region(dice: random.Random, size: int) -> Wish:
    number = dice.randrange(size)
    return Wish(number, filters=(("region", province_of(number)),))


def _second_year(dice: random.Random, size: int) -> Wish:
    """A report that has another before it."""
    agency = dice.randrange(max(size // YEARS, 1)) * YEARS
    return Wish(min(agency + dice.randrange(5, YEARS), size - 1))


def _letters(dice: random.Random, size: int) -> Wish:
    return Wish(dice.randrange(size), dice.choice(("示例", "示", "sl", "税务", "教", "公开", "营商环")))  # fmt: skip


def province_of(number: int) -> str:
    region = agency_of(number - number % YEARS).region
    assert region
    return f"{region.code[:2]}0000"


# ---- our addresses ---------------------------------------------------------------


def _search(path: str) -> Address:
    def address(wish: Wish) -> str:
        text = f'"{wish.text}"' if wish.phrase else wish.text
        asked = [*wish.filters] + ([("q", text)] if text else [])
        return f"{path}?{urlencode(asked)}"

    return address


def _report(form: str) -> Address:
    return lambda wish: form.format(quote(key_of(wish.agency)), year_of(wish.number))


def _compared(wish: Wish) -> str:
    key, year = key_of(wish.agency), year_of(wish.number)
    before = max(year - 1, year_of(0))
    return f"/compare?{urlencode({'a': f'{key}/{before}', 'b': f'{key}/{year}'})}"


def _many(wish: Wish) -> str:
    """50 agencies, 6 years and 10 figures as one table."""
    last = wish.agency
    some = range(max(last - (MANY - 1) * YEARS, 0), last + 1, YEARS)
    agencies = [("agency", key_of(one)) for one in some]
    figures = [("figure", key) for key in (*GLANCE, *IN_SIGHT)[:10]]
    years = ("year", f"{year_of(YEARS - 6)}-{year_of(YEARS - 1)}")
    return f"/compare?{urlencode([*agencies, years, *figures])}"


def _region(path: str) -> Address:
    return lambda wish: path.format(province_of(wish.number))


# ---- Datasette's -----------------------------------------------------------------


def _rows(kind: str = "", facets: bool = True, **more: str) -> Address:
    """The page of a table, searched and narrowed."""

    def address(wish: Wish) -> str:
        asked = [*wish.filters, *more.items()]
        if wish.text:
            asked.append(("_search", _cut(wish.text, wish.phrase)))
        if facets:
            asked += [("_size", str(SHOWN)), *(("_facet", name) for name in FACETS)]
        return f"/bench/reports{kind}?{urlencode(asked)}"

    return address


@cache
def _cut(text: str, phrase: bool) -> str:
    """FTS5 knows no Chinese words: texts and questions are cut by jieba."""
    cut = words.words(normal(text))
    return f'"{" ".join(cut)}"' if phrase else " ".join(cut)


def _agency_rows(wish: Wish) -> str:
    name = agency_of(wish.agency).name
    return f"/bench/reports?{urlencode({'agency': name, '_sort': 'year'})}"


def _agencies_rows(wish: Wish) -> str:
    (_, region), *_ = wish.filters
    return f"/bench/agencies?{urlencode({'region': region, '_size': '50'})}"


def _row(kind: str = "") -> Address:
    return lambda wish: f"/bench/reports/{wish.number}{kind}"


_FIELDS = "&".join(f"_col={name}" for name in ("title", "agency", "year", *FACETS[1:]))

KINDS: tuple[Kind, ...] = (
    Kind("home", 9, _any, lambda wish: "/", lambda wish: "/"),
    Kind("results, a word", 17, _word, _search("/search"), _rows()),
    Kind("results, words and facets", 12, _narrowed, _search("/search"), _rows()),
    Kind("results, a phrase", 5, _phrase, _search("/search"), _rows()),
    Kind("results, a year's reports", 3, _of_a_year, _search("/search"), _rows()),
    Kind("report", 20, _any, _report("/reports/{}/{}"), _row()),
    Kind("agency", 8, _any, lambda wish: f"/agencies/{quote(key_of(wish.agency))}", _agency_rows),
    Kind("agencies of a province", 3, _of_a_region, _search("/agencies"), _agencies_rows),
    Kind("comparison of two years", 2, _second_year, _compared),
    Kind("comparison of 50 agencies", 1, _any, _many),
    Kind("trends of a province", 1, _any, _region("/trends?region={}")),
    Kind("province", 1, _any, _region("/regions/{}")),
    Kind("agency beside its peers", 1, _any, lambda wish: f"/agencies/{quote(key_of(wish.agency))}/peers"),
    Kind("status", 1, _any, lambda wish: "/status"),
    Kind("suggestions", 8, _letters, _search("/search/suggest.json")),
    Kind("API: results", 4, _narrowed, _search("/api/v1/reports"), _rows(".json")),
    Kind("API: a report", 3, _any, _report("/api/v1/reports/{}/{}"), _row(".json")),
    Kind("export as CSV", 1, _narrowed, _search("/search.csv"),
         lambda wish: f"{_rows('.csv', facets=False, _stream='on')(wish)}&{_FIELDS}"),
)  # fmt: skip
assert sum(kind.share for kind in KINDS) == 100

KIND_OF: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
