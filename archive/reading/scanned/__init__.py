"""Pages that are pictures → Document, by character recognition.

Only scans and pictures pay for loading what reads them, so this room is entered when
one is at hand: inside the function that has it.

1 scan             the way; read this first
2 raster           pictures and PDF pages → dots, 200 to the inch
3 recognised_page  dots → signs and ruling lines, as a digital PDF has them
4 strokes          straight pages, their rules, their ink
5 cells, models    what stands in a cell, read three times; the models
"""

from archive.reading.scanned.scan import (
    read_picture,
    read_pictures,
    read_scanned_pdf,
)

__all__ = ["read_picture", "read_pictures", "read_scanned_pdf"]
