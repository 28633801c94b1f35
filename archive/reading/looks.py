"""Looks that change what a text says, in web pages, Word files and workbooks.

A note's raised number is no digit of the figure before it; struck-out text is none.
"""

from __future__ import annotations

import re

from archive.report import Note

STRUCK_OUT = Note("struck_out")
RAISED, LEVEL = "\u202d", "\u202c"
"""Before and behind raised or lowered text, until `held_apart` takes them away.

They are signs without width (overrides of the direction of writing) that no text keeps:
`archive.webpage.visible` has taken them out of it.
"""
# 68754 with a note 1 behind it is not 687541.
# e.g. "68754\u202d1\u202c", "68754 \u202d12\u202c"
# not "m\u202d2\u202c", "68754\u202d[1]\u202c"
_BEHIND = re.compile(rf"(\d\s*){RAISED}(\d[^{RAISED}{LEVEL}]*){LEVEL}")
# e.g. "\u202d1\u202c68754"
# not "\u202d1\u202c个"
_BEFORE = re.compile(rf"{RAISED}([^{RAISED}{LEVEL}]*\d){LEVEL}(?=\s*\d)")


def held_apart(text: str) -> str:
    """The text without the marks around raised and lowered text.

    A raised number that stands at a digit is put in brackets (68754[1]); m2 stays m2.
    """
    if RAISED not in text:
        return text.replace(LEVEL, "")
    text = _BEHIND.sub(r"\1[\2]", text)
    text = _BEFORE.sub(r"[\1]", text)
    return text.replace(RAISED, "").replace(LEVEL, "")
