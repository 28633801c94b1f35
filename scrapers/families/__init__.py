"""The families of portal software we can read, and how to tell them apart: by evidence
on the page, never by host, as one host may serve pages of two.

Read first: trs, the commonest. To add one: a file, a line in FAMILIES, saved pages of
it in `tests/portals/pages/`. A file says by facts what it can: by which MARKS a page is
known, and how its LISTS are laid out. What takes more is a function in their place,
`recognise` or `list_page`; `article` only where a page says more than those of others.

trs       TRS WCM (拓尔思)
hanweb    Hanweb JCMS (大汉)
jpaas     its later generation (集约化), by a service
ucap      UCAP (开普云), by a service or in pages
gkmlpt, nfcms    the two systems of one province
vsb       VSB (博达)
lonsun    LonSun (龙讯)
aspnet, jsp      portals of many makers
shells    portals drawn by scripts, by services of their own
grouped   one page for all departments, by year
in_place  the newest report in place of a list
yearly    a folder for each year
frames    a list in a frame
generic   a plain list of links, the last resort
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from scrapers.articles import article_of
from scrapers.families import (
    aspnet,
    frames,
    generic,
    gkmlpt,
    grouped,
    hanweb,
    in_place,
    jpaas,
    jsp,
    lonsun,
    nfcms,
    shells,
    trs,
    ucap,
    vsb,
    yearly,
)
from scrapers.listing import Sign, read_list, surest
from scrapers.pages import Page
from scrapers.source import Article, Capture, Changed, ListPage

__all__ = [
    "FAMILIES",
    "Family",
    "family_titles",
    "judged",
    "list_page",
    "recognise",
]


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its key, its Chinese name, and its three functions.

    `list_page` raises Changed when it can't find the list at all; an empty list gives
    no leads. `article` raises Changed only for what is no web page.
    """

    name: str
    title: str
    recognise: Callable[[Page], Sign]
    list_page: Callable[[Capture], ListPage]
    article: Callable[[Capture], Article]
    has_shells: bool = False
    """Whether pages of it may hold no entry, but say where the list is."""
    names_columns: bool = False
    """Whether a page of it names all columns, and those of reports are found there."""


def _family(name: str, title: str, made: ModuleType) -> Family:
    """A family as its file says it: by functions, else by facts."""
    own = vars(made)
    return Family(
        name,
        title,
        own.get("recognise") or partial(surest, marks=made.MARKS),
        own.get("list_page") or partial(read_list, layout=made.LISTS),
        own.get("article", article_of),
        own.get("HAS_SHELLS", False),
        own.get("NAMES_COLUMNS", False),
    )


FAMILIES: dict[str, Family] = {
    name: _family(name, title, made)
    for name, title, made in (
        ("gkmlpt", "政府信息公开目录平台", gkmlpt),
        ("jpaas", "集约化平台", jpaas),
        ("hanweb", "大汉", hanweb),
        ("ucap", "开普云", ucap),
        ("nfcms", "NFCMS", nfcms),
        ("vsb", "博达", vsb),
        ("lonsun", "龙讯", lonsun),
        ("trs", "拓尔思", trs),
        ("in_place", "年报即栏目", in_place),
        ("grouped", "按年度分组的部门", grouped),
        ("yearly", "年度目录", yearly),
        ("aspnet", "ASP.NET", aspnet),
        ("shells", "脚本与接口", shells),
        ("frames", "框架", frames),
        ("jsp", "JSP", jsp),
        ("generic", "通用列表", generic),
    )
}
"""Key → family; of equally sure ones the first counts, the plain list comes last."""


def family_titles() -> dict[str, str]:
    """The families a source can be of: key → Chinese name."""
    return {name: family.title for name, family in FAMILIES.items()}


def recognise(capture: Capture) -> Family | None:
    """The family a list or article page belongs to; None when nothing is known."""
    family, _ = judged(capture)
    return family


def judged(capture: Capture) -> tuple[Family | None, str]:
    """The family with the surest sign, and why: a Chinese sentence for whoever doubts.

    None for what is no web page at all, or one that no parser reads.
    """
    try:
        page = Page(capture)
        signs = [(family, family.recognise(page)) for family in FAMILIES.values()]
    except Changed:
        return None, ""
    family, sign = max(signs, key=lambda judgement: judgement[1].score)
    if not sign:
        return None, ""
    return family, f"{sign.why}（{sign.score} 分）"


def list_page(family: Family, capture: Capture) -> ListPage:
    """One page of a list, read by a family.

    What is no list but a report, such as that of a year among the years of a column, is
    a list of one. Raises Changed for anything else.
    """
    try:
        return family.list_page(capture)
    except Changed as trouble:
        try:
            return in_place.list_page(capture)
        except Changed:
            raise trouble from None
