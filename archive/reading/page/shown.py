"""What a page shows: what a browser would hide goes from its tree, and text as it lies
in the source becomes text as it is displayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.reading.looks import LEVEL, RAISED, held_apart
from archive.reading.page.tree import Element, children
from archive.webpage import UNSHOWN_TAGS

SKIPPED = UNSHOWN_TAGS | {
    *("select", "option", "button", "input", "textarea"),
    *("nav", "iframe", "object", "embed", "svg"),
    *("head", "link", "meta", "xml"),
}
"""Elements that hold no text of a report."""
_BREAKING = frozenset(["br", "p", "div", "li", "tr"])
_STRUCK = frozenset(["del", "s", "strike"])
_RAISED = frozenset(["sup", "sub"])
_LOOKS = (
    r"(?P<gone>display\s*:\s*none)",
    r"(?P<blank>visibility\s*:\s*(?:hidden|collapse))",
    r"(?P<seen>visibility\s*:\s*visible)",
    r"(?P<struck>text-decoration[a-z-]*\s*:[^;]*line-through)",
    r"(?P<raised>vertical-align\s*:\s*su(?:b|per)\b)",
)
# e.g. "color:red; DISPLAY: none", "visibility:collapse", "visibility : visible"
# e.g. "text-decoration: underline line-through", "vertical-align:super"
# not "display:block", "text-decoration:underline", "vertical-align:top"
_STYLE = re.compile("|".join(_LOOKS), re.IGNORECASE)
_NOTHING = "template"
"""The tag of what is taken out: readers pass it over."""

_HAN = r"[\u3400-\u9fff，。；：、！？）（“”]"
# Editors break the source anywhere; between Chinese characters that is no blank.
# e.g. "主动\n公开", "情况。 \n\t本年"
# not "WTO\nTBT", "公开 12"
_HAN_BREAK = re.compile(rf"(?<={_HAN})[ \t]*\n\s*(?={_HAN})")
# e.g. "  ", "\n", "\t"
# not "\u3000", "\v"
_SPACE = re.compile(r"[ \t\n\f]+")
_OUTER = " \u3000"


def only_shown(content: Element) -> bool:
    """Takes out of an element what is not shown; whether there was struck-out text.

    What is not displayed goes with its place, so that cells behind it move up; what is
    invisible or struck out leaves its place empty. Raised digits are marked as such.
    Style sheets don't count, nor how the element itself is shown: scripts may show it.
    """
    struck = False
    waiting = [(content, False, False)]
    while waiting:
        parent, blank, crossed = waiting.pop()
        for tag in parent:
            looks = _looks(tag)
            if "gone" in looks:
                _take_out(tag)
            is_crossed = crossed or "struck" in looks
            # visibility, unlike display, can be given back to what is inside.
            is_blank = (blank or "blank" in looks) and "seen" not in looks
            if is_blank or is_crossed:
                struck |= is_crossed and _has_words(tag.text)
                tag.text = None
            elif "raised" in looks:
                _mark(tag)
            # What stands behind an element looks like what is around it.
            if blank or crossed:
                struck |= crossed and _has_words(tag.tail)
                tag.tail = None
            waiting.append((tag, is_blank, is_crossed))
    return struck


def _looks(tag: Element) -> set[str]:
    """How an element looks, by its name and its own style."""
    looks: set[str] = set()
    style = tag.get("style")
    if style:
        looks.update(str(found.lastgroup) for found in _STYLE.finditer(style))
    if tag.get("hidden") is not None:
        looks.add("gone")
    if tag.tag in _STRUCK:
        looks.add("struck")
    elif tag.tag in _RAISED:
        looks.add("raised")
    return looks


def _take_out(tag: Element) -> None:
    """Empties an element and makes it one that readers pass over; its tail stays."""
    tail = tag.tail
    tag.clear()
    tag.tag, tag.tail = _NOTHING, tail


def _has_words(text: str | None) -> bool:
    """Whether a piece of text is more than blanks."""
    return bool(text and text.strip())


def _mark(tag: Element) -> None:
    """Sets signs around raised text, so that it is told from the digits beside it."""
    tag.text = RAISED + (tag.text or "")
    if not len(tag):
        tag.text += LEVEL
        return
    last = tag[-1]
    last.tail = (last.tail or "") + LEVEL


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
        return text if text.isdigit() else _one_line(held_apart(text))
    parts: list[str] = []
    _collect(cell, parts)
    return "\n".join(_lines("".join(parts)))


def _lines(text: str) -> Iterator[str]:
    """The lines of a cell that say something."""
    for line in held_apart(text).split("\v"):
        shown = _one_line(line)
        if shown:
            yield shown


def _one_line(text: str) -> str:
    """Text with single blanks, and none around it, full-width ones included."""
    return _SPACE.sub(" ", text).strip(_OUTER)


def _collect(element: Element, parts: list[str]) -> None:
    """The text of an element, `\\v` where a line ends (which no page's text holds)."""
    if element.text:
        parts.append(element.text)
    for child, name in children(element):
        if name in _BREAKING:
            parts.append("\v")
            _collect(child, parts)
            parts.append("\v")
        elif name not in SKIPPED:
            _collect(child, parts)
        if child.tail:
            parts.append(child.tail)
