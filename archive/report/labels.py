"""Row labels and column headings as agencies print them → the labels of the forms.

Labels come with other numbering, brackets, widths and blanks, misprinted (本年度止件数), shortened
(社会组织), cut by a page break, or with one wrong character from OCR.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from archive.report.forms import Label

_ENUMERATOR = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．:：]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）]|[①-⑳]|[⒈-⒛])+"
)
_LONG_BRACKET = re.compile(r"[(（][^()（）]{6,}[)）]?")
_SIGNS = re.compile(r"[^\w]|_")

ENOUGH = 0.78
"""Similarity from which a label counts as recognised …"""
MARGIN = 0.06
"""… when no other label comes so close."""
_PART = 6
"""So many characters of a label, at its beginning or end, stand for all of it."""


@dataclass(frozen=True, slots=True)
class Match:
    key: str
    likeness: float


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A label without numbering, long remarks in brackets, blanks and signs."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text[:300])).replace("其它", "其他")
    stripped = _ENUMERATOR.sub("", text)
    return _SIGNS.sub("", _LONG_BRACKET.sub("", stripped)) or _SIGNS.sub("", stripped)


@lru_cache(maxsize=20_000)
def likeness(printed: str, official: str) -> float:
    """How alike two bare labels are, 0 to 1."""
    if printed == official:
        return 1.0
    if not printed or not official:
        return 0.0
    shorter, longer = sorted((printed, official), key=len)
    if len(shorter) >= _PART and (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0.92
    if len(longer) > 2 * len(shorter) or len(shorter) < 3:
        return 0.0
    return SequenceMatcher(None, printed, official, autojunk=False).ratio()


def recognise(printed: str, labels: Iterable[Label]) -> Match | None:
    """The label a printed text stands for; None when none or more than one comes close."""
    text = bare(printed)
    if not text:
        return None
    best: Match | None = None
    second = 0.0
    for label in labels:
        value = max(likeness(text, bare(official)) for official in label.printed)
        if best is None or value > best.likeness:
            second = best.likeness if best else 0.0
            best = Match(label.key, value)
        else:
            second = max(second, value)
    if best is None or best.likeness < ENOUGH or (best.likeness < 1 and best.likeness - second < MARGIN):
        return None
    return best
