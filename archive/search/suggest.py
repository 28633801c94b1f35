"""What a visitor may mean: suggestions while typing, and spellings near to one that
finds nothing.

Both draw on the names of the agencies that have reports and on the words of our
dictionary. A name can be typed in characters, in pinyin (`shangwuju`) or by its
initials (`swj`), wholly or in part, and mixed: `hz教育局` for 杭州市教育局.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import attrgetter

from rapidfuzz.distance import Levenshtein

from archive.search.dictionary import dictionary_words
from archive.search.text import normal

MOST = 8
# What the names of divisions end in (GB/T 2260), down to the banners of Inner Mongolia.
_DIVISIONS = ("省", "自治区", "自治州", "市", "县", "区", "州", "盟", "旗")
_OTHER_THAN_DIVISIONS = "[^省市县区州盟旗]"
# 市场监督管理局, 市容管理局 and 区域合作办公室 follow the name of a division.
_NOT_IN_A_WORD = "(?![场容域])"
_ENDING = f"(?:{'|'.join(_DIVISIONS)}){_NOT_IN_A_WORD}"
_DIVISION = f"{_OTHER_THAN_DIVISIONS}{{2,11}}?{_ENDING}"
# e.g. "示例省示例市商务局", "示例区教育局"
# not "市场监督管理局", "商务局"
_REGION = re.compile(f"(?:{_DIVISION})+")
LONGEST = 40
"""Characters typed that are looked at."""
_FEW_LETTERS = 3
"""So few letters stand inside the pinyin of nearly any name."""
# A sign of a name that may be left out, with its initial: 市s of 杭h州z市s教j育y局j.
_LEFT_OUT = "(?:[省市县区州盟旗][a-z])?"
_BEGINS = "(?:\n|[省市县区州盟旗][a-z])"
# e.g. "hz教育局", "hzjyj"
# not "教育局", "2022"
_HAS_INITIALS = re.compile("[a-z]")

_KINDS = ("body", "agency", "word")
"""In the order in which they are suggested."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What can be completed or meant."""

    text: str
    kind: str
    """agency (a full name), body (an agency's name without its region) or word."""
    count: int
    """Reports; 0 for words, which nobody counts."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A suggestion and what can be typed for it."""

    suggestion: Suggestion
    name: str
    """The text in normal form."""
    spelled: str
    initials: str
    otherwise: str
    """Pinyin sign by sign, where words are read otherwise: zhongqing for
    重庆, as people type it too.
    """
    other_initials: str

    @property
    def precedence(self) -> tuple[int, int, int, str]:
        """Bodies, agencies, then words.

        What has most reports first, then what is shortest.
        """
        kind = _KINDS.index(self.suggestion.kind)
        return kind, -self.suggestion.count, len(self.name), self.name


@lru_cache(10_000)
def _syllable(char: str) -> str:
    from pypinyin import lazy_pinyin  # slow to load

    is_common_han = "\u4e00" <= char <= "\u9fff"
    if is_common_han:
        return str(lazy_pinyin(char)[0]).lower()
    return char


@lru_cache(100_000)
def sound(text: str) -> tuple[str, str]:
    """Pinyin without tones sign by sign, and its initials: 商务局 → shangwuju, swj."""
    syllables = list(filter(str.isalnum, map(_syllable, text)))
    initials = [syllable[0] for syllable in syllables]
    return "".join(syllables), "".join(initials)


@lru_cache(100_000)
def spoken(text: str) -> tuple[str, str]:
    """The same read by word: 重庆 → chongqing, cq; 厦门 → xiamen, xm."""
    from pypinyin import lazy_pinyin  # slow to load

    syllables = [one.lower() for one in lazy_pinyin(text) if one.isalnum()]
    initials = [one[0] for one in syllables]
    return "".join(syllables), "".join(initials)


def body(agency: str) -> str:
    """An agency's name without its region: 商务局 of 示例省示例市商务局.

    Empty where no region stands before it, or nothing that could be a name after it.
    """
    region = _REGION.match(agency)
    if region is None:
        return ""
    rest = agency[region.end() :]
    if len(rest) > 1:
        return rest
    return ""


