"""A report and a hit as JSON."""

from __future__ import annotations

from archive.search import Hit, Snippet
from archive.store import Store, card_told, hit_told, reports
from tests.store.filing import body_digest, file, report


def test_a_hit_says_what_a_card_says_and_why_it_was_found(store: Store) -> None:
    file(store, "a", report())
    with store.session() as session:
        (card,) = reports.newest(session)
    snippet = Snippet(
        1,
        "一、总体情况",
        (("收到", False), ("申请", True), ("2件", False)),
        True,
        False,
    )
    hit = Hit(card.version_id, 1, 1.23456, (snippet,), alike=(7, 8))
    told = hit_told(hit, card, "/page", "/data")
    assert {**card_told(card, "/page", "/data"), **told} == told
    assert (told["url"], told["json"], told["sha256"]) == (
        "/page",
        "/data",
        body_digest("a"),
    )
    assert told["region"] == {"code": "990101", "name": "示例省示例市"}
    assert (told["published_on"], told["published_from"]) == (None, "")
    assert (told["score"], told["alike"]) == (1.2346, 2)
    assert told["snippets"] == [
        {
            "section": 1,
            "heading": "一、总体情况",
            "text": "收到申请2件",
            "marked": ["申请"],
        }
    ]
