"""A body in the words of a question that is called as nobody here is.

苏州工业园区管委会, 网信办: of no kind that is known, so that only the name tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from archive.search import Chip, ChipKind, Query
from archive.web.answers.missing import NotHeld

_LONG = "管委会|委员会|办公室|办事处|管理局|管理处|管理中心|监管局|监督局|执法局|分局"
_OFFICES = (
    "网信办|信访办|外事办|台办|侨办|编办|扶贫办|金融办|法制办|人防办|医改办|文明办"
)
# e.g. "苏州工业园区管委会", "国家网信办", "公积金管理中心"
# not "委员会", "格局", "怎么办", "成立工作委员会的通知"
_BODY = re.compile(rf"^(?:\w{{2,20}}?(?:{_LONG})|\w{{0,6}}?(?:{_OFFICES}))$")
# e.g. "设立", "加强"
# not "国家"
_DOING = re.compile("设立|成立|加强|完善|建立|没有|不是|怎么|如何|什么|[的了是和与]")


def unknown_body(query: Query) -> NotHeld | None:
    """The body that the words of a question name, where nobody is called so."""
    words = query.understood.rest
    if not _BODY.match(words) or _DOING.search(words):
        return None
    years = (chip.years for chip in query.understood.of(ChipKind.YEARS))
    return NotHeld(
        kind=ChipKind.AGENCY,
        name=_place_of(query.understood.of(ChipKind.PLACE)) + words,
        years=tuple(sorted(set(chain.from_iterable(years)))),
        is_open=False,
        region="",
        is_unknown=True,
    )


def _place_of(places: Sequence[Chip]) -> str:
    """The place before the name; empty where there is none, or several."""
    return places[0].label if len(places) == 1 else ""
