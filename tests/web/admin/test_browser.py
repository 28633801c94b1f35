"""People in a real browser, without scripts, by keyboard, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.test_end_to_end import browser
from tests.web.admin.visiting import NAME, NEW, PASSWORD
from tests.web.serving import serving

__all__ = ["browser"]


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    with serving(app) as address:
        yield address


def opened(browser: Browser) -> Page:
    """A browser of its own, as wide as a telephone, without scripts."""
    context = browser.new_context(
        locale="zh-CN",
        java_script_enabled=False,
        viewport={"width": 375, "height": 800},
    )
    return context.new_page()


def log_in(page: Page, site: str, name: str, password: str) -> None:
    """By keyboard alone."""
    page.goto(f"{site}/admin/")
    page.locator("#name").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    width = page.locator("html").bounding_box()
    assert width
    return width["width"] <= 375


@pytest.mark.browser
def test_invited_protected_and_let_out(site: str, browser: Browser) -> None:
    admin, new = opened(browser), opened(browser)
    log_in(admin, site, NAME, PASSWORD)
    expect(admin.locator("h1")).to_have_text("来源与任务")
    admin.get_by_role("link", name="人员").click()
    admin.locator("#name").fill("新人")
    admin.locator("#role").select_option("editor")
    admin.get_by_role("button", name="邀请").click()
    link = admin.locator("p.secret a").get_attribute("href")
    assert link

    new.goto(link)
    new.get_by_label("新密码（").fill(NEW)
    new.get_by_label("再输入一次").fill(NEW)
    new.keyboard.press("Enter")
    expect(new.get_by_role("status")).to_contain_text("密码已设好")
    log_in(new, site, "新人", NEW)
    new.get_by_role("link", name="新人").click()
    new.get_by_role("link", name="启用", exact=True).click()
    new.get_by_label("现在的密码").fill(NEW)
    new.keyboard.press("Enter")
    expect(new.locator("figure.qr svg")).to_be_visible()
    secret = new.locator("code.secret").inner_text().replace(" ", "")
    assert fits(new)
    new.get_by_label("六位验证码").fill(pyotp.TOTP(secret).now())
    new.keyboard.press("Enter")
    code = new.locator("ol.codes code").first.inner_text()
    assert fits(new)
    new.get_by_role("button", name="退出").click()
    log_in(new, site, "新人", NEW)
    expect(new.locator("h1")).to_have_text("两步验证")
    new.get_by_label("验证码或恢复码").fill(code.lower())
    new.keyboard.press("Enter")
    expect(new.locator("h1")).to_have_text("来源与任务")

    admin.goto(f"{site}/admin/people")
    admin.get_by_role("link", name="新人").click()
    assert fits(admin)
    admin.get_by_role("button", name="停用账号").click()
    expect(admin.get_by_role("status")).to_contain_text("已停用")
    new.reload()
    expect(new.locator("h1")).to_have_text("登录")
    admin.get_by_role("link", name="全部操作记录").click()
    expect(admin.locator("tbody")).to_contain_text("使用恢复码")
    assert fits(admin)
