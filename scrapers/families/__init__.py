"""The families of portal software we can read, and how to tell them apart: by evidence
on the page, never by host, as one host may serve pages of two.

Read first: trs, the commonest. To add one: a file with `recognise`, `list_page` and
`article`, a line in FAMILIES, saved pages of it in `tests/portals/pages/`.

trs       TRS WCM (拓尔思)
hanweb    Hanweb JCMS (大汉)
generic   a plain list of links, the last resort
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scrapers.families import generic, hanweb, trs
from scrapers.pages import Page
from scrapers.source import Article, Capture, Changed, ListPage

__all__ = ["FAMILIES", "Family", "recognise"]


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its key, its Chinese name, and its three functions.

    `list_page` raises Changed when it can't find the list at all; an empty list gives
    no leads. `article` raises Changed only for what is no web page.
    """

    name: str
    title: str
    recognise: Callable[[Page], bool]
    list_page: Callable[[Capture], ListPage]
    article: Callable[[Capture], Article]


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family("hanweb", "大汉", hanweb.recognise, hanweb.list_page, hanweb.article),
        Family("trs", "拓尔思", trs.recognise, trs.list_page, trs.article),
        Family(
            "generic", "通用列表", generic.recognise, generic.list_page, generic.article
        ),
    )
}
"""Key → family, in the order they are tried; the plain list comes last."""


def recognise(capture: Capture) -> Family | None:
    """The family a list or article page belongs to; None when nothing is known."""
    try:
        page = Page(capture)
        for family in FAMILIES.values():
            if family.recognise(page):
                return family
    except Changed:
        # No web page at all, or one that no parser reads.
        return None
    return None
