"""Sources registered once, edited, moved, removed, brought back."""

from __future__ import annotations

import pytest

from archive.catalogue import Act, RunKind, RunState
from archive.store import (
    BadSource,
    SourceFields,
    SourceWish,
    Store,
    counting,
    runs,
    sources,
)
from archive.store.rows import PageRow, SourceRow
from tests.sources import add_source

LIST = "http://www.sample.example/nb/"
OTHER_SPELLING = "https://sample.example/nb/index.html"


def test_another_spelling_is_the_known_source(store: Store) -> None:
    with store.session() as session:
        row, act = sources.register(session, LIST, SourceFields("甲"))
        assert act == Act.SOURCE_ADDED
        again, act = sources.register(session, OTHER_SPELLING, SourceFields("乙"))
        assert (again, act, again.agency) == (row, None, "甲")
        assert sources.find_source(session, OTHER_SPELLING) is row


@pytest.mark.parametrize(
    "url", ["ftp://a.cn/", "http://a.cn:22/", "http://a.cn:x/", ""]
)
def test_no_way_in_for_other_schemes_and_ports(store: Store, url: str) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        with pytest.raises(BadSource):
            sources.register(session, url, SourceFields())
        with pytest.raises(BadSource):
            sources.move(session, row, url)
        assert row.url == LIST
        assert sources.list_sources(session) == [row]


def test_an_edit_tells_before_and_after(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST, "甲")
        wanted = SourceFields(" 乙 局\n", "trs", "示例市", True)
        told = sources.edit(session, row, wanted)
        assert told == (
            "机关：甲 → 乙 局；网站系统：auto → trs；分组：（无） → 示例市；"
            "列表可为空：否 → 是"
        )
        assert sources.edit(session, row, wanted) == ""
        for bad in (SourceFields(agency="长" * 101), SourceFields(group="长" * 61)):
            with pytest.raises(BadSource, match="超过"):
                sources.edit(session, row, bad)
        assert (row.agency, row.group, row.family) == ("乙 局", "示例市", "trs")


def test_a_moved_source_keeps_its_pages(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST)
        other, _ = add_source(session, "http://other.example/")
        page = sources.see_page(session, row.id, f"{LIST}1.html")
        for taken in ("https://www.other.example", "http://other.example/"):
            with pytest.raises(BadSource, match=f"来源 {other.id}"):
                sources.move(session, row, taken)
        assert sources.move(session, row, LIST) == ""
        # Another spelling of its own address is no other source.
        assert sources.move(session, row, OTHER_SPELLING)
        new = "http://new.example/list"
        assert sources.move(session, row, new) == f"{OTHER_SPELLING} → {new}"
        assert sources.find_source(session, LIST) is None
        assert sources.find_source(session, "https://new.example/list/") is row
        assert session.get_one(PageRow, page.id).source_id == row.id


def test_a_removed_source_comes_back_with_its_history(store: Store) -> None:
    with store.session() as session:
        row, _ = add_source(session, LIST, "甲")
        page = sources.see_page(session, row.id, f"{LIST}1.html")
        run = runs.queue_run(session, RunKind.COLLECT, row.id)
        assert sources.remove(session, row)
        assert not sources.remove(session, row)
        session.refresh(run)
        assert (run.state, run.reason) == (RunState.FAILED, "来源已移除，不再采集。")
        assert not runs.start_run(session, run.id)
        assert sources.list_sources(session) == []
        assert session.get(PageRow, page.id) is page
        back, act = sources.register(session, OTHER_SPELLING, SourceFields("乙"))
        assert (back, act, back.agency) == (row, Act.SOURCE_RESTORED, "甲")
        assert sources.list_sources(session) == [row]
        assert not sources.restore(session, row)
        sources.remove(session, row)
        assert sources.restore(session, row)


def test_a_source_that_is_back_is_as_its_last_run_left_it(store: Store) -> None:
    with store.session() as session:
        never, _ = add_source(session, "http://other.example/")
        row, _ = add_source(session, LIST)
        done = runs.queue_run(session, RunKind.COLLECT, row.id)
        assert runs.start_run(session, done.id)
        runs.finish_run(session, done.id, {"new": 1})
        for one in (never, row):
            runs.queue_run(session, RunKind.COLLECT, one.id)
            sources.remove(session, one)
            sources.restore(session, one)
        session.expire_all()
        found = sources.chosen(session, SourceWish())
        assert [one.condition for one in found] == ["never", "well"]
        assert found[1].last is done
        _, states = counting.sources(session)
        last = {one.id: one.last for one in states}
        assert last[never.id] is None
        shown = last[row.id]
        assert shown
        assert (shown.id, shown.state) == (done.id, "done")


def test_many_are_changed_at_once(store: Store) -> None:
    with store.session() as session:
        ids = [
            add_source(session, f"http://sample.example/{at}")[0].id for at in range(4)
        ]
        sources.set_paused_all(session, ids[:2], True)
        assert sources.set_groups(session, ids[1:], " 示例  市 ") == "示例 市"
        with pytest.raises(BadSource):
            sources.set_groups(session, ids, "长" * 61)
        session.expire_all()
        rows = [session.get_one(SourceRow, one) for one in ids]
        assert [row.paused for row in rows] == [True, True, False, False]
        assert [row.group for row in rows] == ["", *["示例 市"] * 3]
