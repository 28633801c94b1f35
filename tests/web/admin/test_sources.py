"""Sources on the site: found among thousands, changed, removed, taken in by the file."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.jobs import Jobs
from archive.store import SourceWish, runs, sources
from tests.store.sources.test_choosing import fill
from tests.web.admin.test_acts import packed
from tests.web.admin.visiting import GONE, LIST, acts, send, store_of, token
from tests.web.pages import Page, page, wrong_with
from tests.web.test_questions import questions


@pytest.fixture
def many(app: Flask) -> None:
    """Three hundred sources of every kind."""
    with store_of(app).session() as session:
        for row in (1, 2):
            session.delete(sources.find_source(session, str(row)))
        session.flush()
        fill(session, 300)


def told(client: FlaskClient, path: str, **form: object) -> Page:
    """What is said after a form."""
    answer = send(client, path, **form)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return page(client, answer.headers["Location"])


PAGES = (
    "/admin/",
    "/admin/sources",
    "/admin/sources?state=removed",
    "/admin/sources?words=没有",
    "/admin/sources/1",
    "/admin/sources/2",
    "/admin/sources/1/remove",
    "/admin/sources/several?deed=group",
    "/admin/sources/import",
)


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_sound(admin: FlaskClient, address: str) -> None:
    assert wrong_with(page(admin, address)) == []


@pytest.mark.usefixtures("many")
def test_filters_pages_and_orders_stand_in_the_address(admin: FlaskClient) -> None:
    first = page(admin, "/admin/sources?order=address")
    rows = first.all("//tbody/tr")
    assert len(rows) == 100
    assert "共 277 个，第 1 页，共 3 页" in first.text()
    assert "order=address&page=2" in first.all("//a[@rel='next']/@href")[0]
    last = page(admin, "/admin/sources?page=99")
    assert len(last.all("//tbody/tr")) == 77
    group = page(admin, "/admin/sources?group=第1组&state=well&family=hanweb")
    assert len(group.all("//tbody/tr")) == int(
        group.all("//select[@name='state']/option[@selected]")[0]
        .text_content()
        .strip("正常（）")
    )
    for nonsense in ("state=x", "family=x", "order=x", "page=-1", "group=%00"):
        assert admin.get(f"/admin/sources?{nonsense}").status_code == 200


@pytest.mark.usefixtures("many")
def test_thousands_cost_no_more(app: Flask, admin: FlaskClient) -> None:
    def costs(address: str) -> tuple[int, int]:
        admin.get(address)
        with questions(app) as asked:
            answer = admin.get(address)
        return len(asked), len(answer.data)

    addresses = ("/admin/", "/admin/sources")
    before = [costs(address) for address in addresses]
    with store_of(app).session() as session:
        session.connection().exec_driver_sql("DELETE FROM runs")
        session.connection().exec_driver_sql("DELETE FROM sources")
        fill(session, 5000)
    for (asked, size), address in zip(before, addresses, strict=True):
        more_asked, more_size = costs(address)
        assert more_asked == asked <= 13
        assert more_size < size * 1.1


@pytest.mark.usefixtures("many")
def test_what_is_filtered_is_treated_together(app: Flask, admin: FlaskClient) -> None:
    asked = page(admin, "/admin/sources/several?deed=pause&group=第1组")
    (count,) = asked.all("//input[@name='count']/@value")
    assert f"暂停 {count} 个来源？" in asked.text("//h1")
    form = {"deed": "pause", "group": "第1组", "count": count}
    assert (
        f"暂停：{count} 个来源" in told(admin, "/admin/sources/several", **form).text()
    )
    # Those that fit now are others than were named: nothing is done, it is asked anew.
    again = told(admin, "/admin/sources/several", **form)
    assert "刚刚有变" in again.text()
    assert again.text("//h1") == "暂停 0 个来源？"
    form = {"deed": "group", "group": "第1组", "to": "新组"}
    asked = page(admin, "/admin/sources/several?deed=group&group=第1组&to=新组")
    (count,) = asked.all("//input[@name='count']/@value")
    told(admin, "/admin/sources/several", **form, count=count)
    assert "共 0 个" in page(admin, "/admin/sources?group=第1组").text()
    (count,) = page(admin, "/admin/sources/several?state=well").all(
        "//input[@name='count']/@value"
    )
    collected = {"deed": "collect", "state": "well", "count": count}
    assert "采集：" in told(admin, "/admin/sources/several", **collected).text()
    assert "共 0 个" in page(admin, "/admin/sources?state=well").text()
    assert [act for _, act, _ in acts(app)][1:] == [
        "source_paused",
        "source_edited",
        "collect",
    ]


@pytest.mark.usefixtures("many")
def test_paused_ones_are_resumed_together(app: Flask, admin: FlaskClient) -> None:
    """All of a filter, or of these only those that paused themselves."""
    paused = "/admin/sources?state=paused"
    with store_of(app).session() as session:
        before = sources.chosen_ids(session, SourceWish(state="paused"))
        by_people = len(before)
        well = sources.chosen(session, SourceWish(state="well"))
        for row in [one.source for one in well[:4]]:
            row.paused, row.paused_why = True, "自动暂停"
    assert f"共 {by_people + 4} 个" in page(admin, paused).text()
    form = {"deed": "resume-itself", "state": "paused"}
    asked = page(admin, "/admin/sources/several?deed=resume-itself&state=paused")
    assert "恢复自动暂停的 4 个来源？" in asked.text("//h1")
    told(admin, "/admin/sources/several", **form, count="4")
    assert f"共 {by_people} 个" in page(admin, paused).text()
    form = {"deed": "resume", "state": "paused", "count": str(by_people)}
    told(admin, "/admin/sources/several", **form)
    assert "共 0 个" in page(admin, paused).text()
    assert [act for _, act, _ in acts(app)][1:] == ["source_resumed"] * 2


def test_a_source_is_edited_moved_removed_and_found_again(admin: FlaskClient) -> None:
    path = "/admin/sources/1"
    edited = told(admin, f"{path}/edit", agency="示例市商务局", group="示例市")
    assert "分组：（无） → 示例市" in edited.text()
    assert (
        "没有需要修改的"
        in told(admin, f"{path}/edit", agency="示例市商务局", group="示例市").text()
    )
    assert "超过 60 个字" in told(admin, f"{path}/edit", group="长" * 61).text()
    assert send(admin, f"{path}/edit", family="x").status_code == 400
    said = {"agency": "示例市商务局", "group": "示例市"}
    told_where = told(admin, f"{path}/edit", selectors="list: ul.news > li", **said)
    assert "选择器：" in told_where.text()
    refused = send(admin, f"{path}/edit", selectors="list: li >")
    assert refused.status_code == 400
    assert "不是有效的 CSS 选择器" in refused.text
    for bad, why in (("ftp://a.cn/", "http 或 https"), ("http://a.cn:22/", "端口 22")):
        assert why in told(admin, f"{path}/move", url=bad).text()
        assert why in told(admin, "/admin/sources", url=bad).text()
    assert "属于来源 2（已移除）" in told(admin, f"{path}/move", url=GONE).text()
    moved = told(admin, f"{path}/move", url="https://example.gov.cn/new/")
    assert f"{LIST} → https://example.gov.cn/new/" in moved.text()
    asked = page(admin, f"{path}/remove")
    assert "原件、网页和报告都保留" in asked.text()
    assert "已移除" in told(admin, f"{path}/remove").text()
    assert "示例市商务局" not in page(admin, "/admin/sources").text()
    assert "示例市商务局" in page(admin, "/admin/sources?state=removed").text()
    assert send(admin, "/admin/collect", source="1").status_code == 404
    back = told(admin, "/admin/sources", url="http://example.gov.cn/new/index.html")
    assert "曾被移除，现已找回" in back.text()
    again = told(admin, "/admin/sources", url="https://www.example.gov.cn/new")
    assert "已经登记过" in again.text()
    assert "找回来源" in told(admin, "/admin/sources/2/restore").text()


def test_who_pauses_twice_has_paused(app: Flask, admin: FlaskClient) -> None:
    """A second click, or somebody else's, finds it done."""
    for button in ("暂停", "恢复"):
        shown = page(admin, "/admin/sources/1")
        (form,) = shown.all(f"//form[button[text()='{button}']]/@action")
        for _ in range(2):
            assert f"来源已{button}" in told(admin, form).text()
    said = [act for _, act, _ in acts(app)][1:]
    assert said == ["source_paused", "source_resumed"]


