"""What the tables of a report have to agree with: their sums, and the law. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from archive.report.model import Agency, Report
from archive.report.relations import relations
from archive.report.rules.rule import DOCUMENTS, Said, sure_values
from archive.report.tables import holds


def sums(report: Report, previous: Report | None) -> Iterator[Said]:
    """The arithmetic of tables 3 and 4."""
    values = sure_values(report)
    for relation in relations(report.form):
        # A relation with an unknown term says nothing.
        if relation.sides(values) is None or holds(relation, values) is not False:
            continue
        message = f"{relation.where}：{relation.told(values)}，两者不等。"
        yield Said(message, relation.keys, report.figures[relation.right[0]].at)


def in_force_too_few(report: Report, previous: Report | None) -> Iterator[Said]:
    """A document issued this year is in force, or was repealed.

    One made for less than a year may be neither, so this is a remark only.
    """
    values = sure_values(report)
    for row, title in DOCUMENTS:
        issued = f"disclosure.{row}.issued"
        repealed = f"disclosure.{row}.repealed"
        kept = f"disclosure.{row}.in_force"
        if not {issued, repealed, kept} <= set(values):
            continue
        if values[issued] > values[repealed] + values[kept]:
            message = (
                f"表二“{title}”：本年制发 {values[issued]} 件，"
                f"多于本年废止 {values[repealed]} 件与现行有效 {values[kept]} 件之和。"
            )
            yield Said(message, (issued, repealed, kept), report.figures[issued].at)


def public_too_few(report: Report, previous: Report | None) -> Iterator[Said]:
    """Form 2019: what was newly disclosed is among all that is disclosed."""
    values = sure_values(report)
    for row, title in DOCUMENTS:
        new = f"disclosure.{row}.published"
        in_all = f"disclosure.{row}.public_total"
        if not {new, in_all} <= set(values):
            continue
        if values[new] > values[in_all]:
            message = (
                f"表二“{title}”：本年新公开数量 {values[new]}，"
                f"多于对外公开总数量 {values[in_all]}。"
            )
            yield Said(message, (new, in_all), report.figures[new].at)


def regulations_unlikely(report: Report, previous: Report | None) -> Iterator[Said]:
    """规章 are made by ministries and by the governments of provinces, of cities with
    districts and of prefectures (立法法 第九十一条, 第九十三条).

    Offices below them often put their normative documents into this row.
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
    body = "政府" if agency.is_government else "部门"
    message = (
        f"表二“规章”本年制发 {made} 件；规章由国务院部门和省、"
        "设区的市、自治州人民政府制定，"
        f"本机关（{agency.level}级{body}）一般不制定规章，"
        "可能是将规范性文件填入此行。"
    )
    yield Said(message, (key,), report.figures[key].at)


def _may_make_regulations(agency: Agency) -> bool:
    """True also where the level is not known: of such a body nothing is said."""
    if agency.level in {"", "国家"}:
        return True
    return agency.is_government and agency.level in {"省", "市"}
