"""Text as it lies in a page's source → text as it is displayed."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.reading.looks import held_apart
from archive.reading.page.tree import Element
from archive.webpage import UNSHOWN_TAGS

SKIPPED = UNSHOWN_TAGS | {
    *("select", "option", "button", "input", "textarea"),
    *("nav", "iframe", "object", "embed", "svg"),
    *("head", "link", "meta", "xml"),
}
"""Elements that hold no text of a report."""
_BREAKING = frozenset(["br", "p", "div", "li", "tr"])
_HAN = r"[\u3400-\u9fff，。；：、！？）（“”]"
# Editors break the source anywhere; between Chinese characters that is no blank.
# e.g. "主动\n公开", "情况。 \n\t本年"
# not "WTO\nTBT", "公开 12"
_HAN_BREAK = re.compile(rf"(?<={_HAN})[ \t]*\n\s*(?={_HAN})")
# e.g. "  ", "\n", "\t"
# not "\u3000", "\v"
_SPACE = re.compile(r"[ \t\n\f]+")
_OUTER = " \u3000"


def as_shown(text: str) -> str:
    """Text as a browser shows it: runs of blanks and line ends are one blank.

    A line end of the source between Chinese characters is none.
    """
    if "\n" in text:
        text = _HAN_BREAK.sub("", text)
    return _one_line(held_apart(text))


def cell_text(cell: Element) -> str:
    """A cell's text; breaks and paragraphs inside become newlines."""
    if not len(cell):
        text = cell.text or ""
        # Most cells hold a number with nothing around it.
        return text if text.isdigit() else _label(text)
    parts: list[str] = []
    _collect(cell, parts)
    return _in_lines("".join(parts))


# The tables of all reports have the same labels, set in the same way within a page.
@lru_cache(maxsize=2_048)
def _label(text: str) -> str:
    """The text of a cell without elements inside it."""
    return _one_line(held_apart(text))


@lru_cache(maxsize=2_048)
def _in_lines(text: str) -> str:
    """The text of a cell by its lines that say something; `\v` is where one ends."""
    lines = map(_one_line, held_apart(text).split("\v"))
    return "\n".join(filter(None, lines))


def _one_line(text: str) -> str:
    """Text with single blanks, and none around it, full-width ones included."""
    return _SPACE.sub(" ", text).strip(_OUTER)


def _collect(element: Element, parts: list[str]) -> None:
    """The text of an element, `\\v` where a line ends (which no page's text holds)."""
    text = element.text
    if text:
        parts.append(text)
    if not len(element):
        return
    for child in element:
        name = child.tag
        if name in _BREAKING:
            parts.append("\v")
            _collect(child, parts)
            parts.append("\v")
        elif name not in SKIPPED:
            _collect(child, parts)
        tail = child.tail
        if tail:
            parts.append(tail)
