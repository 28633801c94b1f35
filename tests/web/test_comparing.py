"""Any agencies, years and figures as one table: against values computed by hand."""

from __future__ import annotations

import csv
import gc
import io
from decimal import Decimal
from hashlib import sha256
from html import escape
from urllib.parse import parse_qsl, quote_plus

import openpyxl
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from archive.catalogue import (
    FIGURES,
    INDICATORS,
    LEVELS,
    QUANTITIES,
    SECTORS,
    Coverage,
    ValueState,
)
from archive.search import Condition, Counted
from archive.store import Valued, comparing
from archive.web.figures import valued as figures
from archive.web.guards import EXPORTS
from archive.web.pages.compare import gathered, lines
from archive.web.pages.compare.asked import (
    SIGNS,
    Asked,
    Whom,
    written,
)
from archive.web.pages.compare.reading import asked as asked_by
from archive.web.pages.compare.table import Line
from tests.web.pages import CITY, COUNTY, GOVERNMENT, Page, page, wrong_with

THREE = f"agency={GOVERNMENT}&agency={CITY}&agency={COUNTY}"
NEW, GIVEN, REVIEWS = "requests.new.total", "disclosed_share", "review.total"
QUESTION = f"{THREE}&year=2020-2024&figure={NEW}&figure={GIVEN}"


def cells(shown: Page, of: str = "tbody") -> list[list[str]]:
    """The words of each row; what stands small in a cell comes behind a blank."""
    found = []
    for row in shown.all(f"//table[contains(@class, 'many')]/{of}/tr"):
        words = [" ".join(part.text_content().split()) for part in row]
        found.append(words)
    return found


def told(client: FlaskClient, question: str) -> dict:  # type: ignore[type-arg]
    answer = client.get(f"/compare.json?{question}")
    assert answer.status_code == 200
    return answer.json  # type: ignore[no-any-return]


def test_a_row_for_each_agency_and_year(client: FlaskClient) -> None:
    rows = cells(page(client, f"/compare?{QUESTION}"))
    assert len(rows) == 15
    by_name = {(row[0], row[1]): row[2:] for row in rows}
    assert by_name["示例市人民政府", "2022"] == ["70", "63.9%46 / 72"]
    assert by_name["示例市人民政府", "2024"] == ["54", "55.4%31 / 56"]
    # Twelve are too few for a percentage.
    assert by_name["示例市商务局", "2021"] == ["12", "3 / 12"]
    # What contradicts other numbers has no value; what is printed stands beside it.
    assert by_name["示例县商务局", "2023"][0].endswith("印为 8")
    assert by_name["示例市人民政府", "2023"][0] == "尚无来源"


def test_sums_and_medians_are_of_sure_values_alone(client: FlaskClient) -> None:
    sums = told(client, QUESTION)["totals"]
    received, given = sums
    assert received == {
        "count": 6,
        "ranked": 6,
        "inferred": 0,
        "sum": 70 + 54 + 20 + 12 + 20 + 5,
        "numerator": None,
        "denominator": None,
        "median": 20,
    }
    # All cases together; the median only of those with thirty or more.
    assert (given["numerator"], given["denominator"]) == (95, 165)
    assert (given["count"], given["ranked"]) == (5, 2)
    assert given["sum"] == pytest.approx(95 / 165)
    assert given["median"] == pytest.approx((46 / 72 + 31 / 56) / 2)
    below = cells(page(client, f"/compare?{QUESTION}"), "tfoot")
    assert below[0][2:] == ["181", "57.6%95 / 165"]
    assert below[2][2:] == ["6 个", "5 个其中 3 个分母不到 30"]


def test_values_lead_to_the_cells_they_are_printed_in(client: FlaskClient) -> None:
    shown = page(
        client, f"/compare?agency={GOVERNMENT}&year=2022&figure={NEW}&figure={GIVEN}"
    )
    first, second = shown.all("//tbody/tr/td[@class='num']/a/@href")[1:]
    assert first == f"/reports/{GOVERNMENT}/2022/cells/{NEW}?version=1"
    assert "70" in page(client, first).text()
    address, _, name = second.partition("#")
    assert name == GIVEN
    indicators = page(client, address)
    assert indicators.all(f"//tr[@id='{GIVEN}']//a[contains(@href, '#')]")


