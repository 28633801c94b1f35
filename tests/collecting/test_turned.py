"""Pages that should show a report and show something else."""

from __future__ import annotations

import pytest

from scrapers import SourceTrouble
from tests.collecting.city import SIX, City
from tests.portals import pages
from tests.portals.misbehaviour import instead
from tests.running import Commands

ONE = SIX[0]


def show(town: City, body: bytes) -> None:
    """Puts a page at the address of one report."""
    town.portals.put(pages.path_of(ONE), body)


@pytest.mark.parametrize(
    ("how", "kind", "told"),
    [
        ("log-in", "Refused", "登录页"),
        ("maintenance", "Changed", "维护"),
        ("error", "Changed", "出错"),
        ("nothing", "Changed", "空的"),
    ],
)
def test_a_page_that_was_a_report_is_refused_or_changed_and_its_version_stays(
    town: City, how: str, kind: str, told: str
) -> None:
    town.collect()
    before = [(one.digest, one.current) for one in town.versions]
    show(town, instead(how).body)
    for _ in range(2):
        tally = town.collect()
        assert (tally.same, tally.failed, tally.is_well) == (len(SIX) - 1, 1, False)
        ((found, reason),) = town.failures
        assert found == kind
        assert told in reason
    assert [(one.digest, one.current) for one in town.versions] == before
    assert town.tombstones == []


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("log-in", "Refused"),
        ("maintenance", "Changed"),
        ("412", "Refused"),
        ("error", "Changed"),
        ("nothing", "Changed"),
        ("soft", "Changed"),
        ("404", "Changed"),
        ("home", "Changed"),
    ],
)
def test_a_whole_site_that_turns_is_one_message(
    town: City, how: str, kind: str
) -> None:
    town.collect()
    town.portals.wall("trs", how)
    with pytest.raises(SourceTrouble, match="像是整个网站的问题"):
        town.collect()
    run = town.run
    assert (run.state, run.same, run.failed, run.gone) == ("failed", 0, 1, 0)
    assert run.reason.startswith(f"{kind}：")
    # What is gone waits for a person, who is told that first; still in one message.
    assert f"访问了 {len(SIX)} 个报告网页，{len(SIX)} 个没有给出报告" in run.reason
    assert [found for found, _ in town.failures] == [kind]
    assert town.tombstones == []
    assert town.events == []
    town.portals.wall("trs")
    assert town.collect().same == len(SIX)
    assert town.run.state == "done"


@pytest.mark.parametrize("how", ["log-in", "soft", "404", "maintenance"])
def test_a_site_that_never_showed_a_report_is_one_message_too(
    town: City, how: str
) -> None:
    town.portals.wall("trs", how)
    with pytest.raises(SourceTrouble, match="像是整个网站的问题"):
        town.collect()
    assert len(town.failures) == 1
    assert town.tombstones == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<h1>示例通知</h1><p>请各单位按时报送材料。</p>", ""),
        ("<p>会话已过期，请重新登录。</p>", "登录"),
        ("<p>对不起，您访问的页面不存在。</p>", "不存在"),
    ],
)
def test_what_the_list_calls_a_report_and_is_none_is_said_each_time(
    town: City, commands_of_town: Commands, body: str, told: str
) -> None:
    show(town, f"<html><body>{body}</body></html>".encode())
    for at in range(2):
        tally = town.collect()
        assert (tally.no_report, tally.failed, tally.gone) == (1, 0, 0)
        assert tally.same == (len(SIX) - 1) * at
        assert town.run.no_report == 1
        ((_, reason),) = town.failures
        assert "列表称为报告，网页没有给出报告：" in reason
        assert told in reason
    printed = commands_of_town.run("collect", "1", status=1)
    assert "1 without a report" in printed


def test_a_page_that_could_not_be_filed_stays_failed_though_it_has_an_etag(
    town: City,
) -> None:
    name = ONE.agency.name
    body = pages.article(ONE, SIX, 0).replace(name, "本机关").encode()
    show(town, body.replace("示例市".encode(), b""))
    for _ in range(2):
        tally = town.collect()
        assert (tally.failed, tally.no_report) == (1, 0)
        assert [kind for kind, _ in town.failures] == ["Unfiled"]


def test_a_body_shorter_than_announced_is_not_taken(town: City) -> None:
    town.portals.cut(ONE.agency.name, ONE.year)
    tally = town.collect()
    assert (tally.new, tally.failed) == (len(SIX) - 1, 1)
    ((kind, reason),) = town.failures
    assert kind == "Unreachable"
    assert "不完整" in reason
    town.portals.cut(ONE.agency.name, ONE.year, is_cut=False)
    assert town.collect().new == 1
