"""A message to a program of somebody's own, posted as JSON and signed.

The receiver reckons HMAC-SHA256 of the body with the secret, in hexadecimal digits, and
compares it with the header: nobody else can have written it.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

from archive.watching.bounded import bounded
from config import VERSION, Telling

SIGNATURE, NUMBER = "X-Archive-Signature", "X-Archive-Digest"
WAIT, WHOLE = 20.0, 60.0
"""Seconds for each answer, and for all of it."""
MOST_BYTES = 512_000
HOOK_TROUBLES = (OSError, http.client.HTTPException, ValueError)
"""What a server or its address can do to a message."""


class NotTaken(OSError):
    """The receiver has answered, but not that it has the message."""


def post(telling: Telling, message: dict[str, Any], number: str) -> None:
    """Posts a message; one of HOOK_TROUBLES where it was not taken.

    A redirect is not followed: the settings say where it goes, and nobody else.
    """
    body = json.dumps(message, ensure_ascii=False).encode()
    if len(body) > MOST_BYTES:
        raise ValueError(f"{len(body)} bytes are too many")
    connection, path = _connected(telling.webhook_url)
    try:
        connection.connect()
        with bounded(WHOLE, lambda: connection.sock):
            connection.request("POST", path, body, _headers(telling, body, number))
            status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotTaken(f"HTTP {status}")


def _connected(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        secure = http.client.HTTPSConnection(
            host, parts.port, timeout=WAIT, context=context
        )
        return secure, path
    return http.client.HTTPConnection(host, parts.port, timeout=WAIT), path


def _headers(telling: Telling, body: bytes, number: str) -> dict[str, str]:
    secret = telling.webhook_secret.encode()
    signed = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"disclosure-archive/{VERSION}",
        NUMBER: number,
        SIGNATURE: f"sha256={signed}",
    }
