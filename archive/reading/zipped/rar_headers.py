"""What the headers of a .rar tell of its members: names, sizes, checksums.

The program that unpacks does not check what is merely stored, nor does it mind
passwords there; and it has no names for members written on older Chinese Windows. So
the headers are read here too. WinRAR 5 and later write one form (signature ending in
1, 0), older versions another; both are described in WinRAR's technical notes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.reading.unreadable import Unreadable

_OLDER = b"Rar!\x1a\x07\x00"
_NEWER = b"Rar!\x1a\x07\x01\x00"
_PROTECTED = "压缩包有密码保护，无法读取；请取得没有密码的文件后再导入。"
_VOLUME = "压缩包是分卷中的一卷，不能单独读取；请合并解压后再导入。"
_DAMAGED = "压缩包已损坏，无法解压，请重新下载。"
_TOO_OLD = "压缩包是很早的 RAR 格式，无法读取；请解压后再导入。"
_MOST_BLOCKS = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as its header tells it."""

    name: str
    size: int
    checksum: int | None
    """CRC-32 of its content; None where another sum is kept."""

    def is_of(self, content: bytes) -> bool:
        """Whether it can be the header of this content, by the checksum."""
        if self.checksum is None:
            return True
        return zlib.crc32(content) == self.checksum


def entries_of(body: bytes) -> list[Entry]:
    """The files of a .rar in its order.

    Raises Unreadable when it has a password, is one of several volumes, or is damaged.
    """
    try:
        if body.startswith(_NEWER):
            return list(_newer(body))
        return list(_older(body))
    except (IndexError, ValueError):
        raise Unreadable(_DAMAGED) from None


# Blocks of version 5; every number is a vint, seven bits a byte, the least first.
_MAIN, _FILE, _ENCRYPTION, _END = 1, 2, 4, 5
_HAS_EXTRA, _HAS_DATA, _FROM_VOLUME, _INTO_VOLUME = 1, 2, 8, 16
_IS_VOLUME = 1
_IS_FOLDER, _HAS_TIME, _HAS_CHECKSUM = 1, 2, 4
_OF_ENCRYPTION, _OF_LINK = 1, 5


