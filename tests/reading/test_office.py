"""Files that LibreOffice opens: nothing of theirs is run or followed, and nothing stays
behind.
"""

from __future__ import annotations

import io
import re
import shutil
import socket
import zipfile
from pathlib import Path

import olefile
import pytest

from archive.reading import Unreadable, read
from archive.reading.office import libreoffice, profiles
from tests.reading import golden
from tests.reading.golden import prose

soffice = pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="LibreOffice is not installed (Debian package libreoffice-writer-nogui)",
)


def changed(body: bytes, find: str, put: str) -> bytes:
    """A .odt whose content reads `put` where the pattern is found first."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as file, zipfile.ZipFile(out, "w") as made:
        for name in file.namelist():
            part = file.read(name)
            made.writestr(
                name,
                re.sub(find, put, part.decode(), count=1)
                if name == "content.xml"
                else part,
            )
    return out.getvalue()


@soffice
def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("别处的文字")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        linked = (
            '<text:section text:name="s"><text:section-source xlink:href="'
            f'{secret.as_uri()}"/><text:p>原有</text:p>'
            '</text:section><text:p><draw:frame text:anchor-type="as-char" '
            'svg:width="1cm" svg:height="1cm">'
            f'<draw:image xlink:href="{address}/picture.png" '
            'xlink:type="simple"/></draw:frame></text:p>'
        )
        body = changed(
            golden.body("odt_plain.odt"),
            "(<text:(p|h) [^>]*>[^<]*年度报告</text:\\2>)",
            rf"\1{linked}",
        )
        everything = "\n".join(prose(read(body)))
        with pytest.raises(TimeoutError):
            server.accept()
    assert "原有" in everything
    assert "别处的文字" not in everything


@soffice
@pytest.mark.parametrize("name", ["rtf_2019.rtf", "word_2003_xml.xml"])
def test_cut_files_say_so(name: str) -> None:
    with pytest.raises(Unreadable, match="已损坏"):
        read(golden.body(name)[:20_000])


@soffice
def test_a_conversion_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "SECONDS", 0.05)
    with pytest.raises(Unreadable, match="超过"):
        read(golden.body("doc_plain.doc"))


@soffice
def test_nothing_stays_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(profiles.tempfile, "gettempdir", lambda: str(tmp_path))
    for _ in range(2):
        read(golden.body("doc_plain.doc"))
    assert not list(tmp_path.rglob("*original*"))
    settings = next(tmp_path.rglob("registrymodifications.xcu")).read_text(
        encoding="utf-8"
    )
    assert re.search(r'"DisableMacrosExecution" oor:op="fuse"><value>true', settings)


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match="libreoffice-writer-nogui"):
        read(golden.body("doc_plain.doc"))


def test_passwords_are_named() -> None:
    body = golden.body("doc_plain.doc")
    entry = body.index("WordDocument".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    newer = (
        body[:entry]
        + name.ljust(64, b"\0")
        + bytes([len(name) + 2, 0])
        + body[entry + 66 :]
    )
    with olefile.OleFileIO(io.BytesIO(body)) as file:
        head = body.index(file.openstream("WordDocument").read(64))
    older = body[: head + 11] + bytes([body[head + 11] | 1]) + body[head + 12 :]
    for protected in (newer, older):
        with pytest.raises(Unreadable, match="有密码保护"):
            read(protected)


def test_other_files_of_the_kind_are_named() -> None:
    with pytest.raises(Unreadable, match="不是 Word、Excel 文件"):
        read(
            golden.body("doc_plain.doc").replace(
                "WordDocument".encode("utf-16-le"), "PowerDocumen".encode("utf-16-le")
            )
        )
