"""Pagers that send a form: the page itself with its hidden fields, or one beside it."""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag

from scrapers.leads import links
from scrapers.listing.pagers import NEXT, Turn, follows_shown, says_next
from scrapers.pages import Page, attribute, joined

_LONGEST_SCRIPT = 2_000
_QUOTE = r"(?:'|\"|&#39;)"
# e.g. "javascript:__doPostBack('AspNetPager1','2')", "__doPostBack('p$Next','')"
# e.g. "__doPostBack(&#39;a&#39;,&#39;2&#39;)", "__doPostBack(\"a\", \"\")"
# not "__doPostBack(target, argument)"
_POST_BACK = re.compile(
    rf"__doPostBack\({_QUOTE}([\w$:]{{1,200}}){_QUOTE}\s*,"
    rf"\s*{_QUOTE}([\w$]{{0,60}}){_QUOTE}"
)


def by_post_back(page: Page) -> Turn | None:
    """The pager of ASP.NET: the page itself, asked for with its hidden fields and the
    name of the link that was clicked.
    """
    fields = _hidden_fields(page)
    if "__VIEWSTATE" not in fields:
        return None
    if _is_last(page):
        return None
    clicked = _clicked(page)
    if clicked is None:
        return _by_button(page, fields)
    target, argument = clicked
    fields |= {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    return Turn(_action(page), tuple(fields.items()))


def _clicked(page: Page) -> tuple[str, str] | None:
    """What a click on the link to the next page sends; on the next number, where no
    link says next.
    """
    numbered = None
    for anchor in links(page):
        sent = _POST_BACK.search(_script_of(anchor))
        is_off = anchor.has_attr("disabled") or "isabled" in attribute(anchor, "class")
        if sent is None or is_off:
            continue
        if says_next(anchor):
            return sent[1], sent[2]
        if numbered is None and follows_shown(anchor):
            numbered = sent[1], sent[2]
    return numbered


def _by_button(page: Page, fields: dict[str, str]) -> Turn | None:
    """A button that says 下一页 is sent with the page as one more field."""
    for button in page.soup.find_all("input", limit=200):
        name, value = attribute(button, "name"), attribute(button, "value")
        is_button = attribute(button, "type").lower() in {"submit", "button", "image"}
        if name and is_button and NEXT.match(joined(value)):
            return Turn(_action(page), (*fields.items(), (name, value)))
    return None


def _action(page: Page) -> str:
    """Where the page is sent to: to itself, as a rule."""
    form = _form_of(page)
    action = attribute(form, "action") if form else ""
    return page.absolute(action) or page.url


# e.g. "第3/3页", "3 / 3", "页次：1/3"
# not "2024/01/19", "1/2/3"
_OF_ALL = re.compile(r"(?<![\d/])(\d{1,4})\s*/\s*(\d{1,4})(?![\d/])")


def _is_last(page: Page) -> bool:
    """Whether a page says itself that it is the last one: 3/3."""
    found = _OF_ALL.search(page.soup.get_text())
    return found is not None and found[1] == found[2]


def _script_of(anchor: Tag) -> str:
    """What a click on a link runs, where it runs something."""
    href, onclick = attribute(anchor, "href"), attribute(anchor, "onclick")
    script = href if "(" in href else onclick
    return script[:_LONGEST_SCRIPT]


def _form_of(page: Page) -> Tag | None:
    """The form of a page that is sent when a page is turned: the one with fields that
    nobody sees.
    """
    forms = page.soup.find_all("form", limit=20)
    for form in forms:
        if form.find("input", attrs={"name": "__VIEWSTATE"}):
            return form
    return forms[-1] if forms else None


def _hidden_fields(page: Page) -> dict[str, str]:
    """Names and values of the fields that nobody sees."""
    wanted: Any = {"type": "hidden", "name": True}
    hidden = page.soup.find_all("input", attrs=wanted, limit=60)
    return {attribute(one, "name"): attribute(one, "value") for one in hidden}


_NAMES = (
    *("pageNo", "pageNum", "pageIndex", "page", "pn", "p", "cpage"),
    *("currPage", "currentPage", "curPage", "cur_page"),
)
# e.g. "page", "pageNo", "PageIndex", "cur_page"
# not "perpage", "pagesize", "homepage"
PAGE_NAME = re.compile(rf"^(?:{'|'.join(_NAMES)})$", re.IGNORECASE)
# e.g. "javascript:goPage(2)", "turnpage('3')", "toPage(2);", "next(2)"
# not "__doPostBack('p','2')", "void(0)"
_NUMBER_CALL = re.compile(
    r"\b(?!void)[a-zA-Z]\w{0,30}\(\s*[\"']?(\d{1,5})[\"']?\s*[,)]"
)


def by_form(page: Page) -> Turn | None:
    """A pager that fills a form in: `javascript:goPage(2)` beside a form with a field
    of the page number.
    """
    for anchor in filter(says_next, links(page)):
        called = _NUMBER_CALL.search(_script_of(anchor))
        if called is None or int(called[1]) < 2:
            continue
        for form in page.soup.find_all("form", limit=20):
            turn = _filled_in(page, form, called[1])
            if turn is not None:
                return turn
    return None


def _filled_in(page: Page, form: Tag, number: str) -> Turn | None:
    """A form with the number of the next page in its field; None without a field."""
    fields: dict[str, str] = {}
    for field in form.find_all("input", attrs={"name": True}, limit=60):
        if attribute(field, "type") not in {"submit", "button", "image", "reset"}:
            fields[attribute(field, "name")] = attribute(field, "value")
    name = next(filter(PAGE_NAME.match, fields), "")
    if not name:
        return None
    fields[name] = number
    url = page.absolute(attribute(form, "action")) or page.url
    if joined(attribute(form, "method")).lower() == "post":
        return Turn(url, tuple(fields.items()))
    query = "&".join(f"{key}={value}" for key, value in fields.items())
    return Turn(page.absolute(f"{url.split('?')[0]}?{query}") or None)
