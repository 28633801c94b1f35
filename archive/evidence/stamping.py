"""What an authority says of time (RFC 3161): that a hash was there at a moment.

Its answer is tested against the certificates that we were given before it is kept. What
fails is tried again the next night. A day that has none is covered by the first stamped
day after it, whose tree it is in.
"""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

from archive.evidence.canonical import stamped_line
from archive.store import Day, Store, sealing

MOST_DAYS = 31
"""Asked about in one night, the newest first."""
_SECONDS = 30
_MOST_BYTES = 256 * 1024
_SCHEMES = ("http://", "https://")
log = logging.getLogger("archive.evidence")


class NotStamped(Exception):
    """There is no time stamp that holds; a Chinese sentence says why."""


def stamp_days(store: Store, url: str, certificates: Path) -> int:
    """Has the days stamped that have no time stamp; how many got one.

    The first failure ends it: the authority is away, or our certificates are wrong.
    """
    with store.session() as session:
        waiting = sealing.without_token(session, MOST_DAYS)
    for done, day in enumerate(waiting):
        try:
            _stamp(store, day, url, certificates)
        except NotStamped as trouble:
            told = str(trouble)
            log.error("the day %s has no time stamp: %s", day.day, told)
            with store.session() as session:
                sealing.note_trouble(session, day.day, told)
            return done
    return len(waiting)


def _stamp(store: Store, day: Day, url: str, certificates: Path) -> None:
    """Raises NotStamped."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    try:
        authority = certificates.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise NotStamped(f"时间戳机构的证书 {certificates} 无法读取。") from None
    line = stamped_line(day.day, day.root, day.count)
    builder = TimestampRequestBuilder().data(line)
    asked = builder.hash_algorithm(HashAlgorithm.SHA256).build()
    token = _answer(url, asked.as_bytes())
    moment = verified(token, line, authority, asked.nonce)
    with store.session() as session:
        sealing.note_token(session, day.day, token, authority, moment)


def _answer(url: str, asked: bytes) -> bytes:
    """Raises NotStamped."""
    if not url.startswith(_SCHEMES):
        raise NotStamped("时间戳机构的网址应以 http:// 或 https:// 开头。")
    request = urllib.request.Request(  # noqa: S310  tested above
        url, asked, {"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            token: bytes = answer.read(_MOST_BYTES)
    except (OSError, urllib.error.URLError, ValueError) as error:
        told = f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else ""
        raise NotStamped(f"时间戳机构没有应答{told and f'（{told}）'}。") from None
    return token


def verified(
    token: bytes, line: bytes, authority: str, nonce: int | None = None
) -> datetime:
    """The moment of a time stamp of this line that holds by these certificates (PEM).

    Raises NotStamped.
    """
    from cryptography import x509
    from rfc3161_client import (
        VerificationError,
        VerifierBuilder,
        decode_timestamp_response,
    )

    try:
        answer = decode_timestamp_response(token)
        builder = VerifierBuilder() if nonce is None else VerifierBuilder(nonce=nonce)
        for one in x509.load_pem_x509_certificates(authority.encode("ascii")):
            is_root = one.issuer == one.subject
            add = (
                builder.add_root_certificate
                if is_root
                else builder.add_intermediate_certificate
            )
            builder = add(one)
        builder.build().verify_message(answer, line)
        moment: datetime = answer.tst_info.gen_time
    except (VerificationError, ValueError) as wrong:
        told = str(wrong).strip()[:200]
        raise NotStamped(f"时间戳机构的应答未通过验证（{told}）。") from None
    return moment
