"""What all quotations have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from archive.catalogue import CHINA

# What a key of BibTeX may not hold.
# e.g. "，", "{", " "
# not "a", "-"
_NO_KEY = re.compile(r"[^a-zA-Z0-9-]+")
# e.g. "{", "%", "_"
_TEX = re.compile(r"[\\{}%&#$_^~]")

Fields = Iterable[tuple[str, str]]
"""Name → what stands there; a field of nothing is left out."""


def day_told(on: date | None = None) -> str:
    """The day of a quotation, in China; today where none is given."""
    day = on or datetime.now(CHINA).date()
    return day.isoformat()


def day_of(moment: datetime) -> str:
    """The day in China on which a moment lies."""
    return moment.astimezone(CHINA).date().isoformat()


def entry(key: Iterable[str], fields: Fields) -> str:
    """An entry of BibTeX, of the kind `online` of biblatex."""
    return "\n".join(_lines(key, fields))


def _lines(key: Iterable[str], fields: Fields) -> Iterator[str]:
    name = "-".join(_NO_KEY.sub("-", word) for word in key if word)
    yield f"@online{{{name},"
    for field, said in fields:
        if said:
            yield f"  {field} = {{{said}}},"
    yield "}"


def body(name: str) -> str:
    """A body as an author: in braces, or its name would be taken apart."""
    return f"{{{tex(name)}}}"


def tex(text: str) -> str:
    """A text without signs that mean something to TeX."""
    return _TEX.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    # The others would need a command each, and mean nothing in a title.
    return f"\\{sign}" if sign in "%&#$_{}" else " "
