"""Compression of what is sent."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

import zstandard
from flask import Response, request

_TEXTS = frozenset(
    {
        "application/json",
        "application/javascript",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
    }
)
"""Media types that become much smaller; a workbook is packed already. Originals are
sent byte for byte.
"""
_LEAST = 500
"""Bytes below which packing saves nothing."""
_LEVEL = 4
"""Of zlib's nine: half a millisecond a page, which is a tenth larger than at best. Of
zstandard's twenty-two: as small in a third of the time.
"""
_WITH_GZIP_HEAD = 31


def _as_zstandard(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL).compress(body)


def _as_gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WITH_GZIP_HEAD)
    return packer.compress(body) + packer.flush()


_PACKED: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": _as_zstandard,
    "gzip": _as_gzip,
}
"""What we pack as, the best first."""


def tell_of_packing(response: Response) -> None:
    """Says on a 304 too that what it stands for may be packed, as the 200 does."""
    if response.mimetype in _TEXTS:
        response.vary.add("Accept-Encoding")


def pack(response: Response) -> None:
    """The body packed, where that is worth it and the visitor takes it."""
    if response.mimetype not in _TEXTS or "Content-Encoding" in response.headers:
        return
    response.vary.add("Accept-Encoding")
    coding = _taken()
    if not coding:
        return
    # A file is handed over unread otherwise.
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _LEAST:
        return
    response.set_data(_PACKED[coding](body))
    response.headers["Content-Encoding"] = coding
    response.headers.remove("Accept-Ranges")
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)


def _taken() -> str:
    """What the visitor takes of it; nothing where that is none."""
    told = dict(request.accept_encodings)
    # Who takes anything (`*`) may know gzip only.
    liked = {"zstd": told.get("zstd", 0), "gzip": request.accept_encodings["gzip"]}
    best = max(liked, key=liked.__getitem__)
    return best if liked[best] > 0 else ""