def test_every_address_of_a_row_leads_somewhere(client: FlaskClient) -> None:
    keys = (NEW, GIVEN, "received", "received_growth", "disclosure.licensing.decisions")
    asked_for = "&".join(f"figure={key}" for key in keys)
    question = f"{THREE}&year=2016-2024&{asked_for}"
    for shape in ("", "&shape=years"):
        shown = page(client, f"/compare?{question}{shape}")
        links = set(shown.all("//table[contains(@class, 'many')]/tbody//a/@href"))
        assert len(links) >= 10
        for link in links:
            assert client.get(link).status_code == 200, link


def test_our_words_for_values_are_no_html() -> None:
    told = [state.label for state in (*ValueState, *Coverage)]
    told += [lines.UNKNOWN, lines.ELSEWHERE, lines.LEFT_OUT]
    for key in (NEW, GIVEN):
        for state in ValueState:
            told += figures.shown_value(key, Valued(None, state, 5, 7))[:4]
    assert [one for one in told if escape(one) != one] == []


def test_sorted_by_a_column_what_has_no_rank_stands_behind(client: FlaskClient) -> None:
    rows = cells(page(client, f"/compare?{QUESTION}&sort=-{NEW}"))
    assert [row[2] for row in rows[:6]] == ["70", "54", "20", "20", "12", "5"]
    rows = cells(page(client, f"/compare?{QUESTION}&sort={GIVEN}"))
    assert [row[3] for row in rows[:2]] == ["55.4%31 / 56", "63.9%46 / 72"]
    assert "%" not in "".join(row[3] for row in rows[2:])


def test_conditions_are_joined_by_and_or_or(client: FlaskClient) -> None:
    def names(conditions: str) -> list[tuple[str, int]]:
        found = told(client, f"{QUESTION}&{conditions}")
        return [(row["agency_key"], row["year"]) for row in found["rows"]]

    assert names(f"where={NEW}>20") == [(GOVERNMENT, 2022), (GOVERNMENT, 2024)]
    assert names(f"where={NEW}>20&where={GIVEN}>=60%25") == [(GOVERNMENT, 2022)]
    either = names(f"where={NEW}<=5&where={GIVEN}>=60%25&join=any")
    assert either == [(GOVERNMENT, 2022), (COUNTY, 2022)]
    # 4 of 5 is 80 %, and says nothing: it is neither taken nor refused.
    few = told(client, f"{QUESTION}&where={GIVEN}>=60%25")
    assert (len(few["rows"]), few["left_out"], few["undecided"]) == (1, 1, 13)
    assert (
        "13 行无法判断"
        in page(client, f"/compare?{QUESTION}&where={GIVEN}>=60%25").text()
    )


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("申请>20", f"{NEW}>20"),
        ("收到申请超过二十件", f"{NEW}>20"),
        ("申请＞２０", f"{NEW}>20"),
        ("公开率≧６０％", f"{GIVEN}>=0.6"),
        ("公开率不低于六成", f"{GIVEN}>=0.6"),
        ("申请<>70", f"{NEW}!=70"),
        ("申请<=5 或 公开率>=60%", f"{NEW}<=5 OR {GIVEN}>=0.6"),
        ("申请<=5 OR 公开率>=60%", f"{NEW}<=5 OR {GIVEN}>=0.6"),
        ("申请同比>-10%", "received_growth>-0.1"),
        ("公开率的分母>=30", f"{GIVEN}.of>=30"),
    ],
)
def test_a_condition_is_read_as_a_search_reads_it(
    client: FlaskClient, typed: str, address: str
) -> None:
    in_words = told(client, f"{QUESTION}&where={quote_plus(typed)}")
    as_written = told(client, f"{QUESTION}&where={quote_plus(address)}")
    assert in_words["conditions"] == [address]
    assert in_words["rows"] == as_written["rows"]
    assert not in_words["notes"]


