"""The arithmetic that must hold within a report, as data: 42 relations in form 2021.

Source: the note printed in table 3 (第一项加第二项之和，等于第三项加第四项之和) and the
tables' own sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from archive.catalogue import (
    APPLICANTS,
    CASE,
    FORMS,
    KINDS,
    OUTCOMES,
    RESULT_ROWS,
    Label,
    Value,
)
from archive.report.model import Number


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides that must be equal; `case` is the wording of the check `sums`."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    case: str

    @property
    def keys(self) -> tuple[str, ...]:
        """All cells that it goes through."""
        return self.left + self.right

    @property
    def total(self) -> str:
        """The cell of its total, whose row or column names the whole relation."""
        return self.right[0]

    @property
    def line(self) -> str:
        """Whether it goes down a `column` or along a `row`."""
        if self.case in {"balance", "results"}:
            return "column"
        return "row"

    def sides(
        self, values: Mapping[str, Number | None]
    ) -> tuple[Number, Number] | None:
        """The sums of both sides, or None when a value is not known."""
        left = _sum(self.left, values)
        right = _sum(self.right, values)
        if left is None or right is None:
            return None
        return left, right

    def told(self, values: Mapping[str, Number | None]) -> dict[str, Value]:
        """Both sides with their numbers, as the check `sums` words them.

        Raises ValueError when a value is not known.
        """
        sides = self.sides(values)
        if sides is None:
            raise ValueError(f"{self.keys}: not all values are known")
        told: dict[str, Value] = {
            CASE: self.case,
            "total": self.total,
            "left": sides[0],
            "right": sides[1],
        }
        if self.case == "balance":
            # The one relation with several terms on its right: each is told by name.
            told |= {_row_of(key): values[key] or 0 for key in self.keys}
        return told


def _row_of(key: str) -> str:
    """requests.carried_in.total → carried_in."""
    return key.split(".")[1]


def _sum(keys: Iterable[str], values: Mapping[str, Number | None]) -> Number | None:
    """The sum of a side; None when one of its values is not known.

    A blank is not 0: half a sum is none.
    """
    total: Number = 0
    for key in keys:
        value = values.get(key)
        if value is None:
            return None
        total += value
    return total


@cache
def relations(form: str) -> tuple[Relation, ...]:
    """All relations of a form (`2021`, `2019`); none for free reports.

    Form 2021 has 14 in the columns of table 3, 25 in its rows and 3 in table 4; form
    2019 prints two rows fewer and has 40.
    """
    if form not in FORMS:
        return ()
    found: list[Relation] = []
    for applicant in APPLICANTS:
        found.append(_balance(applicant))
        found.append(_results(form, applicant))
    found += [_row(row) for row in FORMS[form].requests]
    found += [_kind(kind) for kind in KINDS]
    return tuple(found)


def _balance(applicant: Label) -> Relation:
    """What came in is what was handled or is carried over, for each applicant.

    The form pairs the first two items with the third as a whole, which is （七）总计,
    not with a single result.
    """
    return Relation(
        left=(_request("new", applicant), _request("carried_in", applicant)),
        right=(_request("concluded", applicant), _request("carried_out", applicant)),
        case="balance",
    )


def _results(form: str, applicant: Label) -> Relation:
    """All ways of handling an application, （一） to （六）, add up to （七）总计."""
    return Relation(
        left=tuple(_request(row, applicant) for row in RESULT_ROWS[form]),
        right=(_request("concluded", applicant),),
        case="results",
    )


def _row(row: Label) -> Relation:
    """The six kinds of applicants of a row add up to its 总计.

    自然人, and the five under 法人或其他组织.
    """
    keys = tuple(_request(row.key, applicant) for applicant in APPLICANTS)
    return Relation(left=keys[:-1], right=keys[-1:], case="applicants")


def _kind(kind: Label) -> Relation:
    """The four outcomes of reviews, or of one kind of lawsuit, add up to a 总计."""
    keys = tuple(f"{kind.key}.{outcome.key}" for outcome in OUTCOMES)
    return Relation(left=keys[:-1], right=keys[-1:], case="outcomes")


def _request(row: str, applicant: Label) -> str:
    """The key of a cell of table 3."""
    return f"requests.{row}.{applicant.key}"
