"""One page, from its document to what stands on it when it has come to rest."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from scrapers.rendering.browser import Browser
from scrapers.rendering.supply import Stock, Supply, sentences
from scrapers.rendering.watch import Watch
from scrapers.source import Capture, Changed, Refused, SourceTrouble, Unreachable

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SECONDS = 15.0
"""Of its own that a page has to come to rest; the time we fetch in is not counted."""
_GRACE = 10.0
"""Seconds in which a page must let itself be read then."""
MEMORY = 1536 * 1024 * 1024
"""Bytes that no process of the browser may exceed."""
_STEP = 100
"""Milliseconds from one look to the next."""
_QUIET = 0.6
"""Seconds without a request and a change after which a page is at rest."""
_STEADY = 3.0
"""Seconds without a change after which it is, though it goes on asking: some pages ask
for the weather, or whether they are still online, for ever."""
_FEW_WORDS = 40
_COUNT = "[document.readyState, document.getElementsByTagName('*').length]"
# In a world of its own, where the page's scripts have changed nothing.
_READ = """(() => {
  const here = document.URL;
  const root = document.documentElement;
  const html = root ? root.outerHTML : '';
  if (html.length > LIMIT) return {here: here};
  const kind = document.doctype;
  const head = kind ? new XMLSerializer().serializeToString(kind) : '';
  // What is seen of a large page takes long to tell, and is enough.
  if (html.length > SHORT) return {here: here, html: head + html, words: SHORT};
  const words = document.body ? document.body.innerText.trim().length : 0;
  return {here: here, html: head + html, words: words};
})()"""


class Drawn(NamedTuple):
    """A page as it stood in the end."""

    url: str
    html: str
    lacks: str
    """What it lacks of its own site's data, in Chinese; empty for nothing known."""
    blocked: str
    """What else was withheld from it."""
    asked: int
    """How many requests of its scripts were sent on."""


def draw(
    browser: Browser, document: Capture, address: str, stock: Stock, max_bytes: int
) -> Drawn:
    """Draws a document, with the address that its scripts see.

    Raises Unreachable when the browser fails, Refused for a page too large or one that
    only leads elsewhere, Changed where the page has gone.
    """
    from playwright.sync_api import Error

    watch = Watch(browser.process, SECONDS + _GRACE, MEMORY)
    with watch:
        try:
            context = browser.context(stock.fetcher.user_agent)
            try:
                return _draw(context, document, address, stock, watch, max_bytes)
            finally:
                with contextlib.suppress(Error):
                    context.close()
        except Error as error:
            raise _failure(document.url, watch.why, error) from None


class Sight:
    """Looks at a page from a world of its own, where its scripts have no say."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._session = context.new_cdp_session(page)
        tree = self._session.send("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        named = {"frameId": frame, "worldName": "archive"}
        world = self._session.send("Page.createIsolatedWorld", named)
        self._world = world["executionContextId"]

    def see(self, expression: str) -> Any:
        """What an expression gives; None where it fails, as on a page far too large."""
        asked = {
            "expression": expression,
            "contextId": self._world,
            "returnByValue": True,
        }
        return self._session.send("Runtime.evaluate", asked)["result"].get("value")


def _draw(
    context: BrowserContext,
    document: Capture,
    address: str,
    stock: Stock,
    watch: Watch,
    max_bytes: int,
) -> Drawn:
    supply = Supply(stock, document, watch.waiting, lambda: watch.taken)
    context.route("**/*", supply.answer)
    page = context.new_page()
    # A page that has crashed answers nothing any more.
    page.on("crash", lambda page: page.close())
    page.goto(address, wait_until="commit")
    sight = Sight(context, page)
    is_at_rest = _rest(page, sight, supply, watch)
    reading = _READ.replace("LIMIT", str(max_bytes)).replace("SHORT", "100000")
    told = sight.see(reading)
    html = _html(told, supply, document.url, max_bytes)
    if not is_at_rest:
        supply.lacks["网页在时限内没有停止变化，可能未显示完整"] = None
    lacks, blocked = sentences(supply.lacks), sentences(supply.blocked)
    # Its scripts may have changed the address within the site: links start from there.
    here = str(told["here"]).partition("#")[0]
    return Drawn(here, html, lacks, blocked, supply.asked)


def _rest(page: Page, sight: Sight, supply: Supply, watch: Watch) -> bool:
    """Waits until a page has come to rest; whether it has."""
    seen: object = None
    changed = 0.0
    while watch.taken < SECONDS:
        page.wait_for_timeout(_STEP)
        if supply.mistake is not None:
            raise supply.mistake
        told = sight.see(_COUNT)
        if told is None or told != seen:
            seen, changed = told, watch.taken
            continue
        if told[0] != "complete":
            continue
        still = watch.taken - changed
        quiet = watch.taken - supply.moment
        if still >= _STEADY or min(still, quiet) >= _QUIET:
            return True
    return False


def _html(told: Any, supply: Supply, url: str, max_bytes: int) -> str:
    """What stands on the page. Raises Refused for one too large, or one that shows
    nothing and leads elsewhere, Changed for one that has gone.
    """
    if told is None or told["here"].partition(":")[0] not in {"http", "https"}:
        raise Changed(f"网页 {url} 由脚本离开了原地址，无法绘制，请核对网址。")
    if "html" not in told:
        raise Refused(
            f"网页 {url} 由脚本绘制后超过大小上限 {max_bytes:,} 字节，未采集。"
        )
    if supply.leaves and told["words"] < _FEW_WORDS:
        raise Refused(
            f"网页 {url} 由脚本转往他处，没有正文；本库不执行防护页的跳转，"
            "请核对来源的网址。"
        )
    return str(told["html"])


def _failure(url: str, why: str, error: Exception) -> SourceTrouble:
    """What became of a page that could not be drawn, in Chinese."""
    if why == "time":
        return Unreachable(
            f"网页 {url} 的脚本运行过久（超过 {SECONDS:g} 秒而无响应），浏览器已关闭。"
        )
    if why == "memory":
        return Unreachable(f"网页 {url} 占用内存过多，浏览器已关闭。")
    if "Cannot find context" in str(error):
        return Changed(f"网页 {url} 由脚本离开了原地址，无法绘制，请核对网址。")
    return Unreachable(f"绘制网页 {url} 时浏览器出错，已关闭，稍后自动重试。")
