"""The five real reports, read whole and right: from the bytes to region, sections,
stated numbers and figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from archive.catalogue import Status
from archive.catalogue.forms import FORMS, keys
from archive.reading import read
from archive.regions import identify
from archive.report.document import Table
from archive.report.encode import content_hash, pack, unpack
from archive.report.model import Hints, Report
from archive.report.parse import parse

SIGNS = (
    "总体情况",
    "主动公开政府信息情况",
    "申请情况",
    "行政诉讼情况",
    "问题及改进情况",
    "需要报告的事项",
)


@dataclass(frozen=True)
class Seed:
    """What is known of a report. `lengths`: signs without blanks of the prose of
    sections 0 to 6.
    """

    agency: str
    region: str
    published: str | None
    lengths: tuple[int, ...]
    claims: dict[str, int]
    parts: tuple[int, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)


NO_DISPUTE = {"reviews": 0, "lawsuits": 0}
SEEDS = {
    "000": Seed(
        "攀枝花市商务局",
        "510400",
        "2024-01-17",
        (182, 897, 0, 0, 0, 287, 43),
        {"proactive_total": 1315, "applications_received": 0, "fee": 0, **NO_DISPUTE},
        (276, 10, 9, 3),
    ),
    "001": Seed(
        "上高县商务局",
        "360923",
        None,
        (261, 979, 0, 0, 0, 252, 152),
        {"proactive_total": 176, "applications_received": 0, "fee": 0},
    ),
    "002": Seed(
        "莱州市商务局",
        "370683",
        None,
        (0, 1407, 12, 17, 0, 489, 803),
        {"proactive_total": 66, "applications_received": 0, "fee": 0, "proposals": 8, **NO_DISPUTE},
        (5, 0, 0, 0, 0, 0, 0, 2, 2, 2, 1, 1, 10, 0, 3, 26, 0, 12, 2),
        {f"disclosure.normative_documents.{column}": 4 for column in ("issued", "repealed", "in_force")},
    ),
    "003": Seed(
        "攀枝花市西区经济合作局",
        "510403",
        "2024-01-19",
        (175, 702, 0, 0, 0, 245, 44),
        {"proactive_total": 101, "applications_received": 0, "fee": 0},
        (3, 1, 48, 46, 3),
    ),
    "004": Seed("西工区商务局", "410303", None, (0, 538, 0, 0, 0, 190, 1), {"applications_received": 0}),
}  # fmt: skip
CUTS = {"000": 3, "001": 0, "002": 4, "003": 1, "004": 0}
"""Paragraphs a page break has cut in the dump."""


@pytest.fixture(params=SEEDS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def seed(name: str) -> Seed:
    return SEEDS[name]


@pytest.fixture
def body(name: str, seeds: Path) -> bytes:
    (path,) = seeds.glob(f"{name}_*")
    return path.read_bytes()


@pytest.fixture
def report(body: bytes) -> Report:
    report = parse(read(body))
    return replace(report, agency=identify(report.agency.name, report.year))


def bare(text: str) -> str:
    return "".join(text.split())


def test_whose_report_of_which_year(report: Report, seed: Seed) -> None:
    assert report.is_report, report.why
    assert report.title == f"{seed.agency}2023年政府信息公开工作年度报告"
    assert (report.agency.name, report.year, report.form) == (seed.agency, 2023, "2021")
    assert report.agency.region
    assert report.agency.region.code == seed.region
    assert (
        report.published_on.isoformat() if report.published_on else None
    ) == seed.published


def test_all_six_sections(report: Report, seed: Seed) -> None:
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]
    for section, words in zip(report.sections[1:], SIGNS, strict=True):
        assert bare(section.heading).endswith(words)
        assert bare(section.heading).startswith(
            "一二三四五六"[section.number - 1] + "、"
        )
        assert section.text
        assert any(isinstance(block, Table) for block in section.blocks) == (
            section.number in {2, 3, 4}
        )
    assert (
        tuple(len(bare(section.prose)) for section in report.sections) == seed.lengths
    )


def test_every_sign_of_the_body_is_there_once_and_in_order(
    report: Report, body: bytes
) -> None:
    original = bare(body.decode().replace("[bookmark: _GoBack]", "").replace("#", ""))
    said = bare(
        report.title
        + "".join(section.heading + section.text for section in report.sections)
    )
    assert said == original


def test_what_page_breaks_have_cut_is_joined(
    report: Report, body: bytes, name: str
) -> None:
    document = read(body)
    lines = {block.text for block in document.blocks if not isinstance(block, Table)}
    kept = [
        block
        for section in report.sections
        for block in section.blocks
        if not isinstance(block, Table)
    ]
    assert sum(block.text not in lines for block in kept) == CUTS[name]
    for block in kept:
        assert not block.text.endswith(("，", "、"))


def test_numbers_stated_in_the_text(report: Report, seed: Seed) -> None:
    assert {
        claim.key: claim.value for claim in report.claims if not claim.part_of
    } == seed.claims
    assert (
        tuple(
            claim.value for claim in report.claims if claim.part_of == "proactive_total"
        )
        == seed.parts
    )
    prose = bare("".join(section.prose for section in report.sections))
    for claim in report.claims:
        assert bare(claim.sentence) in prose
        assert claim.at


def test_all_two_hundred_figures(report: Report, seed: Seed) -> None:
    assert set(report.figures) == set(keys(FORMS["2021"]))
    wrong = {
        key: figure
        for key, figure in report.figures.items()
        if figure.value != seed.figures.get(key, 0)
    }
    assert not wrong
    assert not [
        key
        for key, figure in report.figures.items()
        if figure.status in {Status.MISSING, Status.CONFLICT}
    ]
    inferred = {
        key
        for key, figure in report.figures.items()
        if figure.status is Status.INFERRED
    }
    told = {key for finding in report.findings for key in finding.keys}
    assert inferred <= told


def test_nothing_is_lost_in_the_database(report: Report) -> None:
    assert unpack(pack(report)) == report


def test_read_again_it_is_the_same(report: Report, body: bytes) -> None:
    again = parse(read(body), Hints(file_name="别的名字.txt"))
    assert content_hash(again) == content_hash(report)
