"""A sighting as records of WARC 1.1 (ISO 28500:2017).

Each request and answer is a pair, redirects too. What came once is not written twice:
the same bytes again, and a 304, are `revisit` records. A file of ours, and a page that
a browser has drawn, were sent by no server as they are: `resource` records.

A body stands as it was decoded. So the headers of its coding and length, which would
not be true of it, are called `X-Archive-Orig-…`, as other archives do.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from archive.evidence.canonical import canonical, moment_told
from archive.store import Look

WARC = "WARC/1.1"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_SAME = _PROFILES + "identical-payload-digest"
_UNCHANGED = _PROFILES + "server-not-modified"
_NOT_OF_THE_BODY = frozenset({"content-encoding", "transfer-encoding"})
_LENGTH = "content-length"
_ORIGINAL = "X-Archive-Orig-"
_DRAWN = "x-archive-rendered"
_NOT_MODIFIED = 304

Pair = tuple[str, str]


class Writer(WARCWriter):  # type: ignore[misc]
    """Writes records with digests by SHA-256, where warcio takes SHA-1."""

    def __init__(self, out: Any) -> None:
        super().__init__(out, gzip=True, warc_version=WARC)

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class AsCame(StatusAndHeaders):  # type: ignore[misc]
    """Headers that are written byte by byte as they came."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(encoding="latin-1")


class Named(NamedTuple):
    """A record of the export that a later one refers to."""

    url: str
    date: str


class Kept(NamedTuple):
    """What a record has in place of a body that is written elsewhere, or has of it."""

    body: bytes | None = None
    """None: it is not written here."""
    same: Named | None = None
    """Where the same bytes are."""
    digest: str = ""
    """Theirs, where a server has said that nothing has changed."""


def is_of_web(look: Look) -> bool:
    """Whether a server has sent what the look brought, as it is."""
    is_drawn = any(name.lower() == _DRAWN for name in look.headers)
    return look.asked.startswith("http") and not is_drawn


def named(look: Look) -> Named:
    """What the record of a look's answer is called by."""
    return Named(url_of(look), _date(look))


def url_of(look: Look) -> str:
    """The address that the answer of a look is filed under."""
    if not look.asked.startswith("http"):
        scheme, _, name = look.asked.partition(":")
        return f"{scheme}:///{quote(name.lstrip('/'))}"
    if look.exchanges:
        return str(look.exchanges[-1]["url"])
    address = look.reached or look.asked
    return quote(address.partition("#")[0], safe="!$%&'()*+,/:;=?@[]~-._")


def _date(look: Look) -> str:
    """When the answer was asked for; of a look of before, when it was noted."""
    return _asked_at(look.exchanges[-1]) if look.exchanges else moment_told(look.at)


def _asked_at(exchange: Mapping[str, Any]) -> str:
    return str(exchange["asked_at"])


def records(
    writer: Writer, look: Look, kept: Kept, archive_key: str
) -> Iterator[ArcWarcRecord]:
    """The records of a sighting in order; each response stands before its request."""
    ids = _Ids(f"{archive_key}/{look.id}")
    if not is_of_web(look):
        resource = _resource(writer, look, kept.body or b"", ids)
        yield resource
        yield _told(writer, look, ids, _id_of(resource))
        return
    for hop in look.exchanges[:-1]:
        yield from _pair(writer, hop, ids, Kept())
    if look.exchanges:
        yield from _pair(writer, look.exchanges[-1], ids, kept)
        return
    response = _answer(writer, _as_exchange(look), ids, kept)
    yield response
    yield _told(writer, look, ids, _id_of(response))


class _Ids:
    """Names of records: the same in every export."""

    def __init__(self, of: str) -> None:
        self._of, self._count = of, 0

    def next(self) -> str:
        self._count += 1
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"{self._of}/{self._count}")
        return f"<urn:uuid:{name}>"


def _id_of(record: ArcWarcRecord) -> str:
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _pair(
    writer: Writer, exchange: Mapping[str, Any], ids: _Ids, kept: Kept
) -> Iterator[ArcWarcRecord]:
    answer = _answer(writer, exchange, ids, kept)
    yield answer
    yield _request(writer, exchange, ids, _id_of(answer))


