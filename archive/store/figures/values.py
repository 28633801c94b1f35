"""Values of many reports: of figures, claims and indicators, each with its state.

The indicators are computed by the rules of `archive.report`, from what is kept typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue import (
    FIGURES,
    INDICATORS,
    FigureRecord,
    ValueState,
    is_few,
)
from archive.report import Before, Indicated, Number, known_as, recipe, together
from archive.store.database import plain_rows
from archive.store.figures.known import Known, known, knowns_before
from archive.store.figures.typed import AT_ONCE
from archive.store.rows import VersionRow, among


class Valued(NamedTuple):
    """What is known of one number of one report."""

    value: Number | None
    """None unless the state is exact or inferred. A share: 1 is all."""
    state: ValueState
    over: Number | None = None
    """Of an indicator the numerator; of a figure in doubt, or a claim that is about so
    many, the number that is printed. Never to be counted with.
    """
    under: Number | None = None
    """Of a share the denominator."""

    @property
    def is_of_few(self) -> bool:
        """Whether it is a share of so few that only both numbers may be shown."""
        return self.under is not None and is_few(self.under)


Values = dict[int, dict[str, Valued]]
"""Version → key → value, in the order of the keys."""


def values_of(
    session: Session,
    version_ids: Sequence[int],
    keys: Iterable[str],
    forms: Mapping[int, str] | None = None,
) -> Values:
    """The values under keys of figures, claims and indicators, version by version.

    `forms`: those of the versions, where they are known already. Every version has
    every key; unknown versions are left out. What no column takes (a count of more than
    2 147 483 647) is missing here. Growth is against the current report of the same
    agency for the year before. Raises KeyError for a key that is of no figure, claim or
    indicator.
    """
    asked = tuple(dict.fromkeys(keys))
    needed: dict[str, None] = {}
    for key in asked:
        needed |= dict.fromkeys(_needed(key))
    values: Values = {}
    for start in range(0, len(version_ids), AT_ONCE):
        part = version_ids[start : start + AT_ONCE]
        forms_of_part = _forms(session, part) if forms is None else forms
        values |= _of_part(session, part, asked, list(needed), forms_of_part)
    return values


def _needed(key: str) -> Iterable[str]:
    """The figures that a value is made of. Raises KeyError."""
    if key in INDICATORS:
        return INDICATORS[key].keys
    return (FIGURES[key].key,)


def _of_part(
    session: Session,
    part: Sequence[int],
    asked: Sequence[str],
    needed: Sequence[str],
    forms: Mapping[int, str],
) -> Values:
    """Some hundred versions: a question a table."""
    found = known(session, part, needed)
    compared = _compared(asked)
    before = knowns_before(session, part, compared) if compared else {}
    made = {form: _made(tuple(asked), form) for form in set(forms.values())}
    values: Values = {}
    for version_id in part:
        if version_id not in forms:
            continue
        here, last = found[version_id], before.get(version_id)
        values[version_id] = made[forms[version_id]].of(here, last)
    return values


def _compared(keys: Sequence[str]) -> list[str]:
    """The figures of which growth needs those of the year before."""
    compared: list[str] = []
    for key in keys:
        indicator = INDICATORS.get(key)
        if indicator is not None and indicator.is_growth:
            compared += indicator.keys
    return compared


def _forms(session: Session, version_ids: Sequence[int]) -> dict[int, str]:
    rows = plain_rows(session, _formed(), {"ids": version_ids})
    return dict(rows)


@cache
def _formed() -> Select[int, str]:
    """Version and form."""
    is_asked = among(VersionRow.id, "ids")
    return select(VersionRow.id, VersionRow.form).where(is_asked)


Here = Mapping[str, Known]
Last = Before | None


Make = Callable[[Here, Last], Valued]
"""How a value that others make up is made, in the reports of one form."""


@dataclass(frozen=True, slots=True)
class _Made:
    """How the values of some keys come about in the reports of one form."""

    none: Mapping[str, Valued]
    """Every key in its order, as if the form had none of them."""
    kept: tuple[str, ...]
    """Those that are kept as they are."""
    makers: tuple[tuple[str, Make], ...]
    """Those that are made of others."""

    def of(self, here: Here, last: Last) -> dict[str, Valued]:
        """The values of a report, and of the year before."""
        values = {**self.none}
        for key in self.kept:
            values[key] = _kept(here.get(key))
        for key, make in self.makers:
            values[key] = make(here, last)
        return values


@lru_cache(maxsize=100)
def _made(keys: tuple[str, ...], form: str) -> _Made:
    kept: list[str] = []
    makers: list[tuple[str, Make]] = []
    for key in keys:
        if key in INDICATORS:
            filled = recipe(INDICATORS[key], form).filled
            makers.append((key, partial(_indicated, filled)))
            continue
        record = FIGURES[key]
        if not _is_in_form(record, form):
            continue
        if record.parts:
            makers.append((key, partial(_summed, record.parts)))
        else:
            kept.append(key)
    return _Made(dict.fromkeys(keys, _NOT_IN_FORM), tuple(kept), tuple(makers))


def _is_in_form(record: FigureRecord, form: str) -> bool:
    """Whether a form prints a figure; claims are no matter of forms."""
    if record.parts:
        return all(_is_in_form(FIGURES[part], form) for part in record.parts)
    return record.printed is None or form in record.printed.forms


_NOT_IN_FORM = Valued(None, ValueState.NOT_IN_FORM)


# Nearly all are sure, and many the same: a page shows some thousand.
@lru_cache(maxsize=10_000)
def _kept(one: Known | None) -> Valued:
    """A figure, or a claim."""
    state = known_as(one)
    if one is None or one.value is None:
        return Valued(None, state)
    if one.is_hedged:
        return Valued(None, ValueState.ABOUT, one.value)
    return _told(one.value, state)


def _told(value: Number, state: ValueState) -> Valued:
    """A number that is printed: nothing to count with where it is in doubt."""
    if state.has_value:
        return Valued(value, state)
    printed = value if state is ValueState.IN_DOUBT else None
    return Valued(None, state, printed)


def _summed(parts: Sequence[str], here: Here, last: Last) -> Valued:
    """A sum of ours: unknown when one of its parts is."""
    state = together(here, parts)
    known = [here[part].value for part in parts if part in here]
    given = [value for value in known if value is not None]
    if len(given) < len(parts):
        return Valued(None, state)
    return _told(sum(given), state)


def _indicated(
    filled: Callable[[Here, Last], Indicated], here: Here, last: Last
) -> Valued:
    return valued(filled(here, last))


def valued(found: Indicated) -> Valued:
    """An indicator of a reading, as those of many reports are told."""
    return Valued(found.value, found.state, found.over, found.under)
