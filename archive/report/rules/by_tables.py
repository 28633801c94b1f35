"""What the tables of a report have to agree with: their sums, and the law. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue import CASE, Value, is_governments_office
from archive.report.model import Agency, Report
from archive.report.relations import relations
from archive.report.rules.rule import DOCUMENTS, Said, sure_values
from archive.report.tables import holds


def sums(report: Report) -> Iterator[Said]:
    """The arithmetic of tables 3 and 4."""
    values = sure_values(report)
    for relation in relations(report.form):
        if holds(relation, values) is not False:
            continue
        # A relation with an unknown term says nothing.
        if relation.sides(values) is None:
            continue
        at = report.figures[relation.right[0]].at
        yield Said(relation.told(values), relation.keys, at)


def in_force_too_few(report: Report) -> Iterator[Said]:
    """A document issued this year is in force, or was repealed.

    One made for less than a year may be neither, so this is a remark only.
    """
    values = sure_values(report)
    for row in DOCUMENTS:
        issued = f"disclosure.{row}.issued"
        repealed = f"disclosure.{row}.repealed"
        kept = f"disclosure.{row}.in_force"
        if not {issued, repealed, kept} <= values.keys():
            continue
        if values[issued] > values[repealed] + values[kept]:
            told: dict[str, Value] = {
                "cell": issued,
                "issued": values[issued],
                "repealed": values[repealed],
                "in_force": values[kept],
            }
            yield Said(told, (issued, repealed, kept), report.figures[issued].at)


def public_too_few(report: Report) -> Iterator[Said]:
    """Form 2019: what was newly disclosed is among all that is disclosed."""
    values = sure_values(report)
    for row in DOCUMENTS:
        new = f"disclosure.{row}.published"
        in_all = f"disclosure.{row}.public_total"
        if not {new, in_all} <= values.keys():
            continue
        if values[new] > values[in_all]:
            told: dict[str, Value] = {
                "cell": new,
                "new": values[new],
                "in_all": values[in_all],
            }
            yield Said(told, (new, in_all), report.figures[new].at)


def regulations_unlikely(report: Report) -> Iterator[Said]:
    """规章 are made by ministries and by the governments of provinces, of cities with
    districts and of prefectures (立法法 第九十一条, 第九十三条).

    Offices below them often put their normative documents into this row. The office of
    such a government reports for it, with the government's 规章.
    """
    agency = report.agency
    if _may_make_regulations(agency):
        return
    column = "issued" if report.form == "2021" else "made"
    key = f"disclosure.regulations.{column}"
    # The form of 2019 asks what was made, that of 2021 what was issued.
    made = sure_values(report).get(key, 0)
    if made <= 0:
        return
    told: dict[str, Value] = {
        CASE: "government" if agency.is_government else "department",
        "cell": key,
        "made": made,
        "level": agency.level,
    }
    yield Said(told, (key,), report.figures[key].at)


def _may_make_regulations(agency: Agency) -> bool:
    """True also where the level is not known: of such a body nothing is said."""
    if agency.level in {"", "国家"}:
        return True
    is_of_government = agency.is_government or is_governments_office(agency.name)
    if not is_of_government:
        return False
    return agency.level in {"省", "市"}
