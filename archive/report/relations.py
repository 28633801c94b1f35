"""The arithmetic that must hold within a report, as data: 42 relations in form 2021.

Source: the note printed in table 3 (第一项加第二项之和，等于第三项加第四项之和) and the
tables' own sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        """All cells that it goes through."""
        return self.left + self.right

    def sides(
        self, values: Mapping[str, Number | None]
    ) -> tuple[Number, Number] | None:
        """The sums of both sides, or None when a value is not known."""
        left = _sum(self.left, values)
        right = _sum(self.right, values)
        if left is None or right is None:
            return None
        return left, right

    def told(self, values: Mapping[str, Number | None]) -> str:
        """Both sides with their numbers, for a sentence.

        本年新收 12 ＋ 上年结转 3 ＝ 15，（七）总计 14 ＋ 结转下年度 0 ＝ 14. Raises
        ValueError when a value is not known.
        """
        sides = self.sides(values)
        if sides is None:
            raise ValueError(f"{self.where}: not all values are known")
        left = _side(self.left, self.left_titles, values, sides[0])
        right = _side(self.right, self.right_titles, values, sides[1])
        return f"{left}，{right}"


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


def _side(
    keys: tuple[str, ...],
    titles: tuple[str, ...],
    values: Mapping[str, Number | None],
    total: Number,
) -> str:
    """One side with its numbers: 本年新收 12 ＋ 上年结转 3 ＝ 15, or 总计 15."""
    if len(titles) < 2:
        return f"{titles[0]} {total}"
    terms = [f"{title} {values[key]}" for key, title in zip(keys, titles, strict=True)]
    return f"{' ＋ '.join(terms)} ＝ {total}"


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
        where=_column_title(applicant),
        left_titles=("本年新收", "上年结转"),
        right_titles=("（七）总计", "结转下年度"),
    )


def _results(form: str, applicant: Label) -> Relation:
    """All ways of handling an application, （一） to （六）, add up to （七）总计."""
    return Relation(
        left=tuple(_request(row, applicant) for row in RESULT_ROWS[form]),
        right=(_request("concluded", applicant),),
        where=_column_title(applicant),
        left_titles=("各项办理结果之和",),
        right_titles=("（七）总计",),
    )


def _row(row: Label) -> Relation:
    """The six kinds of applicants of a row add up to its 总计.

    自然人, and the five under 法人或其他组织.
    """
    keys = tuple(_request(row.key, applicant) for applicant in APPLICANTS)
    # 其他 stands in several groups of rows: the group tells which one is spoken of.
    title = f"{row.parent}·{row.title}" if row.parent else row.title
    return Relation(
        left=keys[:-1],
        right=keys[-1:],
        where=f"表三“{title}”一行",
        left_titles=("六类申请人之和",),
        right_titles=("总计",),
    )


def _kind(kind: Label) -> Relation:
    """The four outcomes of reviews, or of one kind of lawsuit, add up to a 总计."""
    keys = tuple(f"{kind.key}.{outcome.key}" for outcome in OUTCOMES)
    return Relation(
        left=keys[:-1],
        right=keys[-1:],
        where=f"表四“{kind.title}”",
        left_titles=("四类结果之和",),
        right_titles=("总计",),
    )


def _request(row: str, applicant: Label) -> str:
    """The key of a cell of table 3."""
    return f"requests.{row}.{applicant.key}"


def _column_title(applicant: Label) -> str:
    """What a column of table 3 is called in a sentence."""
    return f"表三“{applicant.title}”一列"
