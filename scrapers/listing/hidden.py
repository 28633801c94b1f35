"""What a page holds for its scripts to show: markup in comments, in base64, in calls of
`document.write`.

Nothing is run. Only what is markup already is read, by the eyes of whoever opens the
source of a page.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from bs4 import Comment

from archive.webpage import decode
from scrapers.listing.literals import NoLiteral, literal_at
from scrapers.pages import Page

_MOST = 40
_SHORTEST = 24
# e.g. "window.atob(", "atob ("
# not "btoa("
_ATOB = re.compile(r"\batob\s*\(")
_DIGITS = rf"[A-Za-z0-9+/\s]{{{_SHORTEST},200000}}"
# Base64 in quotes, with blanks where it was broken over lines.
# e.g. "'PGEgaHJlZj0iaW5kZXhfMS5odG1sIj4='"
# not "'下一页'", "'short'"
_BASE64 = re.compile(rf"[\"']({_DIGITS}(?:=\s*){{0,2}})[\"']")
# e.g. "document.write('<a>", 'document.writeln ("a"'
# not "document.title", "document.write(a"
_WRITE = re.compile(r"document\.write(?:ln)?\s*\(\s*(?=[\"'])")
# e.g. "<!--\n<li><a href=\"a.html\">", "<a class='x' href='a'>"
# not "<!-- list -->"
_LINK = re.compile(r"<a\s[^>]{0,500}href", re.IGNORECASE)


def hidden_markup(page: Page) -> Iterator[str]:
    """Pieces of markup with links that a page keeps from whoever runs no scripts."""
    pieces = (*_commented(page), *_in_base64(page.text), *_written(page.text))
    for piece in pieces:
        if _LINK.search(piece):
            yield piece


def _commented(page: Page) -> Iterator[str]:
    comments = page.soup.find_all(string=lambda text: isinstance(text, Comment))
    yield from map(str, islice(comments, _MOST))


def _in_base64(text: str) -> Iterator[str]:
    """What is written in base64, where a page has a script to read it."""
    if not _ATOB.search(text):
        return
    for found in islice(_BASE64.finditer(text), _MOST):
        digits = "".join(found[1].split())
        try:
            markup = decode(base64.b64decode(digits, validate=True))
        except (binascii.Error, ValueError):
            continue
        # Chinese signs are often escaped before they are coded.
        yield unquote(markup) if "%3C" in markup else markup


def _written(text: str) -> Iterator[str]:
    """Texts that calls of `document.write` are given as they are."""
    lines = []
    for found in islice(_WRITE.finditer(text), _MOST * 10):
        try:
            lines.append(str(literal_at(text, found.end())))
        except NoLiteral:
            continue
    yield "\n".join(lines)
