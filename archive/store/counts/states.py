"""The state of each year of a body, as a text of one sign a year.

So that a body is one row, however many years there are: `--hhnn` are two years before
it was there, two held, two not seen.
"""

from __future__ import annotations

from datetime import date

from archive.catalogue import COVERED_SINCE, Coverage, Way, last_day, state_of
from archive.store.counts.roster import Expected

LETTERS: dict[Coverage, str] = {
    Coverage.HELD: "h",
    Coverage.UNREAD: "r",
    Coverage.WITHHELD: "w",
    Coverage.UNREACHABLE: "u",
    Coverage.NOT_DUE: "-",
    Coverage.NOT_SEEN: "n",
    Coverage.NO_SOURCE: "s",
}
_OF_LETTER = {letter: state for state, letter in LETTERS.items()}


def newest_year(today: date) -> int:
    """The last year that is over: its reports may come out."""
    return today.year - 1


def signs_of(body: Expected, way: Way, today: date) -> str:
    """The signs of a body, from COVERED_SINCE to the last year that is over."""
    newest = newest_year(today)
    last = body.last or newest
    signs = []
    for year in range(COVERED_SINCE, newest + 1):
        own = body.own.get(year)
        state = state_of(
            way,
            held=body.holds(year),
            own_obstacle=own.state if own else None,
            existed=body.first <= year <= last,
            # All earlier ones were due by March of this year's year before.
            is_over=year < newest or _is_over(body, year, today),
        )
        signs.append(LETTERS[state])
    return "".join(signs)


def _is_over(body: Expected, year: int, today: date) -> bool:
    day = last_day(year, body.name, body.level, is_government=body.is_government)
    return today > day


def years_told(signs: str) -> dict[int, Coverage]:
    """Year → state, as the signs say."""
    return {
        year: _OF_LETTER[sign] for year, sign in enumerate(signs, start=COVERED_SINCE)
    }
