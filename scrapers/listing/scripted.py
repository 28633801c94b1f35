"""Pagers that are drawn by scripts: calls that print how many pages there are, which
one this is, and what their addresses are made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scrapers.listing.literals import Value, fields_after, literal_after
from scrapers.listing.pagers import Turn
from scrapers.pages import Page, resolve

# e.g. "createPageHTML(3", "createPageHtml ('page_div'", "createPage(2"
# not "function createPageHTML(_nPageCount"
_CALL = re.compile(r"(?<!function )\bcreatePage(?:HTML|Html)?\s*\((?=\s*[\"'\d])")
_COUNT_NAMES = "countPage|pageCount|nPageCount|totalPages?|m_nPageCount"
# e.g. "var countPage = 4;", "pageCount='12'", "countPage = 3//共多少页"
# not "countPage = n"
_COUNT = re.compile(rf"\b(?:{_COUNT_NAMES})\s*=\s*[\"']?(\d{{1,6}})\b")
_NUMBER = r"(?:_(?P<number>\d{1,6}))?"
# e.g. "index.html", "index_2.html", "list-a.shtml"
# not "index", "t20240119_1.aspx"
_FILE_NAME = re.compile(rf"^(?P<name>[\w-]+?){_NUMBER}\.(?P<ending>s?html?)$")
_LONGEST_NUMBER = 7
FROM_ONE = "from-one"
"""Mark behind the address of a page that was found by counting from one."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Which page of a list this is, and what the addresses of its pages are made of."""

    name: str
    ending: str
    number: int | None
    """As in the address; None where that of the first page has none."""


def by_count(page: Page) -> Turn | None:
    """The pager of TRS and of UCAP, `createPageHTML`; or a variable `countPage`.

    TRS counts from zero, so that the second page is `index_1.html`; some of its portals
    count from one and have no `index_1.html`. UCAP counts from one, and says so by
    naming the element to draw in first. Never past what the pager says.

    Where the address has a page number, that counts and not the one that the pager
    prints: if that were wrong, a page would be read twice or passed over.
    """
    arguments = _arguments(page.text)
    if arguments and isinstance(arguments[0], str):
        return _of_ucap(page, arguments)
    here = _place(page.url)
    count = _COUNT.search(page.text)
    if len(arguments) >= 2:
        return _of_trs(page, here, arguments)
    if count is None:
        return None
    return _counted(page, here, int(count[1]), here.number or 0)


def _arguments(text: str) -> list[Value]:
    """What the call is given: numbers and texts."""
    for found in _CALL.finditer(text):
        end = text.find(")", found.end(), found.end() + 400)
        given = literal_after(f"=[{text[found.end() : end]}]", _BEGIN)
        if isinstance(given, list):
            return given
    return []


# e.g. "=["
_BEGIN = re.compile("^=(?=\\[)")


def _of_trs(page: Page, here: _Place, arguments: list[Value]) -> Turn | None:
    """`createPageHTML(3, 0, "index", "html")`, or the first two alone."""
    numbers, names = _sorted_out(arguments)
    if len(numbers) < 2:
        return None
    pages, number = numbers[:2]
    name, ending = here.name, here.ending
    if len(names) > 1:
        name, ending = names[0], names[1].lstrip(".")
    has_own_number = here.number is not None and here.name == name
    if has_own_number and here.number is not None:
        number = here.number
    place = _Place(name, ending, here.number)
    return _counted(page, place, pages, number)


def _counted(page: Page, place: _Place, pages: int, number: int) -> Turn:
    """The page behind one that is counted from zero."""
    if page.capture.asked.endswith(f"#{FROM_ONE}"):
        return _counted_from_one(page, place, pages, number)
    if number + 1 >= pages:
        return Turn(pages=pages)
    following = urljoin(page.url, f"{place.name}_{number + 1}.{place.ending}")
    instead = None
    if number == 0:
        second = urljoin(page.url, f"{place.name}_2.{place.ending}")
        instead = f"{second}#{FROM_ONE}"
    return Turn(following, instead=instead, pages=pages)


