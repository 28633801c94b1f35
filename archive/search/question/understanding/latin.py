"""Places and kinds of agencies typed in pinyin: chongqing, xiamen, chongqing教委.

Read by word, as they are spoken: 重庆 is chongqing and 厦门 xiamen, whatever the single
characters are elsewhere. Of counties and districts, which are many, a spelling counts
that belongs to few of them and to no ordinary word: haidian, kunshan, but not gongan;
of four letters those of a reviewed list. Behind a larger place, and written out with
its level (yiwu市), any county's counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from archive.regions import (
    Place,
    county_names,
    spelled,
    typed_places,
    upper_names,
)
from archive.search.dictionary import words_in
from archive.search.question.understanding.around import OTHER_WORD
from archive.search.question.understanding.bodies import Kind, kind_at, typed_kinds
from archive.search.question.understanding.placing import places_inside, words_too
from archive.search.question.understanding.spot import Spot

# e.g. "chongqing", "xi'an"
# not "重庆"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
# e.g. "chong qing", "guang zhou"
# not "chongqing"
_SPACED = re.compile(r"(?<![a-z])[a-z']+(?: [a-z']+)+(?![a-z])")
# e.g. "yiwu"
# not "义乌"
_LETTERS = re.compile("[a-z]{4}")
_MOST_ALIKE = 3
"""Counties that may be spelled alike; of more nobody knows which is meant."""
_ENGLISH = frozenset(
    {"boxing", "guide", "guiding", "hailing", "jingle", "tongan", "hannan", "sinan"}
)
_SHORTEST = 5
"""Letters and apostrophes; shorter ones are English words: he, an, dali."""
_SHORTEST_INSIDE = 4
"""The same behind a larger place, or with a level."""
_SHORT = Path(__file__).parent / "data" / "pinyin_short.txt"
# e.g. "市"
# not "镇"
_LEVEL = re.compile("[省市县区旗州盟]")


_AFTER_PLACES = "university|college|tower|time|airport|daily|metro|marathon|expo|bank"
# What is called after a place in English is one word with it.
# e.g. "wuhan university", "shanghai tower"
# not "tianjin municipal", "wuhan jiaoyuju"
_CALLED_AFTER = re.compile(rf"(?<=[a-z]) (?=(?:{_AFTER_PLACES})\b)")


class InPinyin(NamedTuple):
    """What a word of Latin letters means, and where it ends."""

    end: int
    places: tuple[Place, ...]
    kind: Kind | None


def in_pinyin_at(text: str, at: int, before: tuple[Place, ...] = ()) -> InPinyin | None:
    """The place or kind of agency that is spelled at a position.

    `before`: the places just before it, in one of which a county may lie.
    """
    word = _word_at(text, at)
    if word is None:
        return None
    letters = word[0].replace("'", "")
    leveled = _leveled(text, word.end(), letters)
    if leveled:
        return leveled
    inside = _inside(letters, before)
    if inside:
        return InPinyin(word.end(), inside, None)
    if len(word[0]) < _SHORTEST and letters not in _short():
        return None
    places = _places().get(letters, ())
    kind = _kinds().get(letters)
    if places or kind:
        return InPinyin(word.end(), places, None if places else kind)
    return None


def _leveled(text: str, end: int, letters: str) -> InPinyin | None:
    """A place with its level in Han behind it: yiwu市."""
    level = _LEVEL.match(text, end)
    if level is None or OTHER_WORD.match(text, level.end()):
        return None
    every = (*_places().get(letters, ()), *_all_counties().get(letters, ()))
    named = [place for place in dict.fromkeys(every) if place.name.endswith(level[0])]
    if 0 < len(named) <= _MOST_ALIKE:
        return InPinyin(level.end(), tuple(named), None)
    return None


def _inside(letters: str, before: tuple[Place, ...]) -> tuple[Place, ...]:
    """The counties spelled so that lie in one of the places before."""
    return places_inside(_all_counties().get(letters, ()), before)


def before_pinyin(spot: Spot) -> Spot:
    """A spot in what stands before a place in Latin letters: 浙江 of 浙江yiwu."""
    letters = _LETTERS.search(spot.text, spot.at)
    if letters and in_pinyin_at(spot.text, letters.start()):
        return spot._replace(text=spot.text[: letters.start()])
    return spot


def closed_up(text: str) -> str:
    """A text whose places in pinyin have no blank inside, `'` instead: chong'qing; nor
    has what is called after one, wuhan-university.
    """
    return _SPACED.sub(_closed_up, text)


def _closed_up(match: re.Match[str]) -> str:
    """Words of which two in a row are spelled as a place."""
    found: list[str] = []
    for word in _CALLED_AFTER.sub("-", match[0]).split(" "):
        before = found[-1] if found else ""
        together = before + word
        if len(together) >= _SHORTEST and before and together in _places():
            found[-1] = f"{before}'{word}"
        else:
            found.append(word)
    return " ".join(found)


def _word_at(text: str, at: int) -> re.Match[str] | None:
    """A whole word that is no short English one."""
    before = text[at - 1 : at]
    if before.isascii() and before.isalnum():
        return None
    word = _WORD.match(text, at)
    if word is None or len(word[0]) < _SHORTEST_INSIDE:
        return None
    return word


@lru_cache(maxsize=1)
def _short() -> frozenset[str]:
    """Spellings of four letters that are no other words."""
    return frozenset(words_in(_SHORT))


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[Place, ...]]:
    """How provinces and prefectures are spelled; several may be spelled alike."""
    found: dict[str, dict[Place, None]] = {}
    for name in upper_names():
        (longest, *_) = typed_places(name, 0)
        upper = (place for place in longest.places if place.level != "县")
        found.setdefault(spelled(name), {}).update(dict.fromkeys(upper))
    named = {letters: tuple(places) for letters, places in found.items()}
    return _counties() | named


def _counties() -> dict[str, tuple[Place, ...]]:
    """How counties and districts are spelled, without those that are words as well."""
    ordinary = {spelled(name) for name in county_names() if name in words_too()}
    return {
        letters: places
        for letters, places in _all_counties().items()
        if len(places) <= _MOST_ALIKE and letters not in ordinary | _ENGLISH
    }


@lru_cache(maxsize=1)
def _all_counties() -> dict[str, tuple[Place, ...]]:
    """How all counties and districts are spelled, whatever else that is."""
    found: dict[str, dict[Place, None]] = {}
    for name in county_names():
        for typed in typed_places(name, 0)[:1]:
            places = found.setdefault(spelled(name), {})
            places.update(dict.fromkeys(typed.places))
    return {letters: tuple(places) for letters, places in found.items()}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    """How kinds of agencies are spelled, without those that are spelled alike.

    shuiwuju may be 税务局 or 水务局.
    """
    found: dict[str, set[str]] = {}
    for typed in typed_kinds():
        found.setdefault(spelled(typed), set()).add(typed)
    return dict(_unique(found))


def _unique(spellings: dict[str, set[str]]) -> Iterator[tuple[str, Kind]]:
    """Spellings of one kind alone."""
    for letters, typed in spellings.items():
        kinds = {named.kind for one in typed if (named := kind_at(one, 0))}
        if len(kinds) == 1:
            yield letters, kinds.pop()
