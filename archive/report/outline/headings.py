"""Is a line one of the six statutory headings, however damaged? How sure are we? Pure.

Works on `plain` text. Scores only serve to compare candidates; `choice` chooses among
them. A heading scores for its words (up to 3) and for its number (up to 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from archive.catalogue import FORMS, SECTIONS
from archive.report.outline.heading_numbers import NUMERALS, Marker, read_marker
from archive.report.plain import plain

# Signs of a heading: the longest official one has 29.
MAX_HEADING = 45

_OF_DISCLOSURE = "政府信息公开"
_BY_AGENCIES = "行政机关|本机关"
_HANDLED = "收到|处理|受理|办理|答复"
_PROBLEMS = "问题|不足|困难"
_REMEDIES = "改进|措施|打算|整改|下一步|对策|努力方向"
# How agencies reword the six headings (the free years before 2019 left the words to
# them), by the number of the section.
# e.g. "概况", "工作总体情况", "主动公开政府信息的情况", "依申请公开情况"
# e.g. "行政复议、诉讼情况", "存在的问题及改进措施", "其他需要说明的事项"
# not "主动公开", "附件"
_LOOSE: dict[int, re.Pattern[str]] = {
    1: re.compile(
        r"^(?:工作)?(?:总体|基本|概)(?:工作)?(?:情况|概述|况|述)$"
        rf"|^(?:{_OF_DISCLOSURE})?工作(?:总体|基本)?(?:情况|概述)$"
        r"|^概况$"
    ),
    2: re.compile(
        rf"^(?:{_BY_AGENCIES})?主动公开(?:政府|政务)?(?:信息)?(?:的)?(?:工作)?情况$"
    ),
    3: re.compile(rf"(?:{_HANDLED}).*申请|依申请公开.*情况$"),
    4: re.compile(r"复议.*诉讼|^行政(?:复议|诉讼)情况$"),
    5: re.compile(
        rf"(?:{_PROBLEMS}).*(?:{_REMEDIES})|^(?:工作中)?存在的?(?:主要)?(?:问题|不足)"
    ),
    6: re.compile(r"^其他.*(?:报告|说明).*(?:事项|情况|内容)$|^(?:其他事项|其他情况)$"),
}
_OFFICIAL = tuple(words for headings in SECTIONS.values() for words in headings)
# Behind a heading: a full stop, or a colon with the text on the same line.
# e.g. "总体情况。", "概述："
# not "总体情况"
_ENDS = re.compile(r"[。：:]")
# The dots and the page number behind a heading in a list of contents.
# e.g. "……3", "---12", ""
_CONTENTS_TAIL = re.compile(r"[.…·。\-—]*\d{0,3}$")
_LEAST_TABLE_WORDS = 5


def _labels_of_tables() -> tuple[str, ...]:
    """Labels of table 3 without their numbers, those of five signs and more.

    予以公开 and 总计 are words of the text as well.
    """
    labels = set()
    rows = chain.from_iterable(form.requests for form in FORMS.values())
    for row in rows:
        for printed in (*row.printed, row.parent):
            label = plain(printed).lstrip(f"{NUMERALS}（）.0123456789、")
            if len(label) >= _LEAST_TABLE_WORDS:
                labels.add(label)
    return tuple(labels)


# They are no headings, numbered as they are: 一、本年新收政府信息公开申请数量.
_TABLE_WORDS = _labels_of_tables()

# Likeness to the official words below which a heading is another; a heading with its
# own number needs less.
_LEAST_RATIO = 0.8
_LEAST_RATIO_NUMBERED = 0.74

# Signs behind official words that may still belong to the heading.
_LONGEST_CONTENTS_TAIL = 6
_LONGEST_TAIL = 12
# Official words as short as this are a heading before text only with a full stop.
_LEAST_BEFORE_TEXT = 4

# Scores of the words.
_TO_THE_LETTER = 3.0
_BEFORE_TEXT = 2.6
_NUMBERED_BEFORE_TEXT = 2.2
_WITH_A_TAIL = 2.0
_AS_VARIANT = 1.4
_AT_LEAST_ALIKE = 1.2
_IN_CONTENTS = 0.5
# From here on a line is a heading wherever it stands: words that are nearly official,
# or a usual variant behind the right number. Below are parts of labels as well, such as
# 行政机关不再处理其政府信息公开申请.
_SURE = 2.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A line that looks like the heading of section `number`.

    The first `length` signs are the heading; `printed` is the number in front of it.
    """

    number: int
    score: float
    length: int
    printed: int | None


def is_official(compact: str) -> bool:
    """Whether a line of plain text is an official heading to the letter.

    Behind whatever number, with or without a full stop or colon.
    """
    marker = read_marker(compact)
    begin = marker.length if marker else 0
    words = compact[begin:]
    return words.rstrip("。：:") in _OFFICIAL


def begins_section(compact: str) -> bool:
    """Whether a line of plain text begins with what is surely a statutory heading.

    Surer than `likeness`: no part of a label of the tables is taken for one, wherever
    its line was broken.
    """
    if is_official(compact):
        return True
    return any(like.score >= _SURE for like in likeness(compact))


