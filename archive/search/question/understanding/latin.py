"""Places and kinds of agencies typed in pinyin: chongqing, xiamen, chongqing教委.

Read by word, as they are spoken: 重庆 is chongqing and 厦门 xiamen, whatever the single
characters are elsewhere. Of counties and districts, which are many, a spelling counts
that belongs to few of them and to no ordinary word: haidian, kunshan, but not gongan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.regions import Place, county_names, spelled, typed_places, upper_names
from archive.search.question.understanding.bodies import Kind, kind_at, typed_kinds
from archive.search.question.understanding.placing import words_too

# e.g. "chongqing", "xi'an"
# not "重庆"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
# e.g. "chong qing", "guang zhou"
# not "chongqing"
_SPACED = re.compile(r"(?<![a-z])[a-z']+(?: [a-z']+)+(?![a-z])")
_MOST_ALIKE = 3
"""Counties that may be spelled alike; of more nobody knows which is meant."""
_ENGLISH = frozenset({"boxing", "guide"})
_SHORTEST = 5
"""Letters and apostrophes; shorter ones are English words: he, an, dali."""


class InPinyin(NamedTuple):
    """What a word of Latin letters means, and where it ends."""

    end: int
    places: tuple[Place, ...]
    kind: Kind | None


def in_pinyin_at(text: str, at: int) -> InPinyin | None:
    """The place or kind of agency that is spelled at a position."""
    word = _word_at(text, at)
    if word is None:
        return None
    letters = word[0].replace("'", "")
    places = _places().get(letters, ())
    kind = _kinds().get(letters)
    if places or kind:
        return InPinyin(word.end(), places, None if places else kind)
    return None


def closed_up(text: str) -> str:
    """A text whose places in pinyin have no blank inside, `'` instead: chong'qing."""
    return _SPACED.sub(_closed_up, text)


def _closed_up(match: re.Match[str]) -> str:
    """Words of which two in a row are spelled as a place."""
    found: list[str] = []
    for word in match[0].split(" "):
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
    if word is None or len(word[0]) < _SHORTEST:
        return None
    return word


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
    found: dict[str, dict[Place, None]] = {}
    ordinary = set(_ENGLISH)
    for name in county_names():
        letters = spelled(name)
        if name in words_too():
            ordinary.add(letters)
        for typed in typed_places(name, 0)[:1]:
            found.setdefault(letters, {}).update(dict.fromkeys(typed.places))
    return {
        letters: tuple(places)
        for letters, places in found.items()
        if len(places) <= _MOST_ALIKE and letters not in ordinary
    }


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
