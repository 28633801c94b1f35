"""A writer of .rar files that merely stores, after WinRAR's technical notes: `archive` as
version 5 writes them, `older` as versions 3 and 4.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

NEWER = b"Rar!\x1a\x07\x01\x00"
OLDER = b"Rar!\x1a\x07\x00"
ENCRYPTED_HEADERS = 4
"""Kind of the block that precedes headers with a password."""


def vint(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | 0x80 if number else low)
        if not number:
            return bytes(out)


def block(*fields: int | bytes, data: bytes = b"") -> bytes:
    """A header of version 5 with its checksum, and what stands behind it."""
    body = b"".join(vint(one) if isinstance(one, int) else one for one in fields)
    header = vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(header)) + header + data


def archive(
    members: Mapping[str, bytes],
    *,
    main: int = 0,
    flags: int = 0,
    record: bytes = b"",
) -> bytes:
    """`main`: flags of the archive; `flags` and `record`: of each file's header."""
    out = NEWER + block(1, 0, main)
    extra = vint(len(record)) + record if record else b""
    for name, body in members.items():
        is_folder = name.endswith("/")
        mode = 0o040755 if is_folder else 0o100644
        path = name.rstrip("/").encode()
        sum_ = struct.pack("<I", zlib.crc32(body))
        sizes = (vint(len(extra)) if extra else b"") + vint(len(body))
        out += block(
            *(2, flags | 2 | bool(extra), sizes),
            *(5 if is_folder else 4, len(body), mode, sum_),
            *(0, 1, len(path), path, extra),
            data=body,
        )
    return out + block(5, 0, 0)


def older(
    members: Mapping[str, bytes],
    *,
    main: int = 0,
    flags: int = 0,
    version: int = 29,
    method: int = 0x30,
) -> bytes:
    """Names in GBK with the slashes of Windows, as its older programs write them."""
    out = OLDER + _older_block(0x73, main, b"\0" * 6)
    for name, body in members.items():
        path = name.replace("/", "\\").encode("gb18030")
        fields = struct.pack("<IIBI", len(body), len(body), 2, zlib.crc32(body))
        fields += struct.pack("<IBBHI", 0x58000000, version, method, len(path), 0x20)
        out += _older_block(0x74, 0x8000 | flags, fields + path) + body
    return out + _older_block(0x7B, 0x4000, b"")


def _older_block(kind: int, flags: int, fields: bytes) -> bytes:
    header = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(header) & 0xFFFF) + header