def _counted_from_one(page: Page, place: _Place, pages: int, number: int) -> Turn:
    if number >= pages:
        return Turn(pages=pages)
    following = urljoin(page.url, f"{place.name}_{number + 1}.{place.ending}")
    return Turn(f"{following}#{FROM_ONE}", pages=pages)


def _of_ucap(page: Page, arguments: list[Value]) -> Turn | None:
    """`createPageHTML('page_div', 3, 1, 'list', 'shtml', 19)`: counted from one."""
    numbers, names = _sorted_out(arguments[1:])
    if len(numbers) < 2:
        return None
    pages, number, *totals = numbers
    total = totals[0] if totals else None
    here = _place(page.url)
    name, ending = here.name, here.ending
    if len(names) > 1:
        name, ending = names[0], names[1].lstrip(".")
    if here.number is not None and here.name == name:
        number = here.number
    if number >= pages:
        return Turn(pages=pages, total=total)
    following = urljoin(page.url, f"{name}_{number + 1}.{ending}")
    return Turn(following, pages=pages, total=total)


def _sorted_out(arguments: list[Value]) -> tuple[list[int], list[str]]:
    """The numbers and the names that a call is given, each in their order."""
    numbers: list[int] = []
    names: list[str] = []
    for argument in arguments:
        number = _whole(argument)
        if number is not None:
            numbers.append(number)
        elif isinstance(argument, str):
            names.append(argument)
    return numbers, names


def _whole(value: Value) -> int | None:
    """A number of pages or entries, also one in quotes."""
    text = str(value)
    is_number = text.isascii() and text.isdigit()
    if not is_number or len(text) > _LONGEST_NUMBER:
        return None
    return int(text)


def _place(url: str) -> _Place:
    """What an address of a list says: the folder alone stands for its index page."""
    found = _FILE_NAME.match(urlsplit(url).path.rsplit("/", 1)[-1])
    if found is None:
        return _Place("index", "html", None)
    number = found["number"]
    return _Place(found["name"], found["ending"], int(number) if number else None)


_ID = r"\s*[\"'][^\"']{0,100}[\"']\s*,"
_LINK = r"(?:\s*[\"']([^\"']{0,1000})[\"']\s*,)?"
# e.g. "Ls.pagination('#page_public_info', '/a?pageIndex=', {"
# not "pagination("
_LONSUN = re.compile(rf"Ls\.pagination\s*\((?:{_ID})?{_LINK}\s*(?=\{{)")


def by_lonsun(page: Page) -> Turn | None:
    """The pager of LonSun: `Ls.pagination("#id", "…", {currPage: 1, pageCount: 3,
    link: '…&pageIndex='})`.
    """
    given = fields_after(page, _LONSUN)
    pages, number = _whole(given.get("pageCount")), _whole(given.get("currPage"))
    total = _whole(given.get("total", given.get("totalCount")))
    if pages is None:
        return None
    link = given.get("link") or given.get("linkUrl") or given.get("url") or ""
    named = _LONSUN.search(page.text)
    link = link or (named[1] if named and named[1] else "")
    number = number or _number_in(page.url) or 1
    if number >= pages:
        return Turn(pages=pages, total=total)
    if not link:
        note = f"列表共有 {pages} 页，翻页由脚本完成，只读到这一页，可能不完整。"
        return Turn(pages=pages, total=total, note=note)
    following = resolve(urljoin(page.url, _with_number(link, number + 1)), page.url)
    return Turn(following or None, pages=pages, total=total)


# e.g. "&pageIndex=", "?pageIndex=2"
# not "pageSize=15"
_PAGE_INDEX = re.compile(r"(?<=[?&])(pageIndex|page|pageNo)=(\w*)", re.IGNORECASE)


def _with_number(link: str, number: int) -> str:
    """The beginning of an address, or a whole one, with the number of a page."""
    if _PAGE_INDEX.search(link):
        return _PAGE_INDEX.sub(rf"\g<1>={number}", link)
    return f"{link}{number}"


def _number_in(url: str) -> int | None:
    """The number of a page in the query of its address."""
    found = _PAGE_INDEX.search(url)
    return _whole(found[2]) if found else None
