"""Files that stand beside a report, or in its place: linked, opened by a click, shown
in a viewer, or a series of pictures.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from bs4 import Tag

from archive.webpage import names_attachment, names_workbook
from scrapers.leads import may_lead_to, target_of
from scrapers.pages import MAX_TITLE, Page, attribute, joined, resolve
from scrapers.source import Lead

_MAX_FILES = 200
_FEW_SIGNS = 400
"""A page with more text says something besides its pictures."""
# Pictures in a text, by the names that systems give them; no logos and icons.
# e.g. "/nb/202401/W020240119381234567890.jpg", "/__local/A/B/9F8E7D6C.png"
# e.g. "/art/2024/1/9/art_1_2_3.jpeg", "/upload/20240119/16.jpg"
# not "/images/logo.png", "/style/icon_pdf.gif"
_SCAN = re.compile(r"/[^/]*\d[^/]*\.(?:jpe?g|png|bmp|tiff?)$", re.IGNORECASE)
# What links to files are called when they are not called by the file's name.
# e.g. "附件1", "点击下载", "Word", "（点击查看）"
_NO_NAME = re.compile(
    r"^(?:附件\d*|点击(?:这里)?下载|下载|正文|查看|全文|PDF|Word|（?点击.{0,6}）?)$",
    re.IGNORECASE,
)
# Programs that give a file out.
# e.g. "/system/_content/download.jsp?wbfileid=7", "/module/download/downfile.jsp?id=7"
# e.g. "/attachment/show?fileId=7", "/downLoad.aspx?id=3"
# not "/nb/load.html"
_PROGRAM = re.compile(r"down-?load|downfile|getfile|attach|fileid=", re.IGNORECASE)
# A click may name a file by its address alone.
# e.g. "downloadFile('/f/2023.docx')", "openPdf(\"a/年报.pdf\", 1)"
# not "print()"
_QUOTED = re.compile(r"[\"']([^\"'<>\n]{1,500})[\"']")
# Blocks of other pages' links have such names as well; the files in them are the
# page's, where their names say so.
# e.g. "related-links", "relatedFiles", "fj_links"
# not "footer", "nav"
_OF_FILES = re.compile(r"relat|links?|fujian|(?:^|[_-])fj", re.IGNORECASE)
_SHOWING = ("a", "iframe", "embed", "object", "button", "span", "div", "p", "li", "img")
_FILE_PARAMETERS = (
    *("file", "filePath", "fileurl", "fileUrl", "filepath", "url", "src"),
    *("filename", "fileName", "showname", "pdf", "path"),
)


def attachments_of(page: Page) -> list[Lead]:
    """Files linked from, or shown in, the body and the lines beside it.

    Each address once, in order.

    Workbooks come last: beside another file they hold a report's tables only.
    """
    found: dict[str, Lead] = {}
    for tag in page.soup.find_all(_may_show_file):
        url = _file_of(page, tag)
        if not url:
            continue
        if url not in found or not found[url].title:
            found[url] = Lead(url, _file_title(tag))
        if len(found) >= _MAX_FILES:
            break
    if not found:
        return _pictures(page)
    return sorted(
        found.values(), key=lambda lead: names_workbook(urlsplit(lead.url).path)
    )


def _pictures(page: Page) -> list[Lead]:
    """The pages of a report that is a series of pictures, where nothing else is said.

    Scans are published so: a title, and a picture a page.
    """
    signs = 0
    for text in page.strings():
        signs += len(text)
        if signs > _FEW_SIGNS:
            return []
    pictures: dict[str, Lead] = {}
    for image in page.soup.find_all("img", limit=_MAX_FILES):
        url = page.absolute(attribute(image, "src"))
        is_scan = _SCAN.search(urlsplit(url).path) and not page.is_furniture(image)
        if is_scan and may_lead_to(page.url, url):
            pictures.setdefault(url, Lead(url, joined(attribute(image, "alt"))))
    return list(pictures.values())


def _may_show_file(tag: Tag) -> bool:
    """Whether an element leads to something, or shows it."""
    if tag.name in {"iframe", "embed", "object"}:
        return True
    if tag.name == "a":
        return tag.has_attr("href") or tag.has_attr("onclick")
    return tag.name in _SHOWING and tag.has_attr("onclick")


def _file_of(page: Page, tag: Tag) -> str:
    """The address of a file of the page itself, to which an element leads.

    Files of menus and feet (使用帮助.pdf) are the portal's; those on other sites are
    nobody's word.
    """
    url = _shown_file(_target(page, tag))
    if not url or not _is_file(tag, url):
        url = _clicked_file(page, tag)
    if not url or not may_lead_to(page.url, url):
        return ""
    is_of_portal = page.is_furniture(tag) and not _is_among_files(page, tag)
    return "" if is_of_portal else url


def _target(page: Page, tag: Tag) -> str:
    """Where a link leads, or what a frame or an embedded object shows."""
    if tag.name == "a":
        return target_of(page, tag)
    for name in ("src", "data"):
        target = attribute(tag, name)
        if target:
            return page.absolute(target)
    return ""


def _clicked_file(page: Page, tag: Tag) -> str:
    """The file that a click on an element fetches, if the click names one."""
    for script in (attribute(tag, "onclick"), attribute(tag, "href")):
        if "(" not in script:
            continue
        for quoted in _QUOTED.finditer(script[:2_000]):
            url = _shown_file(page.absolute(quoted[1]))
            if url and _names_file(url):
                return url
    return ""


def _names_file(url: str) -> bool:
    """Whether an address ends as those of files do."""
    return names_attachment(unquote(urlsplit(url).path))


def _is_file(tag: Tag, url: str) -> bool:
    """Told by the end of the address.

    Download programs (`download.jsp?id=7`) name the file in a field of their address,
    or in the link only; some nowhere, and the link says 附件 or 下载.
    """
    if _names_file(url):
        return True
    parts = urlsplit(url)
    is_program = _PROGRAM.search(f"{parts.path}?{parts.query}") is not None
    if tag.name != "a" or not is_program:
        return False
    named = (value for values in parse_qs(parts.query).values() for value in values)
    title = _file_title(tag)
    if names_attachment(title) or any(map(names_attachment, named)):
        return True
    return "附件" in title or "下载" in title


def _is_among_files(page: Page, tag: Tag) -> bool:
    """Whether a link to a file stands in a block that portals use for files as well as
    for links to other pages, and not in a menu or in the foot.
    """
    for parent in tag.parents:
        marks = f"{attribute(parent, 'class')} {attribute(parent, 'id')}"
        outside = parent.parent
        if _OF_FILES.search(marks) and outside is not None:
            return not page.is_furniture(outside)
    return False


def _shown_file(url: str) -> str:
    """The file behind an embedded viewer: `viewer.html?file=/a/b.pdf`.

    A download program keeps its own address.
    """
    parts = urlsplit(url)
    if _PROGRAM.search(parts.path):
        return url
    query = parse_qs(parts.query)
    for name in _FILE_PARAMETERS:
        for value in query.get(name, []):
            if names_attachment(urlsplit(value).path):
                return resolve(urljoin(url, value), url)
    return url


def _file_title(tag: Tag) -> str:
    """The most telling name of a link to a file.

    The link may be called 附件 or be a paper clip; the name is then in an attribute of
    the link or of its picture, or in a field of the address.
    """
    image = tag.find("img")
    names = [
        joined(text)
        for text in (
            tag.get_text()[:MAX_TITLE],
            attribute(tag, "title"),
            attribute(tag, "download"),
            attribute(tag, "alt"),
            attribute(image, "alt"),
            attribute(image, "title"),
            _named_in_address(attribute(tag, "href")),
        )
    ]
    given = list(filter(None, names))
    for name in given:
        if not _NO_NAME.match(name):
            return name
    return given[0] if given else ""


def _named_in_address(href: str) -> str:
    """The name under which a download program gives a file out."""
    try:
        query = parse_qs(urlsplit(href).query)
    except ValueError:
        return ""
    for name in ("showname", "filename", "fileName"):
        for value in query.get(name, []):
            if names_attachment(value):
                return value[:MAX_TITLE]
    return ""
