"""What a downloaded file is called: what is inside, and of which day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from archive.catalogue import CHINA
from archive.web import labels

# Signs that a name of a file may not hold, or that a shell takes for its own.
# e.g. "/", "“", " ", "\u202e"
# not "商务局", "2022", "a-b"
_NO_NAME = re.compile(r"[^\w-]+")
_MOST_SIGNS = 60
"""Of the words of a question: no disk takes a name of more than 255 bytes."""


def file_name(what: str, words: Iterable[str], at: datetime) -> str:
    """`年报_商务_2022_20261127`, without its ending."""
    day = at.astimezone(CHINA).strftime("%Y%m%d")
    cleaned = (_NO_NAME.sub("-", one).strip("-") for one in words)
    asked = "_".join(filter(None, cleaned))[:_MOST_SIGNS]
    return "_".join(filter(None, (what, asked, day)))


def narrowed(region: str, level: str, sector: str) -> list[str]:
    """The bodies that a table is of, in words; nothing for all of them."""
    place = labels.region_name(region) if region else ""
    return list(filter(None, (place, level, sector)))


def attached(name: str, plain: str) -> str:
    """The header that names a download: RFC 6266, with signs beyond ASCII as RFC 5987
    writes them, and a plain name for programs that read no others.
    """
    if name.isascii():
        return f'attachment; filename="{name}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
