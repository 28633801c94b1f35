"""What a page shows: hidden text goes from its tree, struck-out text as well; raised
digits are marked as such.
"""

from __future__ import annotations

import re

from archive.reading.looks import LEVEL, RAISED
from archive.reading.tree import Element

_STRUCK = frozenset(["del", "s", "strike"])
_RAISED = frozenset(["sup", "sub"])
_STYLE = re.compile(
    r"(?P<gone>display\s*:\s*none)|(?P<blank>visibility\s*:\s*(?:hidden|collapse))|(?P<seen>visibility\s*:\s*visible)"
    r"|(?P<struck>text-decoration[a-z-]*\s*:[^;]*line-through)|(?P<raised>vertical-align\s*:\s*su(?:b|per)\b)",
    re.IGNORECASE,
)
_NOTHING = "template"
"""The tag of what is taken out: readers pass it over."""


def only_shown(content: Element) -> bool:
    """Takes out of an element what a browser does not show, and what it shows struck
    out; whether there was such.

    What is not displayed goes with its place, so that cells behind it move up; what is
    invisible or struck out leaves its place empty. Style sheets don't count, nor how
    the element itself is shown: scripts may show it.
    """
    struck = False
    waiting = [(content, False, False)]
    while waiting:
        parent, blank, crossed = waiting.pop()
        for tag in parent:
            looks = _looks(tag)
            if "gone" in looks:
                tail = tag.tail
                tag.clear()
                tag.tag, tag.tail = _NOTHING, tail
            is_crossed = crossed or "struck" in looks
            is_blank = (blank or "blank" in looks) and "seen" not in looks
            struck |= is_crossed and bool(tag.text and tag.text.strip())
            if is_blank or is_crossed:
                tag.text = None
            elif "raised" in looks:
                _mark(tag)
            if blank or crossed:
                struck |= crossed and bool(tag.tail and tag.tail.strip())
                tag.tail = None
            waiting.append((tag, is_blank, is_crossed))
    return struck


def _looks(tag: Element) -> set[str]:
    style = tag.get("style")
    looks = (
        {str(found.lastgroup) for found in _STYLE.finditer(style)} if style else set()
    )
    if tag.get("hidden") is not None:
        looks.add("gone")
    if tag.tag in _STRUCK:
        looks.add("struck")
    elif tag.tag in _RAISED:
        looks.add("raised")
    return looks


def _mark(tag: Element) -> None:
    tag.text = RAISED + (tag.text or "")
    if len(tag):
        tag[-1].tail = (tag[-1].tail or "") + LEVEL
    else:
        tag.text += LEVEL
