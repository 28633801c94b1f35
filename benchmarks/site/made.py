"""Invented agencies and their reports, as a reading would give them.

Parsing a page for each would take hours. So a golden page of each form is read once,
and its Report is the mould: sections, tables and places stay, texts, figures and claims
are another agency's. The agencies are invented; their places are those of GB/T 2260,
so that regions are counted as in earnest.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from archive.catalogue import SECTORS, PublishedFrom, Status
from archive.interpreting import interpret
from archive.regions import agency_key
from archive.regions.divisions import COUNTY, PREFECTURE, divisions, lineage, rank
from archive.report import (
    Agency,
    Claim,
    Figure,
    Finding,
    Number,
    Paragraph,
    Place,
    Region,
    Report,
    Section,
    Table,
)
from benchmarks.reports import HEADINGS, generated
from tests.portals import figures as sample_figures
from tests.portals import prose
from tests.portals.agencies import SampleAgency
from tests.portals.prose import Stated
from tests.portals.reports import SampleReport
from tests.reports import webpages
from tests.reports.truth import report_2019, report_2021, signature

FIRST_YEAR = 2016
YEARS = 10
"""Reports of each agency, a year each; free ones before 2019."""
OF_A_PLACE = ("", "教育", "财政", "民政", "商务", "水利", "税务", "审计", "统计", "体育", "气象", "信访")  # fmt: skip
"""Who reports at a place, by sector: its government first."""
FAULTS = ("row_sum", "text_received", "carry_over", "blank")
ONE_FAULT_IN = 9

assert all(sector in SECTORS for sector in OF_A_PLACE[1:])

Values = dict[str, Number]


@dataclass(frozen=True, slots=True)
class Made:
    """An invented report. `number` counts from 0: ten years of an agency, then the next."""

    number: int
    key: str
    """Its agency's in addresses."""
    report: Report
    digest: str
    """Of its original; nobody has it, but where it was printed."""


def year_of(number: int) -> int:
    return FIRST_YEAR + number % YEARS


@cache
def places() -> list[str]:
    """Codes of prefectures and counties, in a mixed order: few reports lie as far apart
    as many.
    """
    newest = {code: found[-1] for code, found in divisions().items() if found}
    codes = [
        code
        for code in newest
        if rank(code) in {PREFECTURE, COUNTY} and not code.startswith("99")
    ]
    current = [code for code in sorted(codes) if newest[code].exists(2024)]
    random.Random(1).shuffle(current)
    return current


