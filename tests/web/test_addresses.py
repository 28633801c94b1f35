"""Addresses as pages make them are those that Flask would make, and are read alike."""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from archive.web.addresses import address, address_with, choosing

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
        ("reports.report", {"key": "x", "year": 2022, "_external": True}),
    ],
)
def test_as_flask_makes_them(
    site: Flask, root: str, endpoint: str, values: dict[str, object]
) -> None:
    with site.test_request_context("/search", base_url=f"http://x.example{root}"):
        for _ in range(2):
            assert address(endpoint, **values) == url_for(endpoint, **values)


@given(asked=st.dictionaries(st.sampled_from(["q", "year", "sort", "xyear"]), WORDS | st.sampled_from(HOSTILE)),
       values=st.lists(WORDS.filter(bool), max_size=3))  # fmt: skip
def test_a_value_chosen_keeps_everything_else(
    site: Flask, asked: dict[str, str], values: list[str]
) -> None:
    environ = EnvironBuilder("/search", query_string=asked).get_environ()
    with site.request_context(environ):
        to = choosing("year", page=None)
        assert to(values) == address_with(page=None, year=values)
        assert to([]) == address_with(page=None, year=None)
