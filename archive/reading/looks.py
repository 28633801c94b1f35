"""Looks that change what a text says: a note's raised number is no digit of a figure,
struck-out text is none.
"""

from __future__ import annotations

import re

STRUCK_OUT = "文中有划去的文字，未读取。"
RAISED, LEVEL = "\u202d", "\u202c"
"""Around raised or lowered text, until `held_apart`: signs without width, which no text
keeps (`visible`).
"""
_BEHIND = re.compile(rf"(\d\s*){RAISED}(\d[^{RAISED}{LEVEL}]*){LEVEL}")
_BEFORE = re.compile(rf"{RAISED}([^{RAISED}{LEVEL}]*\d){LEVEL}(?=\s*\d)")


def held_apart(text: str) -> str:
    """The text without marks. A raised number that stands at a digit is put in brackets
    (68754[1]); m2 stays m2.
    """
    if RAISED not in text:
        return text.replace(LEVEL, "")
    text = _BEFORE.sub(r"[\1]", _BEHIND.sub(r"\1[\2]", text))
    return text.replace(RAISED, "").replace(LEVEL, "")
