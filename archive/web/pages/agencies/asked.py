"""Which agencies an address asks for, understood as the search does."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from archive.search import ChipKind, understand
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
    chongqing. Years of a question tell nothing of an agency.
    """
    found = understand(wish.name, today())
    places = found.of(ChipKind.PLACE)
    codes = [code for chip in places for one in chip.places for code in one.codes]
    endings: list[str] = []
    for chip in found.of(ChipKind.AGENCY):
        assert chip.agency
        endings += chip.agency.in_a_place if places else chip.agency.endings
    return replace(
        wish,
        words=found.words,
        places=tuple(codes),
        written=tuple(chip.typed for chip in places),
        endings=tuple(endings),
    )
