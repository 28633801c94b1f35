"""Web pages saved with everything in one file (.mht, RFC 2557) → Document: the page
inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from archive.catalogue import MHTML
from archive.reading.html import read_html
from archive.reading.unreadable import Unreadable
from archive.report import Document, Hints, Table

_MAX_PARTS = 2000
# Signs; a page with fewer is an empty frame around another.
_LEAST_TEXT = 60
_PAGES = {"text/html", "application/xhtml+xml"}


def read_mht(body: bytes, hints: Hints) -> Document:
    """Reads a saved page.

    Raises Unreadable when it holds no page, or more parts than any page has.
    """
    message = message_from_bytes(body.lstrip())
    pages = _pages(message)
    if not pages:
        raise Unreadable("网页归档文件（.mht）中没有网页，请重新保存为 HTML 后再导入。")
    root = _root(message, pages)
    pictures = _pictures(message)
    document = read_html(_content(root), hints, pictures)
    others = [_content(part) for part in pages if part is not root]
    # sites of frames: the text stands in the longest of the pages inside
    if others and _length(document) < _LEAST_TEXT:
        longest = max(others, key=len)
        document = read_html(longest, hints, pictures)
    return replace(document, media_type=MHTML)


def _pages(message: Message) -> list[Message]:
    """The parts that are web pages. Raises Unreadable when there are too many parts."""
    pages: list[Message] = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            raise Unreadable(
                f"网页归档文件的部分过多（超过 {_MAX_PARTS} 个），不像一份年报；"
                "请核对文件。"
            )
        if part.get_content_type() in _PAGES:
            pages.append(part)
    return pages


def _root(message: Message, pages: list[Message]) -> Message:
    """The page that the file says is shown, else the first.

    It is named by its Content-ID in the parameter `start` (RFC 2387).
    """
    first = pages[0]
    start = str(message.get_param("start") or "")
    if not start:
        return first
    for part in pages:
        if part.get("Content-ID") == start:
            return part
    return first


def _pictures(message: Message) -> dict[str, bytes]:
    """Address → picture, for all pictures saved with the page."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        if part.get_content_maintype() != "image":
            continue
        content = _content(part)
        for address in _addresses(part):
            found[address] = content
    return found


def _addresses(part: Message) -> Iterator[str]:
    """How a page may name a part: by where it was, or by its number in the file."""
    location = str(part.get("Content-Location") or "")
    if location:
        yield location
    number = str(part.get("Content-ID") or "").strip("<>")
    if number:
        yield f"cid:{number}"


def _length(document: Document) -> int:
    """Signs of a document; a table counts as enough of them to be no frame."""
    length = 0
    for block in document.blocks:
        if isinstance(block, Table):
            length += _LEAST_TEXT
        else:
            length += len(block.text)
    return length


def _content(part: Message) -> bytes:
    """What a part holds, decoded from base64 or quoted-printable."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):  # a message in the message
        return b""
    return content
