"""A list as a download that is sent while it is made: no row too many for memory.

The first rows are made before the answer begins, so that what is wrong is an error in
words; what goes wrong behind them breaks the download off, and never ends it as if it
were whole. A visitor who leaves ends it too.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from flask import Response, request, stream_with_context

from archive.web.export.named import attached
from archive.web.export.small import TYPES
from archive.web.guards import Turn

_LEVEL = 4
_WITH_GZIP_HEAD = 31
_BROAD = frozenset({"csv", "jsonl"})
"""Kinds that are packed on the way; a workbook is packed already."""


def sent(kind: str, name: str, pieces: Iterable[bytes], turn: Turn) -> Response:
    """A download named `name.kind`, piece by piece; `turn` is given back at its end."""
    made = _first_made(_ending(pieces, turn))
    is_packed = kind in _BROAD and request.accept_encodings["gzip"] > 0
    body = _packed(made) if is_packed else made
    response = Response(stream_with_context(body), content_type=TYPES[kind])
    # A visitor who only asks for the head never begins the body.
    response.call_on_close(turn.end)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    told = attached(f"{name}.{kind}", f"export.{kind}")
    response.headers["Content-Disposition"] = told
    return response


def _ending(pieces: Iterable[bytes], turn: Turn) -> Iterator[bytes]:
    with turn:
        yield from pieces


def _first_made(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same, its first piece made at once: errors come before the answer does."""
    return _behind(next(pieces, b""), pieces)


def _behind(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WITH_GZIP_HEAD)
    for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()
