"""The sample portals as a small web server on loopback, whose behaviour can be changed
while it runs.

In tests: `with Portals() as portals: portals.trs_list …`. By hand: `python -m
tests.portals --port 8765`, and then `POST /_control` with JSON such as `{"do":
"vanish", "agency": "示例市商务局", "year": 2023, "how": "404"}`; `do` is the name of a
method in CONTROLS, the rest are its arguments.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.loopback import Loopback
from tests.portals import pages
from tests.portals.answers import Answer, Asked, Handler, challenge, not_there
from tests.portals.homes import homes
from tests.portals.kinds import KINDS
from tests.portals.misbehaviour import WALLS, Listed, home, instead, misled
from tests.portals.pages import HANWEB_LIST, NOTICES, TRS_LIST, Item
from tests.portals.reports import SampleReport, report_of, sample_reports

LISTS = (TRS_LIST, HANWEB_LIST)
"""Paths of the two list pages."""
FILES = Path(__file__).parent / "files"
NEW = "/new/"
"""The folder of the city's articles after a move."""
CONTROLS = (
    *("edit", "vanish", "trouble", "add", "slow", "robots", "redecorate", "reset"),
    *("wall", "move", "cut", "paging"),
)


class Portals(Loopback):
    """The two portals. A context manager; `port` 0 takes any free one."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(Handler, port)
        self.server.portals = self  # type: ignore[attr-defined]
        self._lock = threading.Lock()
        self.requests: list[Asked] = []
        self.reset()

    # Where things are

    @property
    def trs_list(self) -> str:
        return self.url + TRS_LIST

    @property
    def hanweb_list(self) -> str:
        return self.url + HANWEB_LIST

    def address(self, agency: str, year: int) -> str:
        """The address of the page of a report."""
        return self.url + pages.path_of(report_of(agency, year))

    def asked(self, path: str = "") -> list[Asked]:
        """The requests so far, all or those for a path."""
        return [asked for asked in self.requests if path in ("", asked.path)]

    # What can be changed

    def reset(self) -> None:
        """As in the beginning."""
        with self._lock:
            self._edits: dict[tuple[str, int], list[tuple[str, str]]] = {}
            self._figures: dict[tuple[str, int], dict[str, int]] = {}
            self._vanished: dict[tuple[str, int], str] = {}
            self._trouble: dict[str, str] = {}
            self._added: list[SampleReport] = []
            self._files: dict[str, bytes] = {}
            self._walls: dict[str, str] = {}
            self._moved: set[str] = set()
            self._cut: set[str] = set()
            self._paging = pages.TRS_PER_PAGE
            self._lists_seen = 0
            self._seconds = 0.0
            self._robots = (200, "User-agent: *\nDisallow: /sz/internal/\nAllow: /\n")
            self._visits = 20_310
            self.requests.clear()

    def edit(
        self,
        agency: str,
        year: int,
        find: str = "",
        replace: str = "",
        key: str = "",
        value: int | None = None,
    ) -> None:
        """Silently changes a report on its page: a figure by its key, or words.

        Raises ValueError when that changes nothing.
        """
        report = report_of(agency, year)
        if key and value is not None:
            if key not in report.figures or report.figures[key] == value:
                raise ValueError(f"{key} of {agency} {year} is not changed by {value}")
            self._figures.setdefault((agency, year), {})[key] = value
            return
        if (
            not find
            or find not in pages.article(report, self._items(report.agency.portal), 0)
            or find == replace
        ):
            raise ValueError(f"“{find}” does not stand on the page of {agency} {year}")
        self._edits.setdefault((agency, year), []).append((find, replace))

    def vanish(self, agency: str, year: int, how: str = "404") -> None:
        """Takes a page away.

        `how`: 404, 410, soft (200 and a sentence), home (redirect to the front page),
        unlist (gone from the list only), `404 unlist` (both), back.
        """
        if how not in {"404", "410", "soft", "home", "unlist", "404 unlist", "back"}:
            raise ValueError(f"how={how!r}")
        report_of(agency, year)
        self._vanished[agency, year] = how

    def trouble(self, portal: str, how: str = "") -> None:
        """Makes the list of a portal (trs, hanweb) fail.

        `how`: a status such as 500, 503, 412, 521, 403, 404; `timeout`, `reset`,
        `script` (a script that reloads), `empty` (a list without entries), `changed`
        (another layout); for trs also any of `misbehaviour`'s LISTS and WALLS; empty
        for well again.
        """
        self._lists_seen = 0
        if portal not in {"trs", "hanweb"}:
            raise ValueError(f"portal={portal!r}")
        self._trouble[portal] = str(how)

    def add(self, agency: str, year: int = 2025) -> str:
        """Publishes the report of 2025; its address."""
        report = report_of(agency, year)
        if report in self._items(report.agency.portal):
            raise ValueError(f"{report.title} is already there")
        self._added.append(report)
        return self.url + pages.path_of(report)

    def put(self, path: str, body: bytes) -> None:
        """Puts a file under a path of the server, or another in its place."""
        self._files[path] = body

    def wall(self, portal: str, how: str = "") -> None:
        """Lets every page of a report be another: one of `misbehaviour`'s WALLS."""
        self._walls[portal] = how

    def move(self) -> None:
        """Gives every page of the city another address; the old ones answer 404."""
        self._moved.add("trs")

    def cut(self, agency: str, year: int, is_cut: bool = True) -> None:
        """Announces more bytes of a page than it sends."""
        path = pages.path_of(report_of(agency, year))
        if is_cut:
            self._cut.add(path)
        else:
            self._cut.discard(path)

    def paging(self, entries: int) -> None:
        """How many entries a page of the city's list has."""
        self._paging = entries

    def slow(self, seconds: float) -> None:
        """Lets every answer wait."""
        self._seconds = seconds

    def robots(self, text: str, status: int = 200) -> None:
        """What /robots.txt says from now on."""
        self._robots = (status, text)

    def redecorate(self) -> None:
        """Changes the furniture of every page (a visitors' count) and nothing of the
        reports.
        """
        self._visits += 1

    # What it answers

    def answer(self, asked: Asked) -> Answer | None:
        """The answer to a GET; None breaks the connection off."""
        with self._lock:
            self.requests.append(asked)
        time.sleep(self._seconds)
        return self._page(asked)

    def control(self, order: dict[str, Any]) -> Any:
        """Carries out an order of the control address."""
        name = order.pop("do", "")
        if name not in CONTROLS:
            raise ValueError(f"do={name!r}: one of {', '.join(CONTROLS)}")
        method: Callable[..., Any] = getattr(self, name)
        return method(**order)

    def _items(self, portal: str) -> list[Item]:
        items: list[Item] = [*sample_reports(), *self._added, *NOTICES]
        return [item for item in items if pages.portal_of(item) == portal]

    def _page(self, asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt":
            return Answer(self._robots[0], self._robots[1].encode(), "text/plain")
        if asked.path in {"/", "/sz/", "/sx/"}:
            return home()
        if asked.path in self._files:
            return Answer(200, self._files[asked.path], "application/octet-stream")
        found = homes(asked)
        if found is not None:
            return found
        for kind in KINDS:
            answer = kind.answer(asked)
            if answer is not None:
                return answer
        portal = "trs" if asked.path.startswith("/sz/") else "hanweb"
        path = asked.path
        if portal in self._moved and not path.startswith(pages.TRS_COLUMN + "index"):
            if NEW not in path:
                return not_there(404)
            path = path.replace(NEW, "/")
        if asked.path.startswith(pages.TRS_COLUMN + "index") or asked.path in {
            HANWEB_LIST,
            pages.HANWEB_PROXY,
        }:
            return self._list(portal, asked)
        for item in self._items(portal):
            if path == pages.path_of(item):
                answer = self._article(portal, item)
                missing = 1000 if path in self._cut else 0
                return replace(answer, missing=missing)
            if (
                isinstance(item, SampleReport)
                and item.kind != "html"
                and path == pages.file_path_of(item)
            ):
                return _file(item)
        return not_there(404)

    def _list(self, portal: str, asked: Asked) -> Answer | None:
        how = self._trouble.get(portal, "")
        if how == "timeout":
            time.sleep(3)
        if how in {"timeout", "reset"}:
            return None
        if how.isdigit() or how == "script":
            return challenge(how)
        if how == "changed":
            return _page_answer(
                portal,
                "<html><title>新版</title><body><div id='app'></div><p>栏目已全新"
                "改版</p></body></html>",
            )
        unlisted = {key for key, gone in self._vanished.items() if "unlist" in gone}
        items = [
            item
            for item in self._items(portal)
            if how != "empty" and _key(item) not in unlisted
        ]
        if portal == "hanweb":
            start = int(asked.query.get("startrecord", "1"))
            return _page_answer(portal, pages.hanweb_list(items, start, self._visits))
        if how in WALLS:
            return instead(how)
        number = asked.path.removeprefix(pages.TRS_COLUMN + "index").removesuffix(
            ".html"
        )
        current = int(number[1:]) if number[1:].isdigit() else 0
        size = self._paging
        if number != (f"_{current}" if current else "") or current * size >= max(
            1, len(items)
        ):
            return not_there(404)
        return self._trs_list(items, current, how)

    def _trs_list(self, items: list[Item], current: int, how: str) -> Answer:
        size = self._paging
        ordered = pages.newest_first(items)
        if how == "third":
            ordered = ordered[: len(ordered) // 3]
        shown = ordered[current * size : (current + 1) * size]
        listed = Listed(shown, current, max(1, -(-len(ordered) // size)))
        listed = misled(listed, how, size, ordered, self._lists_seen)
        if current == listed.pages - 1:
            self._lists_seen += 1
        if listed.status != 200:
            return not_there(listed.status)
        folder = NEW.strip("/") + "/" if self._moved else ""
        text = pages.trs_page(
            listed.items,
            current,
            listed.pages,
            self._visits,
            listed.total,
            listed.pager,
            folder,
        )
        return _page_answer("trs", text)

    def _article(self, portal: str, item: Item) -> Answer:
        if self._walls.get(portal):
            return instead(self._walls[portal])
        how = self._vanished.get(_key(item), "").removesuffix(" unlist")
        if how in {"404", "410"}:
            return not_there(int(how))
        if how == "soft":
            return not_there(200)
        if how == "home":
            return Answer(
                302, headers={"Location": "/sz/" if portal == "trs" else "/sx/"}
            )
        edits = self._edits.get(_key(item), [])
        if isinstance(item, SampleReport) and (
            changed := self._figures.get(_key(item))
        ):
            figures = {**item.figures, **changed}
            item = SampleReport(
                item.agency,
                item.year,
                item.published,
                figures,
                item.stated,
                item.sections,
                item.faults,
                item.kind,
            )
        text = pages.article(item, self._items(portal), self._visits)
        for find, instead_of_it in edits:
            text = text.replace(find, instead_of_it)
        return _page_answer(portal, text, f"{item.published:%a, %d %b %Y} 01:30:00 GMT")


def _key(item: Item) -> tuple[str, int]:
    return (
        (item.agency.name, item.year)
        if isinstance(item, SampleReport)
        else ("", item.number)
    )


def _page_answer(portal: str, text: str, modified: str = "") -> Answer:
    charset = "utf-8" if portal == "trs" else "gb18030"
    headers = {"Last-Modified": modified} if modified else {}
    kind = "text/html" if portal == "trs" else "text/html; charset=gb2312"
    return Answer(200, text.encode(charset), kind, headers)


def _file(report: SampleReport) -> Answer:
    kinds = {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    return Answer(200, (FILES / report.file_name).read_bytes(), kinds[report.kind])


def control_answer(portals: Portals, body: bytes) -> Answer:
    """What POST /_control says: the result as JSON, or why it can't be done."""
    try:
        result = portals.control(json.loads(body))
    except (ValueError, TypeError, LookupError, StopIteration) as error:
        return Answer(
            400, json.dumps({"error": str(error)}).encode(), "application/json"
        )
    return Answer(200, json.dumps({"result": result}).encode(), "application/json")
