"""Row labels and column headings as agencies print them → the labels of the forms.

Labels come with other numbering, brackets, widths and blanks, misprinted (本年度止件数
), shortened (社会组织), cut by a page break, or with one wrong character from OCR.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from archive.catalogue import Label
from archive.report.plain import plain

_ENUMERATOR = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．:：]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）])+"
)
_BARE_DIGITS = re.compile(r"^\d{1,2}(?=[\u4e00-\u9fff])")
_LONG_BRACKET = re.compile(r"[(（][^()（）]{6,}[)）]?")
_SIGNS = re.compile(r"[^\w]|_")

ENOUGH = 0.78
"""Similarity from which a label counts as recognised …"""
MARGIN = 0.06
"""… when no other label comes so close."""
_PART = 6
"""So many characters of a label, at its beginning or end, stand for all of it."""
_MOST_SEEN = 5_000
_LONGEST = 300
"""No label is longer; what is, is text."""


@dataclass(frozen=True, slots=True)
class Match:
    key: str
    likeness: float


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A label without numbering, long remarks in brackets, blanks and signs."""
    text = plain(unicodedata.normalize("NFKC", text[:_LONGEST])).replace("其它", "其他")
    stripped = _BARE_DIGITS.sub("", _ENUMERATOR.sub("", text))
    return _SIGNS.sub("", _LONG_BRACKET.sub("", stripped)) or _SIGNS.sub("", stripped)


def _resemblance(printed: str, official: str) -> float:
    """How alike two bare labels are, 0 to 1."""
    if printed == official:
        return 1.0
    shorter, longer = sorted((printed, official), key=len)
    if len(shorter) >= _PART and (
        longer.startswith(shorter) or longer.endswith(shorter)
    ):
        return 0.92
    if len(shorter) < 3 or len(longer) > 2 * len(shorter):
        return 0.0
    common = set(shorter) & set(longer)
    if 2 * len(common) <= len(set(shorter)):
        return 0.0
    return SequenceMatcher(None, printed, official, autojunk=False).ratio()


class Vocabulary:
    """A set of labels that a printed text may stand for."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.labels = {label.key: label for label in labels}
        self._official = [
            (label.key, bare(text))
            for label in self.labels.values()
            for text in label.printed
        ]
        self._exact = {text: key for key, text in reversed(self._official)}
        self._seen: dict[str, dict[str, float]] = {}

    def scores(self, printed: str) -> dict[str, float]:
        """Key → likeness of every label a text may stand for; only that one when it is
        printed exactly.
        """
        text = bare(printed)
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            found = self._seen[text] = self._compare(text)
        return found

    def _compare(self, text: str) -> dict[str, float]:
        if text in self._exact:
            return {self._exact[text]: 1.0}
        found: dict[str, float] = {}
        if len(text) < 3:
            return found
        for key, official in self._official:
            value = _resemblance(text, official)
            if value >= ENOUGH - MARGIN:
                found[key] = max(value, found.get(key, 0.0))
        return found

    def recognise(self, printed: str) -> Match | None:
        """The label a printed text stands for; None when none or more than one comes
        close.
        """
        scores = self.scores(printed)
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if ranked[0][1] < ENOUGH:
            return None
        if (
            len(ranked) > 1
            and ranked[0][1] < 1
            and ranked[0][1] - ranked[1][1] < MARGIN
        ):
            return None
        return Match(*ranked[0])
