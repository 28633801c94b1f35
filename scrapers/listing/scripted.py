"""Pagers that are drawn by scripts: calls that print how many pages there are, which
one this is, and what their addresses are made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scrapers.listing.literals import Value, fields_after, literal_after, whole
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Which page of a list this is, and what the addresses of its pages are made of."""

    name: str
    ending: str
    number: int | None
    """As in the address; None where that of the first page has none."""

    def address(self, page: Page, number: int) -> str:
        """That of another page of the list."""
        return urljoin(page.url, f"{self.name}_{number}.{self.ending}")


def by_count(page: Page) -> Turn | None:
    """The pager of TRS and of UCAP, `createPageHTML`; or a variable `countPage`.

    TRS counts from zero, so that the second page is `index_1.html`; some of its portals
    count from one and have no `index_1.html`. UCAP counts from one, and says so by
    naming the element to draw in first. Never past what the pager says.

    Where the address has a page number, that counts and not the one that the pager
    prints: if that were wrong, a page would be read twice or passed over.
    """
    arguments = _arguments(page.text)
    here = _place(page.url)
    names_element = isinstance(next(iter(arguments), None), str)
    if names_element:
        return _of_ucap(page, here, arguments)
    if len(arguments) >= 2:
        return _of_trs(page, here, arguments)
    count = _COUNT.search(page.text)
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
    call = _call(here, arguments)
    if call is None:
        return None
    return _counted(page, call.place, call.pages, call.number)


def _counted(page: Page, place: _Place, pages: int, number: int) -> Turn:
    """The page behind one that is counted from zero, unless the list is known to count
    from one.
    """
    from_one = page.capture.learnt.from_one
    last = pages if from_one else pages - 1
    if number >= last:
        return Turn(pages=pages)
    is_open = number == 0 and not from_one
    instead = place.address(page, 2) if is_open else None
    return Turn(place.address(page, number + 1), instead=instead, pages=pages)


def _of_ucap(page: Page, here: _Place, arguments: list[Value]) -> Turn | None:
    """`createPageHTML('page_div', 3, 1, 'list', 'shtml', 19)`: counted from one."""
    call = _call(here, arguments[1:])
    if call is None:
        return None
    if call.number >= call.pages:
        return Turn(pages=call.pages, total=call.total)
    following = call.place.address(page, call.number + 1)
    return Turn(following, pages=call.pages, total=call.total)


@dataclass(frozen=True, slots=True)
class _Call:
    """What `createPageHTML` is told, whichever of its makers calls it."""

    place: _Place
    pages: int
    number: int
    total: int | None


def _call(here: _Place, arguments: list[Value]) -> _Call | None:
    """The numbers and the names in their order; None where the numbers lack."""
    numbers, names = _sorted_out(arguments)
    if len(numbers) < 2:
        return None
    pages, printed, *totals = numbers
    place = here
    if len(names) > 1:
        place = _Place(names[0], names[1].lstrip("."), here.number)
    has_own_number = here.number is not None and here.name == place.name
    number = here.number if has_own_number else printed
    return _Call(place, pages, number or 0, next(iter(totals), None))


def _sorted_out(arguments: list[Value]) -> tuple[list[int], list[str]]:
    """The numbers and the names that a call is given, each in their order."""
    numbers: list[int] = []
    names: list[str] = []
    for argument in arguments:
        number = whole(argument)
        if number is not None:
            numbers.append(number)
        elif isinstance(argument, str):
            names.append(argument)
    return numbers, names


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
    pages, number = whole(given.get("pageCount")), whole(given.get("currPage"))
    total = whole(given.get("total", given.get("totalCount")))
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
    return whole(found[2]) if found else None
