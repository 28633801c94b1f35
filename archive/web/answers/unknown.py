"""A body in the words of a question that is called as nobody here is.

苏州工业园区管委会, 网信办: of no kind that is known, so that only the name tells.
"""

from __future__ import annotations

import re

from archive.search import ChipKind, Index, Query
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


def unknown_body(index: Index, query: Query) -> NotHeld | None:
    """The body that the words of a question name, where no report has that name.

    A visitor's filters, years and conditions leave out what is here all the same.
    """
    words = query.understood.rest
    if not _BODY.match(words) or _DOING.search(words):
        return None
    in_full = words.replace("管委会", "管理委员会")
    if index.search(Query(f'"{words}" OR "{in_full}"', size=1)).total:
        return None
    return NotHeld(
        kind=ChipKind.AGENCY,
        name=words,
        years=(),
        is_open=False,
        region="",
        is_unknown=True,
    )
