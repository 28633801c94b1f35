"""The sample reports as data: the truth that end-to-end tests compare with.

`figures` are what is printed, deliberate contradictions included; `faults` names these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tests.portals import prose
from tests.portals.agencies import AGENCIES, YEARS, SampleAgency
from tests.portals.figures import Value, figures_of, form_of
from tests.portals.prose import Stated

FAULTS: dict[tuple[str, int], tuple[str, ...]] = {
    ("示例市商务局", 2022): ("row_sum",),
    ("示例市公安局", 2023): ("text_received",),
    ("示例市教育局", 2023): ("carry_over",),
    ("示例县商务局", 2022): ("thin_section_5",),
    ("示例县商务局", 2023): ("column_sum",),
    ("示例市人民政府", 2024): ("in_force",),
    ("示例市人民政府", 2022): ("breakdown",),
    ("示例县示例镇人民政府", 2021): ("text_reviews",),
    ("示例县示例镇人民政府", 2024): ("copied_section_5",),
}
"""Deliberate contradictions by agency and year.

- row_sum: the total of （一）予以公开 is one too high; its row and the column 总计 do
not add up
- column_sum: （七）总计 of 自然人 is one too low, and with it the total of that row
- carry_over: 上年结转 is one more than last year's 结转下年度; the year's own sums hold
- in_force: 现行有效 of normative documents is three more than follows from the year
before
- text_received, text_reviews: the text states two more applications, one more review,
than the tables
- breakdown: the total of 主动公开 is seven more than its parts
- thin_section_5: one empty sentence; copied_section_5: word for word that of the year
before
"""
MISSING = {("示例县示例镇人民政府", 2020)}
"""Never published."""
AS_FILE = {("示例市教育局", 2022): "docx", ("示例市公安局", 2021): "pdf"}
"""Reports whose page holds nothing but a link to a file."""


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One report as printed. `kind` is html, docx or pdf; `sections` are the paragraphs
    by section number.
    """

    agency: SampleAgency
    year: int
    published: date
    figures: dict[str, Value]
    stated: Stated
    sections: dict[int, tuple[str, ...]]
    faults: tuple[str, ...] = ()
    kind: str = "html"

    @property
    def form(self) -> str:
        return form_of(self.year)

    @property
    def title(self) -> str:
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告"

    @property
    def number(self) -> int:
        """The number in the page's address."""
        return 100_000 + AGENCIES.index(self.agency) * 1_000 + self.year - 2000

    @property
    def file_name(self) -> str:
        """Of the attachment, where there is one."""
        return f"P0{self.published:%Y%m%d}{self.number}.{self.kind}"


@cache
def report_of(name: str, year: int) -> SampleReport:
    """The report of an agency for a year (also 2025, which is not on the portals from
    the beginning).
    """
    agency = next(agency for agency in AGENCIES if agency.name == name)
    if (name, year) in MISSING:
        raise LookupError(f"{name} {year} was never published")
    faults = FAULTS.get((name, year), ())
    figures = dict(figures_of(agency, year))
    numbers = prose.stated(agency, year, figures)
    for fault in faults:
        numbers = _contradict(fault, figures, numbers)
    told = year - 1 if "copied_section_5" in faults else year
    sections = {
        0: prose.preamble(agency, year),
        1: prose.overview(agency, year, numbers),
        **prose.beside_tables(agency, year, figures),
        5: prose.problems(agency, told, "thin_section_5" in faults),
        6: prose.other_matters(agency, year, numbers),
    }
    kind = AS_FILE.get((name, year), "html")
    return SampleReport(
        agency,
        year,
        prose.published_on(agency, year),
        figures,
        numbers,
        sections,
        faults,
        kind,
    )


def sample_reports() -> tuple[SampleReport, ...]:
    """All reports on the portals from the beginning, by agency and year."""
    return tuple(
        report_of(agency.name, year)
        for agency in AGENCIES
        for year in YEARS
        if (agency.name, year) not in MISSING
    )


def _contradict(fault: str, figures: dict[str, Value], numbers: Stated) -> Stated:
    """Plants a fault into the figures, or returns the numbers of the text with it."""
    if fault == "row_sum":
        figures["requests.granted.total"] += 1
    elif fault == "column_sum":
        for column in ("natural_person", "total"):
            figures[f"requests.concluded.{column}"] -= 1
    elif fault == "carry_over":
        for row in ("carried_in", "granted", "concluded"):
            for column in ("natural_person", "total"):
                figures[f"requests.{row}.{column}"] += 1
        return replace(numbers, carried_in=numbers.carried_in + 1)
    elif fault == "in_force":
        figures["disclosure.normative_documents.in_force"] += 3
    elif fault == "text_received":
        return replace(numbers, applications_received=numbers.applications_received + 2)
    elif fault == "text_reviews":
        return replace(numbers, reviews=numbers.reviews + 1)
    elif fault == "breakdown":
        return replace(numbers, proactive_total=numbers.proactive_total + 7)
    return numbers