class _Column:
    """One thing of every line (its name, say) in one string, where the lines with a
    text in it are found at once.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        lines = list(texts)
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))

    def first(self, part: str) -> list[int]:
        """The first lines with a part, at most MOST.

        A line break in it stands for the beginning or the end.
        """
        found: list[int] = []
        at = self._text.find(part)
        while at >= 0 and len(found) < MOST:
            line = bisect_right(self._starts, at + part.startswith("\n")) - 1
            found.append(line)
            at = self._text.find(part, self._starts[line + 1] - 1)
        return found

    def fitting(self, pattern: re.Pattern[str]) -> list[int]:
        """The first lines that a pattern fits, as `first`."""
        found: list[int] = []
        at = 0
        while len(found) < MOST and (fits := pattern.search(self._text, at)):
            line = bisect_right(self._starts, fits.end()) - 1
            found.append(line)
            at = self._starts[line + 1] - 1
        return found


class Vocabulary:
    """All that can be suggested, made when agencies have come or gone."""

    def __init__(self, agencies: Mapping[str, int]) -> None:
        """`agencies`: name → number of reports."""
        self._lines = sorted(_lines(agencies), key=attrgetter("precedence"))
        self._named = _Column(line.name for line in self._lines)
        self._spelled = _Column(line.spelled for line in self._lines)
        self._initials = _Column(line.initials for line in self._lines)
        self._otherwise = _Column(line.otherwise for line in self._lines)
        self._other_initials = _Column(line.other_initials for line in self._lines)
        self._by_sound: dict[str, list[str]] = {}
        for line in self._lines:
            for spelled in {line.spelled, line.otherwise} - {""}:
                self._by_sound.setdefault(spelled, []).append(line.suggestion.text)
        self._names = {line.name for line in self._lines}

    def suggest(self, typed: str) -> list[Suggestion]:
        """The best completions of what stands in the search box, at most MOST: what
        begins so before what has it.
        """
        text = normal(typed[:LONGEST]).strip()
        # Pinyin is also typed with blanks and apostrophes: xi'an, shang wu ju.
        letters = text.replace(" ", "").replace("'", "")
        is_pinyin = letters.isascii()
        # A single letter begins a tenth of all names.
        if not text or (is_pinyin and len(letters) < 2):
            return []
        begins, has = self._named.first(f"\n{text}"), self._named.first(text)
        if is_pinyin:
            begins += self._spelled.first(f"\n{letters}")
            begins += self._initials.first(f"\n{letters}")
            begins += self._otherwise.first(f"\n{letters}")
            begins += self._other_initials.first(f"\n{letters}")
            has += self._initials.first(f"{letters}\n")
        if is_pinyin and len(letters) > _FEW_LETTERS:
            has += self._spelled.first(letters)
        best = dict.fromkeys((*sorted(begins), *sorted(has)))
        if not best:
            best = dict.fromkeys(self._in_short(letters))
        return [self._lines[place].suggestion for place in list(best)[:MOST]]

    @cached_property
    def _signs(self) -> _Column:
        """All names, each sign with its initial behind it: 杭h州z市s教j育y局j."""
        return _Column(
            "".join(map(str.__add__, line.name, line.initials))
            if len(line.name) == len(line.initials)
            else ""
            for line in self._lines
        )

    def _in_short(self, typed: str) -> list[int]:
        """What is called so in short, some signs as their initials: hz教育局."""
        if len(typed) <= 2 or not _HAS_INITIALS.search(typed):
            return []
        signs = [
            f".{sign}" if _HAS_INITIALS.match(sign) else f"{re.escape(sign)}."
            for sign in typed
        ]
        return self._signs.fitting(re.compile(_BEGINS + _LEFT_OUT.join(signs)))

    def corrections(self, words: Iterable[str]) -> dict[str, str]:
        """Word → another of the same sound, or with one character more, less or
        different; where there is one.
        """
        better = {}
        for word in words:
            near = self._nearly(normal(word[:LONGEST]))
            if near:
                better[word] = near
        return better

    def _nearly(self, name: str) -> str:
        """What a name may be misspelt for; empty when it is right, or nothing is."""
        is_right = name in self._names
        if is_right or len(name) < 2 or name.isdigit():
            return ""
        return self._same_sound(name) or self._one_slip(name)

    def _same_sound(self, name: str) -> str:
        """What is spoken alike: most slips of who types pinyin pick the wrong one of
        several characters.
        """
        alike = self._by_sound.get(sound(name)[0], [])
        return next((text for text in alike if normal(text) != name), "")

    def _one_slip(self, name: str) -> str:
        """What differs in one character, of several what has most reports."""
        # Of two characters any two words with one in common would be alike.
        if len(name) < 3:
            return ""
        near = (line for line in self._lines if _is_one_slip(line.name, name))
        suggestions = (line.suggestion for line in near)
        best = max(suggestions, key=attrgetter("count"), default=None)
        if best:
            return best.text
        return ""


def _is_one_slip(one: str, other: str) -> bool:
    """Whether at most one character is more, less or different."""
    if abs(len(one) - len(other)) > 1:
        return False
    return Levenshtein.distance(one, other, score_cutoff=1) <= 1


def _bodies(agencies: Mapping[str, int]) -> dict[str, int]:
    """The names of agencies without their regions, and how many reports each has."""
    found: dict[str, int] = {}
    for name, count in agencies.items():
        short = body(name)
        if short:
            found[short] = found.get(short, 0) + count
    return found


def _lines(agencies: Mapping[str, int]) -> Iterator[_Line]:
    """All that can be suggested; a body only where no agency is called so."""
    for name, count in agencies.items():
        yield _line(name, "agency", count)
    for word in dictionary_words():
        yield _line(word, "word", 0)
    for name, count in _bodies(agencies).items():
        if name not in agencies:
            yield _line(name, "body", count)


def _line(text: str, kind: str, count: int) -> _Line:
    return _Line(Suggestion(text, kind, count), *_written(text))


@lru_cache(200_000)
def _written(text: str) -> tuple[str, str, str, str, str]:
    """What does not change with the number of reports, so that counting them anew is
    quick.
    """
    by_sign, signs_initials = sound(text)
    by_word, initials = spoken(text)
    if by_word == by_sign:
        return normal(text), by_word, initials, "", ""
    return normal(text), by_word, initials, by_sign, signs_initials
