"""The texts of reports, for what the index doesn't know and for what is quoted; those
used last stay in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from archive.search.engine import Recent, Snapshot
from archive.search.entry import Entry
from archive.search.question import section_number
from archive.search.text import BORDER, Normal, normal, normal_with_places
from archive.search.words import has_han

Fetch = Callable[[Sequence[int]], Mapping[int, Entry]]
"""Version ids → their entries, from the database; unknown ids are left out."""

_BYTES_A_CHARACTER = 8
"""As printed by section and in one piece, in normal form, and the way back from it."""


class Text:
    """An entry's text, for looking up what the index doesn't know."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    @cached_property
    def size(self) -> int:
        """Characters."""
        return sum(map(len, self.entry.pieces()))

    @cached_property
    def title(self) -> Normal:
        return normal_with_places(self.entry.title)

    @cached_property
    def prose(self) -> Normal:
        """The prose of all sections."""
        return normal_with_places(
            BORDER.join(prose for _, _, prose in self.entry.sections)
        )

    @cached_property
    def borders(self) -> list[int]:
        """Where in the prose's normal form each section begins; at last where the next
        one would.
        """
        starts = np.cumsum(
            [0, *(len(prose) + 1 for _, _, prose in self.entry.sections)]
        )
        return [
            *np.searchsorted(self.prose.places, starts[:-1]).tolist(),
            len(self.prose.text) + 1,
        ]

    @cached_property
    def _heads(self) -> str:
        headings = (heading for _, heading, _ in self.entry.sections)
        return normal(BORDER.join((self.entry.title, self.entry.agency, *headings)))

    def has(self, text: str) -> bool:
        """Whether a text in normal form stands in one of the pieces. Most often it is
        printed just so, and the piece need not be brought into normal form.
        """
        return (
            any(text in piece for piece in self.entry.pieces())
            or text in self.prose.text
            or text in self._heads
        )

    def has_word(self, text: str) -> bool:
        """As `has`; letters and digits are not found inside longer ones."""
        if has_han(text) or not self.has(text):
            return self.has(text)
        word = re.compile(rf"(?<![a-z0-9]){re.escape(text)}(?![a-z0-9])")
        return bool(word.search(self._heads) or word.search(self.prose.text))

    def begins(self, text: str) -> bool:
        """Whether a word of letters or digits begins with a text in normal form."""
        word = re.compile(rf"(?<![a-z0-9]){re.escape(text)}")
        return bool(word.search(self._heads) or word.search(self.prose.text))

    def headed(self, headings: tuple[str, ...]) -> set[int]:
        """The places of the sections with one of these headings, or numbers."""
        several = enumerate(self.entry.sections)
        return {
            place
            for place, section in several
            if any(_is_headed(text, section) for text in headings)
        }

    def within(self, headings: tuple[str, ...]) -> list[Text]:
        """The sections with one of these headings, or numbers, that are not empty."""
        places = self.headed(headings)
        return [
            Text(replace(self.entry, title="", agency="", sections=(section,)))
            for place, section in enumerate(self.entry.sections)
            if section[2].strip() and place in places
        ]


def _is_headed(text: str, section: tuple[int, str, str]) -> bool:
    number = section_number(text)
    return section[0] == number if number else text in normal(section[1])


class Texts:
    """Texts by document. What is kept belongs to a segment, so a report indexed again
    is fetched again.
    """

    def __init__(self, fetch: Fetch, limit: int) -> None:
        """`limit` in bytes, roughly."""
        self._fetch = fetch
        self._kept: Recent[Text] = Recent(
            limit, lambda text: text.size * _BYTES_A_CHARACTER + 1_000
        )

    def of(self, snapshot: Snapshot, documents: Sequence[int]) -> dict[int, Text]:
        """Document → its text, fetched in one question as far as they are not kept;
        gone ones are left out.
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
