"""Pictures in the body of a page that stand for its tables → blocks.

Only those that the page carries itself: nothing is fetched here.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from archive.catalogue import HTML, PICTURES
from archive.reading.block_numbers import numbered
from archive.reading.sniff import sniff
from archive.reading.unreadable import Unreadable
from archive.report import Block

# Bytes; smaller pictures are ornaments.
_LEAST = 10_000
# Pictures of a page that are looked at: seconds each.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture behind the first `position` blocks of a page."""

    position: int
    body: bytes


def picture_at(address: str, carried: Mapping[str, bytes]) -> bytes | None:
    """The picture that an address names; None when it is none, or too small.

    It is written in the address itself (data:), or `carried` beside the page.
    """
    if address.startswith("data:image/"):
        body = _in_address(address)
    else:
        body = carried.get(address)
    if not body or len(body) < _LEAST:
        return None
    return body if sniff(body) in PICTURES else None


def _in_address(address: str) -> bytes | None:
    """The bytes written in a data: address (RFC 2397); None for damaged ones."""
    head, _, data = address.partition(",")
    try:
        if head.endswith("base64"):
            return base64.b64decode(data, validate=False)
        return unquote_to_bytes(data)
    except (binascii.Error, ValueError):
        return None


def recognised(
    blocks: list[Block], pictures: list[Picture]
) -> tuple[list[Block], list[str]]:
    """The blocks with those read off the pictures in their places, and what is to be
    said of that.
    """
    # imported here: only pictures pay for loading what reads them
    from archive.reading.scanned import read_pictures

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
        else:
            whole += scanned.blocks
            notes += scanned.notes
    whole += blocks[done:]
    return numbered(whole), list(dict.fromkeys(notes))
