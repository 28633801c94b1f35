"""Signs in the order of the file → lines, by where one stands beside the last.

Programs write a cell in one go. So in this order the digits that did not fit into a
narrow column follow those above them, and only then comes the next cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.webpage import printed

_GAP = 0.4
"""Of a sign's size: a wider gap is a blank, a greater step down a new line."""
_MARGINS = 12.0
"""Points that word processors leave at both sides of a cell together."""
_NEXT = 6
"""So many words on, the figure of the next column comes at the latest."""
_SAME = 1.0
"""Points by which the lines of one cell may stand apart at their common edge."""


@dataclass(slots=True)
class _Word:
    """Signs that stand side by side; lengths in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    lowest: float
    """The base of its last line: digits may go on in more than one."""

    @property
    def is_digits(self) -> bool:
        return self.text.isascii() and self.text.isdigit()

    @property
    def width(self) -> float:
        return self.right - self.left

    def is_level_with(self, other: _Word) -> bool:
        return abs(self.base - other.base) <= _GAP * other.size


def lines_of(signs: Iterable[dict[str, Any]]) -> list[str]:
    """The lines of a page, with a blank between words that stand apart."""
    lines: list[str] = []
    before: _Word | None = None
    for word in _unwrapped(list(_words(signs))):
        goes_on = before is not None and word.is_level_with(before)
        if before is None or not goes_on or word.left < before.right - before.size:
            lines.append(word.text)
        else:
            lines[-1] += f" {word.text}"
        before = word
    return lines


def _words(signs: Iterable[dict[str, Any]]) -> Iterator[_Word]:
    word: _Word | None = None
    for sign in signs:
        text = printed(sign["text"])
        if word is not None and (not text.strip() or not _is_beside(word, sign)):
            yield word
            word = None
        if not text.strip():
            continue
        if word is None:
            base = float(sign["bottom"])
            left, right = float(sign["x0"]), float(sign["x1"])
            word = _Word(text, left, right, base, float(sign["height"]), base)
        else:
            word.text += text
            word.right = float(sign["x1"])
    if word is not None:
        yield word


def _is_beside(word: _Word, sign: dict[str, Any]) -> bool:
    """Whether a sign stands at the end of a word."""
    size = sign["height"]
    if abs(sign["bottom"] - word.base) > size * _GAP:
        return False
    return bool(word.right - size <= sign["x0"] <= word.right + size * _GAP)


def _unwrapped(words: Sequence[_Word]) -> list[_Word]:
    """The words, with digits that were wrapped in a narrow column put together."""
    found: list[_Word] = []
    for at, word in enumerate(words):
        above = found[-1] if found else None
        if above is not None and _goes_on(
            above, word, found[-_NEXT - 1 : -1][::-1], words[at + 1 : at + 1 + _NEXT]
        ):
            above.text += word.text
            above.lowest = word.base
        else:
            found.append(word)
    return found


def _goes_on(
    above: _Word, word: _Word, before: Sequence[_Word], behind: Sequence[_Word]
) -> bool:
    """Whether a word holds the last digits of the one above it.

    They stand between the same edges, and one digit more had no place in the first
    line, as the distance of the next column shows.
    """
    if not (above.is_digits and word.is_digits):
        return False
    step = (word.base - above.lowest) / word.size
    is_within = above.left - _SAME <= word.left and word.right <= above.right + _SAME
    if not is_within or not 2 * _GAP < step < 2.5:
        return False
    beside = _beside(above, before) or _beside(above, behind)
    if beside is None:
        return False
    digit = word.width / len(word.text)
    return _pitch(above, word, beside) - above.width < digit + _MARGINS


def _beside(word: _Word, others: Sequence[_Word]) -> _Word | None:
    """The figure in the next column of a row, if one is level with a word.

    Others of the row may be wrapped themselves, so that some words are passed over.
    """
    for other in others:
        if other is not word and other.is_digits and other.is_level_with(word):
            return other
    return None


def _pitch(above: _Word, word: _Word, beside: _Word) -> float:
    """How far two columns are apart, by the edge at which the lines of a cell meet."""
    left = abs(beside.left - above.left)
    right = abs(beside.right - above.right)
    middle = (left + right) / 2
    is_left = abs(above.left - word.left) <= _SAME
    is_right = abs(above.right - word.right) <= _SAME
    if is_left == is_right:
        if is_left:
            return max(left, right)
        return middle
    if is_left:
        return left
    return right
