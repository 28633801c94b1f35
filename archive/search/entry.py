"""What is indexed of a report, and what its text is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """The current version of a filing, as the search sees it.

    `version_id` is its key in the index.
    """

    version_id: int
    filing_id: int
    title: str
    agency: str
    year: int
    """The year the report is about."""
    region_codes: tuple[str, ...] = ()
    """GB/T 2260 codes from the province down: the region and all its ancestors."""
    sector: str = ""
    level: str = ""
    form: str = ""
    findings: tuple[str, ...] = ()
    """Keys of the checks that found something which nobody has dismissed."""
    sections: tuple[tuple[int, str, str], ...] = ()
    """Number, heading and prose of each section."""
    published_on: date | None = None
    published_from: str = ""
    """How that day is known; `signed` where only the report's own date tells it."""
    is_government: bool = False
    """Whether the agency is a people's government itself."""
    has: tuple[str, ...] = ()
    """What its figures tell of: keys of facets.HAS."""
    media_type: str = ""
    """Of the original."""
    values: tuple[tuple[str, int | Decimal], ...] = ()
    """Its numbers that are sure (exact or inferred), by their keys in QUANTITIES: of a
    share the numerator, and under KEY.of the denominator. What is missing or in doubt
    is left out.
    """

    def pieces(self) -> Iterator[str]:
        """All that can be searched, piece by piece.

        A quoted text never runs from one piece into the next.
        """
        yield self.title
        yield self.agency
        for _, heading, prose in self.sections:
            yield heading
            yield prose
