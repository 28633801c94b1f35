"""Is a line one of the six statutory headings, however damaged? How sure are we? Pure.

Works on `plain` text. Scores only serve to compare candidates; `sections.py` chooses
among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from archive.catalogue import FORMS, SECTIONS
from archive.report.numbers import chinese_number
from archive.report.plain import plain

MAX_HEADING = 45
"""Signs of a heading: the longest official one has 29."""

_NUMERALS = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"[#*]*(?:第(?P<ordinal>[{_NUMERALS}]{{1,3}}|\d{{1,2}})(?:部分|章|节|、)[、.：]?"
    rf"|（(?P<bracket>[{_NUMERALS}]{{1,3}}|\d{{1,2}})）[、.：]?"
    rf"|(?P<numeral>[{_NUMERALS}]{{1,3}})[、.，,：:]+(?:[{_NUMERALS}]{{1,2}}、)*"
    rf"|(?P<digit>\d{{1,2}})(?:[、，．]|\.(?!\d))"
    rf"|(?P<bare>[{_NUMERALS}])(?=[主收存其因依概总行工]))"
)
_LOOSE: dict[int, re.Pattern[str]] = {
    1: re.compile(
        r"^(?:工作)?(?:总体|基本|概)(?:工作)?(?:情况|概述|况|述)$|^(?:政府信息公开)?工作(?:总体|基本)?(?:情况|概述)$|^概况$"
    ),
    2: re.compile(
        r"^(?:行政机关|本机关)?主动公开(?:政府|政务)?(?:信息)?(?:的)?(?:工作)?情况$"
    ),
    3: re.compile(r"(?:收到|处理|受理|办理|答复).*申请|依申请公开.*情况$"),
    4: re.compile(r"复议.*诉讼|^行政(?:复议|诉讼)情况$"),
    5: re.compile(
        r"(?:问题|不足|困难).*(?:改进|措施|打算|整改|下一步|对策|努力方向)|^(?:工作中)?存在的?(?:主要)?(?:问题|不足)"
    ),
    6: re.compile(r"^其他.*(?:报告|说明).*(?:事项|情况|内容)$|^(?:其他事项|其他情况)$"),
}
_OFFICIAL = tuple(words for headings in SECTIONS.values() for words in headings)
_ENDS = re.compile(r"[。：:]")
_CONTENTS_TAIL = re.compile(r"[.…·。\-—]*\d{0,3}$")
_LEAST_TABLE_WORDS = 5
_TABLE_WORDS = tuple({
    label
    for form in FORMS.values()
    for row in form.requests
    for words in (*row.printed, row.parent)
    if len(label := plain(words).lstrip("一二三四五六七八九十（）.0123456789、")) >= _LEAST_TABLE_WORDS
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """The number in front of a heading. `kind`: ordinal 第一部分, numeral 一、, digit
    1., bare 一, bracket （一）.
    """

    kind: str
    number: int
    length: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """A line that looks like the heading of section `number`; `length` signs of it are
    the heading.
    """

    number: int
    score: float
    length: int
    printed: int | None


def read_numeral(printed: str) -> int:
    """一 to 九十九 or digits → number; 0 when it is neither."""
    return int(printed) if printed.isdigit() else chinese_number(printed) or 0


def read_marker(compact: str) -> Marker | None:
    """The number a line of plain text begins with."""
    match = _MARKER.match(compact)
    if not match or not match.lastgroup:
        return None
    return Marker(match.lastgroup, read_numeral(match[match.lastgroup]), match.end())


def is_official(compact: str) -> bool:
    """Whether a line of plain text is one of the official headings to the letter,
    behind whatever number.
    """
    marker = read_marker(compact)
    return compact[marker.length if marker else 0 :].rstrip("。：:") in _OFFICIAL


def likeness(compact: str, *, inline: bool = False) -> list[Likeness]:
    """What a line (or, `inline`, the rest of one after a full stop) may be the heading
    of; most often nothing.

    >>> likeness("三、收到和处理政府信息公开申请情况")[0].number 3
    """
    marker = read_marker(compact)
    begin = marker.length if marker else 0
    words = compact[begin:]
    if not words or words.startswith(_TABLE_WORDS):
        return []
    numbered = marker is not None and marker.kind in {"numeral", "ordinal"}
    head, end = ("", 0) if inline else _head(words, numbered)
    if not head and not words.startswith(_OFFICIAL):
        return []
    found = []
    for number in SECTIONS:
        score, length = _wording(words, number, numbered, inline)
        if not score and not length and head:
            sure = numbered and marker is not None and marker.number == number
            score, length = _loose(head, number, 0.74 if sure else 0.8), end
        if score and (weight := _numbering(marker, number)) is not None:
            found.append(
                Likeness(
                    number,
                    score + weight,
                    begin + length,
                    marker.number if marker else None,
                )
            )
    return found


def _wording(
    words: str, number: int, numbered: bool, inline: bool
) -> tuple[float, int]:
    """How well the words begin as a section's official heading does, and how many of
    them are the heading.

    (0, 0): they begin otherwise; (0, 1): as a sentence does that speaks of the section.
    """
    exact = max(
        (official for official in SECTIONS[number] if words.startswith(official)),
        key=len,
        default="",
    )
    if not exact:
        return 0.0, 0
    rest = words[len(exact) :]
    if len(rest) <= 6 and _CONTENTS_TAIL.fullmatch(rest):
        return (3.0 if rest.strip("。：:") == "" else 0.5), len(words)
    if rest[0] in "。：:":
        return 2.6, len(exact) + 1
    if len(rest) <= 12 and not re.search(r"[。，；、]", rest) and not inline:
        return 2.0, len(words)
    if numbered and len(exact) >= 4:
        return 2.2, len(exact)
    return 0.0, 1


def _head(words: str, numbered: bool) -> tuple[str, int]:
    """The words up to a full stop or colon, if they can be a heading, and where the
    heading ends; else nothing.
    """
    stop = _ENDS.search(words)
    head = words[: stop.start()] if stop else words
    if (
        not 2 <= len(head) <= MAX_HEADING
        or re.search(r"[；！？]", head)
        or (stop and stop.end() < len(words) and not numbered)
    ):
        return "", 0
    return head, stop.end() if stop else len(words)


@lru_cache(maxsize=1_024)
def _loose(head: str, number: int, least: float) -> float:
    """Likeness to the official words (at least `least`) or to their usual variants."""
    bare = head.replace("其它", "其他").replace("复议，", "复议、")
    if re.search(r"，|本报告|组成|方面", bare):
        return 0.0
    ratio = max(_ratio(bare, official, least) for official in SECTIONS[number])
    if ratio >= least:
        return 1.2 + ratio
    return 1.4 if _LOOSE[number].search(bare) else 0.0


def _ratio(words: str, official: str, least: float) -> float:
    """How alike they are, 0 to 1; 0 at once where too few signs are common for `least`."""
    common = sum(sign in official for sign in words)
    if 2 * min(common, len(official)) < least * (len(words) + len(official)):
        return 0.0
    return SequenceMatcher(None, words, official, autojunk=False).ratio()


def _numbering(marker: Marker | None, number: int) -> float | None:
    """How much the printed number speaks for this section; None: it rules the section
    out.
    """
    if marker is None:
        return 0.0
    same = marker.number == number
    if marker.kind in {"numeral", "ordinal"}:
        return 2.0 if same else -0.4
    if marker.kind == "digit":
        return 1.0 if same else -1.0
    if marker.kind == "bare":
        return 0.8 if same else -2.0
    return -1.5 if same else None
