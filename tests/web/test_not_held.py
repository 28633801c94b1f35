"""What is named and not held: what is shown instead, nearest first."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient


def asked(client: FlaskClient, text: str) -> dict[str, Any]:
    answer = client.get("/api/v1/reports", query_string={"q": text})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json
    return told


@pytest.mark.parametrize("question", ["武侯区商务局", "四川省成都市武侯区商务局 2022"])
def test_the_same_kind_elsewhere_where_only_others_have_it(
    client: FlaskClient, question: str
) -> None:
    told = asked(client, question)
    assert told["total"] == 0
    (missing,) = told["not_held"]
    assert "武侯区商务局" in missing["name"]
    instead = told["instead"]
    assert (instead["kind"], instead["label"]) == ("like_agencies", "同类机关")
    assert {one["agency"][-3:] for one in instead["results"]} == {"商务局"}


def test_what_nobody_has_is_answered_with_nothing_else(client: FlaskClient) -> None:
    told = asked(client, "武侯区烟草局")
    assert told["not_held"]
    assert told["instead"] is None


@pytest.mark.parametrize("question", ["武侯区没有收到申请的街道", "武侯区申请最多的镇"])
def test_a_sort_of_bodies_is_no_single_one(client: FlaskClient, question: str) -> None:
    (missing,) = asked(client, question)["not_held"]
    assert missing["states"] == []
    of_place = f"/coverage/missing?region=510107&level={quote('乡镇')}"
    assert missing["url"].endswith(of_place)
    assert "可以指几个机关" in missing["known"]
