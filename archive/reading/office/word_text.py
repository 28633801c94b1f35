"""The text of a paragraph of a Word file as Word prints it.

Left out: what was deleted or moved away under revision, and codes of fields. What was
inserted under revision and the results of fields are read.
"""

from __future__ import annotations

from lxml import etree

from archive.reading.looks import LEVEL, RAISED, held_apart

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Holds a second copy of drawings and text boxes, for older versions of Word."""
_LEFT_OUT = ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")
DROPPED = frozenset(W + name for name in _LEFT_OUT) | {FALLBACK}
"""Elements of which nothing is printed where they stand."""
_TEXT_BOX = f"{W}txbxContent"
_RUN = f"{W}r"
_LINE_BREAKS = frozenset((f"{W}br", f"{W}cr"))
_SIGNS = {f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
# Stands behind the contents of a raised run while they are gone through.
_LEVEL_AGAIN = etree.Element("level")


def text_of(paragraph: etree._Element) -> str:
    """The visible text of a paragraph.

    Without its text boxes: they are read on their own, behind it.
    """
    parts: list[str] = []
    # a stack, not a recursion: files may be nested deeper than Python goes
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element is _LEVEL_AGAIN:
            parts.append(LEVEL)
            continue
        if _is_left_out(element):
            continue
        if element.tag == _RUN and _is_raised(element):
            parts.append(RAISED)
            waiting.append(_LEVEL_AGAIN)
        printed = _printed(element)
        if printed is None:
            waiting.extend(reversed(element))
        else:
            parts.append(printed)
    return held_apart("".join(parts))


def is_copy(element: etree._Element) -> bool:
    """Whether an element stands in the second copy of a drawing or a text box.

    Word writes both, and shows the one that its version can.
    """
    around = element.iterancestors()
    return any(parent.tag == FALLBACK for parent in around)


def _is_left_out(element: etree._Element) -> bool:
    """Whether nothing of an element is printed in its place."""
    if not isinstance(element.tag, str):  # a comment
        return True
    if element.tag in DROPPED:
        return True
    return element.tag == _TEXT_BOX


def _printed(element: etree._Element) -> str | None:
    """What an element prints by itself; None when what it holds is to be looked at.

    A page break is no end of a line: sentences go on behind it.
    """
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in _LINE_BREAKS:
        if element.get(f"{W}type") == "page":
            return ""
        return "\n"
    return _SIGNS.get(element.tag)


def _is_raised(run: etree._Element) -> bool:
    """Whether a run stands above or below the line: the number of a note, m²."""
    place = run.find(f"{W}rPr/{W}vertAlign")
    if place is None:
        return False
    return place.get(f"{W}val") in {"superscript", "subscript"}
