"""Makes the golden documents beside this file: `python -m tests.reports.make [NAME…]`.

Needs python-docx, LibreOffice (`soffice`) and the font Noto Serif CJK SC for the Word
and PDF files. What it makes is committed, `expected.json` with it: the true figures of
each file under the keys of `archive/report/forms.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from tests.portals.reports import SampleReport
from tests.reports import (
    carriers,
    ofd,
    packing,
    sheets,
    texts,
    variants,
    webpages,
    words,
)
from tests.reports.truth import report_2019, report_2021

HERE = Path(__file__).parent
LOST = ("不掌握相关政府信息", "要求提供公开出版物")
DOUBLED = ("属于行政执法案卷",)


def saved(file: bytes, kind: str, options: str = "") -> bytes:
    return words.converted(file, "docx", kind, options)


def printed_to_ofd(report: SampleReport, name: str, manner: ofd.Manner) -> bytes:
    return ofd.ofd((HERE / name).read_bytes(), report.title, manner)


FILES: dict[
    str, tuple[Callable[[], SampleReport], Callable[[SampleReport], str | bytes]]
] = {
    "text_tabs.txt": (report_2021, texts.tabs),
    "text_one_cell_a_line.txt": (report_2021, texts.one_cell_a_line),
    "text_spaces.txt": (report_2021, texts.spaces),
    "text_spaces_2019.txt": (report_2019, texts.spaces),
    "text_shifted.txt": (
        report_2021,
        lambda report: texts.shifted(report, LOST, DOUBLED),
    ),
    "text_2019_gb18030.txt": (
        report_2019,
        lambda report: texts.tabs(report).encode("gb18030"),
    ),
    "markdown_pipes.md": (report_2021, texts.pipes),
    "markdown_html_tables.md": (report_2021, texts.html_tables),
    "markdown_damaged_headings.md": (report_2021, texts.damaged_headings),
    "html_plain.html": (report_2021, webpages.plain),
    "html_2019.html": (report_2019, webpages.plain),
    "html_gb18030_declared_gb2312.html": (report_2021, webpages.gb18030),
    "html_layout_tables.html": (report_2021, webpages.layout_tables),
    "html_word_paste.html": (report_2021, webpages.word_paste),
    "html_one_table.html": (report_2021, webpages.one_table),
    "html_separators.html": (report_2021, webpages.separators),
    "html_in_program.html": (report_2021, carriers.in_program),
    "html_in_state.html": (report_2019, carriers.in_state),
    "html_in_field.html": (report_2021, carriers.in_field),
    "html_in_template.html": (report_2019, carriers.in_template),
    "html_rows_never_begun.html": (report_2021, carriers.rows_never_begun),
    "html_preformatted.html": (report_2021, carriers.preformatted),
    "html_escaped_twice.html": (report_2021, carriers.escaped_twice),
    "html_single_signs.html": (report_2021, carriers.single_signs),
    "html_headings_over_lines.html": (report_2021, carriers.headings_over_lines),
    "html_headings_in_tables.html": (report_2021, carriers.headings_in_tables),
    "html_traditional.html": (report_2021, carriers.traditional),
    "html_saved_as.doc": (report_2019, webpages.word_paste),
    "docx_plain.docx": (report_2021, words.word),
    "docx_2019.docx": (report_2019, words.word),
    "docx_content_control.docx": (
        report_2021,
        lambda report: words.word(report, words.hard),
    ),
    "docx_tracked_changes.docx": (
        report_2021,
        lambda report: words.word(report, variants.tracked),
    ),
    "docx_title_in_text_box.docx": (
        report_2019,
        lambda report: words.word(report, variants.title_in_text_box),
    ),
    "docx_form_fields.docx": (
        report_2021,
        lambda report: words.word(report, variants.tables_in_controls),
    ),
    "docx_nested_tables.docx": (
        report_2021,
        lambda report: words.word(report, variants.nested),
    ),
    "docx_cut_tables.docx": (
        report_2021,
        lambda report: words.word(report, variants.cut_rows),
    ),
    "docx_one_xml_file.xml": (
        report_2021,
        lambda report: words.flat(words.word(report)),
    ),
    "word_2003_xml.xml": (
        report_2019,
        lambda report: saved(words.word(report), "xml", ":MS Word 2003 XML"),
    ),
    "doc_plain.doc": (report_2021, lambda report: saved(words.word(report), "doc")),
    "doc_2019.doc": (report_2019, lambda report: saved(words.word(report), "doc")),
    "wps_narrow_columns.wps": (
        report_2021,
        lambda report: saved(words.word(report, words.narrow), "doc"),
    ),
    "rtf_nested_tables.rtf": (
        report_2021,
        lambda report: saved(words.word(report, variants.nested), "rtf"),
    ),
    "rtf_2019.rtf": (report_2019, lambda report: saved(words.word(report), "rtf")),
    "odt_plain.odt": (report_2021, lambda report: saved(words.word(report), "odt")),
    "odt_2019.odt": (report_2019, lambda report: saved(words.word(report), "odt")),
    "xlsx_a_sheet_each.xlsx": (report_2021, sheets.a_sheet_each),
    "xlsx_one_sheet_2019.xlsx": (report_2019, sheets.one_sheet),
    "xls_a_sheet_each.xls": (
        report_2021,
        lambda report: words.converted(sheets.a_sheet_each(report), "xlsx", "xls"),
    ),
    "et_one_sheet.et": (
        report_2021,
        lambda report: words.converted(sheets.one_sheet(report), "xlsx", "xls"),
    ),
    "excel_2003_xml.xml": (report_2019, sheets.xml_2003),
    "ods_2019.ods": (
        report_2019,
        lambda report: words.converted(sheets.a_sheet_each(report), "xlsx", "ods"),
    ),
    "zip_doc_with_gbk_names.zip": (report_2019, packing.doc_in_zip),
    "zip_text_and_tables.zip": (report_2021, packing.text_and_tables),
    "rar_page_in_folder.rar": (report_2021, packing.page_in_rar),
    "7z_page_and_link.7z": (report_2019, packing.page_in_7z),
    "gzip_page.html.gz": (report_2021, packing.zipped_page),
    "mht_quoted_printable.mht": (report_2021, packing.mht),
    "mht_root_second.mht": (report_2019, packing.mht_by_browser),
    "ofd_ruled.ofd": (
        report_2021,
        lambda report: printed_to_ofd(report, "pdf_ruled.pdf", ofd.Manner()),
    ),
    "ofd_boxes_2019.ofd": (
        report_2019,
        lambda report: printed_to_ofd(
            report, "pdf_2019.pdf", ofd.Manner(boxes=True, scaled=True)
        ),
    ),
    "ofd_single_signs.ofd": (
        report_2021,
        lambda report: printed_to_ofd(
            report, "pdf_split_rows.pdf", ofd.Manner(single=True, template=False)
        ),
    ),
    "ofd_unruled.ofd": (
        report_2021,
        lambda report: printed_to_ofd(
            report, "pdf_unruled.pdf", ofd.Manner(ruled=False)
        ),
    ),
    "pdf_ruled.pdf": (report_2021, lambda report: words.pdf(words.word(report))),
    "pdf_2019.pdf": (report_2019, lambda report: words.pdf(words.word(report))),
    "pdf_split_rows.pdf": (
        report_2021,
        lambda report: words.pdf(words.word(report, words.narrow)),
    ),
    "pdf_unruled.pdf": (
        report_2021,
        lambda report: words.pdf(words.word(report, words.small, style="Normal Table")),
    ),
}
WITHOUT_FIGURES: dict[str, Callable[[], str | bytes]] = {
    "html_attachment_only.html": lambda: webpages.attachment_only(report_2021()),
    "pdf_scan.pdf": lambda: words.scan((HERE / "pdf_ruled.pdf").read_bytes()),
    "pdf_protected.pdf": lambda: words.protected(words.word(report_2021())),
}


def main(names: list[str]) -> None:
    for name, (report, render) in FILES.items():
        if not names or name in names:
            write(name, render(report()))
    for name, make in WITHOUT_FIGURES.items():
        if not names or name in names:
            write(name, make())
    write("expected.json", json.dumps(expected(), ensure_ascii=False, indent=1) + "\n")


def write(name: str, content: str | bytes) -> None:
    (HERE / name).write_bytes(content.encode() if isinstance(content, str) else content)


def expected() -> dict[str, object]:
    """Reports by form with their true figures, and which report each file shows."""
    return {
        "reports": {
            report.form: truth(report) for report in (report_2021(), report_2019())
        },
        "files": {name: make().form for name, (make, _) in FILES.items()},
        "without_figures": sorted(WITHOUT_FIGURES),
    }


def truth(report: SampleReport) -> dict[str, object]:
    return {
        "title": report.title,
        "agency": report.agency.name,
        "year": report.year,
        "form": report.form,
        "published_on": report.published.isoformat(),
        "claims": {
            "proactive_total": report.stated.proactive_total,
            "applications_received": report.stated.applications_received,
            "carried_in": report.stated.carried_in,
            "carried_out": report.stated.carried_out,
            "reviews": report.stated.reviews,
            "lawsuits": report.stated.lawsuits,
            "fee": report.stated.fee,
        },
        "figures": {
            key: float(value) if isinstance(value, Decimal) else value
            for key, value in report.figures.items()
        },
    }


if __name__ == "__main__":
    main(sys.argv[1:])
