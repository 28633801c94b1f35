"""What editors work with: sources, runs, what waits for a decision."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from archive.store import desk
from archive.web.current import current_archive
from tests.store.filing import file, new_page, versions
from tests.store.test_succession import HALF, WHOLE
from tests.web.admin.visiting import token


def test_the_button_makes_a_run_and_a_job(admin: FlaskClient, app: Flask) -> None:
    form = {"csrf_token": token(admin, "/admin/"), "source": "1"}
    answer = admin.post("/admin/collect", data=form)
    assert answer.status_code == 302
    assert "排队中" in admin.get(answer.headers["Location"]).get_data(as_text=True)
    admin.post("/admin/collect", data=form)
    with app.app_context(), current_archive().store.session() as session:
        runs = desk.runs(session)
    assert [(run.kind, run.source_id, run.state) for run in runs] == [
        ("collect", 1, "queued")
    ]
    assert len(app.extensions["jobs"].queue.pending()) == 2
    assert "采集" in admin.get("/admin/audit").get_data(as_text=True)


def test_sources_are_added_paused_and_refused(admin: FlaskClient) -> None:
    form = {
        "csrf_token": token(admin, "/admin/"),
        "url": "ftp://example.org/",
        "family": "auto",
    }
    admin.post("/admin/sources", data=form)
    assert "不是 http 或 https 网址" in admin.get("/admin/").get_data(as_text=True)
    answer = admin.post(
        "/admin/sources",
        data={**form, "url": "https://other.example.gov.cn/nb/", "agency": "<b>"},
    )
    page = admin.get(answer.headers["Location"]).get_data(as_text=True)
    assert "来源已登记" in page
    assert "<b>" not in page
    admin.post("/admin/sources/3/pause", data=form)
    assert "已暂停" in admin.get("/admin/sources/3").get_data(as_text=True)


def test_what_is_not_there_is_a_chinese_404(admin: FlaskClient) -> None:
    for page in ("/admin/sources/99", "/admin/runs/99"):
        answer = admin.get(page)
        assert answer.status_code == 404
        assert "没有找到" in answer.get_data(as_text=True)


def test_a_version_with_less_is_decided_upon(admin: FlaskClient, app: Flask) -> None:
    with app.app_context():
        store = current_archive().store
        page = new_page(store)
        for body, said in (("whole", WHOLE), ("half", HALF)):
            file(store, body, said, page)
        with store.session() as session:
            (version,) = desk.waiting_versions(session)
            number, key = version.id, version.filing.agency.key
    words = admin.get("/admin/review").get_data(as_text=True)
    assert "正文由" in words
    assert f"/compare?a={key}/2023@1&amp;b={key}/2023@2" in words.replace("%40", "@")
    form = {"csrf_token": token(admin, "/admin/"), "choice": "accepted"}
    address = f"/admin/versions/{number}"
    assert admin.post(address, data={**form, "choice": "x"}).status_code == 400
    assert admin.post(address, data=form).status_code == 302
    assert admin.post(address, data=form).status_code == 404
    assert "正文由" not in admin.get("/admin/review").get_data(as_text=True)
    assert "采用新文本" in admin.get("/admin/audit").get_data(as_text=True)
    with app.app_context():
        found = [(one, is_current) for one, is_current, _ in versions(store)]
    assert found == [(1, False), (2, True)]