def test_one_of_two_ways_is_enough(client: FlaskClient) -> None:
    def names(conditions: str) -> list[tuple[str, int]]:
        found = told(client, f"{QUESTION}&{conditions}")
        return [(row["agency_key"], row["year"]) for row in found["rows"]]

    either = quote_plus("申请<=5 或 公开率>=60%")
    assert names(f"where={either}") == [(GOVERNMENT, 2022), (COUNTY, 2022)]
    assert names(f"where={either}&where={NEW}>5") == [(GOVERNMENT, 2022)]
    both = quote_plus("申请>20 且 公开率>=60%")
    assert names(f"where={both}") == [(GOVERNMENT, 2022)]
    many = told(client, f"{QUESTION}&where={GIVEN}.of>=30")["rows"]
    assert [row["year"] for row in many] == [2022, 2024]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("申请>50%", "百分数只用于比率"),
        ("公开率>100件", "是比率"),
        ("公开率>1.5", "应写作"),
        ("满意度>90%", "看不懂"),
        ("教育局申请>100", "看不懂"),
        ("(申请>1 复议>1) OR 教育", "看不懂"),
        ("公开率", "看不懂"),
        ("“申请>100”", "看不懂"),
        ("？", "看不懂"),
    ],
)
def test_a_condition_that_is_not_understood_is_said(
    client: FlaskClient, condition: str, why: str
) -> None:
    found = told(client, f"{QUESTION}&where={quote_plus(condition)}")
    assert found["conditions"] == []
    (note,) = found["notes"]
    assert condition in note
    assert why in note
    form = f"/compare?go=1&{QUESTION}&where_key={quote_plus(condition)}&where_value="
    assert why in page(client, form).text()


def test_where_one_is_enough_a_condition_joins_no_two(client: FlaskClient) -> None:
    two = quote_plus("申请>100 且 复议>1")
    found = told(client, f"{QUESTION}&where={two}&where={NEW}>20&join=any")
    assert found["conditions"] == [f"{NEW}>20"]
    assert any("不能再写“且”" in note for note in found["notes"])


def test_years_as_columns(client: FlaskClient) -> None:
    shown = page(client, f"/compare?{QUESTION}&shape=years&sort=-2022")
    rows = cells(shown)
    assert [(row[0], row[3]) for row in rows] == [
        ("示例市人民政府", "70"),
        ("示例市商务局", "20"),
        ("示例县商务局", "5"),
    ]
    assert not wrong_with(shown)


