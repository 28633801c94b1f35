"""A request as it is sent, and what is kept as evidence of it and its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode

import httpcore
import httpx

from scrapers.source import Exchange, Form, Headers

_COOKIES = frozenset({b"cookie", b"cookie2", b"set-cookie", b"set-cookie2"})


def request_of(url: httpx.URL, headers: dict[str, str], form: Form) -> httpx.Request:
    """A request as it is sent: with a form by POST, else by GET."""
    if not form:
        return httpx.Request("GET", url, headers=headers)
    name, value = form[0]
    if name:
        kind = "application/x-www-form-urlencoded; charset=UTF-8"
        body = urlencode(form).encode("ascii")
    else:
        kind = "application/json; charset=UTF-8"
        body = value.encode()
    sent_with = {**headers, "Content-Type": kind}
    return httpx.Request("POST", url, headers=sent_with, content=body)


def exchange_of(
    request: httpx.Request, response: httpcore.Response, body: bytes, asked_at: datetime
) -> Exchange:
    """What is kept as evidence of an answer that has come whole."""
    told = response.extensions
    return Exchange(
        method=request.method,
        url=str(request.url),
        sent=_told(request.headers.raw),
        form=request.content.decode("utf-8", "replace"),
        asked_at=asked_at,
        answered_at=datetime.now(UTC),
        address=_address(told.get("network_stream")),
        version=told.get("http_version", b"HTTP/1.1").decode("latin-1"),
        status=response.status,
        reason=told.get("reason_phrase", b"").decode("latin-1"),
        received=_told(response.headers),
        length=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _told(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers without cookies, which are of one visit and prove nothing."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in headers
        if name.lower() not in _COOKIES
    )


def _address(stream: object) -> str:
    """The IP address at the other end; empty where it is not known (any more)."""
    if not isinstance(stream, httpcore.NetworkStream):
        return ""
    try:
        found = stream.get_extra_info("server_addr")
    except OSError:
        return ""
    return str(found[0]) if found else ""
