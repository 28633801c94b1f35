"""Which sources somebody wants: filters, a page of them with their latest runs, and how
many there are of each kind.

The latest run of a source is noted with it, so that nothing here depends on how many
runs there have been.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import RunState, SourceCondition
from archive.store.rows import RunRow, SourceRow
from archive.store.runs import now
from archive.store.sources.registering import NO_GROUP
from archive.store.sources.staleness import is_stale

PAGE_OF_SOURCES = 100
ORDERS = {"added": "登记先后", "recent": "最近采集在前", "address": "网址"}
"""Order → what people read for it."""
TROUBLES = (
    SourceCondition.FAILING,
    SourceCondition.INCOMPLETE,
    SourceCondition.STALE,
    SourceCondition.PARTLY,
)
"""Conditions that a person should look at, the worst first."""


@dataclass(frozen=True, slots=True)
class SourceWish:
    """Which sources somebody wants; what is empty does not matter."""

    group: str = ""
    """NO_GROUP for those without one."""
    family: str = ""
    """As recognised; where nothing was yet, as told."""
    state: str = ""
    """A value of SourceCondition. Removed ones are wanted only by name."""
    words: str = ""
    """Parts of agency or address, all of them."""
    order: str = "added"

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out but what was removed."""
        return not any((self.group, self.family, self.state, self.words))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A source with its latest run of collecting."""

    source: SourceRow
    last: RunRow | None
    condition: SourceCondition


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many sources there are: in all, and of each kind beside the other filters."""

    total: int
    states: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)


def _condition() -> ColumnElement[str]:
    """The condition of a source now, as a column."""
    is_over = RunRow.state == RunState.DONE
    has_failed = (RunRow.failed > 0) | (RunRow.no_report > 0)
    return case(
        (SourceRow.removed_at.is_not(None), SourceCondition.REMOVED.value),
        (SourceRow.paused, SourceCondition.PAUSED.value),
        (RunRow.id.is_(None), SourceCondition.NEVER.value),
        (RunRow.state == RunState.FAILED, SourceCondition.FAILING.value),
        (RunRow.state == RunState.INCOMPLETE, SourceCondition.INCOMPLETE.value),
        (is_over & is_stale(now()), SourceCondition.STALE.value),
        (is_over & has_failed, SourceCondition.PARTLY.value),
        (is_over, SourceCondition.WELL.value),
        else_=SourceCondition.WORKING.value,
    )


def _family() -> ColumnElement[str]:
    return case(
        (SourceRow.recognised != "", SourceRow.recognised), else_=SourceRow.family
    )


def _with_runs(*columns: Any) -> Select[Any]:
    question = select(*columns).select_from(SourceRow)
    return question.outerjoin(RunRow, RunRow.id == SourceRow.last_run_id)


def _where(wish: SourceWish) -> list[ColumnElement[bool]]:
    """What a source must be to be wanted."""
    wanted = [_holds(word) for word in wish.words.split()]
    if wish.group:
        group = "" if wish.group == NO_GROUP else wish.group
        wanted.append(SourceRow.group == group)
    if wish.family:
        wanted.append(_family() == wish.family)
    if wish.state:
        wanted.append(_condition() == wish.state)
    if wish.state != SourceCondition.REMOVED:
        wanted.append(SourceRow.removed_at.is_(None))
    return wanted


def _holds(word: str) -> ColumnElement[bool]:
    return or_(
        SourceRow.agency.icontains(word, autoescape=True),
        SourceRow.url.icontains(word, autoescape=True),
    )


def _order(name: str) -> tuple[Any, ...]:
    if name == "recent":
        return func.coalesce(SourceRow.last_run_id, 0).desc(), SourceRow.id
    if name == "address":
        return SourceRow.key, SourceRow.id
    return (SourceRow.id,)


def chosen(
    session: Session, wish: SourceWish, page: int = 1, size: int = PAGE_OF_SOURCES
) -> list[Chosen]:
    """A page of the sources that are wanted, each with its latest run; one question."""
    question = _with_runs(SourceRow, RunRow, _condition()).where(*_where(wish))
    ordered = question.order_by(*_order(wish.order))
    rows = session.execute(ordered.limit(size).offset((page - 1) * size))
    return [Chosen(row, run, SourceCondition(state)) for row, run, state in rows]


def chosen_ids(
    session: Session,
    wish: SourceWish,
    paused: bool | None = None,
    by_itself: bool = False,
) -> list[int]:
    """The numbers of all sources that are wanted; of those only that are paused, or are
    not, where `paused` says so; `by_itself`: only those that paused themselves.
    """
    question = _with_runs(SourceRow.id).where(*_where(wish))
    if paused is not None:
        question = question.where(SourceRow.paused.is_(paused))
    if by_itself:
        question = question.where(SourceRow.paused, SourceRow.paused_why != "")
    return list(session.scalars(question.order_by(SourceRow.id)))


def listed(session: Session, wish: SourceWish) -> Sequence[SourceRow]:
    """All sources that are wanted, for a file of them."""
    question = _with_runs(SourceRow).where(*_where(wish))
    return session.scalars(question.order_by(*_order(wish.order))).all()


def in_trouble(session: Session, limit: int = 10) -> list[Chosen]:
    """Sources that a person should look at, the worst first."""
    condition = _condition()
    worst = case(
        {one.value: at for at, one in enumerate(TROUBLES)}, value=condition, else_=9
    )
    wanted = condition.in_([one.value for one in TROUBLES])
    question = _with_runs(SourceRow, RunRow, condition).where(wanted)
    rows = session.execute(question.order_by(worst, SourceRow.id).limit(limit))
    return [Chosen(row, run, SourceCondition(state)) for row, run, state in rows]


def numbers(session: Session, wish: SourceWish) -> Numbers:
    """How many sources are wanted, and how many would be under each other value of a
    filter; one question.
    """
    condition, family = _condition().label("state"), _family().label("family")
    of_words = [_holds(word) for word in wish.words.split()]
    kinds = (condition, SourceRow.group, family)
    question = _with_runs(*kinds, func.count()).where(*of_words).group_by(*kinds)
    found = [tuple(row) for row in session.execute(question)]
    states, groups, families = Counter[str](), Counter[str](), Counter[str]()
    total = 0
    for state, group, name, count in found:
        named = group or NO_GROUP
        fits = _Fit(wish, state, named, name)
        total += count * fits.all
        states[state] += count * fits.but("state")
        groups[named] += count * fits.but("group")
        families[name] += count * fits.but("family")
    return Numbers(total, _there(states), _there(groups), _there(families))


def _there(counts: Counter[str]) -> dict[str, int]:
    """The values that there are, in their order."""
    return {name: counts[name] for name in sorted(counts) if counts[name]}


class _Fit:
    """Whether sources of one kind fit a wish."""

    def __init__(self, wish: SourceWish, state: str, group: str, family: str) -> None:
        self.wish, self.kind = wish, (state, group, family)

    @property
    def all(self) -> bool:
        """In every respect."""
        state, group, family = self.kind
        wish = self.wish
        if not wish.state and state == SourceCondition.REMOVED:
            return False
        pairs = ((wish.state, state), (wish.group, group), (wish.family, family))
        return all(wanted in ("", is_so) for wanted, is_so in pairs)

    def but(self, name: str) -> bool:
        """In every respect but one."""
        state, group, family = self.kind
        is_so = {"state": state, "group": group, "family": family}[name]
        return _Fit(replace(self.wish, **{name: is_so}), state, group, family).all
