"""What is spelled beforehand is spelled as pypinyin does.

`python -m tests.regions.test_spelled` writes it anew, after a change of the divisions,
of readings.tsv or of pypinyin.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable

import pytest
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from archive.regions import governments
from archive.regions.divisions import DATA, rows
from archive.regions.spelling import (
    _LONGEST_WORD,
    _is_read_by_sign,
    _spelled,
    by_dictionary,
    clean,
)

_BY = "written by python -m tests.regions.test_spelled\n"
_GOVERNMENTS = (
    "# The governments' names as pypinyin and readings.tsv spell them: "
    f"{_BY}# name\tpinyin\n"
)
_SIGNS = f"# The signs of GB 2312 as pypinyin reads each alone: {_BY}# pinyin\tsigns\n"
_OTHERWISE = (
    f"# The words that pypinyin does not read sign by sign: {_BY}# word\tpinyin\n"
)
_WORDS = f"# All words of pypinyin that are of signs of GB 2312: {_BY}"


def _of_governments() -> dict[str, str]:
    names = sorted({clean(one.name) for one in governments()})
    return {name: by_dictionary(name) for name in names}


def _signs() -> dict[str, str]:
    """Pinyin → the signs that are read so."""
    pairs = (bytes([row, cell]) for row in range(176, 248) for cell in range(161, 255))
    found: defaultdict[str, str] = defaultdict(str)
    # Five places of the last row but one are empty.
    for sign in "".join(pair.decode("gb2312", "ignore") for pair in pairs):
        found[lazy_pinyin(sign)[0]] += sign
    return dict(sorted(found.items()))


def _words(signs: dict[str, str]) -> list[str]:
    known = set("".join(signs.values()))
    return sorted(word for word in PHRASES_DICT if known >= set(word) and word[1:])


def _read_otherwise(signs: dict[str, str]) -> dict[str, str]:
    alone = {sign: pinyin for pinyin, same in signs.items() for sign in same}
    read = {word: lazy_pinyin(word) for word in _words(signs)}
    return {
        word: "".join(parts)
        for word, parts in read.items()
        if parts != [alone[sign] for sign in word]
    }


def test_all_governments_are_spelled_as_the_dictionary_does() -> None:
    assert dict(rows("spelled.tsv")) == _of_governments()


def test_names_that_are_noted_are_as_they_are_compared() -> None:
    """`agency_key` looks them up as they stand."""
    assert [name for name, _ in rows("spelled.tsv") if clean(name) != name] == []


def test_signs_and_words_are_those_of_pypinyin() -> None:
    signs = _signs()
    words = _words(signs)

    assert dict(rows("signs.tsv")) == signs
    assert dict(rows("read_otherwise.tsv")) == _read_otherwise(signs)
    assert [word for (word,) in rows("words.tsv")] == words
    assert max(map(len, words)) == _LONGEST_WORD


def test_texts_are_spelled_as_pypinyin_does_with_it_or_without() -> None:
    # Some of its words are places that it misreads.
    words = sorted(PHRASES_DICT.keys() - dict(rows("readings.tsv")).keys())
    drawn = random.Random(7)
    texts = [
        *words,
        *("".join(drawn.choices(words, k=3))[1:-1] for _ in range(20_000)),
        *(_without_place(one.name) for one in governments()),
    ]

    by_sign = sum(map(_is_read_by_sign, texts))

    assert [_spelled(text) for text in texts] == list(map(_by_pypinyin, texts))
    assert len(texts) / 3 < by_sign < len(texts)


def test_names_are_spelled_without_pypinyin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert _spelled("东长街道办事处") == "dongchangjiedaobanshichu"
    assert _spelled("中国人民银行") == "zhongguorenminyinhang"


def test_a_word_is_read_as_a_word() -> None:
    assert by_dictionary("人民银行") == "renminyinhang"
    assert not _is_read_by_sign("人民银行")
    assert _is_read_by_sign("人民政府办公室")


def _without_place(name: str) -> str:
    """Without the beginning, for which readings.tsv may have a reading of ours."""
    return name[-8:][1:]


def _by_pypinyin(text: str) -> str:
    return "".join(lazy_pinyin(text, errors="default"))


def _write(file: str, about: str, lines: Iterable[str]) -> None:
    (DATA / file).write_text(about + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    known = _signs()
    _write("signs.tsv", _SIGNS, (f"{key}\t{of}\n" for key, of in known.items()))
    otherwise = _read_otherwise(known).items()
    read = (f"{word}\t{pinyin}\n" for word, pinyin in otherwise)
    _write("read_otherwise.tsv", _OTHERWISE, read)
    _write("words.tsv", _WORDS, (f"{word}\n" for word in _words(known)))
    names = (f"{name}\t{pinyin}\n" for name, pinyin in _of_governments().items())
    _write("spelled.tsv", _GOVERNMENTS, names)