@cache
def agency_of(number: int) -> Agency:
    """The agency of a report."""
    place, office = divmod(number // YEARS, len(OF_A_PLACE))
    # where there are more agencies than places for them, a place has a second set
    found = lineage(places()[place % len(places())])
    region = Region(found[-1].code, "".join(one.name for one in found))
    level = "市" if rank(region.code) == PREFECTURE else "县"
    sector, name = OF_A_PLACE[office], f"示例第{place + 1}"
    if not sector:
        return Agency(f"{name}{level}人民政府", region, (), level, True, "")
    return Agency(f"{name}{sector}局", region, (), level, False, sector)


@cache
def key_of(number: int) -> str:
    """The key of the agency of a report."""
    return agency_key(agency_of(number))


def made(number: int) -> Made:
    """The report with this number, always the same."""
    year = year_of(number)
    agency = agency_of(number - number % YEARS)
    report = _free(number, agency) if year < 2019 else _tabled(number, agency)
    digest = hashlib.sha256(f"示例 {number}".encode()).hexdigest()
    return Made(number, key_of(number - number % YEARS), report, digest)


def all_made(numbers: Sequence[int]) -> Iterator[Made]:
    """Reports in their order; what is remembered of an agency is forgotten behind it."""
    before = -1
    for number in numbers:
        if number // YEARS != before:
            forget()
            before = number // YEARS
        yield made(number)


def forget() -> None:
    """The samples keep every year of every agency: hundreds of thousands are too many."""
    for name in ("figures_of", "_carried_out", "_documents", "_items"):
        getattr(sample_figures, name).cache_clear()


# ---- reports with the three tables -----------------------------------------------


@cache
def _mould(form: str) -> Report:
    golden = report_2021() if form == "2021" else report_2019()
    return interpret(webpages.plain(golden).encode())


@cache
def _cells(form: str) -> Mapping[Place, str]:
    """Which figure is printed where."""
    return {figure.at: key for key, figure in _mould(form).figures.items() if figure.at}


def printed(number: int) -> SampleReport:
    """What the report with this number prints; for those with the three tables."""
    agency = agency_of(number - number % YEARS)
    return sample_report(number, agency, year_of(number), _fault(number))


def _fault(number: int) -> str:
    dice = random.Random(f"tabled {number}")
    return FAULTS[number % len(FAULTS)] if not dice.randrange(ONE_FAULT_IN) else ""


def _tabled(number: int, agency: Agency) -> Report:
    year, fault = year_of(number), _fault(number)
    sample = sample_report(number, agency, year, fault)
    mould = _mould(sample.form)
    figures, findings = _figures(mould, sample.figures, fault)
    sections = _sections(mould, figures, sample)
    return replace(
        mould,
        title=sample.title,
        agency=agency,
        year=year,
        published_on=sample.published,
        sections=sections,
        figures=figures,
        claims=tuple(_claims(mould, sections, sample.stated)),
        findings=findings,
    )


def sample_report(
    number: int, agency: Agency, year: int, fault: str = ""
) -> SampleReport:
    """What such a report prints, its tables and texts; for years from 2019 on."""
    sample = _sample(number, agency)
    values: Values = dict(sample_figures.figures_of(sample, year))
    stated = _spoiled(fault, values, prose.stated(sample, year, values))
    texts = _texts(number, sample, year, stated)
    return SampleReport(sample, year, _published(number, year), values, stated, texts)


def _sample(number: int, agency: Agency) -> SampleAgency:
    """What the samples' figures and texts are made for."""
    dice = random.Random(f"agency {number // YEARS}")
    busy = dice.choice((2, 3, 4, 6, 9, 14, 25, 60))
    return SampleAgency(
        name=agency.name,
        short="本机关",
        portal="trs",
        slug=f"a{number // YEARS}",
        busy=busy,
        disclosed=busy * dice.randrange(40, 110),
        office=f"{agency.name}办公室",
        topics=("围绕群众关心的事项集中公开有关信息",) * 8,
        problems=(),
        is_government=agency.is_government,
    )


def _spoiled(fault: str, values: Values, stated: Stated) -> Stated:
    """Plants a contradiction that the checks find."""
    if fault == "row_sum":
        values["requests.granted.total"] += 1
    elif fault == "carry_over":
        for row in ("carried_in", "granted", "concluded"):
            for column in ("natural_person", "total"):
                values[f"requests.{row}.{column}"] += 1
    elif fault == "text_received":
        return replace(stated, applications_received=stated.applications_received + 2)
    return stated


def _figures(
    mould: Report, values: Mapping[str, Number], fault: str
) -> tuple[dict[str, Figure], tuple[Finding, ...]]:
    figures = {
        key: Figure(key, values[key], str(values[key]), Status.EXACT, figure.at)
        for key, figure in mould.figures.items()
    }
    if fault != "blank":
        return figures, ()
    key = "requests.carried_out.total"
    at = figures[key].at
    figures[key] = Figure(key, None, "", Status.MISSING, at)
    doubt = Finding("cells_missing", {"case": "blank"}, (key,), at)
    return figures, (doubt,)


def _texts(
    number: int, sample: SampleAgency, year: int, stated: Stated
) -> dict[int, tuple[str, ...]]:
    """The paragraphs of each section, as many as the mould has."""
    lines = _lines(number)
    overview = list(prose.overview(sample, year, stated))
    # the second and third paragraph state the numbers: nothing is added to them
    for at, share in ((0, 12), (3, 12), (4, 10), (5, 10)):
        overview[at] += "".join(_taken(lines, share))
    fee, other = prose.other_matters(sample, year, stated)
    return {
        0: prose.preamble(sample, year),
        1: tuple(overview),
        **dict.fromkeys((2, 3, 4), ()),
        5: ("".join(_taken(lines, 9)), "".join(_taken(lines, 9))),
        6: (fee, other + "".join(lines)),
    }


def _lines(number: int) -> list[str]:
    """Sentences without numbers of applications, which would belie the tables."""
    sections = generated(number).sections
    lines = [line for _, _, text in sections for line in text.splitlines()]
    return [line for line in lines if "件" not in line]


def _taken(lines: list[str], count: int) -> list[str]:
    """The first of the lines, which are gone from there afterwards."""
    first, lines[:] = lines[:count], lines[count:]
    return first


def _sections(
    mould: Report, figures: Mapping[str, Figure], sample: SampleReport
) -> tuple[Section, ...]:
    cells = _cells(mould.form)
    sections = []
    for section in mould.sections:
        # who signs, and when, stands below the last section
        signed = signature(sample) if section.number == 6 else ()
        paragraphs = iter((*sample.sections[section.number], *signed))
        blocks = tuple(
            _printed(block, cells, figures)
            if isinstance(block, Table)
            else Paragraph(next(paragraphs), block.at)
            for block in section.blocks
        )
        sections.append(replace(section, blocks=blocks))
    return tuple(sections)


def _printed(
    table: Table, keys: Mapping[Place, str], figures: Mapping[str, Figure]
) -> Table:
    """A table with other figures in its cells."""
    cells = []
    for cell in table.cells:
        key = keys.get(cell.at)
        if key is not None:
            cell = cell._replace(text=figures[key].printed or "")
        cells.append(cell)
    return replace(table, cells=tuple(cells))


def _claims(
    mould: Report, sections: Sequence[Section], stated: Stated
) -> Iterator[Claim]:
    """The claims of the mould with the numbers and sentences of another text."""
    texts = {block.at: block.text for one in sections for block in one.blocks if not isinstance(block, Table)}  # fmt: skip
    old = {block.at: block.text for one in mould.sections for block in one.blocks if not isinstance(block, Table)}  # fmt: skip
    parts = iter(stated.breakdown)
    for claim in mould.claims:
        assert claim.at
        place = old[claim.at].split("。").index(claim.sentence.rstrip("。"))
        sentence = texts[claim.at].split("。")[place] + "。"
        if claim.key == "proactive_part":
            label, value = next(parts)
            yield replace(claim, value=value, label=label, sentence=sentence)
        else:
            value = getattr(stated, claim.key)
            yield replace(claim, value=value, sentence=sentence)


# ---- reports without tables ------------------------------------------------------


def _free(number: int, agency: Agency) -> Report:
    """A report of the years in which no form was prescribed."""
    dice, year = random.Random(f"free {number}"), year_of(number)
    lines, received = _lines(number), dice.randrange(60)
    published = dice.randrange(5_000)
    told = (
        f"{year}年主动公开政府信息{published}条。",
        f"{year}年收到政府信息公开申请{received}件，均已按期答复。",
    )
    sections, block = [], 2
    for position, heading in enumerate(HEADINGS, 1):
        text = "".join(_taken(lines, 10))
        if position in {2, 3}:
            text = told[position - 2] + text
        paragraph = Paragraph(text or "无。", Place(block + 1))
        mark = "一二三四五六"[position - 1]
        sections.append(
            Section(position, f"{mark}、{heading}", (paragraph,), Place(block))
        )
        block += 2
    claims = (
        Claim("proactive_total", published, told[0], "条", at=Place(5)),
        Claim("applications_received", received, told[1], "件", at=Place(7)),
    )
    return Report(
        title=f"{agency.name}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        published_on=_published(number, year),
        form="free",
        is_report=True,
        sections=tuple(sections),
        claims=claims,
        published_from=PublishedFrom.STATED,
    )


def _published(number: int, year: int) -> date:
    """In January, which the law wants of departments; now and then too late."""
    dice = random.Random(f"published {number}")
    month = 1 if dice.randrange(12) else 4
    return date(year + 1, month, dice.randrange(5, 29))
