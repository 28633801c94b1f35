"""Strangers: under which names we answer, whom we believe, and what is refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from archive import create_app, pipeline
from archive.pipeline import Archive
from archive.report import Hints
from archive.web.current import current_archive
from archive.web.guards.limits import CountsInFile, _storage, limiter
from config import Settings
from tests.web import filling

EVIL = "evil.example"


@pytest.fixture
def opened(tmp_path: Path, site: Flask) -> Iterator[object]:
    """Makes a site over the sample reports, with other settings."""
    apps: list[Flask] = []
    sample = site.extensions["archive"].settings

    def make(**changes: object) -> Flask:
        app = create_app(replace(sample, **changes))
        apps.append(app)
        return app

    yield make
    for app in apps:
        with app.app_context():
            current_archive().store.close()
            current_archive().index.close()


def report_address(client: FlaskClient, host: str = "localhost") -> str:
    """The path of some report."""
    found = re.search(
        r"/reports/[^/\"]+/[0-9]{4}",
        client.get("/search?q=公开", headers={"Host": host}).text,
    )
    assert found
    return found[0]


@pytest.mark.parametrize(
    "host",
    [
        EVIL,
        "localhost.evil.example",
        "127.0.0.1.evil.example:8000",
        "",
        "a b",
        "local\xe9host",
        "[::1",
        "localhost@evil.example",
        "x" * 5000,
        "a..b",
        "evil.example\t",
    ],
)
def test_other_names_are_refused_in_our_words(
    client: FlaskClient, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "ARCHIVE_HOSTS" in answer.text
    assert EVIL not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "which ARCHIVE_HOSTS does not name" in caplog.text
    assert max(map(len, caplog.messages)) < 300
    data = client.get("/api/search?q=x", headers={"Host": host})
    assert "ARCHIVE_HOSTS" in data.get_json()["error"]


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:80"]
)
def test_this_machine_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_probe_may_call_us_what_it_likes(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_names_that_are_set_are_answered_and_no_others(opened: object) -> None:
    hosts = ("archive.example.org", ".example.net")
    client = opened(hosts=hosts).test_client()  # type: ignore[operator]
    for host in ("archive.example.org", "a.example.net:8443"):
        assert client.get("/", headers={"Host": host}).status_code == 200
    for host in ("localhost", "xexample.net", "example.org"):
        assert client.get("/", headers={"Host": host}).status_code == 400


def test_addresses_we_give_out_come_from_the_settings(opened: object) -> None:
    public = "https://archive.example.org"
    hosts = ("archive.example.org", "other.example.org")
    client = opened(hosts=hosts, public_url=public).test_client()  # type: ignore[operator]
    asked = {"Host": "other.example.org"}
    path = report_address(client, "other.example.org")
    told = [
        client.get(where, headers=asked).text
        for where in (
            "/search.json?q=公开",
            "/search.csv?q=公开",
            f"{path}.json",
            path,
            "/api/search?q=公开",
            "/agencies.json",
        )
    ]
    assert all("other.example.org" not in one for one in told)
    assert sum(public in one for one in told) >= 5
    told_of = client.get(f"{path}.json", headers=asked).get_json()
    assert told_of["url"].startswith(f"{public}/reports/")
    assert f"{public}/reports/" in told_of["citation"]
    assert told_of["provenance"]["original"].startswith(f"{public}/originals/")


def test_without_a_setting_no_address_says_a_host(client: FlaskClient) -> None:
    path = report_address(client)
    told = client.get(f"{path}.json", headers={"Host": "127.0.0.1:8000"})
    assert told.get_json()["url"] == path
    assert "127.0.0.1" not in told.text


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "10.9.9.9"), (1, "203.0.113.7"), (2, "198.51.100.1")]
)
def test_as_many_proxies_are_believed_as_there_are(
    opened: object, proxies: int, seen: str
) -> None:
    app = opened(proxies=proxies)  # type: ignore[operator]
    found: list[str | None] = []
    app.before_request(lambda: found.append(request.remote_addr))
    app.test_client().get(
        "/",
        headers={
            "X-Forwarded-For": "192.0.2.1, 198.51.100.1, 203.0.113.7",
            "X-Forwarded-Host": EVIL,
            "X-Forwarded-Prefix": "/evil",
        },
        environ_base={"REMOTE_ADDR": "10.9.9.9"},
    )
    assert found == [seen]


@pytest.mark.parametrize(
    "path",
    [
        "/search?page=99999999999999999999",
        "/search?q=%00&year=%00",
        "/reports/%00/2022",
        "/reports/x/99999999999999999999",
        "/reports/x/2022?version=99999999999999999999",
        "/agencies?page=99999999999999999999",
        "/agencies/" + "x" * 20_000,
        "/compare?a=%00/2022&b=x/99999999999999999999",
        "/originals/" + "f" * 5000,
        "/" + "a/" * 5000,
        "/search?" + "&".join(f"a{at}=1" for at in range(3000)),
        "/static/..%2f..%2fconfig.py",
        "/static/%00",
        "/status?page=99999999999999999999",
        "/%ff%fe",
    ],
)
def test_what_nobody_asks_for_is_no_fault_of_ours(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert "<h1>" in answer.text
        assert "Traceback" not in answer.text


# ---- counted in one place ------------------------------------------------------------


def test_all_processes_count_together(opened: object, tmp_path: Path) -> None:
    data = tmp_path / "limits"
    data.mkdir()
    settings = {"data": data}
    ask = "/search.csv?q=公开"
    counted = CountsInFile(_storage("", data / "limits.sqlite3"))
    first = opened(**settings).test_client()  # type: ignore[operator]
    assert first.get(ask).status_code != 429
    file = data / "limits.sqlite3"
    assert file.exists()
    keys = counted._ask("SELECT key FROM counts")
    assert counted.get(keys[0]) == 1
    # What another process counted counts here.
    counted.incr(keys[0], 60, 60)
    assert first.get(ask).status_code == 429


def test_a_limit_is_looked_for_where_one_stands(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    resolve = limiter.limit_manager.resolve_limits

    def note(*about: Any) -> Any:
        looked.append(about)
        return resolve(*about)

    monkeypatch.setattr(limiter.limit_manager, "resolve_limits", note)
    for path in ("/", "/search?q=公开", "/admin/login"):
        assert client.get(path).status_code == 200
    assert not looked
    answer = client.get("/search.csv?q=公开")
    assert looked
    assert answer.headers["X-RateLimit-Limit"] == "60"


def test_one_client_is_counted_as_one(opened: object, tmp_path: Path) -> None:
    """A house of IPv6 has 2⁶⁴ addresses, and some proxies tell the port as well."""
    data = tmp_path / "limits"
    data.mkdir()
    visitor = opened(data=data, proxies=1).test_client()  # type: ignore[operator]

    def left(address: str) -> int:
        answer = visitor.get("/search.csv?q=x", headers={"X-Forwarded-For": address})
        return int(answer.headers["X-RateLimit-Remaining"])

    assert left("2001:db8:1:2::4") == left("2001:db8:1:2:7::9") + 1
    assert left("192.0.2.1:51234") == left("192.0.2.1:51235") + 1
    assert left("192.0.2.2") > left("192.0.2.1")


def test_counts_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = CountsInFile(f"archive-file://{tmp_path / 'c'}")
    assert counted.check()
    assert [counted.incr("a", 60), counted.incr("a", 60), counted.incr("b", 60)] == [
        1,
        2,
        1,
    ]
    monkeypatch.setattr("archive.web.guards.limits.time.time", lambda: 1e12)
    assert counted.get("a") == 0
    assert counted.incr("a", 60) == 1
    counted.reset()
    assert counted.get("a") == 0


@pytest.mark.parametrize(
    ("url", "storage"),
    [
        ("redis://h/0", "redis://h/0"),
        ("rediss://h/0", "rediss://h/0"),
        ("unix:///s", "redis+unix:///s"),
    ],
)
def test_redis_counts_where_there_is_one(url: str, storage: str) -> None:
    assert _storage(url, Path("x")) == storage


@pytest.mark.redis
def test_limits_stand_in_redis(opened: object, redis_url: str) -> None:
    one = opened(jobs_url=redis_url).test_client()  # type: ignore[operator]
    other = opened(jobs_url=redis_url).test_client()  # type: ignore[operator]
    where = {"REMOTE_ADDR": "198.51.100.77"}
    left = [
        int(
            client.get("/search.csv?q=x", environ_base=where).headers[
                "X-RateLimit-Remaining"
            ]
        )
        for client in (one, other)
    ]
    assert left[1] == left[0] - 1


def test_settings_that_would_open_the_door() -> None:
    assert Settings.from_environment({}).is_for_loopback
    read = Settings.from_environment(
        {
            "ARCHIVE_HOSTS": "a.example, .b.example",
            "ARCHIVE_PUBLIC_URL": "https://c.example/",
        }
    )
    assert read.hosts == ("a.example", ".b.example", "c.example")
    assert read.public_url == "https://c.example"
    assert not read.is_for_loopback
    assert filling.settings(Path("x")).is_for_loopback


# ---- an endless text -----------------------------------------------------------------

ENDLESS = 5_900_000


@pytest.fixture(scope="module")
def endless(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[FlaskClient]:
    """A site with two years of an agency whose reports are megabytes long."""
    folder = tmp_path_factory.mktemp("endless")
    shutil.copy(sqlite_template, folder / "archive.sqlite3")
    settings = filling.settings(folder)
    with Archive(settings) as archive:
        for year in (2015, 2016):
            whole = filling._hostile("本机关公开" * (ENDLESS // 15))
            body = whole.decode().replace("2016年", f"{year}年").encode()
            url = f"http://endless.example/{year}.html"
            filling._take_in(archive, body, Hints(url=url), filling.NOW)
        pipeline.index_marked(archive)
    app = create_app(settings)
    yield app.test_client()
    with app.app_context():
        current_archive().store.close()
        current_archive().index.close()


def test_an_endless_text_is_filed_and_shown_cut(endless: FlaskClient) -> None:
    path = report_address(endless)
    page = endless.get(path)
    assert page.status_code == 200
    assert len(page.data) < 2_000_000
    assert "阅读全文" in page.text
    told = endless.get(f"{path}.json")
    assert len(told.data) < 2_000_000
    left_out = told.get_json()["left_out"]
    assert left_out["signs"] > 1_000_000
    whole = endless.get(left_out["text"])
    assert whole.mimetype == "text/plain"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "本机关公开" * (ENDLESS // 15) in whole.text
    assert "示例。" in whole.text


def test_endless_texts_are_compared_in_bounds(endless: FlaskClient) -> None:
    key = report_address(endless).split("/")[2]
    for page in ("/compare", "/compare.json"):
        answer = endless.get(f"{page}?a={key}/2015&b={key}/2016")
        assert answer.status_code == 200
        assert len(answer.data) < 4_000_000


def test_a_report_of_usual_length_is_whole(client: FlaskClient) -> None:
    path = report_address(client)
    told = client.get(f"{path}.json").get_json()
    assert "left_out" not in told
    assert "阅读全文" not in client.get(path).text
    whole = client.get(f"{path}.txt").text
    assert all(one["text"] in whole for one in told["sections"])
    assert client.get("/reports/nobody/2020.txt").status_code == 404


# ---- pages of people -----------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/login",
        "/admin/runs/99999999999999999999",
        "/admin/sources/99999999999999999999",
        "/admin/nothing",
        "/admin/login?next=/admin/%0d%0aSet-Cookie:x",
    ],
)
def test_pages_of_people_are_kept_by_nobody(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code < 500
    assert "no-store" in answer.headers["Cache-Control"]


def test_no_line_break_comes_into_a_header(client: FlaskClient) -> None:
    for broken in ("/admin/\r\nX-A: b", "/admin/\n", "/admin/\0"):
        asked = client.get("/admin/login", query_string={"next": broken})
        assert asked.status_code == 400
        sent = client.post("/admin/login", data={"next": broken})
        assert sent.status_code == 400
        assert "<h1>" in sent.text
