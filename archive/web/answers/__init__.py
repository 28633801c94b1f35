"""A search answered: what the result page, its JSON and the API show.

1 found     an address → hits with what is known of their reports
2 not_held  what was named and is not here: said first, with what is known of it; and
            what there is instead, under its own name;  missing  it in words;
            unknown  a body that is called as nobody here is
3 chips     what was understood, as pages and data show it
4 listing   all of it as JSON: a public contract
"""

from archive.web.answers.chips import ShownChip, shown_chips, understood_told
from archive.web.answers.found import Found, find, listed, stands_for
from archive.web.answers.listing import listing
from archive.web.answers.missing import not_held_told
from archive.web.answers.not_held import Standing

__all__ = [
    "Found",
    "ShownChip",
    "Standing",
    "find",
    "listed",
    "listing",
    "not_held_told",
    "shown_chips",
    "stands_for",
    "understood_told",
]
