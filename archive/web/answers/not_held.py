"""What a question names and the archive does not hold: said first, with what is known.

Whatever else is shown then is called what it is: the same body's other years, other
bodies of its kind, the place around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

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
from archive.web.answers.missing import NotHeld
from archive.web.answers.unknown import unknown_body

SHOWN = 5
"""Other reports shown where what was asked for is not here."""
# e.g. "2030年", "2030年度"
# not "2030年远景目标"
_YEAR = re.compile("^(?P<year>20[0-9]{2})(?:年度|年)$")
# e.g. "-教育"
# not "罚款"
_MORE_THAN_WORDS = re.compile(r"(?<!\S)[-－−]")
_MOST_UP = 3
_MOST_PLACES = 12
"""Of more places that a question names none is looked for alone."""
_YEARS = frozenset({ChipKind.YEARS})
_BODY = frozenset({ChipKind.YEARS, ChipKind.AGENCY})
_ANYWHERE = Loosened(frozenset({ChipKind.YEARS, ChipKind.PLACE}))
"""Bodies of the kind that is named, whatever their place."""
_RULED_OUT_TOO = Loosened(without_words=True, with_ruled_out=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is not here, and the other reports that are shown instead."""

    not_held: tuple[NotHeld, ...] = ()
    kind: str = ""
    label: str = ""
    """What the other reports are: 邻近年度, 同类机关, 上级地区, 不含“罚款”的报告."""
    total: int = 0
    hits: tuple[Hit, ...] = ()


NOTHING = Standing()


def standing(
    session: Session, index: Index, query: Query, results: Results
) -> Standing:
    """What of a question is not here. Asks the index only where something may be."""
    told = _of_what_is_named(session, index, query, results)
    if told.not_held or (results.total and not results.nearest):
        return told
    unknown = unknown_body(index, query)
    return replace(told, not_held=(unknown,)) if unknown else told


def _of_what_is_named(
    session: Session, index: Index, query: Query, results: Results
) -> Standing:
    """The same of places, kinds of bodies and years."""
    chips = query.understood.chips
    years = query.understood.of(ChipKind.YEARS)
    asked_years = set(chain.from_iterable(chip.years for chip in years))
    names_several = len(asked_years) > 1 or len(query.understood.of(ChipKind.PLACE)) > 1
    is_answered = results.total and not names_several
    if is_answered and not results.nearest:
        return NOTHING
    later = _to_come(query, asked_years)
    if not later and (is_answered or not chips):
        return NOTHING
    asking = _Asking(session, index, query)
    told = asking.standing(asked_years, later, results.nearest)
    return told if results.total or told.hits else asking.without_words(told)


def _to_come(query: Query, years: set[int]) -> list[int]:
    """The years that are asked for, where none of them is over; nobody has reported on
    them. A year that is far away is no chip, but a word.
    """
    if query.asked_on is None:
        return []
    written = map(_YEAR.fullmatch, query.understood.words)
    every = sorted(years | {int(one["year"]) for one in written if one})
    return every if every and every[0] >= query.asked_on.year else []


class _Asking:
    """A question that may ask for what is not here."""

    def __init__(self, session: Session, index: Index, query: Query) -> None:
        self._session = session
        self._index = index
        self._narrowed = bool(query.filters or query.typed)
        # A visitor's filters leave out what is here all the same.
        self._query = replace(query, filters={}, page=1, size=SHOWN, fold=False)
        found = query.understood
        self._places = found.of(ChipKind.PLACE)
        self._kinds = found.of(ChipKind.AGENCY)
        self._ruled_out = tuple(chip for chip in found.chips if chip.is_ruled_out)
        self._this_year = query.asked_on.year if query.asked_on else 0

    def standing(
        self, years: set[int], later: Sequence[int], is_near: bool
    ) -> Standing:
        """What is not here, and what there is instead.

        `later`: the years asked for, if none of them is over. `is_near`: whether what
        comes near is shown already.
        """
        if later:
            return self._not_yet(later, is_near)
        years = {year for year in years if year < self._this_year}
        here = self._search(Loosened(without_words=True))
        if here.total:
            return self._some_places(years) or self._some_years(years, here)
        if years and self._search(Loosened(_YEARS, without_words=True)).total:
            told = self._all_not_held(ChipKind.YEARS, sorted(years))
            return self._instead(ChipKind.YEARS, told, [Loosened(_YEARS)])
        if self._places and self._kinds:
            nearest = [Loosened(_YEARS, wider=up) for up in range(_MOST_UP)]
            told = self._all_not_held(ChipKind.AGENCY, sorted(years))
            found = self._instead(ChipKind.AGENCY, told, [*nearest, _ANYWHERE])
            if found.total or self._has_other_bodies():
                return found
        if self._places:
            up = [Loosened(_YEARS, wider=each) for each in range(1, _MOST_UP)]
            told = self._all_not_held(ChipKind.PLACE, sorted(years))
            return self._instead(ChipKind.PLACE, told, up)
        kind = ChipKind.AGENCY if self._kinds else ChipKind.YEARS
        return Standing(self._all_not_held(kind, sorted(years)))

    def without_words(self, told: Standing) -> Standing:
        """What lies in a place, where nothing of it has the words."""
        words = self._query.understood.rest
        is_more = self._narrowed or _MORE_THAN_WORDS.search(words)
        if not self._places or not words or is_more:
            return told
        here = self._search(Loosened(without_words=True))
        if not here.total:
            return told
        label = f"不含“{words}”的报告"
        return Standing(told.not_held, "without_words", label, here.total, here.hits)

    def _not_yet(self, years: Sequence[int], is_near: bool) -> Standing:
        """Years that are not over, and the others that there are."""
        place = self._places[0] if len(self._places) == 1 else None
        told = self._not_held(ChipKind.YEARS, years, place)
        told = replace(told, is_to_come=True, apart_from=())
        others = [] if is_near else [Loosened(_YEARS)]
        return self._instead(ChipKind.YEARS, (told,), others)

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

    def _is_here(self, place: Chip | None) -> bool:
        """Whether there is a report of what was named in one of the places, ruled out
        or not.
        """
        others = tuple(one for one in self._places if one != place)
        return self._search(replace(_RULED_OUT_TOO, without_chips=others)).total > 0

    def _some_years(self, years: set[int], here: Results) -> Standing:
        """Of several years, those without any report of what was named."""
        # What is ruled out is not missing.
        if self._ruled_out:
            here = self._search(_RULED_OUT_TOO)
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
        self, kind: ChipKind, told: tuple[NotHeld, ...], ways: Sequence[Loosened]
    ) -> Standing:
        """What is not here, and the first of other questions that finds something."""
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
            apart_from=self._apart_from(place),
        )
        return _with_what_is_known(missing, found[0]) if len(found) == 1 else missing

    def _apart_from(self, place: Chip | None) -> tuple[str, ...]:
        """What is ruled out, where without that something of the place is here."""
        if not self._ruled_out or not self._is_here(place):
            return ()
        return tuple(dict.fromkeys(chip.label for chip in self._ruled_out))

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
    """What is missing of the one body that is meant; of one that is here and ruled out
    nothing is.
    """
    if missing.apart_from:
        return replace(missing, body_key=body.body.key)
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
