"""Row labels and column headings as agencies print them → the labels of the forms.

Labels come with other numbering, brackets, widths and blanks, misprinted (本年度止件
数 for 本年废止件数), shortened (社会组织), cut by a page break, or with one wrong sign
from text recognition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from archive.catalogue import Label
from archive.report.document import Cell
from archive.report.plain import plain

ENOUGH = 0.78
"""Similarity (0 to 1) from which a label counts as recognised …"""
MARGIN = 0.06
"""… when no other label comes so close."""
_PART_LIKENESS = 0.92
_PART = 6
"""So many characters of a label, at its beginning or end, stand for all of it."""
_SHORTEST = 3
"""A shorter text is recognised only when it is printed exactly."""
_LONGEST = 300
"""No label is longer; what is, is text."""
_MOST_SEEN = 5_000

_CHINESE_NUMERAL = "[一二三四五六七八九十]"
_ITEM = rf"第?{_CHINESE_NUMERAL}{{1,3}}[、.．:：]"
_BRACKETED_ITEM = r"[(（][一二三四五六七八九十\d]{1,3}[)）]"
_NUMBERED = r"\d{1,2}[、.．)）]"
# The form numbers its rows in three ways, and agencies add others.
# e.g. "一、本年新收", "（七）总计", "3.其他", "（二）1.属于国家秘密"
# not "其他", "2021年"
_ENUMERATOR = re.compile(rf"^(?:{_ITEM}|{_BRACKETED_ITEM}|{_NUMBERED})+")
# e.g. "3其他"
# not "3.其他", "2021年"
_BARE_DIGITS = re.compile(r"^\d{1,2}(?=[\u4e00-\u9fff])")
_OPENING, _CLOSING = "(（", ")）"
_LONGEST_WORD = 5
"""More signs in brackets are a remark."""
# A unit in brackets, as the form prints it behind the fees and agencies elsewhere.
# e.g. "（单位：万元）", "（件）", "(项)"
# not "（省级）"
_UNIT = re.compile("[(（](?:单位[:：]?)?(?:万?元|件|项|个|条)[)）]")
# e.g. "“三安全一稳定”", "增/减"
# not "总计"
_SIGNS = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Match:
    """A recognised label: its key and how alike it is, 0 to 1."""

    key: str
    likeness: float


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A label without numbering, long remarks in brackets, blanks and signs.

    A long bracket holds an instruction; a short one is kept, its signs falling away.
    """
    normal = unicodedata.normalize("NFKC", text[:_LONGEST])
    same = plain(normal).replace("其它", "其他")
    unnumbered = _BARE_DIGITS.sub("", _ENUMERATOR.sub("", same))
    without_remark = _SIGNS.sub("", _without_remarks(_UNIT.sub("", unnumbered)))
    # A label that is all bracket is kept whole.
    return without_remark or _SIGNS.sub("", unnumbered)


def _without_remarks(text: str) -> str:
    """A label without what it has in long brackets, with brackets inside them or not.

    The form explains some rows so, and agencies others: 规章（指本机关（含授权组织）制
    定的）. The last bracket may be cut by a page.
    """
    kept: list[str] = []
    remark: list[str] = []
    depth = 0
    for sign in text:
        depth += sign in _OPENING
        if depth == 0:
            kept.append(sign)
            continue
        remark.append(sign)
        depth -= sign in _CLOSING
        if depth == 0:
            kept += _short(remark)
            remark = []
    return "".join(kept + _short(remark))


def _short(remark: list[str]) -> list[str]:
    """A bracket with its signs, if it is no remark."""
    text = "".join(remark)
    inside = text.strip(_OPENING + _CLOSING)
    is_short = len(inside) <= _LONGEST_WORD
    return remark if is_short else []


def _resemblance(printed: str, official: str) -> float:
    """How alike two bare labels are, 0 to 1.

    A label that was cut is as good as whole; else it is the share of signs that both
    have in the same order.
    """
    if printed == official:
        return 1.0
    # Labels are cut at their beginning where a page starts with the rest of one.
    shorter, longer = sorted((printed, official), key=len)
    is_part = longer.startswith(shorter) or longer.endswith(shorter)
    if is_part and len(shorter) >= _PART:
        return _PART_LIKENESS

    # Comparing sign by sign is slow: texts that can't be alike are sorted out first.
    if len(shorter) < _SHORTEST or len(longer) > 2 * len(shorter):
        return 0.0
    letters = set(shorter)
    common = letters & set(longer)
    if 2 * len(common) <= len(letters):
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
        # Of labels that are printed alike (其他), the first is meant.
        self._exact = {text: key for key, text in reversed(self._official)}
        # A report repeats its words, and so do the reports read after it.
        self._seen: dict[str, dict[str, float]] = {}
        self._recognised: dict[str, Match | None] = {}

    def scores(self, printed: str) -> dict[str, float]:
        """Key → likeness of every label a text may stand for.

        Only that one when it is printed exactly.
        """
        text = bare(printed)
        if text not in self._seen:
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            self._seen[text] = self._compare(text)
        return self._seen[text]

    def _compare(self, text: str) -> dict[str, float]:
        """Key → likeness of a bare text to every label that it is not far from."""
        if text in self._exact:
            return {self._exact[text]: 1.0}
        if len(text) < _SHORTEST:
            return {}
        found: dict[str, float] = {}
        # A label has several printed forms, the official one and others that are met.
        for key, official in self._official:
            likeness = _resemblance(text, official)
            if likeness >= ENOUGH - MARGIN:
                found[key] = max(likeness, found.get(key, 0.0))
        return found

    def exactly(self, printed: str) -> str | None:
        """The key of the label that a text prints sign by sign."""
        return self._exact.get(bare(printed))

    def recognise(self, printed: str) -> Match | None:
        """The label a printed text stands for.

        None when no label comes close, or more than one does: what could be either must
        not become the one that it is a little nearer to.
        """
        if printed not in self._recognised:
            if len(self._recognised) > _MOST_SEEN:
                self._recognised.clear()
            self._recognised[printed] = self._nearest(self.scores(printed))
        return self._recognised[printed]

    @staticmethod
    def _nearest(scores: dict[str, float]) -> Match | None:
        """The label that is the nearest by far."""
        if not scores:
            return None
        ranked = sorted(scores, key=lambda key: -scores[key])
        best = Match(ranked[0], scores[ranked[0]])
        if best.likeness < ENOUGH:
            return None

        # A label that is printed exactly has no rival, however like it another is.
        if best.likeness == 1 or len(ranked) == 1:
            return best
        second = scores[ranked[1]]
        return best if best.likeness - second >= MARGIN else None

    def named_in(self, cells: Iterable[Cell]) -> list[tuple[str, Cell]]:
        """The labels that some cells print: key and cell, those recognised alone.

        In the order of the cells; the same label may be there twice.
        """
        found: list[tuple[str, Cell]] = []
        for cell in cells:
            match = self.recognise(cell.text)
            if match:
                found.append((match.key, cell))
        return found
