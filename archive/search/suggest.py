"""What a visitor may mean: suggestions while typing, and spellings near to one that
finds nothing.

Both draw on the names of the agencies that have reports and on the words of our
dictionary. A name can be typed in characters, in pinyin (`shangwuju`) or by its
initials (`swj`), wholly or in part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from archive.search.text import normal
from archive.search.words import dictionary_words

MOST = 8
_REGION = re.compile(
    "(?:[^省市县区州盟旗]{2,11}?(?:省|自治区|自治州|市|县|区|州|盟|旗)(?![场容域]))+"
)
LONGEST = 40
"""Characters typed that are looked at."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind`: agency (a full name), body (an agency's name without its region) or word;
    `count` in reports.
    """

    text: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class _Line:
    suggestion: Suggestion
    name: str
    spelled: str
    initials: str


@lru_cache(10_000)
def _syllable(char: str) -> str:
    from pypinyin import lazy_pinyin  # slow to load

    return str(lazy_pinyin(char)[0]).lower() if "\u4e00" <= char <= "\u9fff" else char


@lru_cache(100_000)
def sound(text: str) -> tuple[str, str]:
    """Pinyin without tones in one word, and its initials: 商务局 → shangwuju, swj."""
    syllables = [syllable for char in text if (syllable := _syllable(char)).isalnum()]
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def body(agency: str) -> str:
    """An agency's name without its region: 商务局 of 示例省示例市商务局; empty where
    none stands before it.
    """
    region = _REGION.match(agency)
    rest = agency[region.end() :] if region else ""
    return rest if len(rest) > 1 else ""


class _Column:
    """One thing of every line (its name, say) in one string, where the lines with a
    text in it are found at once.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        lines = list(texts)
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))

    def first(self, part: str) -> list[int]:
        """The first lines with a part, at most MOST. A line break in it stands for the
        beginning or the end.
        """
        found: list[int] = []
        at = self._text.find(part)
        while at >= 0 and len(found) < MOST:
            line = bisect_right(self._starts, at + part.startswith("\n")) - 1
            found.append(line)
            at = self._text.find(part, self._starts[line + 1] - 1)
        return found


class Vocabulary:
    """All that can be suggested, made when agencies have come or gone."""

    def __init__(self, agencies: Mapping[str, int]) -> None:
        """`agencies`: name → number of reports."""
        bodies: dict[str, int] = {}
        for name, count in agencies.items():
            if short := body(name):
                bodies[short] = bodies.get(short, 0) + count
        lines = [
            _line(short, "body", count)
            for short, count in bodies.items()
            if short not in agencies
        ]
        lines += [_line(name, "agency", count) for name, count in agencies.items()]
        lines += [_line(word, "word", 0) for word in dictionary_words()]
        self._lines = sorted(lines, key=_precedence)
        self._named = _Column(line.name for line in self._lines)
        self._spelled = _Column(line.spelled for line in self._lines)
        self._initials = _Column(line.initials for line in self._lines)
        self._by_sound: dict[str, list[str]] = {}
        for line in self._lines:
            self._by_sound.setdefault(line.spelled, []).append(line.suggestion.text)
        self._names = {line.name for line in self._lines}

    def suggest(self, typed: str) -> list[Suggestion]:
        """The best completions of what stands in the search box, at most MOST: what
        begins so before what has it.
        """
        text = normal(typed[:LONGEST]).strip()
        letters = text.replace(" ", "").replace("'", "")
        if not text or (letters.isascii() and len(letters) < 2):
            return []
        begins, has = self._named.first(f"\n{text}"), self._named.first(text)
        if letters.isascii():
            begins += self._spelled.first(f"\n{letters}") + self._initials.first(
                f"\n{letters}"
            )
            has += self._initials.first(f"{letters}\n") + (
                self._spelled.first(letters) if len(letters) > 3 else []
            )
        best = dict.fromkeys((*sorted(begins), *sorted(has)))
        return [self._lines[at].suggestion for at in list(best)[:MOST]]

    def corrections(self, words: Iterable[str]) -> dict[str, str]:
        """Word → another of the same sound, or with one character more, less or
        different; where there is one.
        """
        better = {}
        for word in words:
            name = normal(word[:LONGEST])
            if len(name) < 2 or name.isdigit() or name in self._names:
                continue
            near = self._same_sound(name) or self._one_slip(name)
            if near:
                better[word] = near
        return better

    def _same_sound(self, name: str) -> str:
        alike = self._by_sound.get(sound(name)[0], [])
        return next((text for text in alike if normal(text) != name), "")

    def _one_slip(self, name: str) -> str:
        if len(name) < 3:
            return ""
        near = (
            line
            for line in self._lines
            if abs(len(line.name) - len(name)) <= 1
            and Levenshtein.distance(line.name, name, score_cutoff=1) <= 1
        )
        best = max(near, key=lambda line: line.suggestion.count, default=None)
        return best.suggestion.text if best else ""


def _line(text: str, kind: str, count: int) -> _Line:
    return _Line(Suggestion(text, kind, count), *_written(text))


@lru_cache(200_000)
def _written(text: str) -> tuple[str, str, str]:
    """What does not change with the number of reports, so that counting them anew is
    quick.
    """
    return normal(text), *sound(text)


def _precedence(line: _Line) -> tuple[int, int, int, str]:
    """Bodies, agencies, then words; what has most reports first, then what is shortest."""
    kind = ("body", "agency", "word").index(line.suggestion.kind)
    return kind, -line.suggestion.count, len(line.name), line.name