# Tables, outline and kinds each ask of the same lines, and headings are the same in
# all reports.
@lru_cache(maxsize=1_024)
def likeness(compact: str, *, inline: bool = False) -> tuple[Likeness, ...]:
    """What a line may be the heading of; most often nothing.

    `inline`: the text is the rest of a line after a full stop; then only official words
    count.

    >>> likeness("三、收到和处理政府信息公开申请情况")[0].number
    3
    """
    marker = read_marker(compact)
    begin = marker.length if marker else 0
    words = compact[begin:]
    if not words or words.startswith(_TABLE_WORDS):
        return ()
    line = _Line(words, marker, inline)
    if not line.head and not words.startswith(_OFFICIAL):
        return ()
    found = []
    for number in SECTIONS:
        score, length = line.wording(number)
        weight = _numbering(marker, number)
        if score and weight is not None:
            printed = marker.number if marker else None
            found.append(Likeness(number, score + weight, begin + length, printed))
    return tuple(found)


class _Line:
    """The words of a line behind its number."""

    def __init__(self, words: str, marker: Marker | None, inline: bool) -> None:
        self.words = words
        self.inline = inline
        # Only 一、 and 第一部分 number a section; 1. and （一） number its parts.
        self.number = marker.number if marker and marker.is_top_level else None
        self.is_numbered = self.number is not None
        self.head, self.head_length = self._head()

    def _head(self) -> tuple[str, int]:
        """The words up to a full stop or colon, if they can be a heading, else none.

        With the number of signs that belong to the heading, the stop included. Where
        text follows on the same line only a number makes a heading of them.
        """
        if self.inline:
            return "", 0
        stop = _ENDS.search(self.words)
        head = self.words[: stop.start()] if stop else self.words
        length = stop.end() if stop else len(self.words)
        is_alone = length == len(self.words)
        if not _can_be_heading(head):
            return "", 0
        if is_alone or self.is_numbered:
            return (head, length)
        return ("", 0)

    def wording(self, number: int) -> tuple[float, int]:
        """How well the words fit a section's heading, and how many of them are it.

        Score 0: not at all.
        """
        fitting = list(filter(self.words.startswith, SECTIONS[number]))
        if fitting:
            return self._official(max(fitting, key=len))
        if not self.head:
            return 0.0, 0
        is_sure = self.number == number
        least = _LEAST_RATIO_NUMBERED if is_sure else _LEAST_RATIO
        return _loose(self.head, number, least), self.head_length

    def _official(self, words: str) -> tuple[float, int]:
        """The line begins with official words: what follows decides.

        Nothing, or the dots and the page number of a list of contents; text behind a
        full stop; a few words more (总体情况概述). Score 0 for a sentence that speaks
        of the section: 总体情况良好，….
        """
        entire = len(self.words)
        rest = self.words[len(words) :]
        if _is_contents_tail(rest):
            is_exact = not rest.strip("。：:")
            return (_TO_THE_LETTER if is_exact else _IN_CONTENTS), entire
        if rest[0] in "。：:":
            return _BEFORE_TEXT, len(words) + 1
        if _is_short_tail(rest) and not self.inline:
            return _WITH_A_TAIL, entire
        # 一、概述 and the like, two signs long, begin sentences as well
        if self.is_numbered and len(words) >= _LEAST_BEFORE_TEXT:
            return _NUMBERED_BEFORE_TEXT, len(words)
        return 0.0, 0


def _is_contents_tail(rest: str) -> bool:
    """Whether nothing follows a heading but dots and a page number, or a full stop."""
    if len(rest) > _LONGEST_CONTENTS_TAIL:
        return False
    return _CONTENTS_TAIL.fullmatch(rest) is not None


def _is_short_tail(rest: str) -> bool:
    """Whether what follows official words belongs to the heading: 总体情况及数据."""
    if len(rest) > _LONGEST_TAIL:
        return False
    return re.search(r"[。，；、]", rest) is None


def _can_be_heading(head: str) -> bool:
    """Whether words are as long as headings are, and no exclamation or list."""
    if not 2 <= len(head) <= MAX_HEADING:
        return False
    return re.search(r"[；！？]", head) is None


@lru_cache(maxsize=1_024)
def _loose(head: str, number: int, least: float) -> float:
    """The score of words that are like the official ones, or a usual variant of them.

    `least`: how alike they must be, 0 to 1.
    """
    bare = head.replace("其它", "其他").replace("复议，", "复议、")
    if re.search(r"，|本报告|组成|方面", bare):
        return 0.0
    ratio = max(_ratio(bare, official, least) for official in SECTIONS[number])
    if ratio >= least:
        return _AT_LEAST_ALIKE + ratio
    if _LOOSE[number].search(bare):
        return _AS_VARIANT
    return 0.0


def _ratio(words: str, official: str, least: float) -> float:
    """How alike they are, 0 to 1.

    0 at once where too few signs are common for `least`, since comparing is slow.
    """
    common = sum(sign in official for sign in words)
    if 2 * min(common, len(official)) < least * (len(words) + len(official)):
        return 0.0
    return SequenceMatcher(None, words, official, autojunk=False).ratio()


# How much a number speaks for the section that it gives, and against any other, by the
# kind of marker. Sections are numbered 一、; a bare 一 or 1. is a weaker sign.
_RIGHT_NUMBER = {"numeral": 2.0, "ordinal": 2.0, "digit": 1.0, "bare": 0.8}
_WRONG_NUMBER = {"numeral": -0.4, "ordinal": -0.4, "digit": -1.0, "bare": -2.0}
_RIGHT_BRACKET = -1.5


def _numbering(marker: Marker | None, number: int) -> float | None:
    """How much the printed number speaks for this section.

    None: it rules the section out, as （二） before the heading of section 3 does.
    """
    if marker is None:
        return 0.0
    is_right = marker.number == number
    if marker.kind == "bracket":
        if is_right:
            return _RIGHT_BRACKET
        return None
    weights = _RIGHT_NUMBER if is_right else _WRONG_NUMBER
    return weights[marker.kind]
