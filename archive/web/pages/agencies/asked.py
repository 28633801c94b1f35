"""Which agencies an address asks for, understood as the search does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from werkzeug.datastructures import MultiDict

from archive.search import Chip, Query, levels_left_out
from archive.store import AgencyWish, Within
from archive.web.asking import asked_on_of

MAX_WISH = 100
"""Characters of what is asked for."""


def wish_of(args: MultiDict[str, str]) -> AgencyWish:
    """Which agencies an address asks for."""
    query = query_of(args)
    region, sector, level = (_text(args, one) for one in ("region", "sector", "level"))
    return _understood(AgencyWish(query.text, region, sector, level), query)


def query_of(args: MultiDict[str, str]) -> Query:
    """What is asked for by name, as a search for the same."""
    asked_on, literal = asked_on_of(args)
    return Query(_text(args, "name"), asked_on=asked_on, literal=literal)


def _text(args: MultiDict[str, str], name: str) -> str:
    return args.get(name, "").replace("\0", "").strip()[:MAX_WISH]


def _understood(wish: AgencyWish, query: Query) -> AgencyWish:
    """A wish whose name is understood as the search understands it: 成都 教委, 臺灣,
    chongqing, 成都 除教育局外. Years of a question tell nothing of an agency.
    """
    found = query.understood
    if not found.chips:
        return replace(wish, words=found.words)
    asked = [chip for chip in found.chips if not chip.is_ruled_out]
    ruled_out = [_meant(AgencyWish(), row, ()) for row in _rows(found.chips)]
    return replace(
        _meant(wish, asked, found.chips),
        words=found.words,
        ruled_out=tuple(row for row in ruled_out if row.places or row.endings),
    )


def _rows(chips: Sequence[Chip]) -> Iterator[list[Chip]]:
    """Those that rule something out, together where one stands right behind another:
    不要深圳教育局的 rules out no other 教育局.
    """
    row: list[Chip] = []
    for chip in filter(attrgetter("is_ruled_out"), chips):
        if row and row[-1].end != chip.start:
            yield row
            row = []
        row.append(chip)
    yield row


def _meant(
    wish: AgencyWish, chips: Sequence[Chip], whole: Sequence[Chip]
) -> AgencyWish:
    """A wish for the places and kinds of agencies that chips mean.

    `whole`: all chips of the question; none for what is ruled out, which is ruled out
    with all that lies in it.
    """
    named = [chip for chip in chips if chip.places]
    places = [
        Within(code, levels_left_out(whole, place))
        for place in chain.from_iterable(chip.places for chip in named)
        for code in place.codes
    ]
    kinds = [chip.agency for chip in chips if chip.agency]
    endings = [kind.in_a_place if named else kind.endings for kind in kinds]
    return replace(
        wish,
        places=tuple(places),
        written=tuple(chip.typed for chip in named),
        endings=tuple(chain.from_iterable(endings)),
        parts=_of_every(kind.has for kind in kinds),
        levels=_of_every([kind.level] for kind in kinds),
        sectors=_of_every([kind.sector] for kind in kinds),
    )


def _of_every(said: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What all kinds say of themselves besides their endings: beside another kind that
    is known by its ending alone it would leave that out.
    """
    each = [tuple(filter(None, one)) for one in said]
    return tuple(chain.from_iterable(each)) if all(each) else ()
