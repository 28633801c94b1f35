"""Whether a page ends where its markup ends. Pure."""

from __future__ import annotations

import re

_TAIL = 2_000
# Where a download broke off in the middle of a tag or a sign.
# e.g. "<td>12</td><td cla", "</ta", "&nbs"
# not "<td>12", "a < b", "12 & 13"
_UNFINISHED = re.compile(r"<[A-Za-z/!][^<>]*$|&#?[A-Za-z0-9]{1,8}$")
# e.g. "</html>", "</BODY >"
# not "<body>"
_END = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
# e.g. "<table border=1>", "<TABLE>"
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
# e.g. "</table>"
_TABLE_END = re.compile(r"</table\b", re.IGNORECASE)


def breaks_off(text: str) -> bool | None:
    """Whether a page is cut off at its end; None where its markup does not tell.

    What lacks only its last tags may be whole: some systems never write them.
    """
    tail = text[-_TAIL:].rstrip()
    if _END.search(tail):
        return False
    if _UNFINISHED.search(tail):
        return True
    open_tables = len(_TABLE.findall(text)) - len(_TABLE_END.findall(text))
    if open_tables > 0:
        return True
    return None
