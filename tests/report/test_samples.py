"""Every invented report of the sample portals, read off its page: whole, and nothing
but what is printed.
"""

from __future__ import annotations

import pytest

from archive.reading import read
from archive.report.parse import parse
from tests.portals import pages
from tests.portals.reports import SampleReport, sample_reports
from tests.report.documents import signs

SAMPLES = sample_reports()
ON_PAGES = [sample for sample in SAMPLES if sample.kind == "html"]
STATED = (
    "proactive_total",
    "applications_received",
    "carried_in",
    "carried_out",
    "reviews",
    "lawsuits",
    "fee",
)


@pytest.mark.parametrize(
    "sample",
    ON_PAGES,
    ids=[f"{sample.agency.name} {sample.year}" for sample in ON_PAGES],
)
def test_a_sample_report_is_read_off_its_page(sample: SampleReport) -> None:
    report = parse(read(pages.article(sample, SAMPLES, visits=1).encode()))
    assert (report.is_report, report.title, report.agency.name) == (
        True,
        sample.title,
        sample.agency.name,
    )
    assert (report.year, report.form, report.published_on) == (
        sample.year,
        sample.form,
        sample.published,
    )
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]
    for section in report.sections[:6]:
        assert signs(section.prose) == signs(
            "".join(sample.sections.get(section.number, ()))
        )
    assert signs(report.sections[6].prose).startswith(
        signs("".join(sample.sections[6]))
    )
    assert {
        key: figure.value for key, figure in report.figures.items()
    } == sample.figures
    first = {
        claim.key: claim.value for claim in reversed(report.claims) if not claim.part_of
    }
    assert {key: first.get(key) for key in STATED} == {
        key: getattr(sample.stated, key) for key in STATED
    }
    assert [
        (claim.label, claim.value) for claim in report.claims if claim.part_of
    ] == list(sample.stated.breakdown)
