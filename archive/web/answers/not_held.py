"""What a question names and the archive does not hold: said first, with what is known.

Whatever else is shown then is called what it is: the same body's other years, other
bodies of its kind, the place around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from archive.catalogue import Coverage
from archive.search import (
    Chip,
    ChipKind,
    Hit,
    Index,
    Loosened,
    Query,
    Results,
)
from archive.store import BodyYears, Session, YearState, coverage
from archive.web.addresses import address, public_address

SHOWN = 5
"""Other reports shown where what was asked for is not here."""
_MOST_UP = 3
_MOST_PLACES = 12
"""Of more places that a question names none is looked for alone."""
_NOT_COUNTED = "该年度的收录情况尚未统计。"
_SEE_LIST = "可以指几个机关，各年度的情况见名单。"
_SEE_BODY = "各年度的情况见机关页面。"
_NOT_LISTED = "应当报告的机关名单中没有它。"
_YEARS = frozenset({ChipKind.YEARS})
_BODY = frozenset({ChipKind.YEARS, ChipKind.AGENCY})
_ANYWHERE = Loosened(frozenset({ChipKind.YEARS, ChipKind.PLACE}))
"""Bodies of the kind that is named, whatever their place."""


@dataclass(frozen=True, slots=True)
class NotHeld:
    """Something named that is not here."""

    kind: ChipKind
    name: str
    """What was named: 示例市教育局; empty where only years were."""
    years: tuple[int, ...]
    """The years of it that are not here; none where no year was named."""
    is_open: bool
    """Whether it may be one of several bodies, or a body of any place."""
    region: str
    """The code of its place."""
    level: str = ""
    """Of which bodies may be meant; empty for any."""
    body_key: str = ""
    """The address of the body, if it is known."""
    states: tuple[YearState, ...] = ()
    """What is known of these years, or of the newest that is missing."""
    held_as: str = ""
    """The name of the body, where it is here after all, though under no name asked for:
    it is called otherwise, or the search is a moment behind.
    """

    @property
    def sentence(self) -> str:
        """What is not here."""
        years = "、".join(map(str, self.years))
        when = f"{years}年" if years else ""
        if self.held_as:
            return f"{self.name}{when}的年度报告收录在“{self.held_as}”之下。"
        return f"档案中没有{self.name}{when}的年度报告。"

    @property
    def known(self) -> str:
        """What is known of it, with the word of the states of coverage."""
        told = [f"{one.year}年：{one.state.label}。{one.why}" for one in self.states]
        if told:
            return "".join(told)
        if self.held_as:
            return _SEE_BODY
        if self.body_key:
            return _NOT_COUNTED
        if self.is_open:
            return _SEE_LIST
        return f"{Coverage.NO_SOURCE.label}：{_NOT_LISTED}"

    @property
    def page(self) -> tuple[str, dict[str, Any]]:
        """The page that says more: the body's, or the list of what is missing."""
        if self.body_key:
            return "agencies.agency", {"key": self.body_key}
        year = self.years[-1] if len(self.years) == 1 else None
        of_place = {"region": self.region or None, "level": self.level or None}
        return "coverage.missing", {**of_place, "year": year}

    @property
    def link(self) -> str:
        """Its address within the site."""
        endpoint, values = self.page
        return address(endpoint, **values)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is not here, and the other reports that are shown instead."""

    not_held: tuple[NotHeld, ...] = ()
    kind: str = ""
    label: str = ""
    """What the other reports are: 邻近年度, 同类机关, 上级地区."""
    total: int = 0
    hits: tuple[Hit, ...] = ()


NOTHING = Standing()


def standing(
    session: Session, index: Index, query: Query, results: Results
) -> Standing:
    """What of a question is not here. Asks the index only where something may be."""
    chips = query.understood.chips
    years = query.understood.of(ChipKind.YEARS)
    asked_years = set(chain.from_iterable(chip.years for chip in years))
    names_several = len(asked_years) > 1 or len(query.understood.of(ChipKind.PLACE)) > 1
    is_answered = results.total and not names_several
    if not chips or is_answered:
        return NOTHING
    return _Asking(session, index, query).standing(asked_years)


class _Asking:
    """A question that may ask for what is not here."""

    def __init__(self, session: Session, index: Index, query: Query) -> None:
        self._session = session
        self._index = index
        # A visitor's filters leave out what is here all the same.
        self._query = replace(query, filters={}, page=1, size=SHOWN, fold=False)
        found = query.understood
        self._places = found.of(ChipKind.PLACE)
        self._kinds = found.of(ChipKind.AGENCY)

    def standing(self, years: set[int]) -> Standing:
        """What is not here, and what there is instead."""
        here = self._search(Loosened(without_words=True))
        if here.total:
            return self._some_places(years) or self._some_years(years, here)
        if years and self._search(Loosened(_YEARS, without_words=True)).total:
            return self._instead(ChipKind.YEARS, years, [Loosened(_YEARS)])
        if self._places and self._kinds:
            nearest = [Loosened(_YEARS, wider=up) for up in range(_MOST_UP)]
            found = self._instead(ChipKind.AGENCY, years, [*nearest, _ANYWHERE])
            if found.total or self._has_other_bodies():
                return found
        if self._places:
            up = [Loosened(_YEARS, wider=each) for each in range(1, _MOST_UP)]
            return self._instead(ChipKind.PLACE, years, up)
        kind = ChipKind.AGENCY if self._kinds else ChipKind.YEARS
        return Standing(self._all_not_held(kind, sorted(years)))

    def _has_other_bodies(self) -> bool:
        """Whether others than the bodies that are named report in the same place."""
        inside = Loosened(_BODY, without_words=True)
        return self._search(inside).total > 0

    def _some_places(self, years: set[int]) -> Standing | None:
        """Of several places, those without any report of what was named."""
        if not 1 < len(self._places) <= _MOST_PLACES:
            return None
        missing = [place for place in self._places if not self._is_here(place)]
        told = [self._not_held(ChipKind.PLACE, sorted(years), one) for one in missing]
        return Standing(tuple(dict.fromkeys(told))) if told else None

    def _is_here(self, place: Chip) -> bool:
        """Whether there is a report of what was named in one of the places."""
        others = tuple(one for one in self._places if one != place)
        alone = Loosened(without_chips=others, without_words=True)
        return self._search(alone).total > 0

    def _some_years(self, years: set[int], here: Results) -> Standing:
        """Of several years, those without any report of what was named."""
        found = here.facets.get("year", ())
        held = {int(value.value) for value in found if value.count}
        missing = sorted(years - held)
        # Of all bodies there are, no year is held wholly.
        is_of_body = self._places and self._kinds
        if len(years) < 2 or not missing or not is_of_body:
            return NOTHING
        return Standing(self._all_not_held(ChipKind.YEARS, missing))

    def _search(self, how: Loosened) -> Results:
        return self._index.search(replace(self._query, loosened=how))

    def _instead(
        self, kind: ChipKind, years: set[int], ways: Sequence[Loosened]
    ) -> Standing:
        """What is not here, and the first of other questions that finds something."""
        told = self._all_not_held(kind, sorted(years))
        for how in _with_words_first(ways):
            results = self._search(how)
            if results.total and not results.nearest:
                label = _LABELS[kind]
                return Standing(told, _KINDS[kind], label, results.total, results.hits)
        return Standing(told)

    def _all_not_held(
        self, kind: ChipKind, years: Sequence[int]
    ) -> tuple[NotHeld, ...]:
        """What was named, each place once: 鼓楼区教育局 南京 names one in two words."""
        places = self._places[:_MOST_PLACES] or (None,)
        told = [self._not_held(kind, years, place) for place in places]
        return tuple(dict.fromkeys(told))

    def _not_held(
        self, kind: ChipKind, years: Sequence[int], place: Chip | None
    ) -> NotHeld:
        found = self._bodies(place)
        kinds = dict.fromkeys(chip.label for chip in self._kinds)
        missing = NotHeld(
            kind=kind,
            name=(place.label if place else "") + "、".join(kinds),
            years=tuple(years),
            is_open=len(found) > 1 or not place or self._is_of_sorts,
            region=place.places[0].codes[0] if place else "",
            level=self._level,
        )
        return _with_what_is_known(missing, found[0]) if len(found) == 1 else missing

    @property
    def _is_of_sorts(self) -> bool:
        """Whether a sort of bodies is named: 镇政府, 市级部门, 各教育局."""
        return any(chip.is_of_sort for chip in self._kinds)

    @property
    def _level(self) -> str:
        """The level that is named without a place; empty where none or several are."""
        levels = {chip.agency.level for chip in self._kinds if chip.agency}
        return levels.pop() if len(levels) == 1 else ""

    def _bodies(self, place: Chip | None) -> list[BodyYears]:
        """The bodies that are named, as far as they are known; none for a sort of them,
        of which no single one can be missing.
        """
        if self._is_of_sorts or place is None:
            return []
        codes = list(chain.from_iterable(one.codes for one in place.places))
        endings = list(chain.from_iterable(map(_endings, self._kinds)))
        return coverage.bodies_called(self._session, codes, endings)


_KINDS = {
    ChipKind.YEARS: "other_years",
    ChipKind.AGENCY: "like_agencies",
    ChipKind.PLACE: "larger_place",
}
_LABELS = {
    ChipKind.YEARS: "邻近年度",
    ChipKind.AGENCY: "同类机关",
    ChipKind.PLACE: "上级地区",
}


def _with_words_first(ways: Sequence[Loosened]) -> Iterator[Loosened]:
    """The ways to ask, each with the words and then without them."""
    for how in ways:
        yield how
        yield replace(how, without_words=True)


def _endings(chip: Chip) -> Sequence[str]:
    """What the name of a department ends in; nothing for a government."""
    if chip.agency is None or chip.agency.name.startswith("人民政府"):
        return ()
    return chip.agency.in_a_place


def _with_what_is_known(missing: NotHeld, body: BodyYears) -> NotHeld:
    """What is missing of the one body that is meant."""
    return replace(
        missing,
        body_key=body.body.key,
        states=tuple(_states(body, missing.years)),
        held_as=_held_as(body, missing.years),
    )


def _held_as(body: BodyYears, years: Sequence[int]) -> str:
    """The name of a body whose years are here, or any of them; empty for none."""
    held = {one.year for one in body.years if one.state is Coverage.HELD}
    is_here = held.issuperset(years) if years else bool(held)
    return body.body.name if is_here else ""


def _states(body: BodyYears, years: Sequence[int]) -> Iterator[YearState]:
    """What is known of the years, or of the newest one that is missing."""
    if years:
        yield from (one for one in body.years if one.year in years)
        return
    missing = [one for one in body.years if one.is_missing]
    yield from missing[-1:]


def not_held_told(one: NotHeld) -> dict[str, Any]:
    """What is not here, as JSON."""
    endpoint, values = one.page
    return {
        "kind": one.kind.value,
        "name": one.name or None,
        "years": list(one.years),
        "text": one.sentence,
        "known": one.known,
        "states": [
            {"year": each.year, "state": each.state.value, "label": each.state.label}
            for each in one.states
        ],
        "url": public_address(endpoint, **values),
    }
