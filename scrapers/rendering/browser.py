"""The system's Chromium: found, started so that it can reach nothing, and ended."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from scrapers.rendering.watch import Watch, end
from scrapers.source import Unreachable

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext, CDPSession, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START = 60.0
"""Seconds in which it must have started."""
_CLOSE = 5.0
_NOWHERE = "http://nowhere.invalid:9"
"""A proxy that does not exist: whatever was not handed in fails there."""
_SEALED = (
    # No name has an address, that of the proxy neither.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    f"--proxy-server={_NOWHERE}",
    # Without this, loopback is asked directly.
    "--proxy-bypass-list=<-loopback>",
    "--disable-quic",
    # Calls between browsers (WebRTC) would pass by the proxy; older ones and newer.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-gpu",
    "--mute-audio",
    "--password-store=basic",
    "--js-flags=--max-old-space-size=512",
)
_PATH = "/usr/local/bin:/usr/bin:/bin"
_BACK = ("--disable-popup-blocking",)
"""What the driver switches off for tests and we want: windows nobody clicked for."""


def require_browser() -> str:
    """Where the system's Chromium is.

    Raises Unreachable, with a sentence that names what to install.
    """
    if importlib.util.find_spec("playwright") is None:
        raise Unreachable(
            "此来源须由浏览器绘制，而未安装可选组件 browser；"
            "请运行 pip install 'disclosure-archive[browser]'。"
        )
    for name in _NAMES:
        program = shutil.which(name)
        if program:
            return program
    raise Unreachable(
        "此来源须由浏览器绘制，而系统中没有 Chromium；"
        "请安装系统软件包 chromium（Debian：apt-get install chromium）。"
    )


class Browser:
    """A running Chromium. For one thread; `close` ends it, whatever it is doing."""

    def __init__(self) -> None:
        """Raises Unreachable where there is none, or it does not start."""
        program = require_browser()
        from playwright.sync_api import sync_playwright

        # Nothing of the user's is read or written, and no setting of ours is seen.
        self._home = tempfile.TemporaryDirectory(
            prefix="rendering-", ignore_cleanup_errors=True
        )
        self._playwright = sync_playwright().start()
        try:
            self._chromium = self._launch(self._playwright, program)
            self._session = self._chromium.new_browser_cdp_session()
            self.process = _process_of(self._session)
        except BaseException:
            self._playwright.stop()
            self._home.cleanup()
            raise
        self.version = f"Chromium/{self._chromium.version}"

    def _launch(self, playwright: Playwright, program: str) -> Chromium:
        from playwright.sync_api import Error

        try:
            return playwright.chromium.launch(
                executable_path=program,
                args=list(_SEALED),
                ignore_default_args=list(_BACK),
                # Chromium's own walls can't be put up by root.
                chromium_sandbox=os.geteuid() != 0,
                env={"PATH": _PATH, "HOME": self._home.name, "LANG": "C.UTF-8"},
                timeout=_START * 1000,
            )
        except Error as error:
            why = str(error).strip().splitlines()[0][:200]
            raise Unreachable(f"浏览器 {program} 未能启动：{why}") from None

    @property
    def is_alive(self) -> bool:
        """Whether it answers still; one that was killed has not been noticed yet."""
        from playwright.sync_api import Error

        try:
            self._session.send("Browser.getVersion")
        except Error:
            return False
        return True

    def context(self, user_agent: str) -> BrowserContext:
        """An empty profile: no cookies, no storage, no permissions, no downloads."""
        context = self._chromium.new_context(
            user_agent=user_agent,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=False,
            service_workers="block",
        )
        # How long a page may take is watched from outside.
        context.set_default_timeout(0)
        return context

    def close(self) -> None:
        from playwright.sync_api import Error

        with Watch(self.process, _CLOSE, _NO_LIMIT), contextlib.suppress(Error):
            self._chromium.close()
        end(self.process)
        with contextlib.suppress(Error):
            self._playwright.stop()
        self._home.cleanup()


_NO_LIMIT = 1 << 60


def _process_of(session: CDPSession) -> int:
    """The number of the browser's main process."""
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if process["type"] == "browser":
            return int(process["id"])
    raise Unreachable("浏览器未告知其进程号，无法限制其用时。")
