"""Web pages saved with everything in one file (.mht, RFC 2557) → Document: the page
inside.
"""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from archive.catalogue import MHTML
from archive.reading.html import read_html
from archive.reading.unreadable import Unreadable
from archive.report import Document, Hints, Table

_MAX_PARTS = 2000
_LEAST_TEXT = 60


def read_mht(body: bytes, hints: Hints) -> Document:
    """Reads a saved page. Raises Unreadable when it holds no page, or more parts than
    any page has.
    """
    message = message_from_bytes(body.lstrip())
    pages = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            raise Unreadable(
                f"网页归档文件的部分过多（超过 {_MAX_PARTS} 个），不像一份年报；"
                "请核对文件。"
            )
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            pages.append(part)
    if not pages:
        raise Unreadable("网页归档文件（.mht）中没有网页，请重新保存为 HTML 后再导入。")
    start = str(message.get_param("start") or pages[0].get("Content-ID") or "")
    root = next(
        (part for part in pages if start and part.get("Content-ID") == start), pages[0]
    )
    pictures = _pictures(message)
    document = read_html(_content(root), hints, pictures)
    if _length(document) < _LEAST_TEXT and len(pages) > 1:  # the root is an empty frame
        document = read_html(
            max((_content(part) for part in pages if part is not root), key=len),
            hints,
            pictures,
        )
    return replace(document, media_type=MHTML)


def _pictures(message: Message) -> dict[str, bytes]:
    """Address → picture, for all pictures saved with the page."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        if part.get_content_maintype() == "image":
            number = str(part.get("Content-ID") or "").strip("<>")
            for address in (
                str(part.get("Content-Location") or ""),
                f"cid:{number}" if number else "",
            ):
                if address:
                    found[address] = _content(part)
    return found


def _length(document: Document) -> int:
    return sum(
        60 if isinstance(block, Table) else len(block.text) for block in document.blocks
    )


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
