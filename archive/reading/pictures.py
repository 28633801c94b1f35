"""Pictures in the body of a page that stand for its tables → blocks.

Only those that come with the page: nothing is fetched here. Which others it shows is
told, so that who collects the page can fetch them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from archive.catalogue import HTML, PICTURES
from archive.reading.block_numbers import numbered
from archive.reading.page import Element
from archive.reading.sniff import sniff
from archive.reading.unreadable import Unreadable
from archive.report import Block, Note

# Bytes; smaller pictures are ornaments.
_LEAST = 10_000
# Pictures of a page that are looked at: seconds each.
_MOST = 12
# Pixels; no table is so low or so narrow.
_ICON = 100
# e.g. "600", "600px"
# not "100%", "auto"
_PIXELS = re.compile(r"^\s*(\d{1,5})\s*(?:px)?\s*$")


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
    if sniff(body) in PICTURES:
        return body
    return None


def linked_pictures(content: Element) -> tuple[str, ...]:
    """The addresses of pictures that an element shows, as they are written; without
    what is said to be as small as an icon.
    """
    sources: dict[str, None] = {}
    for image in content.iter("img"):
        source = image.get("src", "")
        # What is written into the page itself is read with it.
        is_linked = source and not source.startswith("data:")
        width = image.get("width", "")
        height = image.get("height", "")
        is_small = _is_icon(width) or _is_icon(height)
        if is_linked and not is_small:
            sources[source] = None
    return tuple(sources)


def _is_icon(side: str) -> bool:
    """Whether a side, as written, is too short for a table."""
    found = _PIXELS.match(side)
    if found is None:
        return False
    return int(found[1]) < _ICON


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
) -> tuple[list[Block], list[Note]]:
    """The blocks with those read off the pictures in their places, and what is to be
    said of that.
    """
    # imported here: only pictures pay for loading what reads them
    from archive.reading.scanned import read_pictures

    whole: list[Block] = []
    notes: list[Note] = []
    done = 0
    for picture in pictures[:_MOST]:
        whole += blocks[done : picture.position]
        done = picture.position
        try:
            scanned = read_pictures([picture.body], HTML)
        except Unreadable as trouble:
            notes.append(Note("picture_refused", {"reason": trouble.reason}))
        else:
            whole += scanned.blocks
            notes += scanned.notes
    whole += blocks[done:]
    return numbered(whole), list(dict.fromkeys(notes))
