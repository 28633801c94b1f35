"""What the kinds of portals have in common: the same entries, published in many ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.catalogue.forms import APPLICANTS, FORMS, KINDS, OUTCOMES, SECTIONS
from tests.portals import pages
from tests.portals.answers import Answer, Asked, not_there
from tests.portals.reports import SampleReport, report_of

_BUSY = ("示例市商务局", "示例市公安局")
REPORTS: tuple[SampleReport, ...] = (
    *(report_of(agency, year) for year in (2024, 2023, 2022) for agency in _BUSY),
    report_of("示例市人民政府", 2023),
)
NOTICE = pages.NOTICES[0]
ENTRIES: tuple[pages.Item, ...] = tuple(pages.newest_first([*REPORTS, NOTICE]))
"""Seven reports and a notice about reports, newest first."""
PER_PAGE = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which a portal publishes the entries.

    `answer` says what the portal says to a request; None for addresses of others.
    `saved` are the addresses whose pages are kept with what is to be read from them.
    """

    name: str
    family: str
    start: str
    answer: Callable[[Asked], Answer | None]
    reports: tuple[SampleReport, ...] = REPORTS
    files: int = 0
    """How many of the reports are files beside their page, or in its place."""
    is_told: bool = True
    """Whether the list says how many entries, or pages, it has."""


def page_count(entries: Sequence[Any] = ENTRIES) -> int:
    return -(-len(entries) // PER_PAGE)


def on_page(number: int) -> Sequence[pages.Item]:
    """The entries of a page, counted from one."""
    return ENTRIES[(number - 1) * PER_PAGE : number * PER_PAGE]


def article(item: pages.Item, before: str = "<div>", after: str = "</div>") -> Answer:
    """The page of an entry, its text within the elements of a system."""
    report = item if isinstance(item, SampleReport) else None
    form = FORMS[report.form] if report else FORMS["2021"]
    text = pages.render(
        "kind_article.html",
        title=item.title,
        published=item.published,
        publisher=report.agency.name if report else NOTICE.publisher,
        texts=() if report else NOTICE.texts,
        report=report,
        form=form,
        groups=pages.request_rows(form),
        applicants=APPLICANTS,
        kinds=KINDS,
        outcomes=OUTCOMES,
        headings={number: headings[0] for number, headings in SECTIONS.items()},
        printed=pages.printer(report) if report else str,
        before=before,
        after=after,
    )
    return markup(text)


def markup(text: str, charset: str = "utf-8") -> Answer:
    return Answer(200, text.encode(charset), f"text/html; charset={charset}")


def data(value: Any) -> Answer:
    return Answer(200, json.dumps(value).encode(), "application/json")


def shell(body: str, title: str = "政府信息公开年报", head: str = "") -> str:
    """A page of the portal around its own part."""
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{title}_示例市人民政府</title>
<meta name="SiteName" content="示例市人民政府">
<meta name="ColumnName" content="政府信息公开年报">
{head}
</head>
<body>
<div class="header"><a href="/">示例市人民政府</a></div>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div>
{body}
<div class="footer"><p>主办：示例市人民政府办公室</p></div>
</body>
</html>
"""


def rows(
    entries: Sequence[pages.Item],
    address: Callable[[pages.Item], str],
    length: int = 99,
    is_titled: bool = False,
    day: Callable[[date], str] = date.isoformat,
) -> str:
    """Entries of a list; titles longer than `length` are cut, as systems do."""
    lines = []
    for item in entries:
        title = item.title
        short = title if len(title) <= length else f"{title[:length]}..."
        whole = f' title="{title}"' if is_titled else ""
        link = f'<a href="{address(item)}"{whole} target="_blank">{short}</a>'
        lines.append(f"<li>{link}<span>{day(item.published)}</span></li>")
    return "\n".join(lines)


def entry_at(path: str, address: Callable[[pages.Item], str]) -> pages.Item | None:
    """The entry whose page stands at a path."""
    return next((item for item in ENTRIES if address(item) == path), None)


Lists = Callable[[Asked], Answer | None]


def site(
    root: str,
    address: Callable[[pages.Item], str],
    lists: Lists,
    around: tuple[str, str] = ("<div>", "</div>"),
) -> Lists:
    """What a portal says below `root`: its entries, its `lists`, and 404 to the rest.

    `around` are the elements in which its system puts the text of an entry.
    """

    def answer(asked: Asked) -> Answer | None:
        if not asked.path.startswith(root):
            return None
        item = entry_at(asked.path, address)
        if item:
            return article(item, *around)
        return lists(asked) or not_there(404)

    return answer


def numbered(root: str, names: Sequence[str], page: Callable[[int], Answer]) -> Lists:
    """The pages of a list that have names of their own below `root`, in order."""

    def answer(asked: Asked) -> Answer | None:
        name = asked.path.removeprefix(root)
        return page(names.index(name) + 1) if name in names else None

    return answer


def at(path: str, page: Callable[[Asked], Answer]) -> Lists:
    """The page at one path."""
    return lambda asked: page(asked) if asked.path == path else None


def first_of(*answers: Lists) -> Lists:
    """What the first says that says something: a site, and a service beside it."""

    def answer(asked: Asked) -> Answer | None:
        said = (one(asked) for one in answers)
        return next((one for one in said if one is not None), None)

    return answer
