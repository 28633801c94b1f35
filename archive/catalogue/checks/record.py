"""What a check is: the record of something that a finding can be about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.catalogue.states import FindingFamily

WEIGHTS = {1: "提示", 2: "值得核对", 3: "重要"}
"""How much a finding weighs, as visitors read it."""

CASE = "case"
"""The value that tells which wording of its check a finding has."""
TOLD = "told"
"""The value of findings from before wordings were kept apart: their whole sentence."""

BEFORE_AT = "before_at"
"""The value of findings that compare two years: where last year's number is printed, as
an anchor of last year's page. No wording prints it.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """A check or a doubt, as visitors know it."""

    key: str
    """Public and lasting; stands in addresses and in rulings."""
    title: str
    explanation: str
    source: str
    """Where the rule stands; empty for doubts, which accuse nobody."""
    family: FindingFamily
    weight: int
    """A key of WEIGHTS; of one finding it may be another."""
    wordings: Mapping[str, str]
    """Case → sentence with named values, each with the way it is printed (PRINTED):
    `{now}`, `{keys:cells}`. A check with one wording has it under an empty case.
    """
    while_reading: bool = False
    """Whether it comes up while a report is read; the others have a rule."""
    told_apart_by: tuple[str, ...] = ()
    """The values by which findings with the same figures are told apart, so that a
    person's ruling keeps to the one it was made on.
    """
    looks_back: bool = False
    """Whether it compares with the report of the year before: then its findings hold
    BEFORE_AT as well.
    """


def recorded(
    family: FindingFamily,
    key: str,
    title: str,
    explanation: str,
    source: str,
    weight: int,
    wordings: str | Mapping[str, str],
    *,
    while_reading: bool = False,
    told_apart_by: tuple[str, ...] = (),
    looks_back: bool = False,
) -> Check:
    """A check of a family; `wordings` is a single sentence where it has one case."""
    if isinstance(wordings, str):
        wordings = {"": wordings}
    return Check(
        key,
        title,
        explanation,
        source,
        family,
        weight,
        wordings,
        while_reading,
        told_apart_by,
        looks_back,
    )
