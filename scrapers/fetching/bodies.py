"""The body of an answer: its size, and what it is when it is unfolded."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import httpx

from scrapers.source import Refused, Unreachable

_INFLATE = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""Coding → window bits for zlib; 47 reads both the gzip and the zlib frame."""


def announced(headers: httpx.Headers) -> int:
    """How many bytes are to come, 0 when not said; some hosts say it wrongly."""
    length = headers.get("content-length", "")
    is_number = length.isascii() and length.isdigit()
    return int(length) if is_number and len(length) < 19 else 0


def too_large(url: httpx.URL, max_bytes: int) -> str:
    """The sentence for a body above the limit."""
    return (
        f"{url.host} 的文件（{url.path[-80:]}）超过大小上限 {size_told(max_bytes)}，"
        "未采集；确有需要可调高上限。"
    )


def size_told(count: int) -> str:
    """A number of bytes for people."""
    megabyte = 1024 * 1024
    if count >= megabyte:
        return f"{count / megabyte:.0f} MB"
    return f"{count} 字节"


def read_body(
    url: httpx.URL,
    chunks: Iterator[bytes],
    headers: httpx.Headers,
    max_bytes: int,
    cut: bool,
) -> bytes:
    """The body, decompressed piece by piece, so that a small bomb never unfolds in
    memory.
    """
    coding = headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding == "identity":
        pieces = chunks
    elif coding in _INFLATE:
        pieces = _inflated(chunks, coding, max_bytes)
    else:
        raise Unreachable(
            f"网站 {url.host} 使用了未请求的压缩方式“{coding[:40]}”，无法读取。"
        )
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if len(body) > max_bytes:
                if cut:
                    break
                raise Refused(too_large(url, max_bytes))
    except zlib.error:
        raise Unreachable(f"网站 {url.host} 的压缩数据损坏，稍后自动重试。") from None
    return bytes(body[:max_bytes])


def _inflated(chunks: Iterator[bytes], coding: str, step: int) -> Iterator[bytes]:
    """Decompressed pieces of at most `step` bytes (and 1 MB).

    Raises zlib.error for damaged data.
    """
    step = min(step, 1024 * 1024) + 1
    inflate = zlib.decompressobj(_INFLATE[coding])
    is_first = True
    for chunk in chunks:
        if is_first and coding == "deflate" and not _begins_frame(chunk):
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        is_first = False
        while chunk:
            yield inflate.decompress(chunk, step)
            chunk = inflate.unconsumed_tail
            if inflate.eof and coding != "deflate" and _goes_on(inflate):
                chunk = inflate.unused_data
                inflate = zlib.decompressobj(_INFLATE[coding])
    while not is_first and not inflate.eof:
        rest = inflate.decompress(inflate.unconsumed_tail, step)
        if not rest:
            raise zlib.error("cut short")
        yield rest


def _begins_frame(chunk: bytes) -> bool:
    """Whether a body begins with the frame of zlib (RFC 1950).

    Some servers send "deflate" without it.
    """
    if not chunk:
        return True
    method, window = chunk[0] & 0x0F, chunk[0] >> 4
    return method == 8 and window <= 7


def _goes_on(inflate: zlib._Decompress) -> bool:
    """Whether another member follows: a gzip file may have several."""
    return inflate.unused_data.startswith(b"\x1f\x8b")
