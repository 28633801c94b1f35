"""Pictures of pages of the demonstration, for docs/pictures.

    python -m tests.pictures [--help]

Starts what `make run` starts, on data and ports of its own, and takes each page on a
wide screen and on a phone. Names of files say what is shown.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.portals.demo import wait_for
from tests.test_end_to_end import CHROMIUM, QUIET, free_port

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
SHOWN = {
    "home": "/",
    "chips": "/search?q=示例市 商务局 近五年 申请>1",
    "not-held": "/search?q=示例省教育厅2023年年报",
    "empty": "/search?q=量子通信",
    "agencies": "/agencies?name=sls 教育局",
    "report": "/reports/990100-shilishishangwuju/2023",
    "compare": (
        "/compare?region=990100&below=1&year=2022-2023"
        "&figure=requests.new.total&figure=received_growth"
    ),
}
"""Name of a picture → its page."""
SCREENS = {1280: 900, 375: 800}
"""Width → height of what is taken, in pixels."""
STARTED_IN = 300.0
"""Seconds that collecting the sample portals may take."""


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"all if none: {', '.join(SHOWN)}"
    )
    wanted = parser.parse_args(arguments).names or list(SHOWN)
    unknown = set(wanted) - SHOWN.keys()
    if unknown:
        parser.error(f"there is no picture called {', '.join(sorted(unknown))}")
    if not CHROMIUM:
        parser.error("Chromium is not installed (Debian package chromium)")
    FOLDER.mkdir(exist_ok=True)
    with _demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in wanted:
            for width in SCREENS:
                _take(browser, site + quote(SHOWN[name], "/?=&,.-"), name, width)
        browser.close()


@contextmanager
def _demo() -> Iterator[str]:
    """The address of a demonstration that is gone again behind the block."""
    port, portals = free_port(), free_port()
    command = [sys.executable, "-m", "tests.portals.demo"]
    command += ["--port", str(port), "--portal-port", str(portals)]
    with TemporaryDirectory() as data:
        environment = {**os.environ, "ARCHIVE_DATA": data}
        demo = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            site = f"http://127.0.0.1:{port}"
            wait_for(f"{site}/healthz", demo, STARTED_IN)
            yield site
        finally:
            demo.terminate()
            demo.wait(30)


def _take(browser: Browser, address: str, name: str, width: int) -> None:
    """One page as it is first seen, in 128 colours: a third of the bytes."""
    page = browser.new_page(viewport={"width": width, "height": SCREENS[width]})
    page.goto(address)
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path = FOLDER / f"{name}-{width}.png"
    taken.quantize(128).save(path, optimize=True)
    page.close()
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
