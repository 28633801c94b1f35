"""Every page: there, sound, escaped, guarded; with reports and without."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from archive import create_app
from archive.web import BLUEPRINTS, pages
from archive.web.pages import totals
from config import BadSettings
from tests.web import filling
from tests.web.pages import CITY, COUNTY, GOVERNMENT, HOSTILE, page, wrong_with

PAGES = (
    "/",
    "/search",
    "/search?q=商务",
    "/search?q=“信息公开”&year=2022&year=2023&sector=商务&sort=published",
    "/search?q=没有这样的词语&year=2022",
    "/search?page=9",
    "/search?q=公开&all=agency",
    "/search?q=经济合作局 年份:2019..&fold=0",
    "/search/help",
    "/search/export",
    "/search/export?q=商务&year=2022&figure=disclosed_share&figure=nothing",
    "/search/export?figure=all",
    "/agencies/export",
    "/agencies/export?level=市&year=2022&figure=requests.new.total",
    "/indicators",
    "/indicators/closed_share",
    "/indicators/received_growth",
    "/indicators/documents_net",
    f"/reports/{CITY}/2022",
    f"/reports/{CITY}/2020",
    f"/reports/{CITY}/2022/indicators",
    f"/reports/{CITY}/2022/cells/requests.granted.total?version=1",
    f"/reports/{CITY}/2021/cells/review.total",
    f"/reports/{CITY}/2022/cells",
    f"/reports/{HOSTILE}/2016/cells",
    f"/reports/{HOSTILE}/2016/indicators",
    f"/reports/{COUNTY}/2023",
    f"/reports/{HOSTILE}/2016",
    f"/reports/{HOSTILE}/2016?version=1",
    "/agencies",
    "/agencies?name=商务&level=市",
    "/agencies?name=无",
    "/agencies?page=7",
    f"/agencies/{CITY}",
    f"/agencies/{HOSTILE}",
    "/agencies/990122-shilishanxianrenminzhengfu",
    "/coverage",
    "/coverage?region=990000&level=县&year=2023",
    "/coverage?region=990121&sector=商务",
    "/coverage?region=nowhere&year=1&state=x",
    "/coverage/missing",
    "/coverage/missing?region=990100&state=no_source&page=9",
    "/compare",
    f"/compare?a={CITY}/2022",
    f"/compare?a={CITY}/2022&find=县",
    f"/compare?a={CITY}/2021&b={CITY}/2022",
    f"/compare?a={CITY}/2020&b={COUNTY}/2022&only=all",
    f"/compare?a={HOSTILE}/2016@1&b={HOSTILE}/2016&only=changed",
    f"/compare?agency={CITY}&agency={COUNTY}&year=2020-2024",
    f"/compare?agency={CITY}&year=2020-2023&figure=review.total&shape=years",
    "/compare?region=990100&below=1&level=县&year=2022&where=received>3",
    "/compare?q=商务&year=2022&figure=received&figure=proactive_total",
    "/compare?year=2022",
    "/status",
    "/about",
    "/evidence",
    "/trends",
    "/trends?region=990100&level=市&sector=商务&figure=refused_share&scope=own",
    "/trends?region=nowhere&level=x&sector=y&scope=z&figure=no.such",
    "/trends?figure=proactive_total&figure=disclosure.fees.amount&scope=area",
    "/regions",
    "/regions?figure=disclosed_share&scope=area&year=2022",
    "/regions?year=x&figure=x",
    "/regions/990000",
    "/regions/990100?figure=requests.new.total&year=2022",
    "/regions/990121",
    "/regions/710000",
    f"/agencies/{GOVERNMENT}/peers",
    f"/agencies/{CITY}/peers?year=2022&figure=refused_share&ranking=1",
    f"/agencies/{CITY}/peers?year=1999&figure=documents_net&ranking=1&page=99",
    f"/reports/{GOVERNMENT}/2022/below",
)
EMPTY = (
    "/",
    "/search",
    "/search?q=商务",
    "/agencies",
    "/coverage",
    "/coverage/missing",
    "/compare",
    "/compare?region=990100&below=1",
    "/status",
    "/about",
    "/trends",
    "/regions",
    "/regions/990100",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_sound(client: FlaskClient, address: str) -> None:
    shown = page(client, address)
    assert not wrong_with(shown)
    assert "None" not in shown.text("//body")
    assert "<script>alert" not in shown.source
    assert "<img src=x" not in shown.source


NO_PAGES = {
    *("reports.original", "reports.text", "health.health", "health.metrics"),
    # Framed by others; short addresses; what forms send.
    *("compare.embed", "compare.embed_kept"),
    *("compare.kept", "compare.keep", "compare.agencies"),
}
"""Answers that are no page of ours."""


def test_no_page_is_written_down_and_forgotten(client: FlaskClient) -> None:
    """Every file of pages is part of the site, and each page is among those above."""
    written = {file.name for file in pkgutil.iter_modules(pages.__path__)}
    # A room of pages is its files.
    written -= {"totals"}
    written |= {file.name for file in pkgutil.iter_modules(totals.__path__)}
    no_pages = {"admin", "measures", "bodies", "known", "words"}
    assert written == {one.name for one in BLUEPRINTS} | no_pages
    rules = client.application.url_map
    of_everybody = {
        rule.endpoint
        for rule in rules.iter_rules()
        if rule.endpoint.partition(".")[0] in written - {"admin", "api"}
        and "." not in rule.rule
    }
    asked = rules.bind("localhost")
    seen = {str(asked.match(urlsplit(address).path)[0]) for address in PAGES}
    assert of_everybody - NO_PAGES == seen


@pytest.mark.parametrize("address", EMPTY)
def test_an_empty_archive_has_every_page(
    empty_client: FlaskClient, address: str
) -> None:
    shown = page(empty_client, address)
    assert not wrong_with(shown)
    assert "None" not in shown.text("//body")


def test_an_empty_archive_says_what_to_do(empty_client: FlaskClient) -> None:
    assert "python -m archive import" in page(empty_client, "/").text()
    assert "还没有可以检索的报告" in page(empty_client, "/search").text()
    assert "sources add" in page(empty_client, "/status").text()
    assert empty_client.get("/api/v1/reports").json["total"] == 0
    assert empty_client.get("/search.csv").get_data(as_text=True).count("\n") == 1
    assert empty_client.get("/status.json").json["reports"] == 0


def test_headers_guard_every_answer(client: FlaskClient) -> None:
    for address in (
        "/",
        "/nothing",
        "/api/v1/reports",
        "/static/site.css",
        "/search.csv",
    ):
        with client.get(address) as answer:
            headers = answer.headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Strict-Transport-Security" not in headers, "not over http"


def test_the_404_page_helps(client: FlaskClient) -> None:
    shown = page(client, "/no/such/page", 404)
    assert not wrong_with(shown)
    assert shown.all("//main//form//input[@name='q']")
    assert "机关名录" in shown.text()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reports/x/2020", 404),
        (f"/reports/{CITY}/1999", 404),
        (f"/reports/{CITY}/x", 404),
        (f"/reports/{CITY}/99999999999999999999999", 404),
        (f"/reports/{CITY}/2022?version=7", 404),
        (f"/reports/{CITY}/2022?version=x", 404),
        (f"/reports/{CITY}/2022?version={'9' * 500}", 404),
        ("/reports/%00/2022", 404),
        ("/agencies/%00", 404),
        ("/agencies/%F0%28%8C%28", 404),
        ("/agencies/none", 404),
        ("/originals/" + "0" * 64, 404),
        ("/originals/..%2F..%2Fetc%2Fpasswd", 404),
        ("/originals/x", 404),
        ("/search?page=abc", 200),
        ("/search?page=-1", 200),
        (f"/search?page={10**9}", 200),
        (f"/search?page={'9' * 400}", 200),
        ("/search?size=0&sort=none", 200),
        ("/search?year=x&region=%00&sector=%27;--&level=无&form=&findings=x", 200),
        ("/search?q=%00%00", 200),
        ("/search?q=%FF%FE", 200),
        ("/search?q=" + "词" * 600, 200),
        ("/search?q=" + "a" * 100_000, 200),
        ("/search?q=" + "公 " * 10_000, 200),
        ("/search?q=" + "(" * 50_000 + "公开" + ")" * 50_000, 200),
        ("/search?q=" + "a*" * 9_999, 200),
        ("/search?q=(a%2B)%2B$" + "a" * 5_000 + "!", 200),
        ("/search?q=" + "%01%1B%7F%E2%80%AE" * 999, 200),
        ("/search?q=" + "a" * 1_000_000, 414),
        ("/search?" + "&".join(f"year={year}" for year in range(1500)), 200),
        ("/search?q=(((((%22%22%22 OR OR NOT - -- *?", 200),
        ("/agencies?page=abc&region=x%00&level=%27", 200),
        (f"/agencies?page={10**20}", 200),
        ("/agencies?name=%25", 200),
        ("/compare?a=%00&b=/", 200),
        (f"/compare?a={CITY}/9999&b={CITY}/2022@99999", 200),
        (f"/compare?a={CITY}/２０２２&b={CITY}/2022", 200),
        (f"/compare?a={CITY}/2022&b={CITY}/2022&only=x", 200),
        ("/status?page=x", 200),
        (f"/status?page={10**30}", 200),
    ],
)
def test_no_address_breaks_the_site(
    client: FlaskClient, address: str, status: int
) -> None:
    shown = page(client, address, status)
    assert not wrong_with(shown)
    assert "Traceback" not in shown.source


def test_an_error_of_ours_shows_no_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(filling.settings(tmp_path))

    def fail() -> str:
        raise RuntimeError("secret of the house")

    for address in ("/fails", "/fails.json"):
        app.add_url_rule(address, address, fail)
    client = app.test_client()
    shown = page(client, "/fails", 500)
    assert not wrong_with(shown)
    assert "本站出了差错" in shown.text()
    assert "secret" not in shown.source
    answer = client.get("/fails.json")
    assert (answer.status_code, list(answer.json or {})) == (500, ["error"])
    assert "secret of the house" in caplog.text, "the log has it instead"


def test_no_start_without_a_secret(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="ARCHIVE_SECRET_KEY"):
        create_app(replace(filling.settings(tmp_path), secret_key=""))


def test_front_page_leads_into_the_archive(client: FlaskClient) -> None:
    shown = page(client, "/")
    links = shown.all("//main//a/@href")
    assert "/search?year=2022" in links
    assert "/search?region=990000" in links
    assert f"/reports/{GOVERNMENT}/2024" in links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_status_shows_every_source(client: FlaskClient) -> None:
    text = page(client, "/status").text()
    for words in ("部分失败", "正常", "尚未采集", "要求浏览器验证", "连接超时"):
        assert words in text
    told = client.get("/status.json").json
    assert told["sources"]["total"] == 5
    assert told["index"]["reports"] == told["reports"] == 8


def test_both_databases_answer(database_url: str, tmp_path: Path) -> None:
    settings = replace(filling.settings(tmp_path), database_url=database_url)
    filling.fill(settings, [("示例县商务局", 2023)])
    app = create_app(settings)
    client = app.test_client()
    for address in (
        "/",
        "/search?q=商务",
        "/search.csv",
        f"/reports/{HOSTILE}/2016",
        "/agencies?name=商务&region=990000",
        f"/agencies/{COUNTY}",
        "/status",
        f"/compare?a={COUNTY}/2023&b={HOSTILE}/2016@1",
    ):
        assert client.get(address).status_code == 200, address
    app.extensions["archive"].store.close()