@dataclass(slots=True)
class _Reader:
    """A place in a header, moved on by what is read."""

    body: bytes
    at: int

    def number(self) -> int:
        """A vint. Raises ValueError for one that is too long."""
        value = shift = 0
        while True:
            byte = self.body[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value
            if shift > 63:
                raise ValueError("number too long")

    def fixed(self, size: int) -> int:
        """A number of so many bytes, the least first."""
        return int.from_bytes(self.bytes(size), "little")

    def bytes(self, size: int) -> bytes:
        """So many bytes. Raises IndexError where the archive ends before."""
        end = self.at + size
        if size < 0 or end > len(self.body):
            raise IndexError("archive ends")
        found = self.body[self.at : end]
        self.at = end
        return found


class _Block(NamedTuple):
    kind: int
    flags: int
    fields: _Reader
    extra: int
    """Size of the records behind the fields."""
    data: int
    """Size of what stands behind the header."""


def _newer(body: bytes) -> Iterator[Entry]:
    """The files of an archive of version 5."""
    reader = _Reader(body, len(_NEWER))
    for _ in range(_MOST_BLOCKS):
        block = _next_block(reader)
        if block.kind == _ENCRYPTION:
            raise Unreadable(_PROTECTED)
        if block.kind == _MAIN and block.fields.number() & _IS_VOLUME:
            raise Unreadable(_VOLUME)
        if block.kind == _END:
            return
        if block.kind == _FILE:
            entry = _newer_file(block)
            if entry is not None:
                yield entry
        reader.bytes(block.data)
    raise ValueError("too many blocks")


def _next_block(reader: _Reader) -> _Block:
    """The header that stands at a place; the reader is moved behind it."""
    checksum = reader.fixed(4)
    begin = reader.at
    size = reader.number()
    header = reader.body[begin : reader.at] + reader.bytes(size)
    if zlib.crc32(header) != checksum:
        raise ValueError("header damaged")
    fields = _Reader(header, len(header) - size)
    kind, flags = fields.number(), fields.number()
    extra = fields.number() if flags & _HAS_EXTRA else 0
    data = fields.number() if flags & _HAS_DATA else 0
    return _Block(kind, flags, fields, extra, data)


def _newer_file(block: _Block) -> Entry | None:
    """A file of its header; None for a folder or a link."""
    if block.flags & (_FROM_VOLUME | _INTO_VOLUME):
        raise Unreadable(_VOLUME)
    fields = block.fields
    flags, size = fields.number(), fields.number()
    fields.number()  # attributes
    if flags & _HAS_TIME:
        fields.fixed(4)
    checksum = fields.fixed(4) if flags & _HAS_CHECKSUM else None
    fields.number(), fields.number()  # how it is packed, and on which system
    name = fields.bytes(fields.number())
    records = set(_records(fields, block.extra))
    if _OF_ENCRYPTION in records:
        raise Unreadable(_PROTECTED)
    if flags & _IS_FOLDER or _OF_LINK in records:
        return None
    return Entry(_text(name), size, checksum)


def _records(fields: _Reader, size: int) -> Iterator[int]:
    """The kinds of the records at the end of a header."""
    extra = _Reader(fields.bytes(size), 0)
    while extra.at < size:
        length = extra.number()
        record = _Reader(extra.bytes(length), 0)
        yield record.number()


# Blocks of versions 1.5 to 4; numbers are of fixed sizes.
_OLD_MAIN, _OLD_FILE, _OLD_END = 0x73, 0x74, 0x7B
_OLD_VOLUME, _OLD_ENCRYPTED = 0x0001, 0x0080
_OLD_SPLIT, _OLD_PASSWORD, _OLD_LARGE = 0x0003, 0x0004, 0x0100
_OLD_UNICODE, _OLD_FOLDER, _OLD_HAS_DATA = 0x0200, 0x00E0, 0x8000
_UNIX, _LINK = 3, 0o12
_SINCE_3, _STORED = 29, 0x30
_OLD_HEADER = 7
"""Bytes of a header before its fields."""


def _older(body: bytes) -> Iterator[Entry]:
    """The files of an archive of versions 1.5 to 4. Their end block may be missing."""
    reader = _Reader(body, len(_OLDER))
    for _ in range(_MOST_BLOCKS):
        if reader.at == len(body):
            return
        reader.fixed(2)  # a checksum of the header, half of a CRC-32
        kind, flags = reader.fixed(1), reader.fixed(2)
        fields = _Reader(reader.bytes(reader.fixed(2) - _OLD_HEADER), 0)
        if kind == _OLD_END:
            return
        if kind == _OLD_MAIN:
            _refuse_older(flags)
        data = 0
        if kind == _OLD_FILE:
            data, entry = _older_file(fields, flags)
            if entry is not None:
                yield entry
        elif flags & _OLD_HAS_DATA:
            data = fields.fixed(4)
        reader.bytes(data)
    raise ValueError("too many blocks")


def _refuse_older(flags: int) -> None:
    """Raises Unreadable for what the main header says of the whole archive."""
    if flags & _OLD_ENCRYPTED:
        raise Unreadable(_PROTECTED)
    if flags & _OLD_VOLUME:
        raise Unreadable(_VOLUME)


def _older_file(fields: _Reader, flags: int) -> tuple[int, Entry | None]:
    """The size of a file as packed, and the file; None for a folder or a link."""
    if flags & _OLD_PASSWORD:
        raise Unreadable(_PROTECTED)
    if flags & _OLD_SPLIT:
        raise Unreadable(_VOLUME)
    packed, size = fields.fixed(4), fields.fixed(4)
    system = fields.fixed(1)
    checksum = fields.fixed(4)
    fields.fixed(4)  # its time
    version, method = fields.fixed(1), fields.fixed(1)
    if version < _SINCE_3 and method != _STORED:
        raise Unreadable(_TOO_OLD)
    length = fields.fixed(2)
    attributes = fields.fixed(4)
    if flags & _OLD_LARGE:
        packed += fields.fixed(4) << 32
        size += fields.fixed(4) << 32
    name = fields.bytes(length)
    is_link = system == _UNIX and attributes >> 12 == _LINK
    if flags & _OLD_FOLDER == _OLD_FOLDER or is_link:
        return packed, None
    if flags & _OLD_UNICODE:
        # the name in the system's own encoding, a zero, and how to mend it
        name = name.partition(b"\0")[0]
    return packed, Entry(_text(name), size, checksum)


def _text(name: bytes) -> str:
    """A name; programs on Chinese Windows write GBK."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")
