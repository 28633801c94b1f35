"""A report as bytes and as JSON, and what makes two reports the same. Pure.

1 writing    a report as texts and all the rest, as it is stored beside each version
2 restoring  the way back; columns is how both write places and figures
3 pressing   JSON values as few bytes, by what all readings have in common
4 packing, summaries   a whole report in bytes; a year's summary
5 preparing  read this first: all that is filed of a report, made where it was read
6 public     contract: what `read --json` promises to outside programs
7 shortening  what a page can show of an endless text
8 values     the values of findings: written, restored, given out
9 hashing    content_hash: the same text gives the same, whatever the file
"""

from archive.report.encode.hashing import content_hash
from archive.report.encode.packing import Packed, pack, unpack, unpack_texts
from archive.report.encode.preparing import (
    Numbers,
    Prepared,
    Stated,
    numbers_of,
    prepare,
)
from archive.report.encode.pressing import DamagedReading, storable
from archive.report.encode.public import contract
from archive.report.encode.shortening import MOST_SIGNS, shortened
from archive.report.encode.summaries import pack_summary, unpack_summary
from archive.report.encode.values import (
    public_values,
    values_from_json,
    values_to_json,
)
from archive.report.encode.writing import Text

__all__ = [
    "MOST_SIGNS",
    "DamagedReading",
    "Numbers",
    "Packed",
    "Prepared",
    "Stated",
    "Text",
    "content_hash",
    "contract",
    "numbers_of",
    "pack",
    "pack_summary",
    "prepare",
    "public_values",
    "shortened",
    "storable",
    "unpack",
    "unpack_summary",
    "unpack_texts",
    "values_from_json",
    "values_to_json",
]
