"""The cells of a report: their addresses in its tables, and their cards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from archive.catalogue import FORMS, keys
from tests.test_end_to_end import browser
from tests.web.pages import CITY, HOSTILE, page
from tests.web.serving import serving

__all__ = ["browser"]

CELL = "requests.granted.total"
REPORT = f"/reports/{CITY}/2022"
MOST_FOR_IDS = 12_000
"""Bytes that the names of its cells may add to the page of a report."""


@pytest.fixture(scope="module")
def address(site: Flask) -> Iterator[str]:
    with serving(site) as address:
        yield address


def test_every_figure_of_the_form_has_its_place(client: FlaskClient) -> None:
    shown = page(client, f"{REPORT}?version=1")
    read = client.get(f"{REPORT}.json").json
    assert read
    cells = shown.all("//table[contains(@class, 'statutory')]//td")
    named = [str(cell.get("id")) for cell in cells]
    assert sorted(named) == sorted(keys(FORMS[read["form"]]))
    assert sum(len(f' id="{name}"') for name in named) < MOST_FOR_IDS


def test_the_place_of_a_cell_is_told(client: FlaskClient) -> None:
    told = client.get(f"{REPORT}/cells/{CELL}.json").json
    assert told
    assert told["in_table"].endswith(f"{REPORT}?version=1#{CELL}")
    shown = page(client, f"{REPORT}/cells/{CELL}")
    assert told["in_table"] in shown.text("//*[@data-card]")


def test_without_a_script_all_cells_are_listed(client: FlaskClient) -> None:
    shown = page(client, f"{REPORT}/cells")
    links = shown.all("//ul[@class='cells']//a/@href")
    assert len(links) == len(keys(FORMS["2021"]))
    assert f"{REPORT}/cells/{CELL}?version=1" in links
    assert "没有法定表格" in page(client, f"/reports/{HOSTILE}/2016/cells").text()
    note = page(client, REPORT).all("//aside[@class='cell-note no-print']//a/@href")
    assert note == [f"{REPORT}/cells?version=1"]


def opened(browser: Browser, *, width: int = 1280, script: bool = True) -> Page:
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": width, "height": 800},
        java_script_enabled=script,
    )
    return context.new_page()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_the_address_of_a_cell_opens_its_card(
    address: str, browser: Browser, width: int
) -> None:
    shown = opened(browser, width=width)
    shown.goto(f"{address}{REPORT}?version=1#{CELL}")
    card = shown.get_by_role("dialog")
    expect(card).to_contain_text("示例市商务局")
    for words in ("2022年度", "予以公开", "总计", "第 1 号", "GB/T 7714", "SHA-256"):
        expect(card).to_contain_text(words)
    expect(shown.locator("#card-title")).to_be_focused()
    cell = shown.locator(f"td[id='{CELL}']")
    expect(cell).to_be_in_viewport()
    # The card leaves it in sight.
    box, beside = card.bounding_box(), cell.bounding_box()
    assert box
    assert beside
    assert box["width"] <= width
    is_over = beside["y"] + beside["height"] > box["y"]
    assert not is_over or beside["x"] + beside["width"] <= box["x"]
    shown.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(cell.locator("a")).to_be_focused()


@pytest.mark.browser
def test_a_number_leads_to_its_print_and_its_card(
    address: str, browser: Browser
) -> None:
    shown = opened(browser)
    shown.goto(f"{address}{REPORT}?version=1")
    cell = shown.locator(f"td[id='{CELL}']")
    cell.locator("a").click()
    expect(shown.locator(".printed td:target")).to_be_in_viewport()
    expect(shown.get_by_role("dialog")).to_contain_text("予以公开")
    # Another number takes the place of the first.
    shown.locator("td[id='review.total'] a").click()
    expect(shown.get_by_role("dialog")).to_contain_text("行政复议")
    shown.get_by_role("button", name="关闭").click()
    expect(shown.locator("td[id='review.total'] a")).to_be_focused()


@pytest.mark.browser
def test_without_a_script_text_and_digest_are_said(
    address: str, browser: Browser
) -> None:
    shown = opened(browser, width=375, script=False)
    shown.goto(f"{address}{REPORT}?version=1")
    expect(shown.locator(".cell-note")).not_to_be_visible()
    shown.goto(f"{address}{REPORT}?version=1#{CELL}")
    expect(shown.locator(".cell-note")).to_be_visible()
    expect(shown.locator(".cell-note")).to_contain_text("第 1 号文本")
    expect(shown.locator(f"td[id='{CELL}']")).to_be_in_viewport()
