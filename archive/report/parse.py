"""Document → Report. Pure: the same document and hints always give the same report.

tables → title off the top → headings → sections, cut paragraphs joined → whose, which
year → numbers in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from archive.catalogue import CASE, Value, is_governments_office
from archive.report.claims import read_claims
from archive.report.document import Block, Document, Paragraph, Table
from archive.report.identity import (
    Dated,
    agency_name,
    publication,
    publication_dates,
    read_contact,
    report_year,
)
from archive.report.model import Agency, Finding, Hints, Report, Section
from archive.report.outline import (
    Line,
    Outline,
    Title,
    breaks_off,
    clean_title,
    cut,
    find_outline,
    find_title,
    is_government,
    join_cuts,
    join_headings,
    last_words,
    misnumbered,
    names_a_report,
    text_of,
    why_not,
)
from archive.report.tables import TableReading, read_tables

# Media types whose paragraphs may be cut by pages or line ends; HTML and Word know
# theirs.
_CUT_BY_PAGES = (
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/ofd",
    "image/",
)
# A title and its repetitions: portals print it above the text that begins with it.
_REPEATS = 3
# First report years of 国办公开办函〔2019〕60号 and 〔2021〕30号.
FIRST_FORM_YEAR, SECOND_FORM_YEAR = 2019, 2021


def parse(document: Document, hints: Hints = Hints()) -> Report:
    """Read a report off a document.

    The agency has its name only; `archive.regions.identify` adds the rest. Findings are
    the reader's, the tables', and what title, year and headings leave open. Whatever
    the document, this gives a Report: if it is none, `is_report` is false and `why`
    says what it is.
    """
    tables = read_tables(document)
    printed = find_title(document.blocks)
    body = join_headings(_without_title(document.blocks, printed))
    outline = find_outline(body, tables.blocks, tables.form in {"2019", "2021"})
    sections = _sections(body, outline, document, tables)
    # A free report has no sections that could be lacking.
    is_of_form = outline.statutory or tables.form != "free"
    is_cut = is_of_form and breaks_off(document, sections, tables.blocks)
    signed = _without_last_line(sections) if is_cut else sections
    facts = _facts(printed, signed, document, hints)
    name, year, published = facts.agency, facts.year, facts.published
    form, of_form = _form(tables, outline, year)
    statutory = outline.statutory
    why = why_not(facts.title, sections, statutory, tables.figures, document.linked)
    of_file = _notes(document)
    if is_cut and form != "free":
        of_file.append(_ending(document))
    prose = _without_tables(sections, tables)
    findings = (of_file, facts.findings, _numbering(outline), of_form)
    speaks_for_area = is_government(name) or is_governments_office(name)
    return Report(
        title=facts.title,
        agency=Agency(name),
        year=year,
        published_on=published.day if published else None,
        published_from=published.source.value if published else "",
        form=form,
        is_report=not why,
        why=why,
        sections=tuple(sections),
        figures=dict(tables.figures),
        claims=read_claims(prose, year, agency=name, of_government=speaks_for_area),
        contact=read_contact(sections),
        findings=(*chain.from_iterable(findings), *tables.findings),
    )


class _Facts(NamedTuple):
    """Under which title who reports for which year, and when it was published."""

    title: str
    agency: str
    year: int | None
    published: Dated | None
    findings: list[Finding]


def _facts(
    printed: Title, sections: Sequence[Section], document: Document, hints: Hints
) -> _Facts:
    """What a report and its surroundings say of it, with all that is doubtful."""
    meta = document.meta
    title, of_title = _title(printed, document, hints)
    title_lines = [line.text for line in printed.lines]
    dates = publication_dates(sections, hints, meta, title_lines)
    own = bool(printed.text)
    name, of_name = agency_name(title, sections, hints, meta, is_printed=own)
    year, of_year = report_year(title, sections, hints, meta, dates, is_printed=own)
    published, of_date = publication(dates, year)
    findings = [*of_title, *of_name, *of_year, *of_date]
    return _Facts(title, name, year, published, findings)


def _notes(document: Document) -> list[Finding]:
    """The doubts of whoever read the file."""
    return [
        Finding("document_note", {CASE: note.case, **note.values})
        for note in document.notes
    ]


def _without_last_line(sections: Sequence[Section]) -> list[Section]:
    """The sections of a file that breaks off, without the line in which it does.

    What is left of 行政处罚 is no signature, and 2024年1月2 no date.
    """
    *before, last = sections
    *blocks, end = last.blocks or (None,)
    if end is None or isinstance(end, Table):
        return list(sections)
    rest = end.text.rstrip().rpartition("\n")[0]
    kept = [*blocks, replace(end, text=rest)]
    return [*before, replace(last, blocks=tuple(filter(None, kept)))]


def _ending(document: Document) -> Finding:
    """What is said where a file breaks off before the report ends."""
    values = {"last": last_words(document.blocks)}
    return Finding("ends_early", values, at=document.blocks[-1].at)


def _sections(
    body: Sequence[Block], outline: Outline, document: Document, tables: TableReading
) -> list[Section]:
    """The blocks cut by the outline, their paragraphs joined where pages cut them."""
    paragraphs_hold = not document.media_type.startswith(_CUT_BY_PAGES)
    sections = []
    for section in cut(body, outline):
        blocks = join_cuts(
            section.blocks, tables.blocks, paragraphs_hold=paragraphs_hold
        )
        sections.append(_with_blocks(section, blocks))
    return sections


def _without_tables(sections: Sequence[Section], tables: TableReading) -> list[Section]:
    """The sections without paragraphs that are rows of a statutory table.

    Without its blanks a row reads 四、结转下年度继续办理61109: a number that nobody
    stated.
    """
    prose = []
    for section in sections:
        blocks = [one for one in section.blocks if one.at.block not in tables.blocks]
        prose.append(_with_blocks(section, tuple(blocks)))
    return prose


def _with_blocks(section: Section, blocks: tuple[Block, ...]) -> Section:
    """A section with these blocks: itself where they are its own, as most are."""
    is_whole = blocks == section.blocks
    if is_whole:
        return section
    return replace(section, blocks=blocks)


def _form(
    tables: TableReading, outline: Outline, year: int | None
) -> tuple[str, list[Finding]]:
    """The form that the tables are in.

    Where a report has the six sections but no readable table, its year's.
    """
    has_tables = tables.form != "free"
    if has_tables or not outline.statutory:
        return tables.form, []
    if year is None or year < FIRST_FORM_YEAR:
        return tables.form, []
    form = "2021" if year >= SECOND_FORM_YEAR else "2019"
    return form, [Finding("form_inferred", {"form": form})]


def _title(
    printed: Title, document: Document, hints: Hints
) -> tuple[str, list[Finding]]:
    """The title of the body, else one from outside it, which a finding then says.

    A list page or `<title>` is taken at its word; a file name must name a report.
    """
    if printed.text:
        return printed.text, []
    in_list = clean_title(hints.title)
    in_page = clean_title(document.meta.get("title", ""))
    file_name = clean_title(hints.file_name)
    if not names_a_report(file_name):
        file_name = ""
    for text, source in (
        (in_list, "list"),
        (in_page, "page"),
        (file_name, "file"),
    ):
        if text:
            return text, [Finding("title_outside", {CASE: source})]
    return "", [Finding("title_unknown")]


def _without_title(blocks: Sequence[Block], title: Title) -> list[Block]:
    """The blocks without the title and its repetitions at the top.

    The rest of a block that holds more stays.
    """
    body = list(blocks)
    again = title
    for _ in range(_REPEATS):
        is_repeated = again.lines and again.text == title.text
        if not is_repeated:
            break
        # from below, so that what was taken out moves no line that is still to go
        for line in reversed(again.lines):
            body[line.block : line.block + 1] = _without_line(body[line.block], line)
        again = find_title(body)
    return body


def _without_line(block: Block, line: Line) -> list[Block]:
    """What is left of a block without one of its lines; nothing where that was all."""
    text = text_of(block)
    rest = (text[: line.begin] + text[line.end :]).strip("\n ")
    if rest:
        return [Paragraph(rest, block.at)]
    return []


def _numbering(outline: Outline) -> list[Finding]:
    """Statutory headings under other numbers than the form's.

    Told, since a reader would look for them in vain.
    """
    wrong = misnumbered(outline) if outline.statutory else []
    if not wrong:
        return []
    values: dict[str, Value] = {
        "official": tuple(official for official, _ in wrong),
        "printed": tuple(printed for _, printed in wrong),
    }
    return [Finding("section_numbers", values)]
