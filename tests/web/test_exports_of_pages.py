"""Files of pages that are no lists: each says by itself what it answers, and when."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from tests.web.pages import CITY

NEW = "requests.new.total"
PAIR = f"a={CITY}/2021&b={CITY}/2022"
PAGES = (
    (f"/agencies/{CITY}.", "年报；示例市商务局", f"/agencies/{CITY}.xlsx"),
    ("/coverage.?region=990100", "收录情况；示例省示例市", "region=990100"),
    ("/coverage/missing.?year=2022", "未收录；2022年度", "year=2022"),
    ("/trends.?region=990100", "历年趋势；示例省示例市", "region=990100"),
    (
        f"/reports/{CITY}/2022.",
        "数据；示例市商务局；2022年度；第1号文本",
        f"/reports/{CITY}/2022?version=1",
    ),
    (
        f"/compare.?{PAIR}",
        "比较；示例市商务局2021年度第1号文本；示例市商务局2022年度第1号文本",
        f"a={CITY}/2021@1&b={CITY}/2022@1",
    ),
)


def workbook(client: FlaskClient, address: str) -> Workbook:
    body = client.get(address.replace(".", ".xlsx", 1)).data
    return load_workbook(io.BytesIO(body))


@pytest.mark.parametrize(("address", "told", "where"), PAGES)
def test_a_workbook_has_its_question_and_its_columns(
    client: FlaskClient, address: str, told: str, where: str
) -> None:
    numbers, definitions = workbook(client, address).worksheets
    assert numbers.freeze_panes == definitions.freeze_panes == "A2"
    said = [
        ["" if one is None else str(one) for one in row[:6]]
        for row in definitions.values
    ]
    by_key = {row[2]: row[3] for row in said if row[0] == "导出"}
    assert by_key["question"] == told
    assert where in by_key["address"]
    assert by_key["rows"] == str(numbers.max_row - 1)
    headings = [cell.value for cell in next(iter(numbers.rows))]
    assert set(headings) <= {row[1] for row in said}
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize(("address", "told", "_"), PAGES)
def test_each_row_has_the_question_and_the_time(
    client: FlaskClient, address: str, told: str, _: str
) -> None:
    text = client.get(address.replace(".", ".csv", 1)).data.decode("utf-8-sig")
    head, *body = csv.reader(io.StringIO(text))
    assert head[-2:] == ["导出的检索", "导出时间"]
    assert body
    assert {len(row) for row in body} == {len(head)}
    assert {row[-2] for row in body} == {told}
    assert all(row[-1] for row in body)


def test_a_share_of_what_is_held_is_a_number(client: FlaskClient) -> None:
    numbers, _ = workbook(client, "/coverage.").worksheets
    heads, *rows = numbers.values
    at = {name: place for place, name in enumerate(heads)}
    shares = [row for row in rows if row[at["收录比例"]] is not None]
    assert shares
    for row in shares:
        share = row[at["收录"]] / row[at["应有"]]
        assert row[at["收录比例"]] == pytest.approx(share, abs=1e-4)


def test_what_was_not_taken_stands_in_the_workbook(client: FlaskClient) -> None:
    for page in ("trends", "coverage", "coverage/missing"):
        _, definitions = workbook(client, f"/{page}.?level=nosuch").worksheets
        assert any("nosuch" in str(row[3]) for row in definitions.values)


def test_a_report_beside_itself_keeps_both_columns(client: FlaskClient) -> None:
    numbers, _ = workbook(client, f"/compare.?a={CITY}/2022&b={CITY}/2022").worksheets
    heads, *rows = numbers.values
    assert len(heads) == 7
    by_key = {row[0]: row for row in rows}
    assert by_key[NEW][3] == by_key[NEW][4]
    assert by_key[NEW][5] == 0


def test_a_comparison_of_two_is_named_after_them(client: FlaskClient) -> None:
    header = client.get(f"/compare.csv?{PAIR}").headers["Content-Disposition"]
    name = unquote(header.partition("filename*=UTF-8''")[2])
    assert name.startswith("比较_示例市商务局2021年度第1号文本_示例市商务局2022年度")


@pytest.mark.parametrize("of", ["search", "agencies"])
def test_duckdb_reads_the_definitions(
    client: FlaskClient, tmp_path: Path, of: str
) -> None:
    duckdb = pytest.importorskip("duckdb")
    file = tmp_path / "definitions.csv"
    file.write_bytes(client.get(f"/{of}/definitions.csv?figure=all").data)
    with duckdb.connect() as base:
        found = base.execute(
            f"SELECT 名称 FROM read_csv('{file}') WHERE 键 = '{NEW}' AND 名称 != ''"
        ).fetchall()
    assert len(found) == 1
