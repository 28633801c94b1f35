"""Random reports, laid out and damaged at random, read again: never a wrong figure that
is not called doubtful.

More cases by hand: `python -m tests.report.test_damage 3000`.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.catalogue import Status
from archive.catalogue.forms import FORMS
from archive.report.document import Document
from archive.report.tables.statutory import TableReading, read_tables
from tests.report.layouts import (
    Printed,
    consistent,
    dump,
    grid,
    joined,
    loose,
    printed,
    silent_errors,
)

DAMAGES = (
    "lost",
    "doubled",
    "blank",
    "dash",
    "digit",
    "glue",
    "slip",
    "label",
    "zeros blank",
)
LAYOUTS = (
    "grid",
    "grid and remarks",
    "grid in one",
    "dump",
    "dump over a page",
    "dump in one",
    "lines",
    "cells",
)
ORDERS = ((0, 1, 2), (2, 0, 1), (1, 2, 0))


@dataclass(frozen=True)
class Case:
    form: str
    seed: int
    sparse: bool
    layout: str
    damages: Sequence[str]


CASES = st.builds(
    Case,
    form=st.sampled_from(["2021", "2019"]),
    seed=st.integers(0, 10**6),
    sparse=st.booleans(),
    layout=st.sampled_from(LAYOUTS),
    damages=st.lists(st.sampled_from(DAMAGES), max_size=2),
)


def read_damaged(case: Case) -> tuple[TableReading, dict[str, int]]:
    """The reading of a damaged report, and what is printed in it (a wrong digit
    included).
    """
    truth = consistent(case.form, case.seed, sparse=case.sparse)
    sheet = printed(truth)
    chance = random.Random(case.seed + 1)
    for damage in case.damages:
        _damage(damage, case, sheet, truth, chance)
    return read_tables(_laid_out(case, sheet, chance)), truth


def _damage(
    damage: str,
    case: Case,
    sheet: Printed,
    truth: dict[str, int],
    chance: random.Random,
) -> None:
    key = chance.choice(
        [
            key
            for key in truth
            if not key.startswith("disclosure.") and sheet.cells[key] == str(truth[key])
        ]
    )
    if damage == "lost":
        sheet.lost.add(key)
    elif damage == "doubled":
        sheet.doubled.add(key)
    elif damage in {"blank", "dash"}:
        sheet.cells[key] = "" if damage == "blank" else "—"
    elif (
        damage == "digit" and key not in sheet.lost
    ):  # a digit that is not printed cannot be wrong
        truth[key] += chance.randint(1, 9)
        sheet.cells[key] = f"{truth[key]} "  # so that no other damage falls on it
    elif damage == "glue" and not case.layout.startswith("grid"):
        sheet.cells[key] = f"{sheet.cells[key]} {sheet.cells[key]}"
    elif damage == "slip":
        sheet.cells[key] = sheet.cells[key].replace("0", "O").replace("1", "l")
    elif damage == "label":
        row = chance.choice(FORMS[case.form].requests)
        at = chance.randrange(len(row.title))
        sheet.labels[row.key] = row.title[:at] + "某" + row.title[at + 1 :]
    elif damage == "zeros blank":
        sheet.cells |= {key: "" for key, text in sheet.cells.items() if text == "0"}


def _laid_out(case: Case, sheet: Printed, chance: random.Random) -> Document:
    kind, _, how = case.layout.partition(" ")
    if kind in {"lines", "cells"}:
        return loose(case.form, sheet, one_line=kind == "lines")
    if kind == "grid":
        document = grid(case.form, sheet, extra_column=how == "and remarks")
    else:
        document = dump(
            case.form, sheet, chance.randint(1, 22) if how == "over a page" else None
        )
    return joined(document, chance.choice(ORDERS)) if how == "in one" else document


@settings(max_examples=100, deadline=None)
@given(CASES)
@example(Case("2021", 506, False, "dump", ["digit", "lost"]))
@example(Case("2019", 438, False, "dump", ["zeros blank", "lost", "doubled"]))
@example(Case("2021", 6008, True, "dump over a page", ["glue", "digit"]))
@example(Case("2021", 4717, True, "lines", ["glue", "zeros blank"]))
@example(Case("2021", 9650, False, "lines", ["zeros blank", "glue", "dash"]))
@example(Case("2021", 5033, True, "grid", ["glue", "digit", "zeros blank"]))
def test_no_silent_error(case: Case) -> None:
    reading, truth = read_damaged(case)
    assert not silent_errors(reading, truth)
    told = {key for finding in reading.findings for key in finding.keys}
    doubted = {
        key
        for key, one in reading.figures.items()
        if one.status in {Status.INFERRED, Status.MISSING}
    }
    assert doubted <= told
    assert len(reading.findings) < 40
    if not case.damages:
        assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


@settings(max_examples=40, deadline=None)
@given(CASES)
def test_only_a_wrong_digit_makes_conflicts(case: Case) -> None:
    """A cell that is lost, doubled or blank is our doubt; it never accuses the report."""
    harmless = Case(
        case.form,
        case.seed,
        case.sparse,
        case.layout,
        [one for one in case.damages if one != "digit"][:1],
    )
    reading, _ = read_damaged(harmless)
    assert Status.CONFLICT not in {figure.status for figure in reading.figures.values()}


def main(count: int) -> None:
    """Prints how many figures came out how, by damage, and every silent error."""
    tally: dict[str, Counter[str]] = {}
    wrong = 0
    for seed in range(count):
        chance = random.Random(seed)
        damages = [
            chance.choice(DAMAGES) for _ in range(chance.choice([0, 1, 1, 2, 3]))
        ]
        case = Case(
            chance.choice(["2021", "2019"]),
            seed,
            chance.random() < 0.5,
            chance.choice(LAYOUTS),
            damages,
        )
        reading, truth = read_damaged(case)
        name = "several" if len(damages) > 1 else "".join(damages) or "none"
        tally.setdefault(name, Counter()).update(
            figure.status.value for figure in reading.figures.values()
        )
        if errors := silent_errors(reading, truth):
            wrong += 1
            print(case, errors)
    for name, counted in sorted(tally.items()):
        print(f"{name:12}", dict(counted))
    print(f"{wrong} reports with a silent error of {count}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
