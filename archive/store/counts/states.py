"""The state of each year of a body, as a text of one sign a year.

So that a body is one row, however many years there are: `--hhnn` are two years before
it was there, two held, two not seen.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from archive.catalogue import COVERED_SINCE, Coverage, duties
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
_HELD = LETTERS[Coverage.HELD]
_OF_LETTER = {letter: state for state, letter in LETTERS.items()}


def newest_year(today: date) -> int:
    """The last year that is over: its reports may come out."""
    return today.year - 1


def signs_of(body: Expected, way: duties.Way, today: date) -> str:
    """The signs of a body, from COVERED_SINCE to the last year that is over."""
    newest = newest_year(today)
    last = body.last or newest
    signs = []
    before, due = _sign(way, existed=False), _sign(way)
    held = body.held
    for year in range(COVERED_SINCE, newest + 1):
        sign = due if body.first <= year <= last else before
        # One bit a year, the first at the end.
        signs.append(_HELD if held & 1 else sign)
        held >>= 1
    for year in {newest, *body.own} & {*range(COVERED_SINCE, newest + 1)}:
        signs[year - COVERED_SINCE] = _sign_of_year(body, way, year, today)
    return "".join(signs)


def _sign_of_year(body: Expected, way: duties.Way, year: int, today: date) -> str:
    """The sign of a year of which more is to be asked than whether it is held."""
    own = body.own.get(year)
    return _sign(
        way,
        held=body.holds(year),
        own=own.state if own else None,
        existed=body.first <= year <= (body.last or year),
        is_over=_is_over(body, year, today),
    )


@cache
def _sign(
    way: duties.Way,
    *,
    held: bool = False,
    own: Coverage | None = None,
    existed: bool = True,
    is_over: bool = True,
) -> str:
    state = duties.state_of(
        way, held=held, own_obstacle=own, existed=existed, is_over=is_over
    )
    return LETTERS[state]


def _is_over(body: Expected, year: int, today: date) -> bool:
    day = duties.last_day(year, body.name, body.level, is_government=body.is_government)
    return today > day


def years_told(signs: str) -> dict[int, Coverage]:
    """Year → state, as the signs say."""
    return {
        year: _OF_LETTER[sign] for year, sign in enumerate(signs, start=COVERED_SINCE)
    }
