"""Exports of lists: all that was asked for, from where, opened again by others."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from archive import create_app
from archive.search import Query
from archive.store import reports
from archive.web import export
from archive.web.current import current_archive
from archive.web.export import lists
from archive.web.guards import EXPORTS, TooLong
from archive.web.guards.turns import Turn, Turns
from tests.portals.reports import report_of
from tests.web import filling
from tests.web.pages import CITY, page

NEW, GRANTED = "requests.new.total", "requests.granted.total"
SHARE, CLAIM = "concluded_share", "proactive_total"
ASK = f"figure={NEW}&figure={GRANTED}&figure={SHARE}&figure={CLAIM}"
Table = list[dict[str, str]]


def table(body: bytes) -> Table:
    text = body.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def rows(client: FlaskClient, address: str) -> Table:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return table(answer.data)


def lines(client: FlaskClient, address: str) -> list[dict[str, object]]:
    text = client.get(address).get_data(as_text=True)
    return [json.loads(line) for line in text.splitlines()]


def of_city(found: Table, year: int = 2021) -> dict[str, str]:
    (row,) = [
        row
        for row in found
        if (row["机关"], row["年度"]) == ("示例市商务局", str(year))
    ]
    return row


def test_every_row_says_where_it_comes_from(client: FlaskClient) -> None:
    row = of_city(rows(client, "/search.csv"))
    told = client.get(f"/reports/{CITY}/2021.json").json
    assert told
    proof = told["provenance"]
    assert row["原件SHA-256"] == proof["sha256"]
    assert row["来源网址"] == proof["source_url"]
    assert row["版本"] == str(proof["version"])
    assert row["页面"].endswith(f"/reports/{CITY}/2021?version={proof['version']}")
    assert row["格式"] == "2021年起格式"
    assert row["存档时间"].startswith("2025-04-02 ")
    page(client, row["页面"].removeprefix("http://localhost"))


def test_values_are_those_that_are_printed(client: FlaskClient) -> None:
    """Against the numbers from which the sample reports were written."""
    printed = report_of("示例市商务局", 2021).figures
    row = of_city(rows(client, f"/search.csv?{ASK}"))
    assert row["新收申请（件）"] == str(printed[NEW])
    assert row["新收申请·状态"] == "照录"
    assert row["予以公开（件）"] == str(printed[GRANTED])
    asked = printed[NEW] + printed["requests.carried_in.total"]
    done = printed["requests.concluded.total"]
    assert (row["办结率·分子"], row["办结率·分母"]) == (str(done), str(asked))
    if asked < 30:
        assert (row["办结率"], row["办结率·状态"]) == (
            "",
            "分母不足30，只列分子和分母",
        )
    else:
        share = Decimal(int(done)) / Decimal(int(asked))
        assert Decimal(row["办结率"]) == round(share, 6)


def test_what_is_in_doubt_stands_in_no_column_of_values(client: FlaskClient) -> None:
    row = of_city(rows(client, f"/search.csv?{ASK}"), 2022)
    read = client.get(f"/reports/{CITY}/2022.json").json
    assert read
    assert read["figures"][GRANTED]["status"] == "conflict"
    assert row["予以公开（件）"] == ""
    value = read["figures"][GRANTED]["value"]
    assert row["予以公开·状态"] == f"存疑：原文为{value}"


def test_everything_can_be_asked_for(client: FlaskClient) -> None:
    found = rows(client, "/search.csv?figure=all&q=商务")
    headings = list(found[0])
    assert len(headings) == len(set(headings))
    (told,) = [
        one
        for one in lines(client, "/search.jsonl?figure=all&q=商务")
        if one["agency_key"] == CITY and one["year"] == 2021
    ]
    figures = told["figures"]
    assert isinstance(figures, dict)
    assert set(figures) == set(export.KEYS)
    read = client.get(f"/reports/{CITY}/2021.json").json
    assert read
    for key, figure in read["figures"].items():
        sure = figure["status"] in ("exact", "inferred")
        assert figures[key]["value"] == (figure["value"] if sure else None), key
    for key, indicator in read["indicators"].items():
        if "denominator" in figures[key]:
            assert figures[key]["numerator"] == indicator["numerator"], key
            assert figures[key]["denominator"] == indicator["denominator"], key
        else:
            assert figures[key]["value"] == indicator["value"], key


def test_a_state_for_every_number(client: FlaskClient) -> None:
    for row in rows(client, "/search.csv?figure=all"):
        for heading, said in row.items():
            if heading.endswith("·状态"):
                assert said, heading


def test_unknown_keys_are_named(client: FlaskClient) -> None:
    asked = "figure=nothing&figure=requests.new.total"
    told = client.get(f"/search/definitions.csv?{asked}").data.decode("utf-8-sig")
    assert "没有“nothing”这一项" in told
    headings = list(rows(client, f"/search.csv?{asked}")[0])
    assert "新收申请（件）" in headings
    assert "予以公开（件）" not in headings


def test_the_question_stands_beside_the_rows(client: FlaskClient) -> None:
    row = rows(client, "/search.csv?q=商务&year=2022")[0]
    assert row["导出的检索"] == "“商务”；年份：2022年"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["导出时间"])
    told = rows(client, f"/search/definitions.csv?q=商务&year=2022&{ASK}")
    by_key = {one["键"]: one for one in told if one["名称"]}
    assert by_key["question"]["名称"] == "“商务”；年份：2022年"
    assert by_key["rows"]["名称"] == "2"
    assert "search.csv?" in by_key["address"]["名称"]
    assert by_key[SHARE]["版本"] == "1"
    assert "÷" in by_key[SHARE]["含义或公式"]
    assert by_key[NEW]["列"] == "新收申请（件）"
    headings = set(rows(client, f"/search.csv?{ASK}")[0]) - {"导出的检索", "导出时间"}
    assert headings == {
        one["列"] for one in told if one["类别"] not in ("导出", "状态")
    }


def test_names_say_what_is_inside(client: FlaskClient) -> None:
    def name(address: str) -> str:
        told = client.get(address).headers["Content-Disposition"]
        assert told.isascii()
        return unquote(told.partition("filename*=UTF-8''")[2])

    day = r"\d{8}"
    assert re.fullmatch(
        rf"年报_商务_2022年_{day}\.csv", name("/search.csv?q=商务&year=2022")
    )
    assert re.fullmatch(rf"年报_{day}\.xlsx", name("/search.xlsx"))
    hostile = name('/search.csv?q=../"%0d%0a\u202e.exe;x=')
    assert re.fullmatch(rf"年报_[\w-]*_{day}\.csv", hostile)
    assert re.fullmatch(
        rf"机关_商务_市_{day}\.csv", name("/agencies.csv?name=商务&level=市")
    )


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"/reports/{CITY}/2022.csv", "数据_示例市商务局_2022年度_第1号文本"),
        ("/trends.csv", "历年趋势"),
        (
            f"/trends.xlsx?region=990100&sector=商务&figure={SHARE}",
            "历年趋势_示例省示例市_商务_办结率",
        ),
        ("/coverage.csv?level=县&year=2022", "收录情况_县_2022年度"),
        (
            "/coverage/missing.csv?region=990100&state=not_seen",
            "未收录_示例省示例市_未见",
        ),
    ],
)
def test_tables_of_pages_say_what_is_inside(
    client: FlaskClient, address: str, told: str
) -> None:
    header = client.get(address).headers["Content-Disposition"]
    name = unquote(header.partition("filename*=UTF-8''")[2])
    assert name.rpartition("_")[0] == told


def test_a_workbook_is_typed_and_explained(client: FlaskClient) -> None:
    body = client.get(f"/search.xlsx?q=商务&{ASK}").data
    book = load_workbook(io.BytesIO(body))
    sheet, told = book["年报"], book["说明"]
    assert sheet.freeze_panes == told.freeze_panes == "A2"
    heads, *found = [list(line) for line in sheet.iter_rows()]
    column = {cell.value: at for at, cell in enumerate(heads)}
    (row,) = [
        line
        for line in found
        if (line[0].value, line[1].value) == (2021, "示例市商务局")
    ]
    assert row[column["新收申请（件）"]].data_type == "n"
    assert row[column["存档时间"]].is_date
    assert row[column["发布日期"]].is_date
    assert row[column["原件SHA-256"]].data_type == "s"
    said = {line[2].value: line[3].value for line in told.iter_rows() if line[2].value}
    assert said["question"] == "“商务”"
    assert said["rows"] == str(len(found))
    assert "search.xlsx?" in said["address"]
    assert SHARE in said


def test_agencies_with_the_numbers_of_a_year(client: FlaskClient) -> None:
    found = rows(client, f"/agencies.csv?year=2021&{ASK}")
    by_name = {row["机关"]: row for row in found}
    printed = report_of("示例市商务局", 2021).figures
    city = by_name["示例市商务局"]
    assert city["新收申请（件）"] == str(printed[NEW])
    assert (city["数字所属年度"], city["报告数"]) == ("2021", "3")
    county = by_name["示例县商务局"]
    assert (county["新收申请（件）"], county["新收申请·状态"]) == ("", "")
    newest = {row["机关"]: row for row in rows(client, f"/agencies.csv?{ASK}")}
    assert newest["示例县商务局"]["数字所属年度"] == "2023"
    plain = rows(client, "/agencies.csv")
    assert len(plain) == len(found)
    assert "新收申请（件）" not in plain[0]
    (told,) = [
        one
        for one in lines(client, f"/agencies.jsonl?year=2021&{ASK}")
        if one["key"] == CITY
    ]
    assert told["figures"][NEW]["value"] == printed[NEW]  # type: ignore[index]


def test_the_form_says_how_much_it_will_be(client: FlaskClient) -> None:
    shown = page(client, f"/search/export?q=商务&{ASK}")
    total = len(rows(client, "/search.csv?q=商务"))
    assert f"{total} 行" in shown.text("//dl")
    chosen = shown.all("//input[@type='checkbox'][@checked]/@value")
    assert sorted(chosen) == sorted([NEW, GRANTED, SHARE, CLAIM])
    actions = shown.all("//button/@formaction")
    assert "/search.csv" in actions
    kept = shown.all("//form[@class='exporting']//input[@type='hidden']/@value")
    assert kept == ["商务"]


# ---- many, long, and those who leave ------------------------------------------------


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Batches of two, and how many reports each asked for."""
    asked: list[int] = []
    cards = reports.cards

    def noted(session: object, version_ids: list[int]) -> object:
        asked.append(len(version_ids))
        return cards(session, version_ids)  # type: ignore[arg-type]

    monkeypatch.setattr(lists, "AT_ONCE", 2)
    monkeypatch.setattr(lists.reports, "cards", noted)
    return asked


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
def test_rows_are_asked_for_some_at_a_time(
    client: FlaskClient, small_batches: list[int], kind: str
) -> None:
    answer = client.get(f"/search.{kind}")
    assert answer.data
    assert small_batches == [2, 2, 2, 2]


