"""What makes two reports the same, whatever file they came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain

from archive.report.document import Block, Table
from archive.report.model import Report
from archive.report.plain import plain_joined


def content_hash(report: Report) -> str:
    """SHA-256 (hex) over what the report says: title, headings, prose, cells.

    Not over layout, blanks or places: the same text as HTML, Word or PDF gives the same
    hash as long as the readers see the same signs. How paragraphs are divided and what
    rows a dump has does not count. A title told only outside the original (by a list
    page, a file name) is not part of what it says.
    """
    told_outside = any(finding.check == "title_outside" for finding in report.findings)
    said = ["" if told_outside else report.title]
    for section in report.sections:
        said.append(section.heading)
        for block in section.blocks:
            said += _words(block)
    compact = plain_joined(said)
    return hashlib.sha256(compact.encode()).hexdigest()


def _words(block: Block) -> Iterator[str]:
    """The text of a block; of a table its cells, row by row.

    Dumps and scans lose the borders of a table, so they do not count.
    """
    if not isinstance(block, Table):
        return iter((block.text,))
    return (cell.text for cell in chain.from_iterable(block.rows()))
