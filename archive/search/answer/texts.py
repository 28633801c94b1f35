"""The texts of reports, for what the index doesn't know and for what is quoted; those
used last stay in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.search.engine import Recent, Snapshot
from archive.search.entry import Entry
from archive.search.question import section_number
from archive.search.text import BORDER, Codes, Normal, code_points, normal, normal_forms
from archive.search.words import has_han

Fetch = Callable[[Sequence[int]], Mapping[int, Entry]]
"""Version ids → their entries, from the database; unknown ids are left out."""

_BEGINS = "(?<![a-z0-9])"
"""Before a word of letters and digits, in a pattern."""
_SIGNATURE = 120
"""Characters that a signature takes at most."""
_DIGIT = "[0-9〇○零一二三四五六七八九十]"
_DATE = rf"{_DIGIT}{{4}}年{_DIGIT}{{1,2}}月{_DIGIT}{{1,3}}日"
# e.g. "\n示例市商务局\n2022年1月20日", "\n示例镇人民政府\n二〇二二年一月二十日 "
# not "\n本报告自2022年1月20日起公布。"
_SIGNED = re.compile(rf"\n[^\n。；]{{2,60}}\n\s{{0,40}}{_DATE}\s{{0,9}}$")
_PRINTED = str.maketrans(",;:?!()", "，；：？！（）")
"""Marks of a normal form → as Chinese texts have them."""
_BYTES_A_CHARACTER = 10
"""As printed by section and in one piece, in normal form, as numbers, and the way back.
"""


class Row(NamedTuple):
    """Title and prose in normal form as a row of numbers, a border before each."""

    codes: Codes
    prose: int
    """Where the prose begins."""
    signed: int
    """Where its signature does; where there is none, the end."""
    cuts: NDArray[np.intp]
    """Where no passage reaches over: borders of pieces, and the signature's begin."""