def test_batches_are_the_whole_list(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(address: str) -> Table:
        return [{**row, "导出时间": ""} for row in rows(client, address)]

    whole = {kind: told(f"/{kind}.csv?{ASK}") for kind in ("search", "agencies")}
    monkeypatch.setattr(lists, "AT_ONCE", 3)
    for kind, before in whole.items():
        assert told(f"/{kind}.csv?{ASK}") == before


def test_who_leaves_costs_no_more(
    client: FlaskClient, small_batches: list[int]
) -> None:
    answer = client.get("/search.csv", buffered=False)
    body = answer.iter_encoded()
    next(iter(body))
    answer.close()
    assert len(small_batches) < 4
    assert turns_left() == 2


def turns_left() -> int:
    return EXPORTS._free._value  # type: ignore[attr-defined]


def test_only_so_many_at_once(client: FlaskClient) -> None:
    with EXPORTS.take(), EXPORTS.take():
        answer = client.get("/search.csv")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "请稍等半分钟" in answer.text
        assert client.get("/search").status_code == 200
    assert client.get("/search.csv").status_code == 200
    assert client.head("/search.csv").status_code == 200
    assert turns_left() == 2


def test_a_turn_is_given_back_after_an_error(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(lists, "values_of", fail)
    for kind in ("csv", "xlsx", "jsonl"):
        assert client.get(f"/search.{kind}").status_code == 500
    assert turns_left() == 2


def test_what_takes_too_long_is_broken_off_and_never_ends_well() -> None:
    turns = Turns(1, -1.0, "示例")
    with turns.take() as turn, pytest.raises(TooLong):
        turn.check()
    with turns.take():
        pass


def test_a_download_that_takes_too_long(
    client: FlaskClient, small_batches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []

    def late(turn: Turn) -> None:
        checked.append(1)
        if len(checked) > 2:
            raise TooLong

    monkeypatch.setattr(Turn, "check", late)
    with pytest.raises(TooLong):
        client.get("/search.csv", buffered=True)
    checked.clear()
    answer = client.get("/search.xlsx")
    assert answer.status_code == 503
    assert "超时" in answer.text
    assert turns_left() == 2


def test_a_workbook_that_is_too_large_says_what_to_do(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_CELLS", 100)
    answer = client.get("/search.xlsx")
    assert answer.status_code == 413
    assert "请改用CSV" in answer.text
    assert client.get("/search.csv").status_code == 200


def test_both_databases_write_the_same(
    database_url: str, tmp_path: Path, site: Flask
) -> None:
    settings = replace(filling.settings(tmp_path), database_url=database_url)
    filling.fill(settings, [("示例县商务局", 2023), ("示例市商务局", 2021)])
    app = create_app(settings)
    client = app.test_client()
    row = of_city(rows(client, f"/search.csv?{ASK}"))
    other = of_city(rows(site.test_client(), f"/search.csv?{ASK}"))
    for heading in ("新收申请（件）", "办结率·分子", "主动公开（条）", "标题"):
        assert row[heading] == other[heading]
    assert len(rows(client, f"/agencies.csv?{ASK}")) == 3
    app.extensions["archive"].store.close()


def test_a_list_has_no_limit_of_rows(site: Flask) -> None:
    with site.app_context():
        found, total = current_archive().index.listed(Query(""), 1 << 31)
    assert len(found) == total == 8


# ---- opened by others ---------------------------------------------------------------


def test_duckdb_reads_a_comparison(client: FlaskClient, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    file = tmp_path / "compared.csv"
    asked = "region=990000&below=1&year=2021-2022&figure=requests.new.total"
    file.write_bytes(client.get(f"/compare.csv?{asked}").data)
    printed = report_of("示例市商务局", 2021).figures
    with duckdb.connect() as base:
        (found,) = base.execute(
            f"SELECT 年度, 收录状态, columns('新收|·总计（件）') FROM read_csv('{file}') "
            "WHERE 机关 = '示例市商务局' AND 年度 = 2021"
        ).fetchall()
    assert found[:2] == (2021, "已收录")
    assert printed[NEW] in found


def test_duckdb_reads_all_of_it(client: FlaskClient, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    printed = report_of("示例市商务局", 2021).figures
    for kind in ("csv", "jsonl"):
        file = tmp_path / f"list.{kind}"
        file.write_bytes(client.get(f"/search.{kind}?{ASK}").data)
    with duckdb.connect() as base:
        (found,) = base.execute(
            'SELECT "新收申请（件）", typeof("新收申请（件）"), typeof("发布日期"), '
            f"\"原件SHA-256\" FROM read_csv('{tmp_path}/list.csv') "
            "WHERE 机关 = '示例市商务局' AND 年度 = 2021"
        ).fetchall()
        assert found[:3] == (printed[NEW], "BIGINT", "DATE")
        assert len(found[3]) == 64
        (told,) = base.execute(
            f'SELECT figures."{NEW}".value, figures."{SHARE}".numerator '
            f"FROM read_json('{tmp_path}/list.jsonl') "
            f"WHERE agency_key = '{CITY}' AND year = 2021"
        ).fetchall()
        assert told == (printed[NEW], printed["requests.concluded.total"])
        everything = tmp_path / "all.csv"
        everything.write_bytes(client.get("/search.csv?figure=all").data)
        counted = f"SELECT count(*) FROM read_csv('{everything}')"
        assert base.execute(counted).fetchall() == [(8,)]


def test_libreoffice_reads_both_sheets(client: FlaskClient, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed (Debian package libreoffice-calc)")
    (tmp_path / "list.xlsx").write_bytes(client.get(f"/search.xlsx?{ASK}").data)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            # Every sheet as a file of its own, with formulas as such.
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1",
            "list.xlsx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = table((tmp_path / "list-年报.csv").read_bytes())
    expected = rows(client, f"/search.csv?{ASK}")
    same = ("年度", "机关", "新收申请（件）", "办结率·分母", "原件SHA-256", "标题")
    for theirs, ours in zip(found, expected, strict=True):
        for heading in same:
            assert theirs[heading] == ours[heading]
    told = table((tmp_path / "list-说明.csv").read_bytes())
    assert {one["键"] for one in told} >= {NEW, SHARE, CLAIM, "question", "exact"}
