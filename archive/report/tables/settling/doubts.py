"""What is taken back at the end, and what stays in conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from archive.catalogue import Status
from archive.report.model import Figure, Number
from archive.report.relations import Relation
from archive.report.tables.settling.arithmetic import (
    Figures,
    Values,
    broken_keys,
    holds,
    values_in,
)
from archive.report.tables.settling.scans import value_that_mends


@dataclass(frozen=True, slots=True)
class CutNumber:
    """A number that lost some of its digits, and the relation that shows it."""

    key: str
    value: Number
    rule: Relation


def without(figures: Figures, keys: Iterable[str]) -> dict[str, Figure]:
    """The figures, those of some keys without a value.

    What is printed in their cells, and where, stays with them.
    """
    left = dict(figures)
    for key in keys:
        left[key] = left[key]._replace(value=None, status=Status.MISSING)
    return left


def unproven(
    figures: Figures,
    rules: Sequence[Relation],
    filled: Figures,
    *,
    has_lost_rows: bool,
) -> list[str]:
    """The keys of inferences to be taken back, since too little speaks for them.

    A number other than 0 put in a blank counts only when two relations or more go
    through it and all hold, and printed numbers speak for it (`_grounded`). In a report
    whose printed numbers do not add up, any inference counts only when every relation
    through it could be tested. What is taken back can leave others without proof: it
    goes on until nothing is taken back.
    """
    # A blank that must be 0 is what most blanks are; another number is a bolder claim.
    computed = {key for key, figure in filled.items() if figure.value}
    withdrawn: list[str] = []
    left = dict(figures)
    # A relation that was tested with a value taken back can't be tested any more.
    while True:
        distrusts_all = has_lost_rows or bool(withdrawn)
        suspect = _suspect(values_in(left), rules, computed, distrusts_all)
        ours = [key for key in sorted(suspect) if _is_inferred(key, left)]
        if not ours:
            return withdrawn
        withdrawn += ours
        left = without(left, ours)


def _suspect(
    values: Values,
    rules: Sequence[Relation],
    computed: set[str],
    distrusts_all: bool,
) -> set[str]:
    """The keys for which too little speaks, be they inferred or printed."""
    broken: set[str] = set()
    untested: set[str] = set()
    proofs: Counter[str] = Counter()
    for rule in rules:
        held = holds(rule, values)
        if held:
            proofs.update(rule.keys)
        elif held is None:
            untested.update(rule.keys)
        else:
            broken.update(rule.keys)

    # One broken sum means that some printed number is wrong, and an inference may have
    # been drawn from that one: what could not be tested falls as well.
    if not broken and not distrusts_all:
        untested &= computed
    once = {key for key in computed if proofs[key] < 2}
    airy = computed - _grounded(values, rules, computed)
    return broken | untested | once | airy


def _grounded(
    values: Values, rules: Sequence[Relation], computed: set[str]
) -> set[str]:
    """The numbers put in blanks for which printed ones speak.

    Those put in blanks can bear each other out and all be wrong: one misprinted total
    is mended by three blanks, in its row, in its column, and where these meet. So one
    counts that stands in two relations without another of its kind, or in one whose
    printed numbers are all proved elsewhere.
    """
    if not computed:
        return set()
    held = [rule for rule in rules if holds(rule, values)]
    sound = {
        key for rule in held if computed.isdisjoint(rule.keys) for key in rule.keys
    }
    alone: Counter[str] = Counter()
    for rule in held:
        bold = computed.intersection(rule.keys)
        if len(bold) == 1:
            others = bold.symmetric_difference(rule.keys)
            weight = 2 if sound.issuperset(others) else 1
            alone.update(dict.fromkeys(bold, weight))
    return {key for key, count in alone.items() if count >= 2}


def _is_inferred(key: str, figures: Figures) -> bool:
    """Whether a value is ours. What is printed is not taken back for lack of proof."""
    if key not in figures:
        return False
    return figures[key].status is Status.INFERRED


def cut_numbers(
    figures: Figures, rules: Sequence[Relation], may_be_cut: Collection[str]
) -> list[CutNumber]:
    """Numbers that would be right with more digits behind or before them.

    They accuse nobody: a file without ruling lines prints a long number over several
    lines, any file over two pages, and some digits may have been lost at the break.
    """
    values = values_in(figures)
    found: dict[str, CutNumber] = {}
    for rule in rules:
        for key in rule.keys:
            value = values.get(key)
            if not value or key not in may_be_cut:
                continue
            # 12 where 123 would do: a digit is lacking. 12 where 12 does is whole.
            wanted = value_that_mends(rule, key, values)
            is_longer = wanted is not None and wanted != value
            # The first digits may stand at the end of the page before.
            parts = str(wanted).startswith(str(value)), str(wanted).endswith(str(value))
            if is_longer and any(parts):
                found.setdefault(key, CutNumber(key, value, rule))
    return list(found.values())


def conflicts(figures: Figures, rules: Sequence[Relation]) -> dict[str, Figure]:
    """The figures through which a broken relation goes, as conflicts where printed.

    Which of them is wrong nobody can tell: all cells of the sum are shown in conflict.
    """
    found: dict[str, Figure] = {}
    for key in sorted(broken_keys(rules, values_in(figures))):
        figure = figures[key]
        if figure.value is not None:
            figure = figure._replace(status=Status.CONFLICT)
        found[key] = figure
    return found


def overfull(figures: Figures, rules: Sequence[Relation]) -> list[Relation]:
    """Relations broken by what is printed, although some of their cells have no number.

    The part is more than the whole: cells must have been shifted, or two glued to one.
    """
    values = values_in(figures)
    return [
        rule
        for rule in rules
        if holds(rule, values) is False and rule.sides(values) is None
    ]
