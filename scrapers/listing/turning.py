"""How the next page of a service's answer is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapers.listing.filled import PAGE_NAME
from scrapers.listing.literals import json_object, whole
from scrapers.source import Capture, Form, Learnt, ListPage


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries are in an answer, and what it says of the whole list."""

    entries: int
    size: int | None
    """How many entries a page has, where that is said."""
    total: int | None
    pages: int | None

    def end_at(self, number: int, full: int) -> bool:
        """Whether a page is the last one; by how full it is where nothing is said."""
        if self.total is not None:
            return number * full >= self.total
        if self.pages is not None:
            return number >= self.pages
        return self.entries < full


def with_next(capture: Capture, read: ListPage, counts: Counts) -> ListPage:
    """A page of a list with how the one behind it is asked for, unless it is the last.

    The number of the page is raised where it stands: in the address, in the form, or in
    the text of JSON that was sent.
    """
    asked = _Asked.of(capture)
    number = asked.number
    if number is None or not counts.entries:
        return read
    known = asked.size or capture.learnt.per_page
    full = known or counts.size or counts.entries
    if counts.end_at(number, full):
        return read
    url, form = asked.turned(number + 1)
    return replace(read, next_url=url, form=form, learnt=Learnt(per_page=full))


_SIZES = frozenset(("pagesize", "perpage", "size", "rows", "limit", "row"))


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
            inner = json_object(value)
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
    inner = json_object(value)
    if inner:
        for key in filter(PAGE_NAME.match, inner):
            inner[key] = number
        return name, json.dumps(inner, ensure_ascii=False, separators=(",", ":"))
    if PAGE_NAME.match(name) and whole(value) is not None:
        return name, str(number)
    return field
