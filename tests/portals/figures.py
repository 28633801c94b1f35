"""Consistent statutory figures: every relation within a report and between two years
holds.

Deterministic: the same agency and year always give the same numbers.
"""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache

from archive.catalogue.forms import APPLICANTS, FORMS, KINDS, OUTCOMES, RESULT_ROWS
from tests.portals.agencies import SampleAgency

Value = int | Decimal
COLUMNS = tuple(column.key for column in APPLICANTS[:-1])
# How often each kind of applicant asks, and how often each result is given.
_APPLICANT_WEIGHTS = (68, 14, 3, 4, 8, 3)
_RESULT_WEIGHTS = {
    "granted": 44, "partly_granted": 11, "refused_third_party": 4, "refused_internal": 3, "refused_process": 4,
    "refused_enforcement_file": 4, "refused_inquiry": 4, "unavailable_not_held": 15, "unavailable_not_made": 4,
    "unavailable_unclear": 2, "rejected_petition": 4, "rejected_repeat": 3, "rejected_confirmation": 1,
    "closed_not_corrected": 2, "closed_other": 2, "closed_any": 4,
}  # fmt: skip


def form_of(year: int) -> str:
    return "2019" if year <= 2020 else "2021"


@cache
def figures_of(agency: SampleAgency, year: int) -> dict[str, Value]:
    """Every figure of the report, by public key, as it ought to be printed."""
    return {
        **_disclosures(agency, year),
        **_requests(agency, year),
        **_proceedings(agency, year),
    }


def _chance(agency: SampleAgency, year: int, what: str) -> random.Random:
    return random.Random(f"{agency.slug}/{year}/{what}")


@cache
def _carried_out(agency: SampleAgency, year: int) -> dict[str, int]:
    """Applications left over at the end of a year, by applicant."""
    chance = _chance(agency, year, "left")
    return {
        column: chance.randint(0, max(1, agency.busy // 12))
        if column in COLUMNS[:2]
        else 0
        for column in COLUMNS
    }


def _requests(agency: SampleAgency, year: int) -> dict[str, Value]:
    chance = _chance(agency, year, "requests")
    rows = FORMS[form_of(year)].requests
    results = RESULT_ROWS[form_of(year)]
    weights = [_RESULT_WEIGHTS.get(row, 0) for row in results]
    table: dict[str, dict[str, int]] = {
        row.key: dict.fromkeys(COLUMNS, 0) for row in rows
    }
    table["carried_in"], table["carried_out"] = (
        dict(_carried_out(agency, year - 1)),
        dict(_carried_out(agency, year)),
    )
    for column in chance.choices(
        COLUMNS,
        _APPLICANT_WEIGHTS,
        k=chance.randint(agency.busy * 3 // 4, agency.busy * 3 // 2),
    ):
        table["new"][column] += 1
    for column in COLUMNS:
        short = (
            table["carried_out"][column]
            - table["new"][column]
            - table["carried_in"][column]
        )
        table["new"][column] += max(0, short)
        done = (
            table["new"][column]
            + table["carried_in"][column]
            - table["carried_out"][column]
        )
        table["concluded"][column] = done
        for row in chance.choices(results, weights, k=done):
            table[row][column] += 1
    return {
        f"requests.{row}.{column}": value
        for row, cells in table.items()
        for column, value in [*cells.items(), ("total", sum(cells.values()))]
    }


def _proceedings(agency: SampleAgency, year: int) -> dict[str, Value]:
    chance = _chance(agency, year, "proceedings")
    figures: dict[str, Value] = {}
    for kind in KINDS:
        most = agency.busy // (16 if kind.key == "review" else 30)
        outcomes = [outcome.key for outcome in OUTCOMES[:-1]]
        chosen = chance.choices(outcomes, (6, 2, 2, 1), k=chance.randint(0, most))
        figures |= {
            f"{kind.key}.{outcome}": chosen.count(outcome) for outcome in outcomes
        }
        figures[f"{kind.key}.total"] = len(chosen)
    return figures


@cache
def _documents(agency: SampleAgency, year: int, row: str) -> tuple[int, int, int]:
    """Issued, repealed and in force at the end of the year; in force follows from the
    year before.
    """
    own_rules = agency.slug == "szf"
    if row == "regulations" and not own_rules:
        return 0, 0, 0
    chance = _chance(agency, year, row)
    if year <= 2020:
        return (
            0,
            0,
            chance.randint(9, 14)
            if row == "regulations"
            else agency.busy // 3 + chance.randint(3, 9),
        )
    before = _documents(agency, year - 1, row)[2]
    issued = (
        chance.randint(0, 2)
        if row == "regulations"
        else chance.randint(0, max(2, agency.busy // 8))
    )
    repealed = min(before, chance.randint(0, 1 if row == "regulations" else 3))
    return issued, repealed, before + issued - repealed


@cache
def _items(agency: SampleAgency, year: int, row: str) -> tuple[int, int]:
    """Form 2019: how many items there were the year before, and how many came or went."""
    chance = _chance(agency, year, f"items {row}")
    if year == 2019:
        return chance.randint(12, 140), chance.randint(-6, 12)
    before = _items(agency, year - 1, row)
    return sum(before), chance.randint(-6, 12)


def _disclosures(agency: SampleAgency, year: int) -> dict[str, Value]:
    chance = _chance(agency, year, "disclosures")
    decisions = {
        "licensing": chance.randint(2, 40) * agency.busy,
        "penalties": chance.randint(1, 30) * agency.busy
        if agency.slug in {"gaj", "szf", "swj"}
        else chance.randint(0, 9),
        "coercion": chance.randint(1, 3) * agency.busy
        if agency.slug in {"gaj", "szf"}
        else 0,
    }
    fees = (
        Decimal(chance.randint(0, 99_99 * agency.busy)) / 100
        if agency.slug in {"szf", "gaj", "jyj"}
        else Decimal(0)
    )
    figures: dict[str, Value] = {}
    for row in ("regulations", "normative_documents"):
        issued, repealed, in_force = _documents(agency, year, row)
        if form_of(year) == "2021":
            cells: dict[str, int] = {
                "issued": issued,
                "repealed": repealed,
                "in_force": in_force,
            }
        else:
            made = chance.randint(0, 3) if in_force else 0
            cells = {"made": made, "published": made, "public_total": in_force}
        figures |= {
            f"disclosure.{row}.{column}": value for column, value in cells.items()
        }
    if form_of(year) == "2021":
        figures |= {
            f"disclosure.{row}.decisions": value for row, value in decisions.items()
        }
        return figures | {
            "disclosure.fees.amount": int(fees) if fees == int(fees) else fees
        }
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        previous, change = _items(agency, year, row)
        figures |= {
            f"disclosure.{row}.previous_items": previous,
            f"disclosure.{row}.item_change": change,
        }
        if row != "fees":
            figures[f"disclosure.{row}.decisions"] = decisions.get(
                row, chance.randint(0, 30) * agency.busy
            )
    figures["disclosure.procurement.items"] = chance.randint(1, agency.busy * 2)
    figures["disclosure.procurement.amount"] = (
        Decimal(chance.randint(10_00, 900_00 * agency.busy)) / 100
    )
    return figures
