"""Bytes → Document. One file a format, one function each; `READERS` in `readers` is the
table.

1 sniff, readers     what the bytes are, and who reads them
2 html, tree, page, meta, carried, shown, looks, dump   web pages and text dumps
3 word, workbook, office, package, zipped, mht, ofd      files of other programs
4 pdf, ruled, unruled, spaced, drawing, strokes, scan    pages that are drawn
5 grid, numbering, cell_formats, pictures, text          what several of them share
"""

from archive.reading.readers import (
    MAX_BYTES,
    READERS,
    RECOGNISED,
    Unreadable,
    read,
    sniff,
)

__all__ = [
    "MAX_BYTES",
    "READERS",
    "RECOGNISED",
    "Unreadable",
    "read",
    "sniff",
]
