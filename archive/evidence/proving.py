"""A proof: all that is needed to check one original without us, in a zip."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from archive.captures import Captures
from archive.catalogue import format_of
from archive.evidence.merkle import path_of
from archive.evidence.records import Kept, Writer, records, sighting_told
from archive.evidence.sealing import line_of_look, tree
from archive.store import Day, Look, Session, looks, sealing

_TEXTS = Path(__file__).parent / "data"
_MOST_DAYS = 400
"""Of a chain to a stamped day; a proof without one says so."""
_HEXADECIMAL = frozenset("0123456789abcdef")
_SHA256 = 64
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class NotProvable(Exception):
    """There is nothing to prove; a Chinese sentence says why."""


class Provable(NamedTuple):
    """A sealed sighting, and the days from its own to the first with a time stamp."""

    look: Look
    days: tuple[Day, ...]

    @property
    def is_stamped(self) -> bool:
        return bool(self.days[-1].token)

    @property
    def name(self) -> str:
        """Of the zip; it changes when a time stamp comes."""
        stamped = self.days[-1].day if self.is_stamped else "unstamped"
        return f"proof-{self.look.digest[:16]}-{self.look.id}-{stamped}"


def provable(
    session: Session, named: str, until: datetime | None = None, number: int = 0
) -> Provable:
    """What a person names: a SHA-256, an address, or `agency/year`.

    Of an original its first sighting is taken, of an address the last one that brought
    bytes, up to `until`; `number` names a version of a report. Raises NotProvable.
    """
    look = _look(session, named.strip(), until, number)
    if look is None:
        raise NotProvable(f"没有见到过“{named[:200]}”的内容。")
    if not look.sealed_on:
        day = look.at.date().isoformat()
        raise NotProvable(f"{day} 的采集记录尚未封存：当日（UTC）结束后的夜间封存。")
    return Provable(look, _chain(session, look.sealed_on))


def _look(
    session: Session, named: str, until: datetime | None, number: int
) -> Look | None:
    if len(named) == _SHA256 and set(named) <= _HEXADECIMAL:
        return looks.first_look(session, named)
    if "://" in named or named.startswith("file:"):
        return looks.look_at(session, named, until)
    key, _, year = named.removeprefix("/reports/").rpartition("/")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    digest = looks.digest_of(session, key, int(year), number or None)
    return looks.first_look(session, digest) if digest else None


def _chain(session: Session, name: str) -> tuple[Day, ...]:
    """The days from one on to the first with a time stamp; one day where none has."""
    day = sealing.day_of(session, name)
    if day is None:
        raise NotProvable(f"{name} 的封存记录缺失，请运行 audit。")
    chain = [day]
    while not chain[-1].token and len(chain) < _MOST_DAYS:
        after = sealing.day_after(session, chain[-1].day)
        if after is None:
            break
        chain.append(after)
    return tuple(chain) if chain[-1].token else (day,)


def prove(
    session: Session,
    captures: Captures,
    found: Provable,
    archive_key: str,
    out: IO[bytes],
) -> None:
    """Writes the zip. Raises DamagedOriginal."""
    look, last = found.look, found.days[-1]
    body = captures.open(look.digest)
    known = format_of(look.media_type)
    ending = known.endings[0] if known else ""
    files = {
        f"original{ending}": body,
        "sighting.json": _json(sighting_told(look)),
        "record.warc.gz": _record(look, body, archive_key),
        "proof.json": _json(_proof(session, found)),
        "README.md": (_TEXTS / "readme.txt").read_bytes(),
        "verify.py": (_TEXTS / "verify.txt").read_bytes(),
    }
    if found.is_stamped:
        files["timestamp.tsr"] = last.token
        files["authority.pem"] = last.authority.encode()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _record(look: Look, body: bytes, archive_key: str) -> bytes:
    out = BytesIO()
    writer = Writer(out)
    for record in records(writer, look, Kept(body), archive_key):
        writer.write_record(record)
    return out.getvalue()


def _proof(session: Session, found: Provable) -> dict[str, Any]:
    """The ways from the line to the root of its day, and from day to day."""
    look = found.look
    told = []
    for day in found.days:
        leaves = sealing.leaves_of(session, day.day)
        before = sealing.day_of(session, day.before) if day.before else None
        hashes = tree(day.day, before, [leaf for _, leaf in leaves])
        at = 0
        if day is found.days[0]:
            at = 1 + [number for number, _ in leaves].index(look.id)
        way = {"path": path_of(hashes, at)}
        told.append({"count": day.count, "day": day.day, "root": day.root, **way})
    return {
        "line": line_of_look(look).decode(),
        "path": told[0].pop("path"),
        "days": told,
        "stamped": found.is_stamped,
    }
