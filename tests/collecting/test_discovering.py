"""From any address of a portal to its lists of annual reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.collecting import Found, find_columns
from archive.collecting.discovering import MOST_PAGES
from scrapers import Fetcher
from tests.portals.homes import HOMES, TRS, Home, link
from tests.portals.kinds.kind import NOTICE, REPORTS
from tests.portals.server import Portals


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with Portals() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher("", pause=0, allow_private=True, sleep=lambda seconds: None) as polite:
        yield polite


def found_from(portals: Portals, fetcher: Fetcher, path: str) -> Found:
    portals.reset()
    return find_columns(portals.url + path, fetcher, lambda done, total, step: None)


def paths(portals: Portals, found: Found) -> list[str]:
    return [offer.url.removeprefix(portals.url) for offer in found.offers]


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_columns_are_found_from_a_home_page(
    portals: Portals, fetcher: Fetcher, home: Home
) -> None:
    found = found_from(portals, fetcher, home.start)
    assert paths(portals, found) == list(home.lists), found.looked
    for offer in found.offers:
        assert len(offer.leads) == len(REPORTS), offer.name
        assert offer.listing is not None
        assert [one.title[:14] for one in offer.listing.passed] == [NOTICE.title[:14]]


def article_of(found: Found) -> str:
    return found.offers[0].leads[1].url


def test_an_article_and_the_list_itself_lead_to_the_column(
    portals: Portals, fetcher: Fetcher
) -> None:
    itself = found_from(portals, fetcher, TRS)
    assert paths(portals, itself) == [TRS]
    assert itself.offers[0].name == "所给网址"
    # The article links to nothing but the home page: its folders say where it is.
    article = article_of(itself).removeprefix(portals.url)
    from_article = found_from(portals, fetcher, article)
    (offer,) = from_article.readable
    assert offer.url == portals.url + TRS.removesuffix("index.html")


def test_a_home_page_with_a_report_among_its_news_comes_after_columns(
    portals: Portals, fetcher: Fetcher
) -> None:
    """Where the column is dead it is all there is; it says how little that is."""
    report = portals.address("示例市商务局", 2023).removeprefix(portals.url)
    portals.reset()
    news = "".join(link(f"/x/{one}.html", f"示例局动态{one}") for one in range(30))
    page = link("/dead/", "政府信息公开年报") + link(
        report, "示例市商务局2023年政府信息公开工作年度报告"
    )
    portals.put("/home.html", f"<ul>{news}{page}</ul>".encode())
    found = find_columns(f"{portals.url}/home.html", fetcher, lambda *told: None)
    (offer,) = found.readable
    assert not offer.leading.is_column
    assert "30 条标题没有写明年报" in "".join(offer.notes)
    troubles = {one.url: one.trouble for one in found.offers}
    assert "404" in troubles[f"{portals.url}/dead/"]


def test_columns_behind_one_that_is_no_list_are_found(
    portals: Portals, fetcher: Fetcher
) -> None:
    """It holds no report itself, but the columns of the departments and the towns."""
    portals.reset()
    column = link("/c/nb/", "政府信息公开年报")
    reports = "".join(
        f"<li>{link(f'/c/{year}.html', f'示例市示例局{year}年政府信息公开工作年度报告')}</li>"
        for year in (2022, 2023)
    )
    portals.put("/c/home.html", f"<ul>{column}</ul>".encode())
    departments = link("/c/bm/", "部门年报")
    portals.put("/c/nb/", f"<div>{departments}</div>".encode())
    portals.put("/c/bm/", f"<h2>部门年报</h2><ul>{reports}</ul>".encode())
    found = find_columns(f"{portals.url}/c/home.html", fetcher, lambda *told: None)
    assert [offer.url for offer in found.readable] == [f"{portals.url}/c/bm/"]


def test_traps_end_nothing_and_are_told(portals: Portals, fetcher: Fetcher) -> None:
    found = found_from(portals, fetcher, "/h/traps/")
    assert found.readable == []
    asked = {one.path for one in portals.requests}
    assert not [path for path in asked if path.startswith("/h/no/")]
    assert "/sz/internal/zfxxgknb/" not in asked, "robots.txt forbids it"
    told = {
        offer.url.removeprefix(portals.url): offer.trouble for offer in found.offers
    }
    assert "404" in told["/h/traps/gone/"]
    assert "412" in told["/h/wall/"] or "防护" in told["/h/wall/"]
    assert "登录" in told["/h/login/"]
    assert "robots" in told["/sz/internal/zfxxgknb/"]
    assert "elsewhere" not in str(found.looked)
    why = found.why_nothing()
    assert "没有找到能读取的年报栏目" in why
    assert f"{portals.url}/h/wall/" in why
    assert "直接登记该列表页的网址" in why


def test_a_calendar_without_end_is_left(portals: Portals, fetcher: Fetcher) -> None:
    found = found_from(portals, fetcher, "/h/calendar/")
    assert found.readable == []
    assert len(found.looked) <= MOST_PAGES
    assert len(portals.requests) < 2 * MOST_PAGES


@pytest.mark.parametrize("path", ["/h/wall/", "/h/login/", "/sz/internal/a.html", "/x"])
def test_nothing_to_begin_with_is_told(
    portals: Portals, fetcher: Fetcher, path: str
) -> None:
    found = found_from(portals, fetcher, path)
    # The home page of the sample portals links to a column that is not there.
    assert found.readable == []
    assert portals.url + path in found.why_nothing()
