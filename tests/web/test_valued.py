"""A value as pages show it: the number, or the words for why there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from archive.catalogue import FIGURES, IN_SIGHT, INDICATORS, ValueState
from archive.store import Valued
from archive.web.drawn.valued import valued, valued_cell
from archive.web.figures.chosen import MOST, keys_asked
from archive.web.figures.valued import ShownValue, name_of, shown_value, unit_of
from tests.web.pages import COUNTY

FIGURE, CLAIM, SHARE = "requests.new.total", "proactive_total", "disclosed_share"
EXACT, INFERRED = ValueState.EXACT, ValueState.INFERRED


@pytest.mark.parametrize(
    ("key", "one", "text", "beside"),
    [
        (FIGURE, Valued(1234, EXACT), "1,234", ""),
        (FIGURE, Valued(0, EXACT), "0", ""),
        ("disclosure.fees.amount", Valued(Decimal("12.500000"), EXACT), "12.5", ""),
        (SHARE, Valued(Decimal("0.625"), EXACT, 45, 72), "62.5%", "45 / 72"),
        (SHARE, Valued(Decimal(1), EXACT, 1200, 1200), "100%", "1,200 / 1,200"),
        # Of few, both numbers alone.
        (SHARE, Valued(Decimal("0.5"), EXACT, 7, 14), "7 / 14", ""),
        ("received_growth", Valued(Decimal("0.25"), EXACT, 50, 40), "+25%", "50 / 40"),
        ("received_growth", Valued(Decimal("1"), EXACT, 8, 4), "8 / 4", ""),
        ("documents_net", Valued(Decimal(-2), EXACT, -2), "−2", ""),
        ("received", Valued(Decimal(80), EXACT, 80), "80", ""),
        (FIGURE, Valued(None, ValueState.IN_DOUBT, 72), "存疑", "印为 72"),
        (CLAIM, Valued(None, ValueState.ABOUT, 60), "约 60", ""),
        (SHARE, Valued(None, ValueState.OF_NOTHING, 0, 0), "分母为 0", ""),
        (SHARE, Valued(None, ValueState.IN_DOUBT), "存疑", ""),
    ],
)
def test_a_value_is_told(key: str, one: Valued, text: str, beside: str) -> None:
    shown = shown_value(key, one)
    assert (shown.text, shown.beside) == (text, beside)
    assert shown.has_value is (one.value is not None)


@pytest.mark.parametrize("key", [FIGURE, CLAIM, SHARE, "lawsuits.total"])
def test_every_state_without_a_value_has_its_word_and_reason(key: str) -> None:
    for state in ValueState:
        if state.has_value or state is ValueState.ABOUT:
            continue
        shown = shown_value(key, Valued(None, state))
        assert shown.text == state.label
        if key == SHARE:
            assert shown.title


def test_what_is_inferred_has_its_mark() -> None:
    shown = shown_value(FIGURE, Valued(4, INFERRED))
    assert shown == ShownValue("4", "", "†", "其中有推定的数字", True)
    assert "（其中有推定的数字）" in valued(Valued(4, INFERRED), FIGURE)


def test_a_cell_says_what_it_is_to_all() -> None:
    zero = valued_cell(Valued(0, EXACT), FIGURE)
    assert zero == '<td class="num zero">0</td>'
    share = valued_cell(Valued(Decimal("0.625"), EXACT, 45, 72), SHARE)
    assert share == '<td class="num">62.5% <small class="soft">45 / 72</small></td>'
    missing = valued_cell(Valued(None, ValueState.MISSING), FIGURE)
    assert 'class="soft" title="原文没有这个数字，或读不准"' in missing


def test_every_key_has_a_name_and_a_unit() -> None:
    for key in (*FIGURES, *INDICATORS):
        assert name_of(key)
    assert (unit_of(FIGURE), unit_of(SHARE), unit_of("received")) == ("件", "%", "件")
    with pytest.raises(KeyError):
        name_of("nothing")


def test_results_have_the_values_that_are_asked_for(client: FlaskClient) -> None:
    keys = [FIGURE, SHARE, "received_growth", "proactive_total"]
    page = "&".join(f"figure={key}" for key in keys)
    told = client.get(f"/api/v1/reports?{page}&size=100").get_json()
    assert told["results"]
    for result in told["results"]:
        assert list(result["values"]) == keys
        name = urlsplit(result["url"]).path
        whole = client.get(f"{name}.json").get_json()
        assert _as_report_says(whole, FIGURE) == result["values"][FIGURE]
        for key in (SHARE, "received_growth"):
            assert _as_indicated(whole["indicators"][key]) == result["values"][key]


def test_a_share_of_few_is_no_number_of_its_own_anywhere(client: FlaskClient) -> None:
    results = client.get(f"/api/v1/reports?figure={SHARE}&size=100").get_json()
    of_lists, of_reports = [], []
    for result in results["results"]:
        one = result["values"][SHARE]
        if one["under"] is None:
            continue
        name = urlsplit(result["url"]).path
        told = client.get(f"{name}.json").get_json()["indicators"][SHARE]
        key, year = name.split("/")[2:4]
        asked = f"agency={key}&year={year}&figure={SHARE}"
        cell = client.get(f"/compare.json?{asked}").get_json()["rows"][0]["cells"][0]
        parts = ("value", "numerator", "denominator")
        of_lists.append((one["value"], one["over"], one["under"]))
        of_reports.append(tuple(told[part] for part in parts))
        assert tuple(cell[part] for part in parts) == of_lists[-1]
    assert of_reports == of_lists
    few = [value for value, _, under in of_lists if under < 30]
    others = [value for value, _, under in of_lists if under >= 30]
    assert few
    assert others
    assert not any(value is not None for value in few)
    assert all(value is not None for value in others)


def _as_report_says(whole: dict[str, Any], key: str) -> dict[str, Any]:
    """A figure of a report's own JSON, as lists tell it."""
    told: dict[str, Any] = {"value": None, "over": None, "under": None}
    if key not in whole["figures"]:
        return told | {"state": "not_in_form"}
    figure = whole["figures"][key]
    if figure["status"] == "conflict":
        return told | {"state": "in_doubt", "over": figure["value"]}
    return told | {"state": figure["status"], "value": figure["value"]}


