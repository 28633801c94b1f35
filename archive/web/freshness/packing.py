"""Compression of what is sent."""

from __future__ import annotations

import zlib

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
"""Of zlib's nine: half a millisecond a page, which is a tenth larger than at best."""
_WITH_GZIP_HEAD = 31


def pack(response: Response) -> None:
    """The body as gzip, where that is worth it and the visitor takes it."""
    if response.mimetype not in _TEXTS or "Content-Encoding" in response.headers:
        return
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0:
        return
    # A file is handed over unread otherwise.
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _LEAST:
        return
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WITH_GZIP_HEAD)
    response.set_data(packer.compress(body) + packer.flush())
    response.headers["Content-Encoding"] = "gzip"
    response.headers.remove("Accept-Ranges")
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
