"""The arithmetic that must hold within a report, as data: 42 relations in form 2021.

Source: the note printed in table 3 (第一项加第二项之和，等于第三项加第四项之和) and the
tables' own sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from archive.catalogue import APPLICANTS, FORMS, KINDS, OUTCOMES, RESULT_ROWS, Label
from archive.report.model import Number


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides that must be equal. `where` and the titles are for sentences.

    A side has either one title for all of it or one for each of its keys.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    where: str
    left_titles: tuple[str, ...]
    right_titles: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return self.left + self.right

    def sides(
        self, values: Mapping[str, Number | None]
    ) -> tuple[Number, Number] | None:
        """The sums of both sides, or None when a value is not known."""
        left = [values.get(key) for key in self.left]
        right = [values.get(key) for key in self.right]
        if any(value is None for value in left) or any(
            value is None for value in right
        ):
            return None
        return sum(v for v in left if v is not None), sum(
            v for v in right if v is not None
        )

    def told(self, values: Mapping[str, Number | None]) -> str:
        """Both sides with their numbers: 本年新收 12 ＋ 上年结转 3 ＝ 15，（七）总计 14
        ＋ 结转下年度 0 ＝ 14.
        """
        sides = self.sides(values)
        if sides is None:
            raise ValueError(f"{self.where}: not all values are known")
        return "，".join(
            _side(keys, titles, values, total)
            for keys, titles, total in (
                (self.left, self.left_titles, sides[0]),
                (self.right, self.right_titles, sides[1]),
            )
        )


def _side(
    keys: tuple[str, ...],
    titles: tuple[str, ...],
    values: Mapping[str, Number | None],
    total: Number,
) -> str:
    if len(titles) < 2:
        return f"{titles[0]} {total}"
    terms = " ＋ ".join(
        f"{title} {values[key]}" for key, title in zip(keys, titles, strict=True)
    )
    return f"{terms} ＝ {total}"


@cache
def relations(form: str) -> tuple[Relation, ...]:
    """All relations of a form; none for free reports."""
    if form not in FORMS:
        return ()
    rows = FORMS[form].requests
    return (
        *_columns(form),
        *(_row(row) for row in rows),
        *(_kind(kind) for kind in KINDS),
    )


def _columns(form: str) -> list[Relation]:
    found = []
    for column in APPLICANTS:
        where = f"表三“{column.title}”一列"

        def key(row: str, column: Label = column) -> str:
            return f"requests.{row}.{column.key}"

        found.append(
            Relation(
                (key("new"), key("carried_in")),
                (key("concluded"), key("carried_out")),
                where,
                ("本年新收", "上年结转"),
                ("（七）总计", "结转下年度"),
            )
        )
        results = tuple(key(row) for row in RESULT_ROWS[form])
        found.append(
            Relation(
                results,
                (key("concluded"),),
                where,
                ("各项办理结果之和",),
                ("（七）总计",),
            )
        )
    return found


def _row(row: Label) -> Relation:
    keys = tuple(f"requests.{row.key}.{column.key}" for column in APPLICANTS)
    where = (
        f"表三“{row.title}”一行"
        if not row.parent
        else f"表三“{row.parent}·{row.title}”一行"
    )
    return Relation(keys[:-1], keys[-1:], where, ("六类申请人之和",), ("总计",))


def _kind(kind: Label) -> Relation:
    keys = tuple(f"{kind.key}.{outcome.key}" for outcome in OUTCOMES)
    return Relation(
        keys[:-1], keys[-1:], f"表四“{kind.title}”", ("四类结果之和",), ("总计",)
    )
