"""A list that gives less than it should is never called whole."""

from __future__ import annotations

import pytest

from archive.collecting import turning
from scrapers import SourceTrouble
from tests.collecting.city import SIX, City
from tests.running import Commands

ENTRIES = len(SIX) + 3
"""With the three notices."""


def assert_incomplete(town: City, *told: str) -> None:
    """The last run is incomplete, and says each of these in its row and in a note."""
    run = town.run
    assert run.state == "incomplete"
    notes = [reason for kind, reason in town.failures if kind == "Incomplete"]
    for sentence in told:
        assert sentence in run.reason
        assert any(sentence in note for note in notes), notes
    assert run.listed is not None
    assert str(run.listed) in run.reason


@pytest.mark.parametrize("how", ["", "told"])
def test_a_list_that_gives_all_is_whole(town: City, how: str) -> None:
    town.trouble(how)
    tally = town.collect()
    assert (tally.new, tally.is_well) == (len(SIX), True)
    run = town.run
    assert (run.state, run.listed, run.reason) == ("done", len(SIX), "")
    assert run.expected == (ENTRIES if how else None)
    assert town.failures == []


@pytest.mark.parametrize(
    ("how", "told", "had"),
    [
        ("one page short", f"列表称共有 {ENTRIES} 条，只读到 {ENTRIES - 3} 条。", 4),
        ("hole", "第 2 页是空的，其后还有内容。", 3),
        # Pages may count from one: the one at index_2 is read, and index_3 is none.
        ("page 2 is 404", "第 3 页未能读取（列表页答复 404", 2),
        ("page 2 is 503", "第 2 页未能读取（网站 127.0.0.1 暂时出错（HTTP 503）", 2),
        ("stuck", "第 2 页与前面的页相同，翻页没有生效。", 3),
        ("scripted", "列表共有 3 页，但翻页由脚本完成，只读到这一页，可能不完整。", 2),
    ],
)
def test_what_a_list_withholds_is_said_and_what_it_gave_is_kept(
    town: City, how: str, told: str, had: int
) -> None:
    town.trouble(how)
    tally = town.collect()
    assert tally.new >= had - 1
    assert tally.incomplete
    assert not tally.is_well
    assert_incomplete(town, told)
    town.trouble()
    assert town.collect().new == len(SIX) - tally.new
    assert town.run.state == "done"


def test_a_list_that_has_shrunk_takes_nothing_off(town: City) -> None:
    town.collect()
    town.trouble("third")
    tally = town.collect()
    assert (tally.same, tally.gone) == (len(SIX), 0)
    assert town.run.expected == len(SIX)
    assert_incomplete(town, f"上次完整采集时列表有 {len(SIX)} 条，这次只有")
    assert town.events == []
    town.collect()
    assert_incomplete(town, f"上次完整采集时列表有 {len(SIX)} 条，这次只有")


def test_a_person_may_take_a_shorter_list_for_whole(town: City) -> None:
    town.collect()
    town.trouble("third")
    assert town.collect(accept_list=True).is_well
    assert town.collect().is_well
    assert {kind for kind, *_ in town.events} == {"unlisted"}


def test_the_limit_of_pages_is_said(
    town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "MAX_LIST_PAGES", 2)
    town.collect()
    assert_incomplete(town, "列表超过 2 页的上限，其后各页未读。")


def test_an_order_that_changes_is_read_again_until_two_readings_agree(
    town: City,
) -> None:
    town.trouble("unsteady")
    tally = town.collect()
    assert (tally.new, tally.is_well) == (len(SIX), True)
    lists = [asked for asked in town.portals.requests if "index" in asked.path]
    assert len(lists) == 3 * 3


def test_an_order_that_never_rests_is_not_whole(town: City) -> None:
    town.portals.paging(5)
    town.trouble("never steady")
    town.collect()
    assert_incomplete(town, "列表的次序在读取时变动")


@pytest.mark.parametrize(
    ("how", "kind", "told"),
    [
        ("log-in", "Refused", "登录页"),
        ("maintenance", "Changed", "网站维护或升级"),
        ("error", "Changed", "服务器出错"),
        ("soft", "Changed", "页面不存在"),
        ("home", "Changed", "网站首页"),
        ("412", "Refused", "瑞数"),
        ("404", "Changed", "答复 404"),
        ("nothing", "Changed", "空白"),
        ("closed", "Changed", "网站关闭或迁移"),
        ("long log-in", "Refused", "登录页"),
    ],
)
def test_what_stands_in_place_of_a_list_is_called_that(
    town: City, how: str, kind: str, told: str
) -> None:
    town.collect()
    town.trouble(how)
    with pytest.raises(SourceTrouble):
        town.collect()
    run = town.run
    assert run.state == "failed"
    assert run.reason.startswith(f"{kind}：")
    assert told in run.reason
    assert town.tombstones == []


def test_the_command_says_so_and_fails(town: City, commands_of_town: Commands) -> None:
    town.trouble("one page short")
    told = f"列表称共有 {ENTRIES} 条，只读到 {ENTRIES - 3} 条。"
    dry = commands_of_town.run("collect", "1", "--dry-run", status=1)
    assert f"incomplete: {told}" in dry
    assert f"of {ENTRIES} pages listed" in dry
    printed = commands_of_town.run("collect", "--all", status=1)
    assert f"列表不完整：{told}" in printed
