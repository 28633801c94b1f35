"""What visitors and people with an account read of lists and addresses."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from archive import create_app, pipeline
from archive.catalogue import Role
from archive.store import passwords
from archive.store.rows import AgencyRow
from tests.collecting.city import SIX, City
from tests.web.admin.visiting import CHEAP, NAMES, fill, log_in

ONE = SIX[0]


def client_of(town: City) -> FlaskClient:
    pipeline.index_marked(town.archive)
    return create_app(town.archive.settings).test_client()


def address_of_report(town: City) -> str:
    with town.archive.store.session() as session:
        agency = session.query(AgencyRow).filter_by(name=ONE.agency.name).one()
        return f"/reports/{agency.key}/{ONE.year}"


def test_the_status_page_tells_what_a_list_withholds(town: City) -> None:
    town.trouble("hole")
    town.collect()
    client = client_of(town)
    page = client.get("/status").get_data(as_text=True)
    assert "不完整" in page
    assert "第 2 页是空的，其后还有内容。" in page
    assert "</span>正常" not in page
    told = client.get("/status.json").get_json()
    (source,) = told["sources"]["results"]
    assert source["last"]["state"] == "incomplete"
    assert source["last"]["listed"] == town.run.listed
    assert [one["kind"] for one in source["failures"]] == ["Incomplete"]


def test_a_page_that_shows_no_report_is_not_green(town: City) -> None:
    town.vanish(ONE, "404")
    town.collect()
    page = client_of(town).get("/status").get_data(as_text=True)
    assert "未见报告 1" in page
    assert "列表称为报告，网页没有给出报告：网页答复 404。" in page
    assert "</span>正常" not in page


def test_the_page_of_a_report_that_moved_leads_to_the_live_address(
    town: City,
) -> None:
    town.collect()
    town.portals.move()
    town.collect()
    client = client_of(town)
    where = address_of_report(town)
    page = client.get(where).get_data(as_text=True)
    old = town.address(ONE)
    (new,) = {told for _, url, told in town.events if url == old}
    assert f'<a href="{new}" rel="noreferrer">来源页面</a></li>' in page
    assert f"网址迁移：{old} → {new}" in page
    assert "来源页面已经消失" not in page
    told = client.get(f"{where}.json").get_json()
    assert told["provenance"]["source_url"] == new
    assert told["provenance"]["gone_at"] is None
    ((kind, url, to),) = [
        (one["kind"], one["url"], one["told"]) for one in told["events"]
    ]
    assert (kind, url, to) == ("moved", old, new)


def test_people_see_it_on_the_pages_of_source_and_run(
    town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    town.collect()
    town.vanish(ONE, "404")
    town.collect()
    town.trouble("one page short")
    town.collect()
    fill(town.archive.store)
    client = log_in(client_of(town), NAMES[Role.VIEWER])
    source = client.get("/admin/sources/1").get_data(as_text=True)
    assert f"网页消失：{town.address(ONE)}（网页答复 404）" in source
    assert "不完整" in source
    run = client.get(f"/admin/runs/{town.run.id}").get_data(as_text=True)
    assert "列表不完整：" in run
    assert "，应有 9 条。" in run
