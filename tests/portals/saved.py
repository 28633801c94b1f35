"""Saved list pages of every layout, each with what is to be read from it.

`python -m tests.portals.saved` saves the pages of the sample portals anew, and writes
an expectation for those that have none: it is to be looked through before it counts.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapers import FAMILIES, Capture, ListPage
from scrapers.families import judged
from scrapers.fetch import Fetcher
from tests.portals.kinds import KINDS
from tests.portals.server import LISTS, Portals

FOLDER = Path(__file__).parent / "pages" / "saved"
HOST = "http://www.shili.gov.cn"
_MOST = 2
"""Pages of a list that are saved: the first, and one that comes after it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved page and its expectation, side by side in the folder."""

    path: Path

    @property
    def expected(self) -> dict[str, Any]:
        text = self.path.with_suffix(".json").read_text(encoding="utf-8")
        return dict(json.loads(text))

    def capture(self) -> Capture:
        asked = self.expected["asked"]
        form = tuple((name, value) for name, value in self.expected["form"])
        body = self.path.read_bytes()
        at = datetime(2025, 1, 1, tzinfo=UTC)
        url = asked.split("#")[0]
        return Capture(asked, url, at, 200, {}, body, form=form)


def saved_pages() -> list[Saved]:
    return [Saved(path) for path in sorted(FOLDER.glob("*.page"))]


def read(capture: Capture) -> dict[str, Any]:
    """What is read from a page, as its expectation says it."""
    family, why = judged(capture)
    assert family is not None, capture.url
    page = FAMILIES[family.name].list_page(capture)
    return {"family": family.name, "why": why, "list": _plain(page)}


def _plain(page: ListPage) -> Any:
    return json.loads(json.dumps(asdict(page), default=str))


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    starts = {kind.name: kind.start for kind in KINDS}
    starts |= {"trs": LISTS[0], "hanweb": LISTS[1]}
    with Portals() as portals, Fetcher("", pause=0, allow_private=True) as fetcher:
        for name, start in starts.items():
            _save(name, portals, fetcher, start)
    return 0


def _save(name: str, portals: Portals, fetcher: Fetcher, start: str) -> None:
    url, form = portals.url + start, ()
    for number in range(1, _MOST + 1):
        capture = fetcher.post(url, form) if form else fetcher.get(url)
        path = FOLDER / f"{name}-{number}.page"
        body = capture.body.replace(portals.url.encode(), HOST.encode())
        path.write_bytes(body)
        asked = url.replace(portals.url, HOST)
        expectation = path.with_suffix(".json")
        if not expectation.exists():
            at = capture.at
            here = Capture(
                asked, asked.split("#")[0], at, 200, {}, body, form=capture.form
            )
            said = {"asked": asked, "form": form, **read(here)}
            text = json.dumps(said, ensure_ascii=False, indent=1)
            expectation.write_text(text + "\n", encoding="utf-8")
        family, _ = judged(capture)
        assert family is not None
        page = family.list_page(capture)
        if not page.next_url:
            return
        url, form = page.next_url, page.form
        if page.instead and fetcher.get(url).status == 404:
            url = page.instead


if __name__ == "__main__":
    sys.exit(main())
