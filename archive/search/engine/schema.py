"""The index's fields and how an entry fills them.

words     every word with its weighted frequency, and nothing else: BM25F needs no more
grams     every character and every pair of neighbours of every piece, without weights.
          Any quoted text is the AND of its pairs: across the borders of words, digits
          and letters included
heads     the same for title and agency: what matches there is shown first
stretches what many reports print alike: of text quoted from it the index is sure
facet_…   a column for each facet; and columns of keys, dates and the fingerprint
figures   every number of the report that is sure, 0 and missing told apart

No text is stored, and no positions of words: the database has the texts, and what a
question quotes is looked up in the text of the hits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import whoosh
from whoosh.columns import NumericColumn, PickleColumn, RefBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

from archive.catalogue import CHECKS
from archive.search.alike import fingerprint
from archive.search.dictionary import dictionary
from archive.search.engine.columns import SEPARATOR, definitions
from archive.search.entry import Entry
from archive.search.facets import FACETS
from archive.search.text import BORDER, RULES, gram, gram_keys, normal
from archive.search.words import words

FIELDS = 9
"""Raise when the fields, their content, their files, or the places of the classes that
Whoosh pickles change: older indexes are then outdated.
"""

TITLE_WEIGHT, AGENCY_WEIGHT, HEADING_WEIGHT = 5, 4, 2
"""BM25F: a word's frequency is the weighted sum over where it stands; in prose it
weighs 1.
"""

MAX_SEGMENT = 50_000
"""Reports in a segment that is merged from others: fewer than a segment can number."""


class Terms(FieldType):  # type: ignore[misc]
    """Takes {term: weight}, ready made: no analyzer, no Token objects, no positions.

    Whoosh's Existence format stores nothing beside a posting's weight; the weight is
    the frequency.
    """

    def __init__(self, scorable: bool) -> None:
        super().__init__(Existence(), None, scorable=scorable)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), weight, float(weight), b""


class Grams(Terms):
    """Takes the numbers of `gram_keys`."""

    def __init__(self) -> None:
        super().__init__(scorable=False)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        return super().index(dict.fromkeys(map(gram, value.tolist()), 1))


class Stretches(Terms):
    """Takes a text in normal form, with BORDER between its pieces.

    What stretches it has is known when all texts of a segment are (`lists.stretches`).
    """

    def __init__(self) -> None:
        super().__init__(scorable=False)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        return iter(())


def schema() -> Schema:
    """The fields, for Whoosh."""
    return Schema(
        words=Terms(scorable=True),
        grams=Grams(),
        heads=Grams(),
        stretches=Stretches(),
        version_id=COLUMN(NumericColumn("q")),
        filing_id=COLUMN(NumericColumn("q")),
        reported=COLUMN(NumericColumn("i")),
        published=COLUMN(NumericColumn("i")),
        fingerprint=COLUMN(NumericColumn("q")),
        figures=COLUMN(PickleColumn(RefBytesColumn())),
        **{f"facet_{facet.key}": COLUMN(RefBytesColumn()) for facet in FACETS},
    )


@cache
def made_by() -> dict[str, str | int]:
    """What an index must have been made by to be usable by this program.

    Words that another dictionary cut, or text made comparable by other rules, would not
    be found; and Whoosh pickles its list of segments.
    """
    facets = ",".join(facet.key for facet in FACETS)
    # A check stands in the index under its family, and may change it.
    families = ",".join(f"{check.key}:{check.family}" for check in CHECKS)
    release = ".".join(map(str, whoosh.__version__))
    return {
        "fields": FIELDS,
        "facets": facets,
        "checks": families,
        "figures": definitions(),
        "text": RULES,
        "words": dictionary(),
        "whoosh": release,
    }


def document(entry: Entry) -> dict[str, Any]:
    """The fields of an entry, for `writer.add_document`."""
    # All pieces in one text, since every call has its price.
    text = normal(BORDER.join(entry.pieces()))
    pieces = text.split(BORDER)
    # Title and agency, then heading and text of each section in turn.
    heads, headings, proses = pieces[:2], pieces[2::2], pieces[3::2]
    return {
        "words": _weighted_words(heads, headings, proses),
        "grams": gram_keys(pieces),
        "heads": gram_keys(heads),
        "stretches": text,
        "version_id": entry.version_id,
        "filing_id": entry.filing_id,
        "reported": entry.year,
        # Without a date 0: last, where the newest come first.
        "published": entry.published_on.toordinal() if entry.published_on else 0,
        "fingerprint": fingerprint("".join(proses), heads[1]),
        "figures": entry.values,
        **{f"facet_{facet.key}": _values(facet.values(entry)) for facet in FACETS},
    }


def _weighted_words(
    heads: list[str], headings: list[str], proses: list[str]
) -> Counter[str]:
    """Every word of a report with its weight for BM25F."""
    title, agency = heads
    counted = Counter(words(BORDER.join(proses), finely=True))
    for text, weight in (
        (title, TITLE_WEIGHT),
        (agency, AGENCY_WEIGHT),
        (BORDER.join(headings), HEADING_WEIGHT),
    ):
        for word in words(text, finely=True):
            counted[word] += weight
    return counted


def _values(values: Any) -> bytes:
    """The values of a facet, as its column holds them."""
    kept = dict.fromkeys(filter(None, values))
    # An unpaired surrogate, from a damaged file, can't be written as UTF-8.
    return SEPARATOR.join(kept).encode("utf-8", "replace")
