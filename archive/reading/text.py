"""Plain text and Markdown dumps → Document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.catalogue import TEXT
from archive.reading.dump import blocks_of
from archive.reading.html import Walker
from archive.reading.page import Styles, only_shown, tree_of
from archive.reading.unreadable import MAX_CHARACTERS, Unreadable
from archive.report import Block, Document, Hints, Note
from archive.webpage import decode, visible

# Programs that turn Word files into text leave the names of their bookmarks.
# e.g. "[bookmark: _Toc123]", "[bookmark:]"
# not "[bookmark: a\nb]"
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]")
# Those that turn PDF files into Markdown leave tables as HTML.
# e.g. "<table border=1>", "<TABLE>"
_TABLE = re.compile("<table", re.IGNORECASE)
# e.g. "</table>", "</Table>"
_TABLE_END = re.compile("</table>", re.IGNORECASE)
_OPENING = "<table"
_MAX_TABLES = 200
"""Tables as HTML that are read."""


def read_text(body: bytes, hints: Hints) -> Document:
    """Reads a dump. Raises Unreadable when it is too large."""
    text = visible(_BOOKMARK.sub("", decode(body)))
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"文本过长（{len(text)} 字），上限为 {MAX_CHARACTERS} 字；请拆分后再导入。"
        )
    blocks: list[Block] = []
    notes: list[Note] = []
    line = 1
    for piece in _pieces(text):
        if piece[: len(_OPENING)].lower() == _OPENING:
            found, said = _table_blocks(piece, len(blocks) + 1)
            blocks += found
            notes += said
        else:
            blocks += blocks_of(
                piece.split("\n"), first_block=len(blocks) + 1, first_line=line
            )
        line += piece.count("\n")
    # Of the last sign only some of its bytes are there.
    is_cut = text.endswith("\N{REPLACEMENT CHARACTER}")
    return Document(
        tuple(blocks),
        TEXT,
        notes=tuple(dict.fromkeys(notes)),
        cut=True if is_cut else None,
    )


def _table_blocks(piece: str, first: int) -> tuple[list[Block], list[Note]]:
    """The blocks of a table as HTML, and what is to be said of text not shown.

    They are numbered from `first`.
    """
    walker = Walker(first=first)
    tree = tree_of(piece)
    notes = only_shown(tree, Styles(tree))
    walker.walk(tree, 0)
    walker.end_paragraph()
    return walker.blocks, notes


def _pieces(text: str) -> Iterator[str]:
    """The text cut before and after every HTML table."""
    start = 0
    for _ in range(_MAX_TABLES):
        begin = _TABLE.search(text, start)
        end = _TABLE_END.search(text, begin.end()) if begin else None
        if begin is None or end is None:
            break
        yield text[start : begin.start()]
        start = end.end()
        yield text[begin.start() : start]
    yield text[start:]
