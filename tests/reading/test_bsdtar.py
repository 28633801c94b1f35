"""Archives of WinRAR and 7-Zip: what is in them is read as it was packed, or it is said
why not.
"""

from __future__ import annotations

import contextlib
import shutil
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalogue import RAR, SEVEN_ZIP
from archive.reading import Unreadable, read, sniff
from archive.reading.zipped import bsdtar
from archive.reading.zipped.members import unpacked
from archive.reading.zipped.rar_headers import entries_of
from tests.reading import golden
from tests.reading.golden import tables
from tests.reports import rar
from tests.reports.packing import seven_zip

REPORT = golden.body("html_plain.html")
MEMBERS = {"年报/正文.html": REPORT, "b.txt": "示例一二三".encode()}

needs_bsdtar = pytest.mark.skipif(
    not shutil.which("bsdtar"),
    reason="bsdtar is not installed (Debian package libarchive-tools)",
)


def members(body: bytes) -> dict[str, bytes]:
    return {one.name: one.body for one in unpacked(body)}


@needs_bsdtar
@pytest.mark.parametrize("make", [rar.archive, rar.older, seven_zip])
def test_members_are_what_was_packed(make: Callable[..., bytes]) -> None:
    body = make(MEMBERS)
    assert sniff(body) == (SEVEN_ZIP if make is seven_zip else RAR)
    assert members(body) == MEMBERS
    assert tables(read(body))


@needs_bsdtar
def test_folders_and_empty_files() -> None:
    body = rar.archive({"年报/": b"", "年报/a.txt": b"", "年报/b.txt": b"x"})
    assert members(body) == {"年报/a.txt": b"", "年报/b.txt": b"x"}


@needs_bsdtar
def test_archives_in_archives() -> None:
    assert tables(read(rar.archive({"a.7z": seven_zip({"a.html": REPORT})})))
    deep = rar.archive({"a.rar": rar.archive({"a.rar": rar.archive({"a.txt": b"x"})})})
    with pytest.raises(Unreadable, match="嵌套"):
        read(rar.archive({"a.rar": deep}))


_SIGNED = 32
"""Bytes at the head of a .7z, whose own checksums differ each second."""


def flipped(body: bytes, sought: bytes) -> bytes:
    """One bit of a content is another: nothing but a checksum tells."""
    at = body.index(sought, _SIGNED)
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


PASSWORD = b"\x01\x00\x00\x0f" + b"s" * 32
TRAPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "password": (lambda: rar.archive(MEMBERS, record=PASSWORD), "密码"),
    "headers with a password": (
        lambda: rar.NEWER + rar.block(rar.ENCRYPTED_HEADERS, 0, 0, 0, b"\x0f"),
        "密码",
    ),
    "older with a password": (lambda: rar.older(MEMBERS, flags=4), "密码"),
    "older headers with one": (lambda: rar.older(MEMBERS, main=0x80), "密码"),
    "a volume": (lambda: rar.archive(MEMBERS, main=1), "分卷"),
    "a file that goes on": (lambda: rar.archive(MEMBERS, flags=16), "分卷"),
    "an older volume": (lambda: rar.older(MEMBERS, main=1), "分卷"),
    "a changed content": (lambda: flipped(rar.archive(MEMBERS), REPORT), "损坏"),
    "an older one": (lambda: flipped(rar.older(MEMBERS), REPORT), "损坏"),
    "packed long ago": (lambda: rar.older(MEMBERS, version=20, method=0x33), "很早"),
    "cut": (lambda: rar.archive(MEMBERS)[:3000], "损坏"),
    "older and cut": (lambda: rar.older(MEMBERS)[:3000], "损坏"),
    "7z cut": (lambda: seven_zip(MEMBERS)[:3000], "不完整"),
    "7z changed": (lambda: flipped(seven_zip(MEMBERS), b"\x5d"), "损坏|不完整"),
    "7z of much memory": (lambda: hungry(), "内存"),
    "7z bomb": (lambda: seven_zip({"a.txt": bytes(30_000_000)}), "压缩炸弹"),
    "a lie about sizes": (lambda: lying(2**40), "炸弹|损坏"),
    "many members": (
        lambda: rar.archive({f"{n}.txt": b"%d" % n for n in range(300)}),
        "200",
    ),
    "nothing": (lambda: rar.archive({}), "空的|损坏"),
}


_LZMA = b"\x03\x01\x01\x05\x5d"
"""In the header of a .7z: packed by LZMA; the size of its dictionary comes next."""


def hungry() -> bytes:
    """A whole .7z that wants a dictionary of 3.5 GB to be unpacked."""
    body = bytearray(seven_zip(MEMBERS))
    at = body.index(_LZMA) + len(_LZMA)
    body[at : at + 4] = struct.pack("<I", 0xE0000000)
    offset, size = struct.unpack("<QQ", body[12:28])
    header = body[32 + offset : 32 + offset + size]
    body[28:32] = struct.pack("<I", zlib.crc32(header))
    body[8:12] = struct.pack("<I", zlib.crc32(body[12:32]))
    return bytes(body)


def lying(size: int) -> bytes:
    """A header that tells a size beyond all bounds."""
    packed = b"x" * 20
    fields = (4, size, 0o100644, struct.pack("<I", 0), 0, 1, 1, b"a")
    head = rar.NEWER + rar.block(1, 0, 0)
    return (
        head + rar.block(2, 2, len(packed), *fields, data=packed) + rar.block(5, 0, 0)
    )


@needs_bsdtar
@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    make, words = TRAPS[trap]
    with pytest.raises(Unreadable, match=words) as refusal:
        read(make())
    assert "\n" not in str(refusal.value)


@needs_bsdtar
def test_an_archive_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bsdtar, "SECONDS", 0.0001)
    with pytest.raises(Unreadable, match="秒"):
        read(seven_zip(MEMBERS))


@pytest.mark.parametrize("body", [rar.archive(MEMBERS), rar.older(MEMBERS)])
def test_without_bsdtar_it_is_said_what_to_install(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable, match="libarchive-tools"):
        read(body)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_headers_are_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([rar.archive(MEMBERS), rar.older(MEMBERS)]))
    body = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(8, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        entries_of(bytes(body[: data.draw(st.integers(8, len(body)))]))
