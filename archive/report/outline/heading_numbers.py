"""The number that a heading begins with: 一、 第一部分 （一） 1. or a bare 一."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.report.numbers import chinese_number
from archive.report.plain import plain

NUMERALS = "一二三四五六七八九十"
_NUMBER = rf"[{NUMERALS}]{{1,3}}|\d{{1,2}}"
# Text dumps keep the # of Markdown and the * of bold; a bare 一 counts only before the
# first sign of an official heading (总体情况, 主动公开 …), since 一 begins many words.
# Each group is a kind of marker, and its name the marker's `kind`.
# e.g. "一、总体情况", "第一部分 概述", "（一）主动公开", "1.概述", "一总体情况"
# not "总体情况", "1.5万元", "一般情况"
_MARKER = re.compile(
    r"[#*]*(?:"
    rf"第(?P<ordinal>{_NUMBER})(?:部分|章|节|、)[、.：]?"
    rf"|（(?P<bracket>{_NUMBER})）[、.：]?"
    rf"|(?P<numeral>[{NUMERALS}]{{1,3}})[、.，,：:]+(?:[{NUMERALS}]{{1,2}}、)*"
    r"|(?P<digit>\d{1,2})(?:[、，．]|\.(?!\d))"
    rf"|(?P<bare>[{NUMERALS}])(?=[主收存其因依概总行工]))"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The number in front of a heading; the marker is the first `length` signs.

    `kind`: ordinal 第一部分, numeral 一、, digit 1., bare 一, bracket （一）.
    """

    kind: str
    number: int
    length: int

    @property
    def is_top_level(self) -> bool:
        """Whether the six sections of the form are numbered so: 一、 or 第一部分."""
        return self.kind in {"numeral", "ordinal"}


def read_marker(compact: str) -> Marker | None:
    """The number a line of plain text begins with; None when it begins otherwise."""
    match = _MARKER.match(compact)
    if not match or not match.lastgroup:
        return None
    number = read_numeral(match[match.lastgroup])
    return Marker(match.lastgroup, number, match.end())


@lru_cache(maxsize=256)
def read_numeral(printed: str) -> int:
    """一 to 九十九 or digits → number; 0 when it is neither.

    No section is numbered 0, so a marker that cannot be read fits none.
    """
    if printed.isdigit():
        return int(printed)
    return chinese_number(printed) or 0


def read_bracket(text: str) -> bool:
    """True when the text begins with a second-level number such as （一）."""
    marker = read_marker(plain(text[:20]))
    if marker is None:
        return False
    return marker.kind == "bracket"
