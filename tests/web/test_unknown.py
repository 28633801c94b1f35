"""A body of no kind that is known: whether it is here after all."""

from __future__ import annotations

from datetime import date

import pytest

from archive.search import Entry, Query
from archive.web.answers.unknown import unknown_body
from tests.search.conftest import Indexed, indexed

__all__ = ["indexed"]
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    "query",
    [
        Query("示例高新区管委会2019年"),
        Query("示例高新区管委会", {"year": ("2019",)}),
        Query("示例高新区管委会", {"region": ("990000",)}),
    ],
    ids=lambda query: f"{query.text} {query.filters}",
)
@pytest.mark.parametrize("name", ["示例高新区管委会", "示例高新区管理委员会"])
def test_what_is_here_in_another_year_or_place_is_not_said_to_be_unknown(
    indexed: Indexed, query: Query, name: str
) -> None:
    asked = Query(query.text, query.filters, asked_on=TODAY)
    assert unknown_body(indexed.index, asked)
    text = ((1, "", "本机关公开了年度预算。"),)
    indexed.add([Entry(1, 1, "年度报告", name, 2021, sections=text)])
    assert indexed.index.search(asked).total == 0
    assert unknown_body(indexed.index, asked) is None
