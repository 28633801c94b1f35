"""Bytes → Document. One function a format; `READERS` in `readers` is the table.

1 sniff, readers       what the bytes are, and who reads them; read these first
2 html, page/, text, dump/, looks   web pages and text dumps
3 office/ printed/     files of Word and Excel; pages that are drawn (PDF, OFD)
4 scanned/             pages that are pictures: recognised, and loaded only then
5 zipped/, mht, together   files with others in them; a report that lies in several
6 package, grid, form_words, block_numbers, pictures, unreadable   what several share
7 ordinary             a file on a disk → its bytes
"""

from archive.reading.ordinary import read_file
from archive.reading.readers import (
    MAX_BYTES,
    READERS,
    RECOGNISED,
    Unreadable,
    read,
    sniff,
)
from archive.reading.together import File, read_together

__all__ = [
    "MAX_BYTES",
    "READERS",
    "RECOGNISED",
    "File",
    "Unreadable",
    "read",
    "read_file",
    "read_together",
    "sniff",
]
