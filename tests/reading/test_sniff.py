"""What bytes are is told from the bytes, and what can't be read is refused by name."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.reading import MAX_BYTES, Unreadable, read, sniff
from tests.reading import golden


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return out.getvalue()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
KINDS = {
    "empty": (b"", "application/x-empty"),
    "blank": (b"\xef\xbb\xbf \r\n", "application/x-empty"),
    "text": ("一、总体情况\n".encode(), "text/plain"),
    "gb18030 text": (
        "一、总体情况，全年主动公开政府信息。\n".encode("gb18030"),
        "text/plain",
    ),
    "utf-16 text": ("一、总体情况".encode("utf-16"), "text/plain"),
    "markdown with a table as html": (
        "# 报告\n\n<table><tr><td>规章</td></tr></table>".encode(),
        "text/plain",
    ),
    "page": ("<!DOCTYPE html><p>正文".encode(), "text/html"),
    "old page": ("\r\n  <HTML><TABLE><tr><td>正文".encode("gb18030"), "text/html"),
    "fragment": (
        "正文<br>正文<table><tr><td>规章</td></tr></table>".encode(),
        "text/html",
    ),
    "pdf": (b"%PDF-1.4\n%\xe2\xe3", "application/pdf"),
    "ole": (OLE, "application/x-ole-storage"),
    "rtf": (b"{\\rtf1\\ansi", "application/rtf"),
    "odt": (zipped("content.xml"), "application/vnd.oasis.opendocument.text"),
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    "xlsx": (
        zipped("xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "zip": (zipped("a.txt"), "application/zip"),
    "cut zip": (b"PK\x03\x04" + b"\x00" * 30, "application/zip"),
    "png": (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
    "jpeg": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "gif": (b"GIF89a", "image/gif"),
    "tiff": (b"II*\x00", "image/tiff"),
    "bmp": (b"BM\x00\x10\x00\x00\x00\x00\x00\x00", "image/bmp"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
    "mhtml": (
        b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
        "multipart/related",
    ),
    "unknown": (bytes(range(256)) * 4, "application/octet-stream"),
}


@pytest.mark.parametrize(("body", "kind"), KINDS.values(), ids=KINDS)
def test_kinds(body: bytes, kind: str) -> None:
    assert sniff(body) == kind


NAMED = {
    "html_saved_as.doc": "text/html",
    "docx_plain.docx": WORD,
    "pdf_2019.pdf": "application/pdf",
    "wps_narrow_columns.wps": "application/msword",
    "docx_one_xml_file.xml": "application/vnd.ms-word.flat-opc",
    "excel_2003_xml.xml": "application/vnd.ms-excel.xml",
    "word_2003_xml.xml": "application/vnd.ms-word.xml",
}


@pytest.mark.parametrize(("name", "kind"), NAMED.items(), ids=NAMED)
def test_the_name_counts_for_nothing(name: str, kind: str) -> None:
    assert sniff(golden.body(name)) == kind


REFUSED = {
    "empty": "文件为空", "ole": ".docx", "ofd": "OFD", "xlsx": "电子表格",
    "png": "图片已损坏", "jpeg": "图片已损坏", "mhtml": "网页归档", "unknown": "不是可识别的文件类型", "pdf": "PDF",
    "cut zip": "压缩包",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), REFUSED.items(), ids=REFUSED)
def test_refusals_name_the_thing(kind: str, words: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(KINDS[kind][0])
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_too_large() -> None:
    with pytest.raises(Unreadable, match="50 MB"):
        read(b"a" * (MAX_BYTES + 1))
