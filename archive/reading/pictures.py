"""Pictures in the body of a page that stand for its tables → blocks, where the page
carries the pictures itself.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from archive.catalogue import HTML, PICTURES
from archive.reading.sniff import sniff
from archive.reading.unreadable import Unreadable
from archive.reading.unruled import numbered
from archive.report import Block

_LEAST = 10_000
"""Bytes; smaller pictures are ornaments."""
_MOST = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture behind the first `position` blocks of a page."""

    position: int
    body: bytes


def picture_at(address: str, carried: Mapping[str, bytes]) -> bytes | None:
    """The picture that an address names: written in the address itself (data:), or
    carried beside the page.
    """
    if not address.startswith("data:image/"):
        body = carried.get(address)
    else:
        head, _, data = address.partition(",")
        try:
            body = (
                base64.b64decode(data, validate=False)
                if head.endswith("base64")
                else unquote_to_bytes(data)
            )
        except (binascii.Error, ValueError):
            return None
    return body if body and len(body) >= _LEAST and sniff(body) in PICTURES else None


def recognised(
    blocks: list[Block], pictures: list[Picture]
) -> tuple[list[Block], list[str]]:
    """The blocks with those read off the pictures in their places, and what is to be
    said of that.
    """
    from archive.reading.scan import (
        read_pictures,  # only pictures pay for loading what reads them
    )

    whole: list[Block] = []
    notes: list[str] = []
    done = 0
    for picture in pictures[:_MOST]:
        whole += blocks[done : picture.position]
        done = picture.position
        try:
            scanned = read_pictures([picture.body], HTML)
        except Unreadable as trouble:
            notes.append(f"网页正文中的图片未能读取：{trouble}")
            continue
        whole += scanned.blocks
        notes += scanned.notes
    return numbered([*whole, *blocks[done:]]), list(dict.fromkeys(notes))
