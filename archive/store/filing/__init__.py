"""What the pipeline writes: reports filed under their agency and year.

1 saving      read this first: an original kept, a sighting noted, a report filed; its
              filings and agencies are found or made in filings
2 succession  which of a filing's texts is current, and which wait for a person
3 parts       files that are read together as one report
4 computed    all that is computed of a text: its reading, claims, figures, findings
5 years       what is computed of two years; finding_rows is how findings are written
6 refiling    originals that are read again
  damage      readings that are damaged or gone, and have to be
  numbers_kept  typed numbers that are not those of their reading
7 bulk        many at once; many_rows writes them
8 events      what became of addresses; moving lets a page follow its report
9 looks       sightings as evidence; sealing puts them into the tree of a day
"""

from archive.store.filing import (
    bulk,
    events,
    looks,
    moving,
    parts,
    refiling,
    saving,
    sealing,
    succession,
)
from archive.store.filing.computed import opened, reading_of
from archive.store.filing.damage import (
    Broken,
    broken,
    broken_among,
    broken_of,
    opened_all,
)
from archive.store.filing.looks import Look, LookWish
from archive.store.filing.numbers_kept import Unlike, unlike
from archive.store.filing.parts import Part, parts_of
from archive.store.filing.saving import Origin, Sighting
from archive.store.filing.sealing import Day, Stock

__all__ = [
    "Broken",
    "Day",
    "Look",
    "LookWish",
    "Origin",
    "Part",
    "Sighting",
    "Stock",
    "Unlike",
    "broken",
    "broken_among",
    "broken_of",
    "bulk",
    "events",
    "looks",
    "moving",
    "opened",
    "opened_all",
    "parts",
    "parts_of",
    "reading_of",
    "refiling",
    "saving",
    "sealing",
    "succession",
    "unlike",
]