def _as_indicated(one: dict[str, Any]) -> dict[str, Any]:
    state = one["lack"] or ("inferred" if one["inferred"] else "exact")
    return {
        "value": one["value"],
        "state": "in_doubt" if state == "conflict" else state,
        "over": one["numerator"],
        "under": one["denominator"],
        "version": one["version"],
    }


def test_results_have_no_values_unless_asked(client: FlaskClient) -> None:
    told = client.get("/api/v1/reports").get_json()
    assert not any("values" in result for result in told["results"])


def test_an_unknown_figure_is_an_error_of_the_api_and_a_note_of_pages(
    client: FlaskClient,
) -> None:
    answer = client.get("/api/v1/reports?figure=%3Cb%3E")
    assert answer.status_code == 400
    assert "<b>" in answer.get_json()["error"]
    for address in (f"/agencies/{COUNTY}", "/search"):
        text = client.get(f"{address}?figure=%3Cb%3E").text
        assert "没有键为“&lt;b&gt;”的数字或指标。" in text


def test_more_figures_than_one_address_may_ask_for() -> None:
    given = MultiDict([("figure", key) for key in [*FIGURES, "x", "y"]])
    keys, notes = keys_asked(given)
    assert len(keys) == MOST
    assert [note.split("，")[0] for note in notes] == [
        "没有键为“x”等 2 个的数字或指标。",
        f"选了 {len(FIGURES)} 个数字",
    ]
    assert keys_asked(MultiDict([("figure", FIGURE)] * 3)) == ((FIGURE,), ())


def test_an_agency_shows_its_indicators_year_by_year(client: FlaskClient) -> None:
    text = client.get(f"/agencies/{COUNTY}").text
    for key in IN_SIGHT:
        assert f">{INDICATORS[key].label}</th>" in text
        assert f"/indicators#{key}" in text
    chosen = client.get(f"/agencies/{COUNTY}?figure=received_growth").text
    assert ">新收申请同比</th>" in chosen
    assert ">综合纠错率</th>" not in chosen
    told = client.get(f"/api/v1/agencies/{COUNTY}?figure={FIGURE}").get_json()
    assert told["years"]
    for year in told["years"]:
        one = year["values"][FIGURE]
        printed = one["value"] if one["value"] is not None else one["over"]
        assert printed == year["figures"][FIGURE]
