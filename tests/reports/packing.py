"""The golden reports packed up: archives as Chinese Windows makes them, and saved web
pages. Needs `bsdtar` for the .7z.
"""

from __future__ import annotations

import gzip
import io
import quopri
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tests.portals.reports import SampleReport
from tests.reports import rar, sheets, webpages, words

WHEN = (2024, 1, 9, 8, 0, 0)
_LINK = b"[InternetShortcut]\r\nURL=http://www.example.gov.cn/\r\n"


def archive(members: dict[str, bytes], encoding: str = "gb18030") -> bytes:
    """A zip whose names are written in GBK without saying so (or in UTF-8, which is
    said).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            plain = (
                name if encoding == "utf-8" else name.encode(encoding).decode("cp437")
            )
            entry = (
                _Entry(plain, WHEN)
                if encoding != "utf-8"
                else zipfile.ZipInfo(plain, WHEN)
            )
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, body)
    return out.getvalue()


class _Entry(zipfile.ZipInfo):
    """An entry whose name goes out in the code page of DOS."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


def doc_in_zip(report: SampleReport) -> bytes:
    """A .doc in a folder, a link to a list and what a Mac leaves behind beside it."""
    old = words.converted(words.word(report), "docx", "doc")
    return archive(
        {
            f"年报/{report.title}.doc": old,
            "年报/网站链接.url": _LINK,
            "__MACOSX/年报/._x.doc": b"\0\5\26\7",
            "../../etc/示例.png": b"\x89PNG\r\n\x1a\n" + bytes(20),
        }
    )


def text_and_tables(report: SampleReport) -> bytes:
    """The text as a Word file without its tables, the tables as a workbook; the
    workbook once more inside a zip.
    """

    def without_tables(document: words.Document) -> None:
        for table in document.tables:
            table._tbl.getparent().remove(table._tbl)

    tables = sheets.tables_only(report)
    inner = archive({"表格.xlsx": tables})
    return archive(
        {
            "正文.docx": words.word(report, without_tables),
            "附表.xlsx": tables,
            "备份.zip": inner,
        },
        "utf-8",
    )


def zipped_page(report: SampleReport) -> bytes:
    return gzip.compress(webpages.plain(report).encode(), mtime=0)


def page_in_rar(report: SampleReport) -> bytes:
    """A page in a folder, as WinRAR 5 stores it."""
    page = webpages.plain(report).encode()
    return rar.archive({f"年报/{report.title}.html": page, "年报/说明.url": _LINK})


def page_in_7z(report: SampleReport) -> bytes:
    """A page and a link to a list beside it."""
    return seven_zip(
        {f"年报/{report.title}.html": webpages.plain(report).encode(), "a.url": _LINK}
    )


def seven_zip(members: dict[str, bytes]) -> bytes:
    """A .7z with its folders."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, body in members.items():
            (folder / "in" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "in" / path).write_bytes(body)
        made = folder / "made.7z"
        names = sorted(one.name for one in (folder / "in").iterdir())
        subprocess.run(
            ["bsdtar", "--format", "7zip", "-cf", made, "-C", folder / "in", *names],
            check=True,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        return made.read_bytes()


def mht(report: SampleReport) -> bytes:
    """A page as Internet Explorer saves it: GBK in quoted-printable, pictures and
    styles as further parts.
    """
    page = webpages.page(report, webpages.body(report), "gb2312").encode("gb18030")
    return _multipart(report, "gb2312", quopri.encodestring(page), "quoted-printable")


def mht_by_browser(report: SampleReport) -> bytes:
    """A page as Chrome saves it: the root has an identifier, a frame with advertising
    stands before it.
    """
    page = webpages.word_paste(report)
    body = page if isinstance(page, bytes) else page.encode()
    return _multipart(
        report, "utf-8", body.replace(b"\n", b"\r\n"), "binary", frame=True
    )


def _multipart(
    report: SampleReport,
    charset: str,
    page: bytes,
    encoding: str,
    *,
    frame: bool = False,
) -> bytes:
    mark = "----=_NextPart_000_0000_01DA42F1"
    start = ' start="<root@example>";' if frame else ""
    head = [
        "From: <Saved by Example>",
        "Subject: =?utf-8?Q?"
        f"{quopri.encodestring(report.title.encode()).decode().replace(chr(61) + chr(10), '')}"
        "?=",
        "Date: Mon, 8 Jan 2024 09:30:00 +0800",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n\t'
        f'boundary="{mark}"',
        "",
        "",
    ]
    parts = []
    if frame:
        parts.append(
            b"Content-Type: text/html\r\nContent-ID: <frame@example>\r\n\r\n<html><body><p>"
            + "广告一则。".encode()
            + b"</p></body></html>"
        )
    parts.append(
        f'Content-Type: text/html;\r\n\tcharset="{charset}"\r\nContent-ID: '
        "<root@example>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: "
        "http://www.example.gov.cn/a.html\r\n\r\n".encode()
        + page
    )
    parts.append(
        b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw="
    )
    border = f"--{mark}".encode()
    body = b"".join(border + b"\r\n" + part + b"\r\n" for part in parts)
    return "\r\n".join(head).encode() + body + border + b"--\r\n"
