"""The pages of the two sample portals: a TRS city (UTF-8) and a Hanweb county (GB18030,
declared gb2312).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archive.catalogue.forms import APPLICANTS, FORMS, KINDS, OUTCOMES, SECTIONS, Form
from tests.portals.prose import BANNER
from tests.portals.reports import SampleReport

TRS_COLUMN = "/sz/zwgk/zfxxgknb/"
TRS_LIST = f"{TRS_COLUMN}index.html"
HANWEB_LIST = "/sx/col/col1201/index.html"
HANWEB_PROXY = "/sx/module/jpage/dataproxy.jsp"
TRS_PER_PAGE = 10
HANWEB_PER_PAGE = 5
MIGRATED = date(2021, 6, 18)
"""The city's portal moved to new software on this day: addresses and metas of older
pages carry it.
"""

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """An entry of a list that is no report."""

    portal: str
    number: int
    title: str
    published: date
    publisher: str
    texts: tuple[str, ...]
    kind: str = "notice"


NOTICES = (
    Notice(
        "trs",
        100901,
        "示例市人民政府办公室关于做好2023年政府信息公开工作年度报告编制工作的通知",
        date(2024, 1, 3),
        "示例市人民政府办公室",
        (
            "各县区人民政府，市政府各部门：",
            "请于1月31日前公布本单位年度报告，格式见附件。",
            f"{BANNER}。",
        ),
    ),
    Notice(
        "trs",
        100902,
        "示例市人民政府政府信息公开指南",
        date(2022, 5, 6),
        "示例市人民政府办公室",
        ("为方便公众获取政府信息，制定本指南。", f"{BANNER}。"),
    ),
    Notice(
        "trs",
        100903,
        "图解：示例市人民政府2023年政府信息公开工作年度报告",
        date(2024, 3, 29),
        "示例市政务公开办公室",
        ("一张图看懂年度报告。", f"{BANNER}。"),
    ),
    Notice(
        "hanweb",
        105901,
        "示例县政府网站工作年度报表（2023年度）",
        date(2024, 1, 12),
        "示例县人民政府办公室",
        ("网站名称、信息发布总数等见表。", f"{BANNER}。"),
    ),
)

Item = SampleReport | Notice


def portal_of(item: Item) -> str:
    return item.portal if isinstance(item, Notice) else item.agency.portal


def path_of(item: Item) -> str:
    """Where the page of a report or notice stands on the server."""
    day = item.published
    if portal_of(item) == "hanweb":
        return f"/sx/art/{day.year}/{day.month}/{day.day}/art_1201_{item.number}.html"
    return (
        f"{TRS_COLUMN}{_generated(item):%Y%m}/t{_generated(item):%Y%m%d}_"
        f"{item.number}.html"
    )


def file_path_of(report: SampleReport) -> str:
    """Where the attachment of a report stands on the server."""
    return f"{path_of(report).rsplit('/', 1)[0]}/{report.file_name}"


def _generated(item: Item) -> date:
    return max(item.published, MIGRATED) if portal_of(item) == "trs" else item.published


def newest_first(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.published, item.number), reverse=True)


def trs_list(items: Sequence[Item], current: int, visits: int) -> str:
    """One page of the city's list; `current` counts from zero."""
    shown = newest_first(items)[current * TRS_PER_PAGE : (current + 1) * TRS_PER_PAGE]
    pages = max(1, -(-len(items) // TRS_PER_PAGE))
    return trs_page(shown, current, pages, visits)


def trs_page(
    shown: Sequence[Item],
    current: int,
    pages: int,
    visits: int,
    total: int | None = None,
    pager: str = "script",
    folder: str = "",
) -> str:
    """A page of the city's list with these entries and this pager.

    `folder`: where its articles stand within the column.
    """
    entries = [
        _entry(item, f"./{folder}{path_of(item).removeprefix(TRS_COLUMN)}", 24)
        for item in shown
    ]
    return render(
        "trs_list.html",
        entries=entries,
        pages=pages,
        current=current,
        visits=visits,
        total=total,
        pager=pager,
    )


def hanweb_list(items: Sequence[Item], start: int, visits: int) -> str:
    """The county's list page (start 1), or the proxy's answer from record `start` on."""
    shown = newest_first(items)[start - 1 : start - 1 + HANWEB_PER_PAGE]
    after = start + HANWEB_PER_PAGE - 1
    # The following group begins with the last record of this one, as on real portals.
    following = (
        f"{HANWEB_PROXY}?page=1&columnid=1201&unitid=2011&startrecord={after}"
        f"&endrecord={after + 4}&perpage=5"
    )
    return render(
        "hanweb_list.html" if start == 1 else "hanweb_group.xml",
        entries=[_entry(item, path_of(item), 18) for item in shown],
        next_group=following if after < len(items) else "",
        total=len(items),
        pages=-(-len(items) // HANWEB_PER_PAGE),
        per_page=HANWEB_PER_PAGE,
        visits=visits,
    )


def article(item: Item, items: Sequence[Item], visits: int) -> str:
    """The page of a report (or of a notice), with the furniture of its portal around
    it.
    """
    report = item if isinstance(item, SampleReport) else None
    form = FORMS[report.form] if report else FORMS["2021"]
    others = [other for other in newest_first(items) if other is not item][:6]
    return render(
        f"{portal_of(item)}_article.html",
        title=item.title,
        number=item.number,
        published=item.published,
        pub_date=f"{_generated(item)} 09:30",
        publisher=report.agency.name if report else item.publisher,  # type: ignore[union-attr]
        texts=() if report else item.texts,  # type: ignore[union-attr]
        others=[_entry(other, path_of(other), 40) for other in others],
        report=report,
        visits=visits,
        form=form,
        groups=request_rows(form),
        applicants=APPLICANTS,
        kinds=KINDS,
        outcomes=OUTCOMES,
        headings={number: headings[0] for number, headings in SECTIONS.items()},
        printed=printer(report) if report else str,
    )


def printer(report: SampleReport) -> Callable[[str], str]:
    """Key → what the cell says. The 2019 form prints the unit of the procurement amount
    in the cell.
    """

    def printed(key: str) -> str:
        value = report.figures[key]
        return f"{value}万元" if key == "disclosure.procurement.amount" else str(value)

    return printed


@dataclass(frozen=True, slots=True)
class LabelCell:
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class RequestRow:
    key: str
    labels: tuple[LabelCell, ...]


def request_rows(form: Form) -> list[RequestRow]:
    """Table 3 row by row, with the label cells that begin in each row."""
    results = [row.key for row in form.requests if row.parent]
    size = {
        parent: sum(row.parent == parent for row in form.requests)
        for parent in {r.parent for r in form.requests}
    }
    rows, seen = [], set()
    for row in form.requests:
        labels: list[LabelCell] = []
        if row.key == results[0]:
            labels.append(LabelCell("三、本年度办理结果", rows=len(results)))
        if not row.parent:
            labels.append(LabelCell(row.title, columns=3))
        elif row.parent.startswith("三、"):
            labels.append(LabelCell(row.title, columns=2))
        else:
            if row.parent not in seen:
                labels.append(LabelCell(row.parent, rows=size[row.parent]))
            labels.append(LabelCell(row.title))
        seen.add(row.parent)
        rows.append(RequestRow(row.key, tuple(labels)))
    return rows


def _entry(item: Item, href: str, length: int) -> dict[str, Any]:
    short = item.title if len(item.title) <= length else f"{item.title[:length]}…"
    return {
        "href": href,
        "title": item.title,
        "short": short,
        "date": item.published.isoformat(),
    }


def render(name: str, **values: Any) -> str:
    return _templates.get_template(name).render(banner=BANNER, **values)
