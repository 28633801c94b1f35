"""What a relation says of values that are not all known.

All figures are counts or amounts: none is negative. So a side that is more than the
other one whole breaks a relation, whatever the unknown values on it are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from archive.report.model import Figure, Number
from archive.report.relations import Relation

Values = Mapping[str, Number | None]
Figures = Mapping[str, Figure]


def values_in(figures: Figures) -> dict[str, Number | None]:
    """Key → value, None where a figure is missing."""
    return {key: figure.value for key, figure in figures.items()}


def holds(rule: Relation, values: Values) -> bool | None:
    """Whether a relation holds; None when it can't be told.

    It can be told without knowing all values when one side is already more than the
    other one whole.
    """
    known = values.__getitem__
    try:
        left, right = sum(map(known, rule.left)), sum(map(known, rule.right))  # type: ignore[arg-type]
    except (KeyError, TypeError, ArithmeticError):
        return _holds_as_far_as_known(rule, values)
    # All but the fees are counts: nothing has to be asked of them one by one.
    if type(left) is int and type(right) is int:
        return left == right
    return _holds_as_far_as_known(rule, values)


def _holds_as_far_as_known(rule: Relation, values: Values) -> bool | None:
    """Whether a relation holds whose values are not all known, or not all counts."""
    left, left_is_known = _sum(rule.left, values)
    right, right_is_known = _sum(rule.right, values)
    if left == right:
        # With a cell unknown, it would have to be 0; nobody knows that it is.
        return True if left_is_known and right_is_known else None
    # The greater side can only grow: the smaller one must have cells to grow with.
    smaller_is_known = right_is_known if left > right else left_is_known
    return False if smaller_is_known else None


def adds_up(numbers: Sequence[Number | None]) -> bool | None:
    """Whether the last of some numbers is the sum of the others.

    None when one of them is not known.
    """
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    *parts, total = known
    return sum(parts) == total


def broken_keys(rules: Iterable[Relation], values: Values) -> set[str]:
    """The keys of all cells through which a relation goes that does not hold.

    Nothing tells which of them is wrong: one misprint breaks the sum of its row and
    that of its column, and where both meet is only likely to be the place.
    """
    # A relation may go through rows that were not found: those have no figure to mark.
    broken = [rule for rule in rules if holds(rule, values) is False]
    return values.keys() & {key for rule in broken for key in rule.keys}


def following(
    values: Values,
    rules: Iterable[Relation],
    *,
    trivially: bool = False,
    doubtful: Collection[str] = (),
) -> dict[str, Number]:
    """Unknown values that follow from relations, and from one another.

    One unknown follows from the rest; several on one side are all zero when the rest
    already balances. Relations between nothing but zeros prove nothing unless
    `trivially`, and none through a `doubtful` cell does.
    """
    sound = [rule for rule in rules if not any(key in doubtful for key in rule.keys)]
    known = dict(values)
    found: dict[str, Number] = {}
    # What one relation yields may be what another one lacked: round after round.
    changed = True
    while changed:
        changed = False
        for rule in sound:
            new = _follows(rule, known, trivially)
            if new:
                known.update(new)
                found.update(new)
                changed = True
    return found


def _follows(rule: Relation, values: Values, trivially: bool) -> dict[str, Number]:
    """The unknown values of one relation, where it leaves only one way."""
    left, left_is_known = _sum(rule.left, values)
    right, right_is_known = _sum(rule.right, values)
    if left_is_known == right_is_known:
        # Nothing is unknown, or something on both sides.
        return {}
    if left_is_known:
        lacking = left - right
        open_side = rule.right
    else:
        lacking = right - left
        open_side = rule.left

    # What several unknown cells share is not known, unless it is nothing.
    unknown = [key for key in open_side if values.get(key) is None]
    is_shared = len(unknown) > 1 and lacking > 0
    if lacking < 0 or is_shared:
        return {}
    # 0 = 0 is no proof: a report of zeros balances however its cells are shifted.
    if not trivially and not any(map(values.get, rule.keys)):
        return {}
    return dict.fromkeys(unknown, lacking)


def _sum(keys: Iterable[str], values: Values) -> tuple[Number, bool]:
    """The sum of what is known, and whether that is all.

    A lower bound where it is not.
    """
    try:
        whole = sum(map(values.__getitem__, keys))  # type: ignore[arg-type]
    except (KeyError, TypeError, ArithmeticError):
        return _sum_of_known(map(values.get, keys))
    # All but the fees are counts: nothing has to be asked of them one by one.
    if type(whole) is int:
        return whole, True
    return _sum_of_known(map(values.get, keys))


def _sum_of_known(numbers: Iterable[Number | None]) -> tuple[Number, bool]:
    """The sum of those numbers that are known, and whether that is all."""
    total: Number = 0
    is_known = True
    for value in numbers:
        # Nothing can be added to NaN and the infinite.
        if isinstance(value, int) or (value is not None and value.is_finite()):
            total += value
        else:
            is_known = False
    return total, is_known
