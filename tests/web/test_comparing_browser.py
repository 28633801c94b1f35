"""A comparison of many reports in a real browser: form, paste, chart, frame."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.test_end_to_end import browser
from tests.web.pages import CITY, COUNTY, GOVERNMENT
from tests.web.serving import serving

__all__ = ["browser"]
THREE = f"agency={GOVERNMENT}&agency={CITY}&agency={COUNTY}"


@pytest.fixture
def served(site: Flask) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another site: its address, and the folder of its pages."""
    serve = partial(_Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}", tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told: object) -> None:
        """Nothing is told."""


def opened(browser: Browser, *, scripts: bool, width: int = 1280) -> Page:
    context = browser.new_context(
        locale="zh-CN",
        java_script_enabled=scripts,
        viewport={"width": width, "height": 900},
    )
    return context.new_page()


@pytest.mark.browser
def test_a_question_is_put_together_without_scripts(
    served: str, browser: Browser
) -> None:
    page = opened(browser, scripts=False)
    page.goto(f"{served}/compare")
    page.get_by_text("多个机关：选择机关").click()
    page.get_by_label("行政区划（名称或代码）").fill("示例市")
    page.get_by_label("范围").select_option(label="连同下级各地")
    page.get_by_label("领域").select_option("商务")
    page.get_by_label("年度", exact=True).fill("2020-2023")
    page.get_by_label("另加数据").fill("公开率, 新收申请")
    page.get_by_label("数据或指标").fill("新收申请")
    page.get_by_label("数（比率可写 10%）").fill("10")
    page.get_by_role("button", name="列出").click()
    expect(page.locator("h1")).to_contain_text("2020-2023 年度")
    expect(page.locator("table.many tbody tr")).to_have_count(3)
    page.locator("a.chip").filter(has_text="条件：").click()
    expect(page.locator("table.many tbody tr")).not_to_have_count(3)
    page.locator("table.many thead a").filter(has_text="新收申请").click()
    assert "sort=-received" in page.url


@pytest.mark.browser
def test_names_are_pasted_and_chosen_on_a_telephone(
    served: str, browser: Browser
) -> None:
    page = opened(browser, scripts=False, width=375)
    page.goto(f"{served}/compare")
    page.get_by_text("多个机关：选择机关").click()
    page.get_by_text("从表格粘贴一批名称").click()
    text = "序号\t地区\t机关\n1\t示例市\t商务局\n2\t\t示例市政府\n3\t\t商务局\n4\t\t没有的机关"
    page.locator("#names").fill(text)
    page.get_by_role("button", name="匹配名称").click()
    expect(page.locator("h1")).to_have_text("核对机关名称")
    expect(page.get_by_text("没有的机关")).to_be_visible()
    page.get_by_label("示例县商务局").check()
    width = page.locator("html").bounding_box()
    assert width
    assert width["width"] <= 375
    page.get_by_role("button", name="用选定的机关列表").click()
    for key in (CITY, COUNTY, GOVERNMENT):
        assert f"agency={key}" in page.url


@pytest.mark.browser
def test_one_name_is_typed_with_suggestions(served: str, browser: Browser) -> None:
    page = opened(browser, scripts=True)
    page.goto(f"{served}/compare?agency={CITY}&year=2022")
    page.get_by_text("修改问题").click()
    page.locator("#one-name").press_sequentially("示例县商")
    page.get_by_role("option").filter(has_text="示例县商务局").first.click()
    expect(page.locator("h1")).to_contain_text("2 个机关")
    assert f"agency={COUNTY}" in page.url


@pytest.mark.browser
def test_a_chart_is_drawn_and_named(served: str, browser: Browser) -> None:
    page = opened(browser, scripts=False)
    outside: list[str] = []
    page.on("request", lambda one: outside.append(one.url))
    page.goto(f"{served}/compare?{THREE}&year=2020-2024&figure=received")
    chart = page.get_by_role("img", name="新收申请")
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box
    assert box["width"] > 500
    assert all(one.startswith(served) for one in outside)
    lines = chart.locator("path.line")
    # A stroke is seen: its colour is not that of the paper.
    assert lines.first.evaluate("one => getComputedStyle(one).stroke") != "none"


@pytest.mark.browser
def test_other_sites_frame_the_chart_and_nothing_else(
    served: str, elsewhere: tuple[str, Path], browser: Browser
) -> None:
    site, folder = elsewhere
    question = f"{THREE}&year=2020-2024&figure=received"
    for name, path in (("chart", "/embed/compare"), ("page", "/compare")):
        frame = f'<iframe src="{served}{path}?{question}" width="800"></iframe>'
        (folder / f"{name}.html").write_text(frame)
    page = opened(browser, scripts=True)
    page.goto(f"{site}/chart.html")
    framed = page.frame_locator("iframe")
    expect(framed.get_by_role("img", name="新收申请")).to_be_visible()
    expect(framed.get_by_text("来源：")).to_be_visible()
    page.goto(f"{site}/page.html")
    expect(page.frame_locator("iframe").locator("h1.none, table.many")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    [
        f"/compare?{THREE}&year=2020-2024&figure=received&figure=disclosed_share",
        f"/compare?{THREE}&year=2024&figure=received",
        f"/compare?{THREE}&year=2012-2024&figure=received&shape=years",
        f"/embed/compare?{THREE}&year=2020-2024&figure=received",
        f"/embed/compare?{THREE}&year=2020-2024&figure=received&show=table",
        "/trends",
        "/trends?region=990000",
        "/regions",
        "/regions/990100",
        f"/agencies/{COUNTY}/peers",
    ],
)
def test_no_page_is_wider_than_a_telephone(
    served: str, browser: Browser, path: str
) -> None:
    page = opened(browser, scripts=True, width=375)
    answer = page.goto(f"{served}{path}")
    assert answer
    assert answer.status == 200
    # Only what has a scroller of its own may be wider.
    assert page.evaluate("document.documentElement.scrollWidth") == 375


@pytest.mark.browser
def test_an_agency_is_taken_off_by_a_click(served: str, browser: Browser) -> None:
    page = opened(browser, scripts=False, width=375)
    page.goto(f"{served}/compare?{THREE}&year=2020-2024&figure=received")
    page.locator("button.chip").filter(has_text="示例市商务局").click()
    assert page.url.endswith(
        f"/compare?agency={GOVERNMENT}&agency={COUNTY}&year=2020-2024&figure=received"
    )
    # The key for sending a form takes nobody off.
    page.get_by_text("修改问题").click()
    page.get_by_label("年度", exact=True).press("Enter")
    expect(page.locator("h1")).to_contain_text("2 个机关")


@pytest.mark.browser
def test_a_framed_number_leads_out_of_the_frame(
    served: str, browser: Browser, elsewhere: tuple[str, Path]
) -> None:
    address, folder = elsewhere
    question = f"agency={GOVERNMENT}&year=2022&figure=requests.new.total&show=table"
    framed = f'<iframe src="{served}/embed/compare?{question}"></iframe>'
    (folder / "article.html").write_text(framed, "utf-8")
    page = opened(browser, scripts=False)
    page.goto(f"{address}/article.html")
    links = page.frame_locator("iframe").locator("table a")
    for link in links.all():
        with page.context.expect_page() as opening:
            link.click()
        # Nobody frames what it leads to: in the frame it would be refused.
        expect(opening.value.locator("h1")).to_be_visible()
        assert opening.value.url.startswith(served)
    assert links.count() >= 3
