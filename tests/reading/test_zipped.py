"""Archives: the one report in them is found, what was left is named, and traps are
refused.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest

from archive.reading import Unreadable, read
from archive.reading.zipped import read_packed
from archive.report.document import Document, Note, Paragraph, Place
from archive.report.model import Hints
from tests.reading import golden
from tests.reading.golden import prose, tables

REPORT = golden.body("html_plain.html")
OTHER = golden.body("html_2019.html")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def zipped(**members: bytes) -> bytes:
    return archive({name.replace("_", "."): body for name, body in members.items()})


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return out.getvalue()


def test_names_in_gbk_and_unread_members_are_named() -> None:
    notes = golden.document("zip_doc_with_gbk_names.zip").notes
    pictures, aside = notes
    assert (pictures.case, aside.case) == ("packed_pictures", "packed_aside")
    assert "示例.png" in str(pictures.values["names"])
    assert aside.values["names"] == ("年报/网站链接.url",)


def test_the_report_is_chosen_not_its_neighbours() -> None:
    notice = "关于做好年度报告编制工作的通知\n请各单位按时报送。\n".encode()
    document = read(zipped(a_txt=notice, b_html=REPORT, c_png=PICTURE))
    assert any("总体情况" in line for line in prose(document))
    assert not any("按时报送" in line for line in prose(document))
    assert set(document.notes) == {
        Note("packed_pictures", {"names": ("c.png",)}),
        Note("packed_aside", {"names": ("a.txt",)}),
    }


def test_text_and_tables_in_separate_files() -> None:
    document = golden.document("zip_text_and_tables.zip")
    assert len(tables(document)) == 3, "those of the second copy are not added"
    parts = Note("packed_parts", {"names": ("正文.docx", "附表.xlsx")})
    assert parts in document.notes


def test_the_same_report_twice_is_read_once() -> None:
    document = read(
        zipped(a_html=REPORT, b_html=REPORT, c_docx=golden.body("docx_plain.docx"))
    )
    assert len(tables(document)) == 3


def test_reports_of_several_agencies_are_not_mixed() -> None:
    with pytest.raises(Unreadable, match=r"2 份不同的年报（“a.html”、“b.html”）"):
        read(zipped(a_html=REPORT, b_html=OTHER))


def test_reports_of_several_years_are_not_mixed() -> None:
    before = REPORT.decode().replace("2023", "2022").replace("37", "38").encode()
    with pytest.raises(Unreadable, match=r"2 份不同的年报（“a.html”、“b.html”）"):
        read(zipped(a_html=REPORT, b_html=before))


def test_the_empty_form_beside_a_report_is_not_taken_for_its_tables() -> None:
    text = "".join(
        f"<p>{line}</p>" for line in prose(golden.document("html_plain.html"))
    )
    form = "<table><tr><td>规章</td><td></td></tr><tr><td>行政许可</td><td></td></tr>"
    document = read(
        zipped(a_html=text.encode(), b_html=f"{form}</table><p>表样</p>".encode())
    )
    assert not tables(document)
    assert document.notes[-1] == Note("packed_aside", {"names": ("b.html",)})


def nested(depth: int) -> bytes:
    body = REPORT
    for _ in range(depth):
        body = zipped(a_html=body)
    return body


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_archives_in_archives(depth: int) -> None:
    assert tables(read(nested(depth)))


TRAPS = {
    "too deep": (lambda: nested(4), "嵌套"),
    "zip bomb": (lambda: zipped(a_txt=bytes(30_000_000)), "压缩炸弹"),
    "nested bomb": (lambda: zipped(a_zip=zipped(a_txt=b"a" * 30_000_000)), "压缩炸弹"),
    "gzip bomb": (lambda: gzip.compress(bytes(30_000_000)), "压缩炸弹"),
    "many members": (lambda: archive({f"{n}.txt": f"{n}".encode() for n in range(300)}), "200"),
    "empty": (lambda: zipped(), "空的"),
    "pictures only": (lambda: zipped(a_png=PICTURE), "“a.png”"),
    "cut": (lambda: zipped(a_html=REPORT)[:3000], "重新下载"),
    "cut gzip": (lambda: gzip.compress(REPORT)[:2000], "重新下载"),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    make, words = TRAPS[trap]
    with pytest.raises(Unreadable, match=words) as refusal:
        read(make())
    assert "\n" not in str(refusal.value)


def test_a_password_is_named() -> None:
    body = bytearray(zipped(a_html=REPORT))
    body[6] |= 1
    body[body.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(Unreadable, match="密码"):
        read(bytes(body))


def test_lies_about_sizes() -> None:
    """The directory says that a member is small; it is not."""
    body = zipped(a_txt=bytes(30_000_000))
    size = (30_000_000).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        read(body.replace(size, (100).to_bytes(4, "little")))


def test_members_are_not_decompressed_past_the_limit() -> None:
    raw = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = raw.compress(b"a" * 60_000_000) + raw.flush()
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read(body * 3)


def test_scanned_pages_in_their_order() -> None:
    """Pages that were photographed one by one are one report; pictures beside a file
    are not read.
    """

    def reader(body: bytes, hints: Hints) -> Document:
        return Document(
            (Paragraph(hints.file_name, Place(1)),), "image/png", scanned=True
        )

    pages = {f"{number}.png": PICTURE + bytes([number]) for number in (10, 9, 1)}
    assert prose(read_packed(archive(pages), Hints(), reader)) == [
        "1.png",
        "9.png",
        "10.png",
    ]
    beside = read(archive({**pages, "a.html": REPORT})).notes[-1]
    assert beside == Note("packed_pictures", {"names": ("1.png", "9.png", "10.png")})


def test_files_that_are_refused_are_told_by_the_reason() -> None:
    empty = {f"{number}.pdf": b"%PDF-1.4 " + bytes([number]) for number in (1, 2)}
    document = read(archive({**empty, "a.html": REPORT}))
    (refused,) = document.notes
    assert (refused.case, refused.values["names"]) == (
        "packed_refused",
        ("1.pdf", "2.pdf"),
    )
    reason = refused.values["reason"]
    assert isinstance(reason, str)
    assert reason
    assert not reason.endswith("。")


def test_of_many_reasons_the_last_are_not_told() -> None:
    def reader(body: bytes, hints: Hints) -> Document:
        if hints.file_name == "0.html":
            return Document((Paragraph("正文。", Place(1)),), "text/html")
        raise Unreadable(f"{hints.file_name}读不出。")

    members = {f"{number}.html": b"%d" % number for number in range(11)}
    notes = read_packed(archive(members), Hints(), reader).notes
    assert [note.case for note in notes] == [*["packed_refused"] * 8, "packed_rest"]
    assert notes[0].values["reason"] == "1.html读不出"
    assert notes[-1].values["names"] == ("9.html", "10.html")


def test_more_files_than_a_report_has_are_named() -> None:
    def reader(body: bytes, hints: Hints) -> Document:
        return Document((Paragraph(hints.file_name, Place(1)),), "text/html")

    members = {f"{number}.html": b"%d" % number for number in range(22)}
    notes = read_packed(archive(members), Hints(), reader).notes
    assert notes[0] == Note("packed_over", {"names": ("20.html", "21.html")})


def test_pages_without_text_stay_readable() -> None:
    document = read(zipped(a_html=golden.body("html_attachment_only.html")))
    assert isinstance(document, Document)


def test_members_are_in_the_order_of_people_whatever_signs_their_names_hold() -> None:
    document = read_packed(
        archive({f"{name}.txt": name.encode() for name in ("²10", "²2", "１")}),
        Hints(),
        lambda body, _: Document((Paragraph(body.decode(), Place(1)),), "text/plain"),
    )
    assert len(document.blocks) == 1
