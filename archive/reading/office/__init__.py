"""Files of Word, Excel, WPS and OpenDocument → Document.

1 word            .docx: opened here; word_looks takes out what Word does not show;
                  word_body, word_text and word_tables read its body
2 numbering, list_numbers    numbers that Word prints before headings but does not store
3 workbook        .xlsx: worksheet, sheet_texts and cell_formats read a sheet,
                  sheet_blocks makes tables and paragraphs of it
4 older           all other formats, by way of libreoffice and its profiles
"""

from archive.reading.office.older import (
    TEXTS,
    WORKBOOKS,
    read_older_text,
    read_older_workbook,
)
from archive.reading.office.word import read_docx, read_flat_docx
from archive.reading.office.workbook import read_workbook

CONVERTED = frozenset({*TEXTS, *WORKBOOKS})
"""Media types of which LibreOffice makes others first."""

__all__ = [
    "CONVERTED",
    "read_docx",
    "read_flat_docx",
    "read_older_text",
    "read_older_workbook",
    "read_workbook",
]
