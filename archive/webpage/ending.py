"""Whether a page ends where its markup ends. Pure."""

from __future__ import annotations

import re
from collections import Counter

_TAIL = 2_000
# Where a download broke off in the middle of a tag or a sign.
# e.g. "<td>12</td><td cla", "</ta", "&nbs"
# not "<td>12", "a < b", "12 & 13"
_UNFINISHED = re.compile(r"<[A-Za-z/!][^<>]*$|&#?[A-Za-z0-9]{1,8}$")
# e.g. "</html>", "</BODY >"
# not "<body>"
_END = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
# e.g. "<table border=1>", "</TABLE>", "<ul class='list'>", "</div>"
# not "<td>"
_HOLDERS = re.compile(r"<(/?)(table|ul|ol|div)\b", re.IGNORECASE)


def breaks_off(text: str, *holders: str) -> bool | None:
    """Whether a page is cut off at its end; None where its markup does not tell.

    `holders`: names of elements, such as `table`, one of which is left open where what
    matters was cut. What lacks only its last tags may be whole: some systems never
    write them.
    """
    tail = text[-_TAIL:].rstrip()
    if _END.search(tail):
        return False
    if _UNFINISHED.search(tail):
        return True
    still_open: Counter[str] = Counter()
    for closing, name in _HOLDERS.findall(text):
        still_open[name.lower()] += -1 if closing else 1
    if any(still_open[name] > 0 for name in holders):
        return True
    return None
