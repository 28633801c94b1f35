"""Where a text may be cut: not inside a run of letters and digits."""

from __future__ import annotations

import unicodedata

_LONGEST = 30
"""Characters of a run that is not cut."""


def whole_word(text: str, at: int) -> int:
    """The border at or before `at` that is not inside a run of letters and digits (or a
    mark on one).
    """
    if not 0 < at < len(text) or "\u4e00" <= text[at] <= "\u9fff":
        return at
    moved = at
    while (
        0 < moved < len(text)
        and at - moved < _LONGEST
        and _joined(text[moved - 1])
        and _joined(text[moved])
    ):
        moved -= 1
    if at - moved < _LONGEST:
        return moved
    return at


def _joined(char: str) -> bool:
    if not char.isalnum():
        return False
    return unicodedata.category(char) != "Lo"
