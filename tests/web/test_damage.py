"""A report whose stored reading is damaged or gone: its pages say so, all others stay."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import delete, select, update

from archive import create_app, pipeline
from archive.pipeline import Ahead, Archive, read_again
from archive.store import Store, count_columns
from archive.store.questions import soundness
from archive.store.rows import (
    FIGURE_TABLES,
    AgencyRow,
    FigureColumnsRow,
    FilingRow,
    ReadingRow,
    VersionRow,
)
from tests.web import filling
from tests.web.pages import CITY, COUNTY, page, wrong_with
from tests.web.test_rivals import CLOSING, OWN, PORTAL, Taken

SAMPLES = (("示例市商务局", 2022), ("示例县商务局", 2022), ("示例县商务局", 2023))
LOST = f"/reports/{CITY}/2022"


def harm(store: Store, key: str, how: str, number: int = 1) -> str:
    """Harms a reading of a year 2022; the original that it was read from."""
    with store.session() as session:
        of_it = (
            select(VersionRow)
            .join(VersionRow.filing)
            .join(FilingRow.agency)
            .where(AgencyRow.key == key, FilingRow.year == 2022)
            .where(VersionRow.number == number)
        )
        version = session.scalars(of_it).one()
        is_its = ReadingRow.version_id == version.id
        if how == "gone":
            session.execute(delete(ReadingRow).where(is_its))
        else:
            turned = {"rest": b"?", "texts": b"?", "summary": b"?"}
            session.execute(update(ReadingRow).where(is_its).values(turned))
        return version.digest


@pytest.fixture
def archive(tmp_path: Path, sqlite_template: Path) -> Archive:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    filling.fill(filling.settings(tmp_path), SAMPLES)
    return Archive(filling.settings(tmp_path))


@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_its_pages_say_so_until_it_is_read_again(archive: Archive, how: str) -> None:
    client = create_app(archive.settings).test_client()
    whole = client.get(f"{LOST}.json").json
    with archive:
        digest = harm(archive.store, CITY, how)
        _pages_say_so(client, digest)
        (told,) = pipeline.audit(archive).unread
        assert told.startswith("示例市商务局2022年度报告（第 1 号文本）的读取结果")
        assert "rebuild" in told
        assert digest in told
        assert pipeline.reindex(archive) == 4
        assert client.get("/search?q=示例市商务局").status_code == 200
        originals = pipeline.audit(archive).originals
        with Ahead(1) as ahead:
            # A rebuild that had done all but its end.
            tally = read_again(archive, ahead, begin=originals)
        assert (tally.same, tally.failed) == (1, 0)
        pipeline.index_marked(archive)
        assert pipeline.audit(archive).is_clean
    assert client.get(f"{LOST}.json").json == whole


def _pages_say_so(client: FlaskClient, digest: str) -> None:
    compared = f"a={COUNTY}/2022&b={CITY}/2022"
    one = page(client, LOST, 503)
    assert wrong_with(one) == []
    assert "示例市商务局2022年度报告（第 1 号文本）的读取结果已损坏或缺失" in one.text()
    assert "原件另行保存" in one.text()
    assert page(client, f"/compare?{compared}", 503).text().count("第 1 号文本") == 1
    for address in (
        f"{LOST}.json",
        f"/api/v1/reports/{CITY}/2022",
        f"/compare.json?{compared}",
    ):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "示例市商务局2022年度报告" in answer.json["error"]
    for address in (f"{LOST}.csv", f"{LOST}.xlsx", f"/compare.csv?{compared}"):
        assert client.get(address).status_code == 503
    for address in (
        "/",
        "/agencies",
        f"/agencies/{CITY}",
        f"/agencies/{CITY}.json",
        f"/reports/{COUNTY}/2022",
        f"/originals/{digest}",
        "/search?q=公开",
        "/search.json?q=公开",
        "/search.csv?q=公开",
        "/api/v1/reports",
        "/status",
    ):
        assert client.get(address).status_code == 200, address


def test_a_typed_number_that_changed_is_named_and_read_again(archive: Archive) -> None:
    requests = FIGURE_TABLES["requests"]
    with archive:
        assert pipeline.audit(archive).is_clean
        with archive.store.session() as session:
            of_city = (
                select(VersionRow.id)
                .join(VersionRow.filing)
                .join(FilingRow.agency)
                .where(AgencyRow.key == CITY, FilingRow.year == 2022)
            )
            is_its = requests.c.version_id.in_(of_city)
            is_total = requests.c.applicant == "total"
            session.execute(update(requests).where(is_its, is_total).values(new=999))
        found = pipeline.audit(archive)
        assert not found.is_clean
        (told,) = found.unlike
        assert told.startswith(
            "示例市商务局2022年度报告（第 1 号文本）在数据库中的数值"
        )
        assert "requests.total.new" in told
        assert "rebuild" in told
        with Ahead(1) as ahead:
            read_again(archive, ahead)
        pipeline.index_marked(archive)
        assert pipeline.audit(archive).is_clean


@pytest.mark.parametrize("part", ["texts", "rest", "all"])
@pytest.mark.parametrize("how", ["cut", "turned", "empty"])
def test_a_damaged_year_is_named_and_the_others_stay(
    archive: Archive, part: str, how: str
) -> None:
    client = create_app(archive.settings).test_client()
    asked = f"agency={CITY}&agency={COUNTY}&year=2022-2023&figure=requests.new.total"
    kept = (
        "/agencies.csv",
        f"/embed/compare?{asked}",
        "/trends",
        "/trends.csv",
        "/search.json?q=公开",
        f"/reports/{COUNTY}/2023",
    )
    before = [client.get(address).data for address in kept]
    whole = client.get(f"/agencies/{COUNTY}.json").get_json()["years"]
    with archive:
        _change(archive.store, part, how)
        after = [client.get(address).data for address in kept]
        # The time of an export is the only thing that may differ.
        assert list(map(len, after)) == list(map(len, before))
        told = client.get(f"/agencies/{COUNTY}.json").get_json()["years"]
        shown = page(client, f"/agencies/{COUNTY}")
        rows = client.get(f"/agencies/{COUNTY}.csv").get_data(as_text=True)
        assert client.get(f"/agencies/{COUNTY}.xlsx").status_code == 200
        assert client.get(f"/reports/{COUNTY}/2022").status_code == 503
    assert wrong_with(shown) == []
    of_year = {row.split()[0]: row for row in map(_words, shown.all("//tbody/tr"))}
    assert "读取结果已损坏或缺失" in of_year["2022"]
    assert "读取结果已损坏或缺失" not in of_year["2023"]
    assert {one["year"]: one["unreadable"] for one in told} == {2022: True, 2023: False}
    assert [one["figures"] for one in told] == [one["figures"] for one in whole]
    states = {row.split(",")[0]: row for row in rows.splitlines()}
    assert "（读取结果已损坏或缺失，待重新读取）" in states["2022"]
    assert "损坏" not in states["2023"]


def test_a_comparison_names_the_year_whose_text_is_damaged(archive: Archive) -> None:
    client = create_app(archive.settings).test_client()
    asked = f"agency={CITY}&agency={COUNTY}&year=2022-2023&figure=requests.new.total"
    with archive:
        before = client.get(f"/compare.json?{asked}").get_json()
        _change(archive.store, "rest", "cut")
        shown = page(client, f"/compare?{asked}")
        framed = page(client, f"/embed/compare?{asked}&show=table")
        told = client.get(f"/compare.json?{asked}").get_json()
        rows = client.get(f"/compare.csv?{asked}").get_data(as_text=True)
        wide = page(client, f"/compare?{asked}&shape=years")
    for one in (shown, framed, wide):
        (note,) = one.all("//ul[@class='notes']/li")
        assert "有 1 份报告的读取结果已损坏或缺失" in _words(note)
        assert "示例县" in _words(note)
        assert "2022" in _words(note)
    marked = [_words(row) for row in shown.all("//tbody/tr") if "待重新" in _words(row)]
    assert len(marked) == 1
    assert "示例县" in marked[0]
    lost = [(one["agency_key"], one["unreadable"]) for one in told["rows"]]
    assert [pair for pair in lost if pair[1]] == [(COUNTY, [2022])]
    # Its numbers stay, and so do those of the others.
    values = [[one["cells"] for one in each["rows"]] for each in (before, told)]
    assert values[0] == values[1]
    (line,) = (
        row for row in rows.splitlines() if "待重新读取" in row and "（有" not in row
    )
    assert line.split(",")[6] == "2022"
    assert "已收录（读取结果已损坏或缺失，待重新读取）" in line


def test_a_page_of_many_looks_again_after_a_minute(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(archive.settings).test_client()
    address = f"/compare?agency={COUNTY}&year=2022&figure=requests.new.total"
    now = [0.0]
    monkeypatch.setattr(soundness, "monotonic", lambda: now[0])
    with archive:
        assert "待重新读取" not in client.get(address).get_data(as_text=True)
        _change(archive.store, "all", "empty")
        now[0] = 59.0
        assert "待重新读取" not in client.get(address).get_data(as_text=True)
        now[0] = 61.0
        assert "待重新读取" in client.get(address).get_data(as_text=True)
        # What is not whole is looked at each time.
        now[0] = 62.0
        assert "待重新读取" in client.get(address).get_data(as_text=True)


def _words(row: html.HtmlElement) -> str:
    return " ".join(row.text_content().split())


def _change(store: Store, part: str, how: str) -> None:
    """Changes the reading of the county's year 2022."""
    with store.session() as session:
        reading = session.scalars(
            select(ReadingRow)
            .join(VersionRow, VersionRow.id == ReadingRow.version_id)
            .join(VersionRow.filing)
            .join(FilingRow.agency)
            .where(AgencyRow.key == COUNTY, FilingRow.year == 2022)
        ).one()
        for name in ("texts", "rest", "summary") if part == "all" else (part,):
            whole = getattr(reading, name)
            turned = whole[:20] + bytes([whole[20] ^ 1]) + whole[21:]
            changed = {"cut": whole[: len(whole) // 2], "turned": turned, "empty": b""}
            setattr(reading, name, changed[how])


def test_a_damaged_rival_is_shown_without_its_differences(
    tmp_path: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    client = create_app(filling.settings(tmp_path)).test_client()
    with Archive(filling.settings(tmp_path)) as archive:
        taken = Taken(archive)
        assert taken.take(OWN) == "new"
        taken.take(PORTAL, CLOSING)
        harm(archive.store, taken.address.split("/")[2], "damaged", 2)
        one = page(client, f"{taken.address}?version=1")
        assert wrong_with(one) == []
        assert "这份文本的读取结果已损坏或缺失" in one.text("//*[@id='rivals']")
        assert "标题或表格中的文字不同" not in one.text()
        told = client.get(f"{taken.address}.json?version=1").json
        assert [rival["differs"] for rival in told["rivals"]] == [None]
        assert client.get(f"{taken.address}?version=2").status_code == 503


def test_damaged_columns_of_a_year_are_told_once_and_made_anew(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(archive.settings).test_client()
    whole = client.get("/trends.json").get_json()
    with archive:
        with archive.store.session() as session:
            of_it = update(FigureColumnsRow).where(FigureColumnsRow.year == 2022)
            session.execute(of_it.values(told=b"damaged"))
        client = create_app(archive.settings).test_client()
        for _ in range(3):
            answer = client.get("/trends")
            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "60"
            assert "2022 年度的汇总数据已损坏" in answer.text
        data = client.get("/trends.json")
        assert data.status_code == 503
        assert "重新计算" in data.get_json()["error"]
        told = [one for one in caplog.messages if "columns" in one]
        assert len(told) == 1
        assert client.get(LOST).status_code == 200
        count_columns(archive.store)
        assert client.get("/trends.json").get_json() == whole
