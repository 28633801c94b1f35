"""Document → Report. Pure: the same document and hints always give the same report.

title off the top → tables → headings → sections, cut paragraphs joined → whose, which
year → numbers in the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.catalogue import FindingFamily
from archive.report.claims import read_claims
from archive.report.document import Block, Document, Heading, Paragraph, Table
from archive.report.identity import (
    agency_name,
    publication_date,
    read_contact,
    report_year,
)
from archive.report.model import Agency, Finding, Hints, Report, Section
from archive.report.outline import (
    Outline,
    Title,
    clean_title,
    cut,
    find_outline,
    find_title,
    is_government,
    join_cuts,
    join_headings,
    misnumbered,
    names_a_report,
    why_not,
)
from archive.report.tables import TableReading, read_tables

_CUT_BY_PAGES = (
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/ofd",
    "image/",
)
"""Media types whose paragraphs may be cut by pages or line ends; HTML and Word know
their paragraphs.
"""
_REPEATS = 3
FIRST_FORM_YEAR, SECOND_FORM_YEAR = 2019, 2021
"""First report years of 国办公开办函〔2019〕60号 and 〔2021〕30号."""


def parse(document: Document, hints: Hints = Hints()) -> Report:
    """Read a report off a document.

    The agency has its name only; `archive.regions.identify` adds the rest. Findings are
    the reader's, the tables', and what title, year and headings leave open. Whatever
    the document, this gives a Report: if it is none, `is_report` is false and `why`
    says what it is.
    """
    tables = read_tables(document)
    title = find_title(document.blocks)
    body = join_headings(_without_title(document.blocks, title))
    outline = find_outline(body, tables.blocks, tables.form in {"2019", "2021"})
    sections = _sections(body, outline, document, tables)
    text, findings = _title_text(title, document, hints)
    published = publication_date(sections, hints, document.meta)
    name, doubts = agency_name(text, sections, hints, document.meta)
    year, more_doubts = report_year(text, sections, hints, document.meta, published)
    form, form_doubts = _form(tables, outline, year)
    why = why_not(text, sections, outline.statutory, tables.figures)
    return Report(
        title=text,
        agency=Agency(name),
        year=year,
        published_on=published,
        form=form,
        is_report=not why,
        why=why,
        sections=tuple(sections),
        figures=dict(tables.figures),
        claims=read_claims(
            sections, year, agency=name, of_government=is_government(name)
        ),
        contact=read_contact(sections),
        findings=(
            *(
                Finding("document_note", FindingFamily.READING, 2, note)
                for note in document.notes
            ),
            *findings,
            *doubts,
            *more_doubts,
            *_numbering(outline),
            *form_doubts,
            *tables.findings,
        ),
    )


def _sections(
    body: Sequence[Block], outline: Outline, document: Document, tables: TableReading
) -> list[Section]:
    paragraphs_hold = not document.media_type.startswith(_CUT_BY_PAGES)
    return [
        Section(
            section.number,
            section.heading,
            join_cuts(section.blocks, tables.blocks, paragraphs_hold=paragraphs_hold),
            section.at,
        )
        for section in cut(body, outline)
    ]


def _form(
    tables: TableReading, outline: Outline, year: int | None
) -> tuple[str, list[Finding]]:
    """The form the tables are in; where a report has the six sections but no readable
    table, its year's.
    """
    if (
        tables.form != "free"
        or not outline.statutory
        or year is None
        or year < FIRST_FORM_YEAR
    ):
        return tables.form, []
    form = "2021" if year >= SECOND_FORM_YEAR else "2019"
    message = f"各章节符合规定格式，但没有读到统计表格；格式按年度推定为{form}年格式。"
    return form, [Finding("form_inferred", FindingFamily.READING, 3, message)]


def _title_text(
    title: Title, document: Document, hints: Hints
) -> tuple[str, list[Finding]]:
    """The title of the body, else the one told outside it, which is then said."""
    if title.text:
        return title.text, []
    told = (
        (hints.title, "列表标题"),
        (document.meta.get("title", ""), "网页标题"),
        (hints.file_name, "文件名"),
    )
    for outside, source in told:
        if (text := clean_title(outside)) and (
            names_a_report(text) or source != "文件名"
        ):
            message = f"正文中没有标题，标题取自{source}。"
            return text, [Finding("title_outside", FindingFamily.READING, 1, message)]
    return "", [
        Finding("title_unknown", FindingFamily.READING, 2, "没有找到报告标题。")
    ]


def _without_title(blocks: Sequence[Block], title: Title) -> list[Block]:
    """The blocks without the title and its repetitions at the top; the rest of a block
    that holds more stays.
    """
    body = list(blocks)
    again = title
    for _ in range(_REPEATS):
        if not again.lines or again.text != title.text:
            break
        for line in reversed(again.lines):
            block = body[line.block]
            assert not isinstance(block, Table)
            rest = (block.text[: line.begin] + block.text[line.end :]).strip("\n ")
            body[line.block : line.block + 1] = (
                [_with_text(block, rest)] if rest else []
            )
        again = find_title(body)
    return body


def _with_text(block: Heading | Paragraph, text: str) -> Paragraph:
    return Paragraph(text, block.at)


def _numbering(outline: Outline) -> list[Finding]:
    """Statutory headings under other numbers than the form's: told where a reader would
    look for them in vain.
    """
    wrong = misnumbered(outline) if outline.statutory else []
    if not wrong:
        return []
    listed = "、".join(
        f"第{official}部分印作第{printed}" for official, printed in wrong
    )
    return [
        Finding(
            "section_numbers",
            FindingFamily.REPORT,
            1,
            f"章节序号与规定格式不同：{listed}。",
        )
    ]
