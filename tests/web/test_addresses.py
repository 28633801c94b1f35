"""Addresses as pages make them are those that Flask would make, and are read alike."""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from archive.web.addresses import (
    _kept,
    _once_quoted,
    address,
    address_again,
    address_with,
    choosing,
)

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
        kept = {name: [text] for name, text in asked.items() if text}
        kept.pop("year", None)
        assert _read(to([])) == kept
        if values:
            assert _read(to(values)) == {**kept, "year": values}


@given(asked=st.dictionaries(st.sampled_from(["q", "年"]), WORDS), page=WORDS)
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
        "kind": ["xlsx"],
        "endpoint": ["x"],
        "_external": ["1"],
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


def test_long_and_strange_addresses_are_not_kept(client: FlaskClient) -> None:
    client.get("/search?q=" + "长" * 200)
    before = _kept.cache_info().currsize, _once_quoted.cache_info().currsize
    client.get("/search?q=" + "久" * 200 + f"&{'n' * 200}=1")
    assert before == (_kept.cache_info().currsize, _once_quoted.cache_info().currsize)