def _answer(
    writer: Writer, exchange: Mapping[str, Any], ids: _Ids, kept: Kept
) -> ArcWarcRecord:
    """A response; a revisit where its bytes stand elsewhere."""
    told = _head(exchange["url"], _asked_at(exchange), ids)
    if exchange["address"]:
        told["WARC-IP-Address"] = exchange["address"]
    is_revisit = kept.same is not None
    if kept.same is not None:
        unchanged = exchange["status"] == _NOT_MODIFIED
        told["WARC-Profile"] = _UNCHANGED if unchanged else _SAME
        told["WARC-Refers-To-Target-URI"] = kept.same.url
        told["WARC-Refers-To-Date"] = kept.same.date
        digest = kept.digest if unchanged else exchange["sha256"]
        told["WARC-Payload-Digest"] = payload_digest(digest)
    body = None if is_revisit else kept.body
    received = [(name, value) for name, value in exchange["received"]]
    is_withheld = not is_revisit and body is None and _has_body(exchange, received)
    if is_withheld:
        told["WARC-Truncated"] = "unspecified"
    status = f"{exchange['status']} {exchange['reason']}"
    return writer.create_warc_record(
        None,
        "revisit" if is_revisit else "response",
        payload=BytesIO(body or b""),
        length=len(body or b""),
        warc_headers=StatusAndHeaders(
            "",
            [("WARC-Type", "revisit" if is_revisit else "response"), *told.items()],
            protocol=WARC,
        ),
        http_headers=AsCame(
            status,
            received if is_revisit else _true_of(received, len(body or b"")),
            protocol=exchange["version"],
        ),
    )


def _has_body(exchange: Mapping[str, Any], received: Sequence[Pair]) -> bool:
    """Whether there was a body that is not kept: redirects and errors mostly have."""
    said = {name.lower(): value.strip() for name, value in received}
    announced = said.get(_LENGTH, "") not in {"", "0"} or "transfer-encoding" in said
    return exchange["length"] > 0 or announced


def _true_of(received: Sequence[Pair], length: int) -> list[Pair]:
    """Headers that are true of a body of this length, in their order."""
    told: list[Pair] = []
    for name, value in received:
        is_length = name.lower() == _LENGTH
        is_true = is_length and value.strip() == str(length)
        if is_true or not (is_length or name.lower() in _NOT_OF_THE_BODY):
            told.append((name, value))
            continue
        told.append((f"{_ORIGINAL}{name}", value))
    if not any(name.lower() == _LENGTH for name, _ in told):
        told.append(("Content-Length", str(length)))
    return told


def _request(
    writer: Writer, exchange: Mapping[str, Any], ids: _Ids, answer: str
) -> ArcWarcRecord:
    told = _head(exchange["url"], _asked_at(exchange), ids)
    told["WARC-Concurrent-To"] = answer
    parts = urlsplit(exchange["url"])
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = exchange["form"].encode()
    return writer.create_warc_record(
        None,
        "request",
        payload=BytesIO(body),
        length=len(body),
        warc_headers=StatusAndHeaders(
            "", [("WARC-Type", "request"), *told.items()], protocol=WARC
        ),
        http_headers=AsCame(
            f"{exchange['method']} {target} HTTP/1.1",
            [(name, value) for name, value in exchange["sent"]],
            is_http_request=True,
        ),
    )


def _resource(writer: Writer, look: Look, body: bytes, ids: _Ids) -> ArcWarcRecord:
    told = _head(url_of(look), _date(look), ids)
    kind = look.media_type or "application/octet-stream"
    if look.asked.startswith("http"):
        kind = "text/html; charset=utf-8"
    return writer.create_warc_record(
        None,
        "resource",
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=kind,
        warc_headers=StatusAndHeaders(
            "", [("WARC-Type", "resource"), *told.items()], protocol=WARC
        ),
    )


def _told(writer: Writer, look: Look, ids: _Ids, of: str) -> ArcWarcRecord:
    """All that is kept of a look that has no requests, or was drawn from answers."""
    told = _head(url_of(look), _date(look), ids)
    told["WARC-Concurrent-To"] = of
    line = b"sighting: " + canonical(sighting_told(look)) + b"\r\n"
    return writer.create_warc_record(
        None,
        "metadata",
        payload=BytesIO(line),
        length=len(line),
        warc_headers=StatusAndHeaders(
            "", [("WARC-Type", "metadata"), *told.items()], protocol=WARC
        ),
    )


def sighting_told(look: Look) -> dict[str, Any]:
    """A sighting as JSON: what its leaf is made of."""
    return {
        "address": look.asked,
        "at": moment_told(look.at),
        "exchanges": look.exchanges,
        "headers": look.headers,
        "reached": look.reached,
        "sha256": look.digest,
        "status": look.status,
    }


def _as_exchange(look: Look) -> dict[str, Any]:
    """The answer of a look of before requests were kept, as far as it is known."""
    return {
        "url": url_of(look),
        "asked_at": moment_told(look.at),
        "address": "",
        "version": "HTTP/1.1",
        "status": look.status,
        "reason": "",
        "received": list(look.headers.items()),
        "length": 0,
        "sha256": look.digest,
    }


def _head(url: str, date: str, ids: _Ids) -> dict[str, str]:
    return {"WARC-Record-ID": ids.next(), "WARC-Target-URI": url, "WARC-Date": date}


def payload_digest(digest: str) -> str:
    """A SHA-256 in hex as records name it: in base 32."""
    return "sha256:" + base64.b32encode(bytes.fromhex(digest)).decode("ascii")
