"""The element of a page that a person has said holds the report."""

from __future__ import annotations

import soupsieve
from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from archive.reading.page.tree import Element, tree_of

_MARK = "data-holds-report"
"""An attribute of our own, by which the element is found again in another tree."""


def selected(text: str, selector: str) -> Element | None:
    """The first element that a CSS selector finds on a page; None without one.

    It stands in a tree of the whole page: style sheets say what of it is shown.
    """
    if not selector:
        return None
    try:
        soup = BeautifulSoup(text, "lxml")
        found = soup.select_one(selector)
    except (soupsieve.SelectorSyntaxError, ParserRejectedMarkup, RecursionError):
        return None
    if found is None:
        return None
    found[_MARK] = ""
    return tree_of(str(soup)).find(f".//*[@{_MARK}]")
