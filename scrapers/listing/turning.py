"""How the next page of a service's answer is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapers.listing.filled import PAGE_NAME
from scrapers.source import Capture, Form


def next_of(
    capture: Capture,
    count: int,
    size: int | None,
    total: int | None,
    pages: int | None,
) -> tuple[str | None, Form]:
    """How the page behind an answer is asked for; None behind the last one.

    `count` entries were in it; a page has `size`, the list `total` and so many `pages`,
    where that is said. The number of the page is raised where it stands: in the
    address, in the form, or in the text of JSON that was sent.
    """
    asked = _Asked.of(capture)
    number = asked.number
    if number is None or not count:
        return None, ()
    full = asked.size or _per_page(capture) or size or count
    if _is_last(number, count, full, total, pages):
        return None, ()
    url, form = asked.turned(number + 1)
    return f"{url}#{_PER_PAGE}{full}", form


def _is_last(
    number: int, count: int, full: int, total: int | None, pages: int | None
) -> bool:
    """Whether a page is the last one; by how full it is where nothing is said."""
    if total is not None:
        return number * full >= total
    if pages is not None:
        return number >= pages
    return count < full


_PER_PAGE = "per-page="
_LONGEST_NUMBER = 7
_SIZES = frozenset(("pagesize", "perpage", "size", "rows", "limit", "row"))


def _per_page(capture: Capture) -> int | None:
    """How many entries the first page had, noted behind the address of a later one."""
    fragment = urlsplit(capture.asked).fragment
    return whole(fragment.removeprefix(_PER_PAGE))


@dataclass(frozen=True, slots=True)
class _Asked:
    """An address and a form with the names and values they consist of."""

    url: str
    query: tuple[tuple[str, str], ...]
    form: Form

    @classmethod
    def of(cls, capture: Capture) -> _Asked:
        parts = urlsplit(capture.url)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return cls(parts._replace(query="", fragment="").geturl(), query, capture.form)

    @property
    def number(self) -> int | None:
        """The number of the page that was asked for."""
        for name, value in self._fields():
            if PAGE_NAME.match(name) and whole(value) is not None:
                return whole(value)
        return None

    @property
    def size(self) -> int | None:
        """How many entries of a page were asked for."""
        for name, value in self._fields():
            if name.lower().replace("_", "") in _SIZES:
                return whole(value) or None
        return None

    def _fields(self) -> list[tuple[str, str]]:
        """All fields, those in a text of JSON as well."""
        fields = [*self.query]
        for name, value in (*self.query, *self.form):
            inner = _object(value)
            fields += [(key, str(one)) for key, one in inner.items()]
            if not inner:
                fields.append((name, value))
        return fields

    def turned(self, number: int) -> tuple[str, Form]:
        """The same for another page."""
        query = tuple(_turned(field, number) for field in self.query)
        form = tuple(_turned(field, number) for field in self.form)
        url = f"{self.url}?{urlencode(query)}" if query else self.url
        return url, form


def _turned(field: tuple[str, str], number: int) -> tuple[str, str]:
    """A field with the number of another page, if it is the one or holds it."""
    name, value = field
    inner = _object(value)
    if inner:
        for key in filter(PAGE_NAME.match, inner):
            inner[key] = number
        return name, json.dumps(inner, ensure_ascii=False, separators=(",", ":"))
    if PAGE_NAME.match(name) and whole(value) is not None:
        return name, str(number)
    return field


def _object(value: str) -> dict[str, Any]:
    """The object that a text of JSON is; an empty one for any other text."""
    if not value.startswith("{"):
        return {}
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def whole(value: Any) -> int | None:
    """The count that a value is, also one in quotes; None for anything else."""
    text = str(value)
    is_number = text.isascii() and text.isdigit()
    if not is_number or len(text) > _LONGEST_NUMBER:
        return None
    return int(text)
