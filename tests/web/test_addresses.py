"""Addresses as pages make them are those that Flask would make, and are read alike."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote

import flask
import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from archive.web.addresses import (
    MEANT,
    _kept,
    _once_quoted,
    address,
    address_again,
    address_with,
    choosing,
)
from tests.running import ROOT
from tests.web.pages import Page
from tests.web.test_pages import PAGES

WORDS = st.text(max_size=12)
HOSTILE = ["", "~", "year=~", "&year=~", "?year=~&", "a b+c%20", "“商务”", "\0\ud7ff#"]


@pytest.mark.parametrize("root", ["", "/nianbao"])
@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("find.home", {}),
        ("find.search", {"q": "营商 环境/?&=#", "year": None}),
        ("find.search", {"q": "长" * 200, "year": ["2021", "2022"]}),
        ("reports.report", {"key": "990100-甲/乙", "year": 2022, "version": "2"}),
        ("agencies.agency_export", {"key": "x", "kind": "csv"}),
        ("reports.report", {"year": 2022, "key": "990100-shili", "version": None}),
        ("reports.report", {"key": "sample1sample", "year": 909090900, "version": 3}),
        ("reports.report", {"key": "a", "year": "2022"}),
        ("cells.cells", {"version": 7, "year": 2021, "key": "a-b"}),
        ("find.search", {f"p{at}": at for at in range(12)}),
        ("find.search", {"q": None, "region": "510000", "page": -2, "year": True}),
    ],
)
def test_as_flask_makes_them(
    site: Flask, root: str, endpoint: str, values: dict[str, object]
) -> None:
    with site.test_request_context("/search", base_url=f"http://x.example{root}"):
        for _ in range(2):
            assert address(endpoint, **values) == url_for(endpoint, **values)


@given(key=st.text("ab-0", min_size=1), year=st.integers(0, 9999), more=WORDS)
def test_addresses_of_one_shape_are_apart(
    site: Flask, key: str, year: int, more: str
) -> None:
    with site.test_request_context("/search"):
        for values in (
            {"key": key, "year": year},
            {"key": key, "year": year, "q": more},
        ):
            made = address("reports.report", **values)
            assert made == url_for("reports.report", **values)


NAMES = [
    "q",
    "year",
    "sort",
    "xyear",
    "endpoint",
    "kind",
    "_external",
    "key",
    "self",
    "年",
]


@given(asked=st.dictionaries(st.sampled_from(NAMES), WORDS | st.sampled_from(HOSTILE)),
       values=st.lists(WORDS.filter(bool), max_size=3))  # fmt: skip
def test_a_value_chosen_keeps_everything_else(
    site: Flask, asked: dict[str, str], values: list[str]
) -> None:
    environ = EnvironBuilder("/search", query_string=asked).get_environ()
    with site.request_context(environ):
        to = choosing("year", page=None)
        assert to(values) == address_with(page=None, year=values)
        assert to([]) == address_with(page=None, year=None)
        kept = {name: [one] for name, one in asked.items() if one and name in MEANT}
        kept.pop("year", None)
        assert _read(to([])) == kept
        if values:
            assert _read(to(values)) == {**kept, "year": values}


@given(asked=st.dictionaries(st.sampled_from(["q", "name"]), WORDS), page=WORDS)
def test_changed_parameters_stand_as_flask_writes_them(
    site: Flask, asked: dict[str, str], page: str
) -> None:
    environ = EnvironBuilder("/search", query_string=asked).get_environ()
    whole = {**asked, "page": page}
    given_texts = {name: text for name, text in whole.items() if text}
    with site.request_context(environ):
        expected = url_for("find.search", **given_texts)
        assert address_with(page=page) == expected


@pytest.mark.parametrize("root", ["", "/nianbao"])
def test_another_page_is_asked_the_same(site: Flask, root: str) -> None:
    asked = "q=a%26b&kind=xlsx&endpoint=x&_external=1&sort=&year=2021&year=2022"
    base = f"http://x.example{root}"
    with site.test_request_context(f"/search?{asked}", base_url=base):
        found = address_again("find.search_export", kind="csv")
    assert found.startswith(f"{root}/search.csv?")
    assert _read(found) == {
        "q": ["a&b"],
        "year": ["2021", "2022"],
    }


def _read(made: str) -> dict[str, list[str]]:
    """The parameters of an address as a server reads them."""
    _, _, asked = made.partition("?")
    environ = EnvironBuilder("/", query_string=asked).get_environ()
    return dict(Request(environ).args.lists())


@pytest.mark.parametrize("name", ["endpoint", "kind", "_external", "self", "key"])
@pytest.mark.parametrize("page", ["/search?q=公开", "/agencies?", "/status?page=2"])
def test_any_name_of_a_parameter_may_be_sent(
    client: FlaskClient, page: str, name: str
) -> None:
    answer = client.get(f"{page}&{name}=x")
    assert answer.status_code == 200
    assert "http://localhost" not in answer.text


class Recording(ImmutableMultiDict[str, str]):
    """Parameters that note by which names they were asked."""

    names: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> str:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, *more: Any) -> list[Any]:
        self.names.add(key)
        return super().getlist(key, *more)


def test_what_any_page_asks_for_goes_on(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page asks for and MEANT lacks would be lost by every link."""
    monkeypatch.setattr(Recording, "names", set())
    monkeypatch.setattr(flask.Request, "parameter_storage_class", Recording)
    for asked in PAGES:
        client.get(asked)
        client.get(asked.partition("?")[0] + "?x=1")
    assert len(Recording.names) > 30
    assert Recording.names <= MEANT
    forms = (ROOT / "templates").rglob("*.html")
    of_forms = {
        name
        for one in forms
        for form in re.findall(r"<form(?![^>]*post).*?</form>", one.read_text(), re.S)
        for name in re.findall(r' name="([a-z_]+)"', form)
    }
    assert "where_key" in of_forms
    assert of_forms <= MEANT


@pytest.mark.parametrize(
    ("asked", "kept", "lost"),
    [
        ("q=公开&utm_source=x&fbclid=y&x0=1", "q=", ("utm_source", "fbclid", "x0")),
        ("&".join(f"x{n}=1" for n in range(2500)), "/search", ("x1=",)),
        (
            "&".join(f"where=requests.new.total>{n}" for n in range(500)),
            "total%3E19",
            ("total%3E20&", "total%3E499"),
        ),
        ("&".join(f"figure=x{n}" for n in range(2000)), "figure=x1", ("x1999",)),
        ("q=" + quote(" ".join(f"新收>{n}" for n in range(500))), "q=", (">499",)),
    ],
)
def test_a_page_is_not_as_large_as_its_address_makes_it(
    client: FlaskClient, asked: str, kept: str, lost: tuple[str, ...]
) -> None:
    answer = client.get(f"/search?{asked}")
    assert answer.status_code == 200
    links = [str(one) for one in Page(answer).all("//@href")]
    assert any(kept in one for one in links)
    assert not [one for one in links for name in lost if name in one]
    assert len(answer.data) < 250_000


def test_long_and_strange_addresses_are_not_kept(client: FlaskClient) -> None:
    client.get("/search?q=" + "长" * 200)
    before = _kept.cache_info().currsize, _once_quoted.cache_info().currsize
    client.get("/search?q=" + "久" * 200 + f"&{'n' * 200}=1")
    assert before == (_kept.cache_info().currsize, _once_quoted.cache_info().currsize)
