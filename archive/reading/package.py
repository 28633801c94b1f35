"""Files that are a zip of parts, most of them XML: Word files, workbooks, OFD."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Self

from lxml import etree

from archive.reading.unreadable import Unreadable

MAX_PART = 60 * 1024 * 1024
_MAX_ENTRIES = 5000
_MAX_UNPACKED = 8 * MAX_PART
# Times as large as packed: a bomb of zeros shrinks to a thousandth.
_MAX_RATIO = 200
# Bytes; smaller files may unpack to as much as one of this size.
_SMALL = 50_000


class Package:
    """The parts of a file by name, without regard to case; a context manager.

    `called` is what the file is called in errors, in Chinese. Raises Unreadable when it
    is damaged, protected or a bomb.
    """

    def __init__(self, body: bytes, called: str) -> None:
        self._called = called
        try:
            self._file = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Unreadable(
                f"{called}已损坏（压缩结构不完整），请重新下载。"
            ) from None
        entries = self._file.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        most = min(_MAX_UNPACKED, _MAX_RATIO * max(len(body), _SMALL))
        if len(entries) > _MAX_ENTRIES or unpacked > most:
            raise self._bomb()
        # of two parts of one name the first counts
        self._names = {_plain(entry.filename): entry for entry in reversed(entries)}
        self.names = sorted(self._names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def xml(self, name: str) -> etree._Element | None:
        """A part as XML; None when it is absent."""
        body = self.part(name)
        if body is None:
            return None
        return parsed(body, self._called)

    def part(self, name: str) -> bytes | None:
        """A part as bytes; None when it is absent."""
        entry = self._names.get(_plain(name))
        if entry is None:
            return None
        try:
            with self._file.open(entry) as part:
                body = part.read(MAX_PART + 1)
        except (RuntimeError, NotImplementedError):
            raise Unreadable(f"{self._called}有密码保护，无法读取。") from None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
            raise Unreadable(f"{self._called}已损坏，无法解压，请重新下载。") from None
        if len(body) > MAX_PART:
            raise self._bomb()
        return body

    def _bomb(self) -> Unreadable:
        return Unreadable(f"{self._called}解压后异常巨大，疑似压缩炸弹，已拒绝读取。")


def parsed(body: bytes, called: str) -> etree._Element:
    """XML; entities and links are never followed.

    Raises Unreadable, with what the file is `called`, when it is damaged.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(f"{called}的内容已损坏，无法读取。") from None


def _plain(name: str) -> str:
    """A name as it is compared: programs write either slash, and either case."""
    return name.replace("\\", "/").lstrip("/").lower()


def is_on(switch: etree._Element | None) -> bool:
    """Whether a switch of Word's or Excel's is there and not turned off (`val`)."""
    if switch is None:
        return False
    return not any(
        str(name).endswith("val") and value in {"0", "false", "off"}
        for name, value in switch.items()
    )