def test_a_queue_that_is_away_is_told(
    app: Flask, admin: FlaskClient, tmp_path: Path
) -> None:
    settings = app.extensions["archive"].settings
    away = replace(settings, jobs_url=f"unix://{tmp_path / 'no-redis'}")
    app.extensions["jobs"] = Jobs(away)
    for path, form in (
        ("/admin/collect", {"source": "1"}),
        ("/admin/sources/several", {"deed": "collect", "count": "1"}),
        ("/admin/find", {"url": "https://www.example.gov.cn/"}),
    ):
        assert "任务队列暂时连不上" in told(admin, path, **form).text()
    with store_of(app).session() as session:
        kinds = {run.kind for run in runs.unfinished_runs(session)}
    assert kinds == {"collect", "find"}


SHEET = f"""网址,机关,备注
http://sample.example/1,示例市商务局,
http://www.sample.example/1/,示例市商务局,
{LIST},示例县商务局,
"""


def upload(client: FlaskClient, text: str, **more: str) -> Page:
    form = {"csrf_token": token(client), "file": (io.BytesIO(text.encode()), "a.csv")}
    return Page(client.post("/admin/sources/import", data=form | more))


def test_the_form_for_a_file_names_every_column(admin: FlaskClient) -> None:
    text = page(admin, "/admin/sources/import").text()
    for field, (heading, *_) in sources.COLUMNS.items():
        assert field in text
        assert heading in text


