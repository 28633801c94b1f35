"""Agency names as they are compared, and as the ascii of public addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archive.regions.divisions import DATA, rows
from archive.report import Agency

# No agency's name is longer (the longest in use have some 60 characters); what stands
# behind is not looked at.
LONGEST = 120
LONGEST_KEY = 80
_LONGEST_WORD = 10
"""Signs of the longest word in words.tsv."""
# Control, zero-width and broken signs, which pages and PDF files leave in names.
_INVISIBLE = {"Cf", "Cc", "Cs"}

_YEAR = "(?:20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})年度?"
_MARKS = r"[·\-—_|:：,，、.。()（）《》“”\"'\[\]【】<>/\\*#]"
# What stands before the name in titles and lists.
# e.g. "2023年度攀枝花市商务局", "二〇二三年攀枝花市商务局"
# e.g. "关于《攀枝花市商务局", "[攀枝花市商务局"
# not "攀枝花市商务局", "12345热线"
_LEAD = re.compile(rf"^(?:关于|{_YEAR}|{_MARKS}+)+")


def clean(text: str) -> str:
    """A name for comparing, at most LONGEST characters.

    Compatibility forms (full-width letters) are replaced; spaces, invisible signs and
    what leads up to the name (a year, 关于, brackets) are gone.
    """
    normal = unicodedata.normalize("NFKC", text[: LONGEST * 4])
    kept = "".join(filter(_is_visible, normal))
    return _LEAD.sub("", kept[:LONGEST])


def _is_visible(sign: str) -> bool:
    """False for blanks and for what leaves no trace on paper, such as U+200B."""
    if sign.isspace():
        return False
    return unicodedata.category(sign) not in _INVISIBLE


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    """Place names that the dictionary of pypinyin misreads: 长治 → changzhi.

    The file has a blank between two syllables, so that a person can check it.
    """
    return {name: pinyin.replace(" ", "") for name, pinyin in rows("readings.tsv")}


@lru_cache(maxsize=1)
def _misread() -> re.Pattern[str]:
    """Splits a text at those names, longer ones first, and behind provinces and cities.

    A dictionary of words reads over such borders otherwise.
    """
    names = "|".join(sorted(_readings(), key=len, reverse=True))
    return re.compile(f"({names}|[省市])")


@lru_cache(maxsize=1)
def _noted() -> dict[str, str]:
    """The names of all governments as `by_dictionary` spells them: thousands, that are
    needed whenever it is counted who should report.
    """
    return {row[0]: row[1] for row in rows("spelled.tsv")}


def syllables(text: str) -> str:
    """Pinyin without tones in one word: 攀枝花 → panzhihua.

    Letters and digits stay, all else goes.
    """
    return _noted().get(text) or by_dictionary(text)


@lru_cache(maxsize=4096)
def by_dictionary(text: str) -> str:
    """The same by the dictionary of pypinyin, of which we keep what names need."""
    spelled = "".join(map(_spelled, _misread().split(text)))
    in_ascii = spelled.lower().replace("ü", "v")
    return re.sub(r"[^a-z0-9]", "", in_ascii)


def _spelled(part: str) -> str:
    """A part of a name between two borders of `_misread`; may be empty."""
    if part in _readings():
        return _readings()[part]
    if _is_read_by_sign(part):
        return "".join(map(_signs().__getitem__, part))
    if _signs().keys() >= set(part):
        return "".join(map(_word_spelled, _words_of(part)))
    # Slow to load, and hardly any name has rarer signs.
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(part, errors="default"))


def _word_spelled(word: str) -> str:
    known = _read_otherwise().get(word)
    return known or "".join(map(_signs().__getitem__, word))


def _words_of(part: str) -> Iterator[str]:
    """A text as pypinyin cuts it: the longest of its words that stands there, else a
    sign; an end with which a longer word begins falls apart.
    """
    at, known = 0, _known_words()
    while at < len(part):
        lengths = range(min(_LONGEST_WORD, len(part) - at), 1, -1)
        found = (part[at : at + length] for length in lengths)
        word = next(filter(known.__contains__, found), "")
        if not word and _begins_one(part[at:], _words()):
            yield from part[at:]
            return
        yield word or part[at]
        at += len(word) or 1


def _begins_one(text: str, words: Sequence[str]) -> bool:
    """Whether a word of these, which are sorted, begins with a text."""
    return any(word.startswith(text) for word in words[bisect_left(words, text) :][:1])


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    """The signs of GB 2312 as pypinyin reads each alone."""
    return {sign: pinyin for pinyin, signs in rows("signs.tsv") for sign in signs}


@lru_cache(maxsize=1)
def _read_otherwise() -> dict[str, str]:
    """The words of pypinyin, of these signs, that are not read sign by sign: 银行."""
    return {row[0]: row[1] for row in rows("read_otherwise.tsv")}


@lru_cache(maxsize=1)
def _words() -> list[str]:
    """All words of pypinyin of these signs, sorted."""
    lines = (DATA / "words.tsv").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line[0] != "#"]


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return frozenset(_words())


def _is_read_by_sign(part: str) -> bool:
    """Whether pypinyin reads a text sign by sign, whatever words it finds there."""
    if not _signs().keys() >= set(part):
        return False
    words = (
        part[begin : begin + length]
        for begin in range(len(part))
        for length in range(2, _LONGEST_WORD + 1)
    )
    return _read_otherwise().keys().isdisjoint(words)


def agency_key(agency: Agency, apart: bool = False) -> str:
    """The public address of an agency: `510400-panzhihuashishangwuju`.

    In: an agency as `identify` returns it; 000000 stands where its region is open. A
    name that is too long, or of which nothing is left in ascii, ends in (or is) the
    first eight hexadecimal digits of its SHA-256. With `apart` these always follow: two
    names that sound alike in one region (税务局, 水务局) have the same key without it;
    whoever stores the second one asks for it apart.
    """
    code = agency.region.code if agency.region else "000000"
    # Names that are noted are clean: thousands are asked for at once.
    spelled = _noted().get(agency.name) or syllables(clean(agency.name))
    is_too_long = len(spelled) > LONGEST_KEY or len(agency.name) > LONGEST
    if spelled and not apart and not is_too_long:
        return f"{code}-{spelled}"
    mark = hashlib.sha256(agency.name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(filter(None, (code, spelled[:LONGEST_KEY], mark)))
