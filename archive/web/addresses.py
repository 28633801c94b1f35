"""Addresses of this site: how templates make them, how the numbers in them are read.

A list of results has hundreds of them; what they share is put together once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote_plus

from flask import current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import BuildError, MapAdapter

from archive.catalogue import FACETS
from archive.web.current import current_archive

MOST_PAGES = 1_000_000
"""No list has so many pages; a greater number is a slip, or a robot's."""
_LONGEST = 9
"""Digits of a number that any database takes."""


def whole_number(text: str, most: int) -> int | None:
    """A number from 1 to `most`; None for any other text."""
    # isdigit alone is true of ² and of full-width digits, which int() refuses or reads.
    is_plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    if not is_plain or not 1 <= int(text) <= most:
        return None
    return int(text)


def page_asked(args: MultiDict[str, str]) -> int:
    """The page an address asks for; the first where it asks for none that can be."""
    return whole_number(args.get("page", ""), MOST_PAGES) or 1


def pages_of(total: int, size: int) -> int:
    """How many pages a list has; one when it is empty."""
    return max(1, -(-total // size))


_SHORT = 100
"""Signs of a value up to which its address is kept: long ones are never asked again."""

MEANT = frozenset(
    (
        *(facet.key for facet in FACETS),
        *("q", "literal", "understand", "synonyms", "fold", "finding", "all"),
        *("where", "where_key", "where_sign", "where_value", "join", "below", "of"),
        *("figure", "figures", "plot", "shape", "ranking", "scope", "years", "only"),
        *("a", "b", "find", "show", "go", "without", "dropped", "key", "version"),
        *("page", "size", "sort", "order", "name", "state", "next", "to", "deed"),
        *("group", "family", "words", "what", "paused", "day", "level", "sector"),
        *("actor", "action", "subject", "year", "region", "agency"),
    )
)
"""What a parameter of a page of ours can be called. Others (utm_source, fbclid) mean
nothing here, and stand in no address that we make.
"""
MOST_CONDITIONS = 20
"""Conditions on figures that are used of an address."""
_MOST_VALUES = 100
"""Values of any other parameter that go on to other addresses: more than pages use."""
_MOST_AGENCIES = 5_000
"""The same of the agencies of a comparison."""
_LONGEST_VALUE = 1_000
"""Signs of a value that go on: twice as many as a question has."""

Parameters = dict[str, str]
"""Name → the parameter as it stands in an address; empty for one that is left out."""


def address(endpoint: str, /, **values: Any) -> str:
    """What templates call `url_for`: the address of a page, as Flask's makes it.

    Without what no page of ours needs (names within a blueprint, anchors, defaults),
    and kept for the next page: all pages share most of theirs. `values` are named by
    us: what a visitor named goes through `address_with` and `address_again`.
    """
    if not all(map(_is_short, values.values())):
        return _routes().build(endpoint, values)
    return _kept(request.script_root, endpoint, *values.items())


def public_address(endpoint: str, /, **values: Any) -> str:
    """The address of a page as we give it to others: in data, exports and citations.

    Begins with what the settings say, never with what a visitor called us.
    """
    return current_archive().settings.public_url + address(endpoint, **values)


def _is_short(value: Any) -> bool:
    """Whether a value is worth keeping: a short text, a number, or none."""
    if isinstance(value, str):
        return len(value) <= _SHORT
    return value is None or isinstance(value, int)


@lru_cache(maxsize=20_000)
def _kept(root: str, endpoint: str, *values: tuple[str, Any]) -> str:
    """An address within this site; `root` stands before all paths."""
    shape = None
    if all(_is_plain(value) for _, value in values):
        kinds = tuple([(name, type(value)) for name, value in values])
        shape = _shape(root, endpoint, kinds)
    if shape is None:
        return _routes().build(endpoint, dict(values))
    begin, pieces = shape
    return begin + "".join([f"{values[at][1]}{piece}" for at, piece in pieces])


def _is_plain(value: Any) -> bool:
    """Whether a value stands in an address as it is; None does not stand there."""
    if isinstance(value, str):
        return value.isascii() and value.replace("-", "").isalnum()
    return value is None or type(value) is int


Shape = tuple[str, list[tuple[int, str]]]
"""What an address begins with; then the place of each value, and what follows it."""


@lru_cache(maxsize=2_000)
def _shape(
    root: str, endpoint: str, kinds: tuple[tuple[str, type], ...]
) -> Shape | None:
    """How the addresses look that have values of these kinds: made once of samples, so
    that each of a thousand agencies need not be led through all routes.

    None where samples do not do, as for a part of a path that is one of a few words.
    """
    if len(kinds) > _MOST_SAMPLES:
        return None
    samples = {name: _SAMPLES[kind](at) for at, (name, kind) in enumerate(kinds)}
    try:
        made = _routes().build(endpoint, samples)
    except (BuildError, ValueError):
        return None
    shown = {str(samples[name]): at for at, (name, _) in enumerate(kinds)}
    begin, *pieces = _SAMPLE.split(made)
    values, texts = pieces[::2], pieces[1::2]
    if sorted(values) != sorted(one for one in shown if one != "None"):
        return None
    return begin, [(shown[one], text) for one, text in zip(values, texts, strict=True)]


_MOST_SAMPLES = 10
# e.g. "sample0sample", "909090900"
_SAMPLE = re.compile(r"(sample[0-9]sample|90909090[0-9])")
_SAMPLES: Mapping[type, Callable[[int], str | int | None]] = {
    str: "sample{}sample".format,
    int: (909_090_900).__add__,
    type(None): lambda _: None,
}


def _routes() -> MapAdapter:
    """The routes as this request came: its host, and what stands before all paths."""
    if "routes" not in g:
        g.routes = current_app.create_url_adapter(request)
    return cast(MapAdapter, g.routes)


def address_with(**changes: Any) -> str:
    """The address of this page with other parameters.

    A list repeats its parameter, None takes one out.
    """
    return _joined(_here(), _changed(changes).values())


def address_again(endpoint: str, /, **values: Any) -> str:
    """The address of another page that is asked what this one was asked.

    `values` are of its path; a parameter of the same name is another thing.
    """
    return _joined(address(endpoint, **values), _asked().values())


def choosing(name: str, **changes: Any) -> Callable[[Iterable[str]], str]:
    """What makes the address of this page with other values of one parameter.

    The rest of the address is put together once: a facet has hundreds of values.
    """
    return Choosing(**changes).of(name)


class Choosing:
    """Addresses of this page with other values of one of its parameters, and `changes`
    of others: what all of them share is put together once.
    """

    def __init__(self, **changes: Any) -> None:
        self._page = _here()
        self._parameters = _changed(changes)
        self._whole = _joined(self._page, self._parameters.values())

    def of(self, name: str) -> Callable[[Iterable[str]], str]:
        """What makes the address with these values of a parameter; without it for none.

        A parameter stays where it stands; a new one comes last.
        """
        quoted, end, without = _quoted(name), "", self._whole
        if name in self._parameters:
            names = list(self._parameters)
            place = names.index(name)
            before = [self._parameters[one] for one in names[:place]]
            after = [self._parameters[one] for one in names[place + 1 :]]
            without = _joined(self._page, (*before, *after))
            begin = _joined(self._page, (*before, f"{quoted}="))
            end = "".join([f"&{one}" for one in after if one])
        else:
            sign = "&" if "?" in without else "?"
            begin = f"{without}{sign}{quoted}="
        between = f"&{quoted}="

        def chosen(values: Iterable[str]) -> str:
            several = between.join(map(_quoted, values))
            return f"{begin}{several}{end}" if several else without

        return chosen


def _here() -> str:
    """This page without its parameters; put together once, as they are."""
    if "here" not in g:
        page = request.endpoint or "find.home"
        g.here = address(page, **(request.view_args or {}))
    return cast(str, g.here)


def _asked() -> Parameters:
    """The parameters of this request; put together once, a page asks dozens of times.

    Empty ones are left out, so that one page has one address.
    """
    if "asked" not in g:
        g.asked = {
            name: _parameter(name, _going_on(name, values))
            for name, values in request.args.lists()
            if name in MEANT and any(values)
        }
    return cast(Parameters, g.asked)


def _going_on(name: str, values: Iterable[str]) -> list[str]:
    """As many of the values as a page uses: an address can hold thousands, and each of
    our addresses of a page would repeat them.
    """
    given = [value[:_LONGEST_VALUE] for value in values if value]
    if name == "where":
        return given[:MOST_CONDITIONS]
    most = _MOST_VALUES
    if name == "agency" and request.blueprint == "compare":
        most = _MOST_AGENCIES
    return list(dict.fromkeys(given))[:most]


def _changed(changes: Mapping[str, Any]) -> Parameters:
    """The parameters of this request, some of them changed."""
    changed = {name: _parameter(name, value) for name, value in changes.items()}
    return {**_asked(), **changed}


def _parameter(name: str, value: Any) -> str:
    """A parameter as it stands in an address: once for each value of a list."""
    if value in (None, "", []):
        return ""
    several = value if isinstance(value, list) else [value]
    quoted = _quoted(name)
    return "&".join([f"{quoted}={_quoted(str(one))}" for one in several])


def _joined(page: str, parameters: Iterable[str]) -> str:
    """A page with its parameters, those that are not left out."""
    query = "&".join(filter(None, parameters))
    if query:
        return f"{page}?{query}"
    return page


def _quoted(text: str) -> str:
    """A name or value as it stands in an address."""
    if len(text) > _SHORT:
        return _newly_quoted(text)
    return _once_quoted(text)


def _newly_quoted(text: str) -> str:
    """The same, not kept; what Werkzeug leaves as it is stays so."""
    return quote_plus(text, safe="!$'()*,/:;?@")


_once_quoted = lru_cache(maxsize=10_000)(_newly_quoted)
