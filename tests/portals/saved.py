"""Saved list pages of every layout, each with what is to be read from it.

`python -m tests.portals.saved` saves the pages of the sample portals anew, and writes
an expectation for those that have none: it is to be looked through before it counts.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapers import FAMILIES, Capture, Learnt, ListPage
from scrapers.families import judged
from scrapers.fetching import Fetcher
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
        ending = ".article.json" if self.path.suffix == ".article" else ".json"
        text = self.path.with_suffix(ending).read_text(encoding="utf-8")
        return dict(json.loads(text))

    def capture(self) -> Capture:
        asked = self.expected["asked"]
        form = tuple((name, value) for name, value in self.expected["form"])
        body = self.path.read_bytes()
        at = datetime(2025, 1, 1, tzinfo=UTC)
        learnt = Learnt(**self.expected.get("learnt", {}))
        return Capture(asked, asked, at, 200, {}, body, form=form, learnt=learnt)


def saved_pages() -> list[Saved]:
    return [Saved(path) for path in sorted(FOLDER.glob("*.page"))]


def saved_articles() -> list[Saved]:
    """Pages of reports that `python -m archive new-portal` has saved."""
    return [Saved(path) for path in sorted(FOLDER.glob("*.article"))]


def read_article(capture: Capture) -> dict[str, Any]:
    family, _ = judged(capture)
    assert family is not None, capture.url
    article = asdict(family.article(capture))
    return dict(json.loads(json.dumps(article, default=str)))


def read(capture: Capture) -> dict[str, Any]:
    """What is read from a page, as its expectation says it."""
    family, why = judged(capture)
    assert family is not None, capture.url
    page = FAMILIES[family.name].list_page(capture)
    return {"family": family.name, "why": why, "list": _plain(page)}


def _plain(page: ListPage) -> Any:
    plain = json.loads(json.dumps(asdict(page), default=str))
    if not plain["passed"]:
        del plain["passed"]
    return plain


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    starts = {kind.name: kind.start for kind in KINDS}
    starts |= {"trs": LISTS[0], "hanweb": LISTS[1]}
    with Portals() as portals, Fetcher("", pause=0, allow_private=True) as fetcher:
        for name, start in starts.items():
            _save(name, portals, fetcher, start)
    return 0


def _save(name: str, portals: Portals, fetcher: Fetcher, start: str) -> None:
    url, form, learnt = portals.url + start, (), Learnt()
    for number in range(1, _MOST + 1):
        answer = fetcher.post(url, form) if form else fetcher.get(url)
        capture = replace(answer, learnt=learnt)
        path = FOLDER / f"{name}-{number}.page"
        body = capture.body.replace(portals.url.encode(), HOST.encode())
        path.write_bytes(body)
        asked = url.replace(portals.url, HOST)
        expectation = path.with_suffix(".json")
        if not expectation.exists():
            here = replace(capture, asked=asked, url=asked, body=body)
            known = {"learnt": asdict(learnt)} if learnt != Learnt() else {}
            said = {"asked": asked, "form": form, **known, **read(here)}
            text = json.dumps(said, ensure_ascii=False, indent=1)
            expectation.write_text(text + "\n", encoding="utf-8")
        family, _ = judged(capture)
        assert family is not None
        page = family.list_page(capture)
        if not page.next_url:
            return
        url, form, learnt = page.next_url, page.form, page.learnt
        if page.instead and fetcher.get(url).status == 404:
            url, learnt = page.instead, replace(learnt, from_one=True)


if __name__ == "__main__":
    sys.exit(main())
