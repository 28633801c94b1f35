"""Which agencies an address asks for, understood as the search does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from werkzeug.datastructures import MultiDict

from archive.search import Chip, understand
from archive.store import (
    AgencyWish,
)
from archive.web.asking import today

MAX_WISH = 100
"""Characters of what is asked for."""


def wish_of(args: MultiDict[str, str]) -> AgencyWish:
    """Which agencies an address asks for."""
    texts = {
        name: args.get(name, "").replace("\0", "").strip()[:MAX_WISH]
        for name in ("name", "region", "sector", "level")
    }
    wish = AgencyWish(texts["name"], texts["region"], texts["sector"], texts["level"])
    return _understood(wish)


def _understood(wish: AgencyWish) -> AgencyWish:
    """A wish whose name is understood as the search understands it: 成都 教委, 臺灣,
    chongqing, 成都 除教育局外. Years of a question tell nothing of an agency.
    """
    found = understand(wish.name, today())
    asked = [chip for chip in found.chips if not chip.is_ruled_out]
    ruled_out = [_meant(AgencyWish(), row) for row in _rows(found.chips)]
    return replace(
        _meant(wish, asked),
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


def _meant(wish: AgencyWish, chips: Sequence[Chip]) -> AgencyWish:
    """A wish for the places and kinds of agencies that chips mean."""
    named = [chip for chip in chips if chip.places]
    codes = [code for chip in named for one in chip.places for code in one.codes]
    kinds = [chip.agency for chip in chips if chip.agency]
    endings: list[str] = []
    for kind in kinds:
        endings += kind.in_a_place if named else kind.endings
    # Beside another kind that is known by its ending alone, parts would leave it out.
    are_of_parts = all(kind.has for kind in kinds)
    parts = chain.from_iterable(kind.has for kind in kinds if are_of_parts)
    return replace(
        wish,
        places=tuple(codes),
        written=tuple(chip.typed for chip in named),
        endings=tuple(endings),
        parts=tuple(parts),
    )
