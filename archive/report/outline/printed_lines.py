"""The text of blocks, and its printed lines with their positions."""

from __future__ import annotations

from collections.abc import Iterator

from archive.report.document import Block, Table


def text_of(block: Block) -> str:
    """The text of a heading or paragraph; empty for a table.

    Tables hold no titles and no headings: what stands in them is the form's.
    """
    if isinstance(block, Table):
        return ""
    return block.text


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a text, as printed, behind the position at which it begins.

    "一、概述\\n良好" gives (0, "一、概述") and (5, "良好").
    """
    begin = 0
    for line in text.split("\n"):
        yield begin, line
        begin += len(line) + 1