def test_years_that_fulfil_no_condition_have_no_value_as_columns(
    client: FlaskClient,
) -> None:
    asked = f"{THREE}&year=2020-2024&figure={NEW}"
    every = [one["cells"][0] for one in told(client, asked)["rows"]]
    numbers = sorted(one["value"] for one in every if one["value"] is not None)
    least = numbers[len(numbers) // 2]
    found = told(client, f"{asked}&shape=years&where={NEW}>={least}")
    cells = [one for row in found["rows"] for one in row["cells"]]
    left_out = [one for one in cells if one["told"] == "不合条件"]
    assert left_out
    assert all(one["value"] is None and one["state"] is None for one in left_out)
    kept = [number for number in numbers if number >= least]
    assert sum(total["count"] for total in found["totals"]) == len(kept)
    assert sum(total["sum"] or 0 for total in found["totals"]) == sum(kept)


def test_a_place_has_those_without_reports_too(client: FlaskClient) -> None:
    found = told(client, f"region=990100&below=1&level=县&year=2022&figure={NEW}")
    states = {row["agency"]: row["cells"][0]["told"] for row in found["rows"]}
    assert states["示例县商务局"] == "照录"
    assert states["示例山县人民政府"] == "尚无来源"
    named = told(client, f"region=示例市&year=2022&figure={NEW}")
    assert {row["region_code"] for row in named["rows"]} == {"990100"}


def test_a_year_long_over_is_not_told_as_one_to_come(client: FlaskClient) -> None:
    (row,) = told(client, f"agency={CITY}&year=2008&figure={NEW}")["rows"]
    (cell,) = row["cells"]
    assert (cell["coverage"], cell["told"]) == ("not_due", "不计入应有")
    shown = page(client, "/coverage")
    assert "不计入应有" in shown.text()
    assert "未到期" not in shown.text()


def test_of_too_many_bodies_those_with_reports_are_taken_first(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three thousand counties stand before ours, by place."""
    found = told(client, f"level=县&year=2019-2024&figure={NEW}&where={NEW}>=1")
    assert COUNTY in {row["agency_key"] for row in found["rows"]}
    (note,) = found["notes"]
    assert "超过 5,000 行" in note
    assert note.endswith("其余的在档案中没有任何报告。")
    monkeypatch.setattr(gathered, "MOST_ROWS", 2)
    few = told(client, f"{THREE}&year=2022&figure={NEW}")
    assert [row["agency_key"] for row in few["rows"]] == [GOVERNMENT, CITY]
    assert few["notes"][0].endswith("其余没有参加排序、条件和合计。")


def test_a_search_gives_the_agencies_of_what_it_finds(client: FlaskClient) -> None:
    found = told(client, f"q=商务&sector=商务&year=2022&figure={NEW}")
    assert {row["agency_key"] for row in found["rows"]} == {CITY, COUNTY}


@pytest.mark.parametrize(
    ("years", "agencies", "kind"),
    [
        ("2022", THREE, "条形图"),
        ("2021-2022", THREE, "坡度图"),
        ("2020-2024", THREE, "折线图"),
        ("2020-2024", "region=990000&below=1", "折线图"),
    ],
)
def test_a_chart_fits_the_question(
    client: FlaskClient, years: str, agencies: str, kind: str
) -> None:
    shown = page(client, f"/compare?{agencies}&year={years}&figure={NEW}")
    assert kind in shown.text("//*[name()='svg']/*[name()='desc']")
    assert shown.all("//*[name()='svg'][@role='img']")
    # The same for who does not see it.
    assert shown.all("//div[@class='vh']/table/tbody/tr")
    assert not wrong_with(shown)


def test_files_hold_exactly_the_table(client: FlaskClient) -> None:
    text = client.get(f"/compare.csv?{QUESTION}").data
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    head, body = rows[0], [row for row in rows[1:] if row[1]]
    assert len(body) == 15
    line = dict(zip(head, body[2], strict=True))
    assert line["机关键"] == GOVERNMENT
    assert (line["公开率·分子"], line["公开率·分母"], line["公开率·状态"]) == (
        "46",
        "72",
        "照录",
    )
    assert Decimal(line["公开率"]) == pytest.approx(Decimal(46) / 72)
    assert len(line["原件SHA-256"]) == 64
    assert line["页面"].endswith(f"/reports/{GOVERNMENT}/2022?version=1")
    report = client.get(f"/reports/{GOVERNMENT}/2022.json").json
    assert report
    origin = report["provenance"]
    assert line["来源网址"] == origin["source_url"]
    assert line["存档时间"].startswith("2025-04-02 ")
    (of_row,) = [
        row["sources"]
        for row in told(client, QUESTION)["rows"]
        if (row["agency_key"], row["year"]) == (GOVERNMENT, 2022)
    ]
    captured = origin["captured_at"]
    assert of_row == [
        {"year": 2022, "url": origin["source_url"], "captured_at": captured}
    ]
    few = next(
        dict(zip(head, row, strict=True))
        for row in body
        if row[1] == COUNTY and row[6] == "2022"
    )
    assert (few["公开率"], few["公开率·分子"], few["公开率·状态"]) == (
        "",
        "4",
        "分母不到 30",
    )
    assert any("问题" in row[0] for row in rows[1:])
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/compare.xlsx?{QUESTION}").data)
    )
    numbers, definitions = book.worksheets
    values = list(numbers.values)
    assert 70 in values[3]
    assert len(values) == len(body) + 1
    meant = [[str(one or "") for one in row] for row in definitions.values]
    (address,) = [row[3] for row in meant if row[2] == "address"]
    assert address.endswith(f"/compare?{QUESTION}")
    assert "÷" in next(row[5] for row in meant if row[2] == "disclosed_share")
    assert any(row[3].startswith("各行版本的摘要") for row in meant)


def test_a_file_with_years_side_by_side_says_what_it_leaves_out(
    client: FlaskClient,
) -> None:
    answer = client.get(f"/compare.csv?{QUESTION}&shape=years")
    assert "-by-year" in answer.headers["Content-Disposition"]
    head, *_ = csv.reader(io.StringIO(answer.text))
    assert "来源网址" not in head
    assert "各年并列时" in answer.text


def test_a_short_address_is_the_same_for_the_same_question(client: FlaskClient) -> None:
    answer = client.post("/c", data={"question": QUESTION})
    assert answer.status_code == 303
    shown = page(client, answer.location)
    short = shown.text("//dt[.='地址']/following-sibling::dd[1]/code")
    turned = f"{QUESTION.replace(f'agency={CITY}&', '')}&agency={CITY}"
    assert client.post("/c", data={"question": turned}).location == answer.location
    led = client.get(short)
    assert led.status_code == 302
    assert cells(page(client, led.location)) == cells(shown)
    framed = client.get(f"/embed{short}?show=table")
    assert "示例市人民政府" in framed.text
    assert client.get("/c/aaaaaaaaaa").status_code == 404
    assert client.get("/c/%00").status_code == 404
    assert client.post("/c", data={"question": "year=2022"}).status_code == 400


def test_only_what_is_made_for_it_may_be_framed(client: FlaskClient) -> None:
    framed = client.get(f"/embed/compare?{QUESTION}").headers
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "unsafe" not in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    for address in (f"/compare?{QUESTION}", "/embed/nothing", "/", "/c/aaaaaaaaaa"):
        headers = client.get(address).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/embed/nothing", 404),
        ("GET", "/embed/", 404),
        ("GET", "/embed/c/aaaaaaaaaa", 404),
        ("GET", "/embed/c/%00", 404),
        ("GET", f"/embed/compare?{QUESTION}&next=%0a", 400),
        ("POST", f"/embed/compare?{QUESTION}", 405),
        ("GET", f"/embed/compare?{QUESTION}&x={'x' * 400_000}", 414),
        ("GET", f"/embed/compare?{QUESTION}&plot=fail", 500),
        ("GET", f"/embed/compare?{QUESTION}&plot=busy", 503),
    ],
)
def test_no_error_may_be_framed_and_none_has_a_form(
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    code: int,
) -> None:
    monkeypatch.setattr(gathered, "LARGE", 29 if code == 503 else 40_000)
    if code == 500:
        # Whatever nobody thought of.
        monkeypatch.setattr(gathered, "table", None)
    with EXPORTS.take(), EXPORTS.take():
        answer = client.open(path, method=method)
    assert answer.status_code == code
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not Page(answer).all("//form")


def test_what_is_framed_has_its_source(client: FlaskClient) -> None:
    shown = Page(client.get(f"/embed/compare?{QUESTION}"))
    assert shown.all("//*[name()='svg'][@role='img']")
    assert "来源：" in shown.text()
    assert not shown.all("//form | //script")
    assert shown.all("//a[@target='_blank'][@rel='noopener']/@href")
    assert "table" in Page(client.get(f"/embed/compare?{QUESTION}&show=table")).source


def test_names_that_are_sure_lead_to_the_table(client: FlaskClient) -> None:
    text = "序号\t机关\n1\t示例市商务局\n2\t示例县\t商务局\n"
    answer = client.post(
        "/compare/agencies", data={"names": text, "question": "year=2022"}
    )
    assert answer.status_code == 303
    assert answer.location == f"/compare?agency={CITY}&agency={COUNTY}&year=2022"


def test_what_is_not_sure_is_asked_about(client: FlaskClient) -> None:
    text = "示例市商务局\n商务局\n示例市政府\n没有的机关\n"
    answer = client.post(
        "/compare/agencies", data={"names": text, "question": "year=2022"}
    )
    assert answer.status_code == 200
    shown = Page(answer)
    assert not wrong_with(shown)
    assert (
        "确定的 1 个，推测的 1 个，有几种可能的 1 个，没有找到的 1 个" in shown.text()
    )
    assert shown.all("//input[@checked]/@value") == [GOVERNMENT]
    form = {"question": "year=2022", "sure": CITY, "key": [GOVERNMENT, COUNTY]}
    led = client.post("/compare/agencies", data=form)
    assert led.location == f"/compare?{THREE_SORTED}&year=2022"


THREE_SORTED = "&".join(f"agency={key}" for key in sorted((CITY, COUNTY, GOVERNMENT)))


def test_too_much_is_refused_in_words(client: FlaskClient) -> None:
    names = "示" * (comparing.MOST_TEXT + 1)
    answer = client.post("/compare/agencies", data={"names": names})
    assert answer.status_code == 413
    assert "一次最多 160,000 个字" in answer.text
    keys = " ".join(f"k{at}" for at in range(5_001))
    answer = client.post("/compare/agencies", data={"sure": keys, "question": ""})
    assert answer.status_code == 400
    assert "最多比较 5,000 个" in answer.text


def test_every_name_may_be_chosen(client: FlaskClient) -> None:
    text = "示例市政府\n" + "\n".join(f"没有的{at}局" for at in range(1_500))
    asked = Page(client.post("/compare/agencies", data={"names": text}))
    (form,) = asked.all("//form[.//input[@name='key']]")
    # As parts there may be a thousand of them.
    assert "enctype" not in form.attrib
    keys = [GOVERNMENT, *(f"k{at}" for at in range(3_000))]
    led = client.post("/compare/agencies", data={"key": keys, "question": "year=2022"})
    assert led.location == f"/compare?agency={GOVERNMENT}&year=2022&dropped=3000"


@pytest.mark.parametrize(
    "question",
    [
        "agency=x&year=abc&figure=nothing&where=1>2&sort=z&plot=q&page=-1",
        "of=KKKK&agency=%00&region=没有&level=x&sector=y",
        "region=鼓楼区&year=1-2&where=a",
        "q=“&year=2022",
        "of=aaaaaaaaaa",
        f"agency={CITY}&year=2000-2099&figure={NEW}",
        f"agency={CITY}&where={NEW}>1&sort=&shape=years&figure={NEW}",
    ],
)
def test_bad_questions_are_answered_in_words(
    client: FlaskClient, question: str
) -> None:
    shown = page(client, f"/compare?{question}")
    assert not wrong_with(shown)
    assert "None" not in shown.text("//body")
    for kind in ("json", "csv", "xlsx"):
        assert client.get(f"/compare.{kind}?{question}").status_code == 200
    assert client.get(f"/embed/compare?{question}").status_code == 200


def test_a_form_leads_to_the_one_address(client: FlaskClient) -> None:
    typed = (
        "/compare?go=1&region=示例市&below=&level=&sector=商务&q=&years=2021-2022"
        "&shape=&figures=公开率&where_key=新收申请&where_sign=>%3D&where_value=10&join="
    )
    led = client.get(typed)
    assert led.status_code == 302
    question = dict(parse_qsl(led.location.partition("?")[2]))
    assert question == {
        "region": "990100",
        "sector": "商务",
        "year": "2021-2022",
        "figure": "disclosed_share",
        "where": "requests.new.total>=10",
    }


def test_a_table_is_quoted_with_what_it_was_made_of(client: FlaskClient) -> None:
    two = f"agency={CITY}&year=2021-2022&figure={NEW}"
    shown = page(client, f"/compare?{two}")
    quoted = shown.all("//*[contains(@class, 'cite')]/text()")
    assert len(quoted) == 3
    versions = [row["cells"][0] for row in told(client, two)["rows"]]
    for said in quoted:
        assert f"/compare?{two}" in said
        assert all(one["sha256"] in said for one in versions)
        assert "2021年度第 1 号文本" in said
    assert list(told(client, two)["cite"].values()) == quoted
    # A year without a report is no text of the table.
    lone = page(client, f"/compare?agency={GOVERNMENT}&year=2022-2023&figure={NEW}")
    assert "2023年度第" not in lone.text("//p[@class='cite']")
    # Of many, one digest stands for all; it is the one that files tell.
    many = page(client, f"/compare?{QUESTION}")
    digest = told(client, QUESTION)["versions_sha256"]
    assert all(digest in one for one in many.all("//*[@class='cite']/text()"))
    # It changes with the day only, so that who has the page is not sent it again.
    first = client.get(f"/compare?{two}")
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/compare?{two}", headers=known).status_code == 304
    kept = page(client, client.post("/c", data={"question": two}).location)
    short = kept.text("//p[@class='cite']")
    assert "/c/" in short
    assert "/compare?" not in short
    assert told(client, two)["cite"]["plain"] in short
    assert "/embed/c/" in kept.text("//code[contains(text(), 'iframe')]")


def test_a_place_that_no_list_has_is_told(client: FlaskClient) -> None:
    shown = page(client, f"/compare?region=100000&below=1&year=2022&figure={NEW}")
    assert "行政区划代码表（2003年以来）中没有 100000" in shown.text()
    known = page(client, f"/compare?region=990000&below=1&year=2022&figure={NEW}")
    assert "行政区划代码表" not in known.text()


def test_an_agency_is_taken_off_by_its_name(client: FlaskClient) -> None:
    question = f"{THREE}&year=2020-2024&figure={NEW}&sort=-{NEW}"
    shown = page(client, f"/compare?{question}&page=2")
    button = f"//form//button[@name='without'][@value='{CITY}']"
    assert shown.text(button).startswith("去掉：示例市商务局")
    fields = shown.all(f"//form[.//button[@value='{CITY}']]//input")
    sent = [(one.get("name"), one.get("value")) for one in fields]
    led = client.get("/compare", query_string=[*sent, ("without", CITY)])
    assert led.status_code == 302
    assert led.location == f"/compare?{question.replace(f'agency={CITY}&', '')}"


_KEYS = st.sampled_from([*FIGURES, *INDICATORS])
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=20
).map(str.strip)
_NAMES = st.lists(_WORDS.filter(bool), unique=True, max_size=4).map(sorted).map(tuple)
_WAYS = st.builds(
    Condition,
    key=st.sampled_from(list(QUANTITIES)),
    operator=st.sampled_from(list(SIGNS)),
    number=st.decimals(-(10**6), 10**6, places=4).map(lambda one: one.normalize() + 0),
)
_CONDITIONS = st.lists(_WAYS, min_size=1, max_size=4, unique=True).map(
    lambda ways: Counted(tuple(ways))
)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    regions = draw(
        st.lists(
            st.sampled_from(["990000", "990100", "510400"]), unique=True, max_size=2
        ).map(sorted)
    )
    figures = tuple(draw(st.lists(_KEYS, unique=True, max_size=5)))
    conditions = tuple(draw(st.lists(_CONDITIONS, unique=True, max_size=3)))
    whom = Whom(
        agencies=draw(_NAMES),
        of=draw(st.sampled_from(["", "abcdefg234"])),
        words=draw(_WORDS),
        regions=tuple(regions),
        below=bool(regions) and draw(st.booleans()),
        sectors=tuple(
            draw(st.lists(st.sampled_from(list(SECTORS)), unique=True, max_size=2))
        ),
        levels=tuple(
            draw(st.lists(st.sampled_from(list(LEVELS)), unique=True, max_size=2))
        ),
    )
    sorts = ["", "name", "-name", *figures, *(f"-{one}" for one in figures)]
    return Asked(
        whom=whom,
        years=tuple(sorted(draw(st.sets(st.integers(2000, 2099), max_size=8)))),
        figures=figures,
        conditions=conditions,
        is_any=len(conditions) > 1 and draw(st.booleans()),
        sort=draw(st.sampled_from(sorts)),
        plot=draw(st.sampled_from(["", *figures[1:]])),
        page=draw(st.integers(1, 50)),
    )


@given(questions())
def test_a_question_comes_back_from_its_address(asked: Asked) -> None:
    args = MultiDict(parse_qsl(written(asked), keep_blank_values=True))
    found, notes = asked_by(args)
    assert found == asked
    assert not notes
    assert written(found) == written(asked)


def test_a_chart_leaves_out_whom_it_cannot_draw(client: FlaskClient) -> None:
    shown = page(client, f"/compare?region=990000&below=1&year=2022-2024&figure={NEW}")
    assert "个机关没有可以画的数值" in shown.text("//figcaption")
    assert "示例山县" not in shown.text("//div[@class='vh']/table")
    free = page(client, f"/compare?region=990102&below=1&year=2016&figure={NEW}")
    assert not free.all("//figure")


def test_files_wait_their_turn(client: FlaskClient) -> None:
    with EXPORTS.take(), EXPORTS.take():
        for kind in ("csv", "xlsx", "json"):
            answer = client.get(f"/compare.{kind}?{QUESTION}")
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        # A table of a page is small.
        assert client.get(f"/compare?{QUESTION}").status_code == 200
    assert client.get(f"/compare.json?{QUESTION}").status_code == 200


def test_large_tables_wait_their_turn_too(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 15 rows of 2 values.
    monkeypatch.setattr(gathered, "LARGE", 29)
    with EXPORTS.take(), EXPORTS.take():
        for where in ("/compare", "/embed/compare"):
            shown = Page(client.get(f"{where}?{QUESTION}"))
            assert shown.status == 503
            assert "大表较多" in shown.text()
        assert client.get(f"/compare?{THREE}&year=2022").status_code == 200
    with EXPORTS.take():
        # A file has one turn, and needs no other for its table.
        for kind in ("csv", "xlsx", "json"):
            assert client.get(f"/compare.{kind}?{QUESTION}").status_code == 200
        assert client.get(f"/compare?{QUESTION}").status_code == 200
    with EXPORTS.take(), EXPORTS.take():
        pass


def test_a_question_that_is_too_long_is_refused(client: FlaskClient) -> None:
    long = "&".join(f"agency=990100-{at:060}" for at in range(6_000))
    for where in ("/compare", "/embed/compare", "/compare.csv"):
        answer = client.get(f"{where}?{long}")
        assert answer.status_code == 414
        assert "问题太长" in answer.text
    data = client.get(f"/compare.json?{long}")
    assert data.status_code == 414
    assert "问题太长" in data.get_json()["error"]
    most = "&".join(f"agency=990100-{at:040}" for at in range(6_000))
    shown = page(client, f"/compare?{most}")
    assert "参数 agency 有 6000 个值，只使用了前 5000 个" in shown.text()


@pytest.mark.parametrize("shape", ["", "&shape=years&sort=-2022"])
def test_the_digest_is_of_every_cell_in_its_order(
    client: FlaskClient, shape: str
) -> None:
    found = told(client, f"{QUESTION}{shape}")
    known = [one["sha256"] or "-" for row in found["rows"] for one in row["cells"]]
    assert "-" in known
    assert found["versions_sha256"] == sha256("\n".join(known).encode()).hexdigest()


def lines_in_memory() -> int:
    return sum(isinstance(one, Line) for one in gc.get_objects())


@pytest.mark.parametrize("where", ["/compare", "/embed/compare"])
@pytest.mark.parametrize("show", ["", "&show=table"])
def test_a_table_is_let_go_with_its_page(
    client: FlaskClient, where: str, show: str
) -> None:
    gc.collect()
    gc.disable()
    try:
        page(client, f"{where}?{QUESTION}{show}")
        # Thousands of values that wait to be found by the collector hold up others.
        assert lines_in_memory() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "years",
    ["２０１９－２０２２", "2019～2022", "2019—2022", "2019至2022年", "2019年到2022年"],
)
def test_years_as_a_chinese_keyboard_writes_them(
    client: FlaskClient, years: str
) -> None:
    found = told(client, f"agency={GOVERNMENT}&year={years}&figure={NEW}")
    assert found["years"] == [2019, 2020, 2021, 2022]
    assert found["notes"] == []
