"""Pages that are drawn (PDF, OFD) → blocks: signs and lines, no words and no tables.

1 pdf, ofd          the two formats; read `pdf` first
2 pages             signs and lines → tables and paragraphs, for all of them
3 shown_signs       what is struck out or can't be seen, and is left out
4 ruled, unruled    tables with rules; tables without, known by the words of the forms
  cell_texts, content_order     the texts of ruled cells; lines where there are no rules
5 paragraphs, page_edges      where a paragraph ends; page numbers, heads and feet
  limits            how much of a file is taken on
6 ofd_file, canvas, ofd_values, drawn_page      what OFD writes, as pdfplumber has it
"""

from archive.reading.printed.drawn_page import DrawnPage, box, sign_in
from archive.reading.printed.ofd import read_ofd
from archive.reading.printed.page_edges import is_page_number
from archive.reading.printed.pages import blocks_of
from archive.reading.printed.pdf import read_pdf

__all__ = [
    "DrawnPage",
    "blocks_of",
    "box",
    "is_page_number",
    "read_ofd",
    "read_pdf",
    "sign_in",
]