def test_a_file_is_looked_at_before_it_is_saved(app: Flask, admin: FlaskClient) -> None:
    shown = upload(admin, SHEET, update="1")
    assert wrong_with(shown) == []
    assert "还没有保存。共 3 行：新登记 1，修改 1，有误 1" in shown.text()
    assert "没有读取的列：备注" in shown.text()
    assert "与第 2 行是同一个来源" in shown.text()
    assert len(acts(app)) == 1
    kept = {
        str(one.get("name")): str(one.get("value"))
        for one in shown.all("//main//form[.//input[@name='packed']]//input")
    }
    saved = Page(admin.post("/admin/sources/import", data=kept))
    assert "已保存。共 3 行" in saved.text()
    assert [act for _, act, _ in acts(app)][1:] == ["source_edited", "sources_imported"]
    csv = admin.get("/admin/sources/export?words=示例县")
    assert csv.mimetype == "text/csv"
    text = csv.get_data(as_text=True)
    assert f"{LIST},示例县商务局" in text
    assert "示例市商务局" not in text


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({}, "请选择一个 CSV 文件"),
        ({"save": "1", "packed": "x"}, "没有完整送到"),
        ({"save": "1", "packed": packed("网址\n" * 9)[:-8]}, "没有完整送到"),
        ({"save": "1", "packed": packed("0" * 6_000_000)}, "没有完整送到"),
        ({"save": "1", "packed": packed("机关\n")}, "第一行没有"),
    ],
)
def test_no_file_or_half_of_one(
    admin: FlaskClient, form: dict[str, str], why: str
) -> None:
    assert why in told(admin, "/admin/sources/import", **form).text()
