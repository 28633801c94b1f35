"""The golden documents of tests/reports, for the tests of the readers."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import pickle
import shutil
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from opencc import OpenCC

from archive.catalogue import RAR, SEVEN_ZIP
from archive.reading import read, sniff
from archive.reading.office import CONVERTED
from archive.report.document import Document, Table

FOLDER = Path(__file__).resolve().parents[1] / "reports"
EXPECTED: dict[str, Any] = json.loads(
    (FOLDER / "expected.json").read_text(encoding="utf-8")
)


def body(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def document(name: str) -> Document:
    if sniff(body(name)) in CONVERTED and not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice is not installed (Debian packages "
            "libreoffice-writer-nogui and -calc-nogui)"
        )
    if sniff(body(name)) in {RAR, SEVEN_ZIP} and not shutil.which("bsdtar"):
        pytest.skip("bsdtar is not installed (Debian package libarchive-tools)")
    return _document(name)


@cache
def _document(name: str) -> Document:
    return _kept(name) if sniff(body(name)) in CONVERTED else read(body(name))


def _kept(name: str) -> Document:
    """What a slow reader made of the file, kept for the other test processes until a
    reader or the file changes.
    """
    key = hashlib.sha256(body(name))
    for source in sorted((FOLDER.parents[1] / "archive").glob("re*/**/*.py")):
        key.update(source.read_bytes())
    kept = FOLDER.parents[1] / ".pytest_cache" / "golden" / f"{name}.pickle"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        with contextlib.suppress(
            EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError
        ):
            made_from, document = pickle.load(file)
            if made_from == key.digest():
                return cast(Document, document)
        document = read(body(name))
        file.truncate(0)
        pickle.dump((key.digest(), document), file)
    return document


def prose(of: Document) -> list[str]:
    return [block.text for block in of.blocks if not isinstance(block, Table)]


def simplified(text: str) -> str:
    """For the page in traditional characters; all others have simplified ones already."""
    return str(OpenCC("t2s").convert(text))


def tables(of: Document) -> list[Table]:
    return [block for block in of.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def html(content: str) -> Document:
    return read(f"<html><body>{content}</body></html>".encode())
