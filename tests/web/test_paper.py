"""What is printed: numbers larger than what is said of them, no forms, whose numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.test_end_to_end import browser
from tests.web.pages import CITY, GOVERNMENT
from tests.web.serving import serving

__all__ = ["browser"]
QUESTION = f"agency={GOVERNMENT}&year=2019-2022&figure=disclosed_share"
# Wide enough for a sheet of A4 at 96 dots an inch, less its margins.
PAPER = 720


@pytest.fixture
def served(site: Flask) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def paper(browser: Browser) -> Page:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": PAPER, "height": 1000}
    )
    page = context.new_page()
    page.emulate_media(media="print")
    return page


def size(page: Page, css: str) -> float:
    """Pixels of the signs of an element."""
    told = page.locator(css).first.evaluate("one => getComputedStyle(one).fontSize")
    return float(str(told).removesuffix("px"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "small"),
    [(f"/compare?{QUESTION}", ".many .of"), ("/trends", ".totals td .small")],
)
def test_what_is_said_of_a_number_is_smaller(
    served: str, paper: Page, address: str, small: str
) -> None:
    paper.goto(served + address)
    assert size(paper, small) < size(paper, "table td")


@pytest.mark.browser
def test_forms_stay_on_the_screen(served: str, paper: Page) -> None:
    for address in ("/trends", f"/agencies/{CITY}/peers", f"/compare?{QUESTION}"):
        paper.goto(served + address)
        expect(paper.locator("main form.fields, main details.ask").first).to_be_hidden()


@pytest.mark.browser
def test_whose_numbers_are_added_is_printed(served: str, paper: Page) -> None:
    paper.goto(f"{served}/trends")
    scopes = paper.locator(".orders.scopes")
    expect(scopes.locator("strong")).to_be_visible()
    expect(scopes.locator("a").first).to_be_hidden()
    paper.goto(f"{served}/regions/990100")
    expect(paper.locator("#scope")).to_be_visible()


@pytest.mark.browser
def test_all_stands_on_one_edge(served: str, paper: Page) -> None:
    paper.goto(f"{served}/trends")
    edges = [
        paper.locator(css).first.evaluate("one => one.getBoundingClientRect().left")
        for css in (".brand", "main h1", ".foot p")
    ]
    assert len(set(map(round, edges))) == 1
