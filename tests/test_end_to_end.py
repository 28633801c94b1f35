"""The whole way in a real browser: collect, search in Chinese, read, compare, log in,
rescrape a changed report.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.portals import pages
from tests.portals.reports import report_of
from tests.portals.server import Portals
from tests.running import Commands

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in _NAMES if (path := shutil.which(name))), "")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def portals() -> Iterator[Portals]:
    with Portals() as portals:
        yield portals


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


@pytest.fixture
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        assert process.poll() is None, process.communicate()
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} never answered")


@pytest.mark.browser
def test_the_whole_way(commands: Commands, portals: Portals, browser: Browser) -> None:
    commands.run("sources", "add", portals.hanweb_list, "--agency", "示例县")
    assert "11 new" in commands.run("collect", "--all")
    commands.run(
        "accounts", "add", "editor", "--password-stdin", text="a long enough password\n"
    )
    port = free_port()
    serve = commands.start("serve", "--port", str(port), "--workers", "1")
    work = commands.start("work")
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{site}/healthz", serve)
        page = browser.new_page(locale="zh-CN")
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda message: (
                troubles.append(message.text) if message.type == "error" else None
            ),
        )

        page.goto(site)
        page.locator("main input[name=q]").first.fill("示例县商务局 2023 申请")
        page.keyboard.press("Enter")
        expect(page.locator("main mark").first).to_be_visible()
        page.get_by_role(
            "link", name="示例县商务局2023年政府信息公开工作年度报告"
        ).first.click()
        expect(page.locator("h1")).to_contain_text("示例县商务局")
        expect(page.locator("main")).to_contain_text(
            "两者不等"
        )  # this report contradicts itself
        expect(page.locator("main")).to_contain_text("SHA-256")

        key = page.url.rsplit("/", 2)[1]
        page.goto(f"{site}/compare?a={key}/2022&b={key}/2023")
        expect(page.locator("main")).to_contain_text("本年新收")

        page.goto(f"{site}/admin/")
        page.fill("#name", "editor")
        page.fill("#password", "a long enough password")
        page.get_by_role("button", name="登录").click()
        expect(page.locator("h1")).to_contain_text("来源与任务")

        portals.edit("示例县商务局", 2024, "信息", "讯息")
        page.goto(f"{site}/admin/sources")
        page.get_by_role("button", name="重新采集", exact=True).first.click()
        expect(page.locator("main")).to_contain_text("完成", timeout=60_000)
        expect(page.locator("dl.tally")).to_contain_text("1")
        page.goto(f"{site}/reports/{key}/2024")
        expect(page.locator("main")).to_contain_text("讯息")
        assert not troubles
    finally:
        for process in (serve, work):
            process.terminate()
            process.communicate(timeout=30)


IS_WIDER = """() => [...document.querySelectorAll(".scroll")]
    .filter(one => one.scrollWidth > one.clientWidth)
    .map(one => one.getAttribute("aria-label"))"""
"""The tables that a page can only show by scrolling sideways."""


@pytest.mark.browser
def test_tables_that_are_worked_with_fit_a_phone(
    commands: Commands, portals: Portals, browser: Browser
) -> None:
    commands.run("sources", "add", portals.trs_list)
    commands.run("collect", "--all")
    whole, other = report_of("示例市商务局", 2023), report_of("示例市商务局", 2022)
    page_text = pages.article(whole, [whole, other], 0)
    portals.put(pages.path_of(whole), page_text[: page_text.rindex("四、")].encode())
    assert "(held)" in commands.run("collect", "--all", status=None)
    password = "a long enough password"
    commands.run("accounts", "add", "editor", "--password-stdin", text=f"{password}\n")
    port = free_port()
    serve = commands.start("serve", "--port", str(port), "--workers", "1")
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{site}/healthz", serve)
        page = browser.new_page(locale="zh-CN", viewport={"width": 375, "height": 800})
        page.goto(f"{site}/admin/")
        page.fill("#name", "editor")
        page.fill("#password", password)
        page.get_by_role("button", name="登录").click()
        for path in ("/admin/sources", "/admin/review", "/status", "/about"):
            page.goto(site + path)
            assert page.locator("main table").count(), path
            assert page.evaluate(IS_WIDER) == [], path
        # what a column says is said beside its number, where no head stands above
        page.goto(f"{site}/status")
        count = page.get_by_role("cell", name="待核定 1", exact=True)
        expect(count).to_be_visible()
    finally:
        serve.terminate()
        serve.communicate(timeout=30)