class Text:
    """An entry's text, for looking up what the index doesn't know."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._forms: tuple[Normal, Normal, Normal] | None = None

    @property
    def size(self) -> int:
        """Characters."""
        size = len(self.entry.title) + len(self.entry.agency)
        for _, heading, prose in self.entry.sections:
            size += len(heading) + len(prose)
        return size

    @property
    def forms(self) -> tuple[Normal, Normal, Normal]:
        """Title, agency, and the prose of all sections, each a piece of it."""
        if self._forms is None:
            self.bring_into_normal_form([self])
            assert self._forms
        return self._forms

    @staticmethod
    def bring_into_normal_form(texts: Iterable[Text]) -> None:
        """All that have not been, at once: one by one it takes three times as long."""
        new = [text for text in texts if text._forms is None]
        if not new:
            return
        pieces: list[Sequence[str]] = []
        for text in new:
            entry = text.entry
            proses = [prose for _, _, prose in entry.sections]
            pieces += ((entry.title,), (entry.agency,), proses)
        forms = iter(normal_forms(pieces))
        for text, title, agency, prose in zip(new, forms, forms, forms, strict=True):
            text._forms = (title, agency, prose)

    @property
    def title(self) -> Normal:
        return self.forms[0]

    @property
    def prose(self) -> Normal:
        """The prose of all sections."""
        return self.forms[2]

    @cached_property
    def row(self) -> Row:
        """For looking through many texts at once."""
        title, _, prose = self.forms
        codes = code_points(BORDER.join(("", title.text, prose.text)))
        if codes.max() < 1 << 16:
            codes = codes.astype(np.uint16)
        begin = len(title.text) + 2
        signed = begin + self.signed
        borders = [begin + border - 1 for border in prose.borders[:-1]]
        cuts = np.array(sorted((0, *borders, signed)), np.intp)
        return Row(codes, begin, signed, cuts)

    @cached_property
    def signed(self) -> int:
        """Where in the prose's normal form the signature begins: the name of the agency
        and the date under the last section. Where there is none, the end.
        """
        proses = [prose for _, _, prose in self.entry.sections]
        for number in reversed(range(len(proses))):
            if printed := proses[number].rstrip():
                break
        else:
            return 0
        if not printed.endswith("日"):
            return len(self.prose.text)
        last = proses[number]
        match = _SIGNED.search(last, max(len(last) - _SIGNATURE, 0))
        if not match:
            return len(self.prose.text)
        before = sum(len(prose) + len(BORDER) for prose in proses[:number])
        place = self.prose.at(before + match.start())
        # A section that is nothing but a signature may be what is looked for.
        return max(place, self.prose.borders[number] + 1)

    @cached_property
    def _heads(self) -> str:
        """Title, agency and headings in normal form."""
        headings = (heading for _, heading, _ in self.entry.sections)
        return normal(BORDER.join((self.entry.title, self.entry.agency, *headings)))

    def has(self, text: str) -> bool:
        """Whether a text in normal form stands in one of the pieces."""
        # Most often it is printed just so: bringing a report into normal form takes a
        # hundred times as long as looking through it.
        for printed in {text, text.translate(_PRINTED)}:
            if any(printed in piece for piece in self.entry.pieces()):
                return True
        if text in self.prose.text:
            return True
        return text in self._heads

    def has_word(self, text: str) -> bool:
        """As `has`; letters and digits are not found inside longer ones."""
        if has_han(text) or not self.has(text):
            return self.has(text)
        return self._finds(rf"{_BEGINS}{re.escape(text)}(?![a-z0-9])")

    def begins(self, text: str) -> bool:
        """Whether a word of letters or digits begins with a text in normal form."""
        return self._finds(_BEGINS + re.escape(text))

    def _finds(self, pattern: str) -> bool:
        """Whether a pattern fits anywhere in the normal form."""
        word = re.compile(pattern)
        return any(map(word.search, (self._heads, self.prose.text)))

    def headed(self, headings: tuple[str, ...]) -> set[int]:
        """The places of the sections with one of these headings, or numbers."""
        found: set[int] = set()
        for place, section in enumerate(self.entry.sections):
            if any(_is_headed(text, section) for text in headings):
                found.add(place)
        return found

    def within(self, headings: tuple[str, ...]) -> list[Text]:
        """The sections with one of these headings, or numbers, that are not empty."""
        found: list[Text] = []
        for place in sorted(self.headed(headings)):
            section = self.entry.sections[place]
            if section[2].strip():
                alone = replace(self.entry, title="", agency="", sections=(section,))
                found.append(Text(alone))
        return found


def _is_headed(text: str, section: tuple[int, str, str]) -> bool:
    """Whether a section has that number, or a heading with that text."""
    number = section_number(text)
    if number is None:
        return text in normal(section[1])
    return section[0] == number


class Texts:
    """Texts by document.

    What is kept belongs to a segment, so a report indexed again is fetched again.
    """

    def __init__(self, fetch: Fetch, limit: int) -> None:
        """`limit` in bytes, roughly."""
        self._fetch = fetch
        self._kept: Recent[Text] = Recent(
            limit, lambda text: text.size * _BYTES_A_CHARACTER + 1_000
        )

    def of(self, snapshot: Snapshot, documents: Sequence[int]) -> dict[int, Text]:
        """Document → its text, fetched in one question as far as they are not kept.

        Gone ones are left out.
        """
        keys = {document: snapshot.key(document) for document in documents}
        found = {
            document: text
            for document, key in keys.items()
            if (text := self._kept.get(key))
        }
        missing = {
            int(snapshot.version_ids[document]): document
            for document in documents
            if document not in found
        }
        if missing:
            for version, entry in self._fetch(list(missing)).items():
                document = missing[version]
                found[document] = text = Text(entry)
                self._kept.keep(keys[document], text)
        return found

    def clear(self) -> None:
        self._kept.clear()
