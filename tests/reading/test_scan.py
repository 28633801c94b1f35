"""Scans and pictures: rasterised from a report whose figures are known, askew, noisy,
sealed, turned.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import docx
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from archive.catalogue import Status
from archive.reading import Unreadable, read
from archive.reading.scanned import raster
from archive.reading.scanned.cells import _has_print
from archive.report.document import Document, Note
from archive.report.parse import parse
from tests.reading import golden
from tests.reading.golden import tables
from tests.reports.bare_word import packed

TRUTH = golden.EXPECTED["reports"]["2021"]


def scanned(
    name: str,
    page: int,
    dots: int = 200,
    askew: float = 0.6,
    noise: float = 4,
    seal: bool = False,
) -> Image.Image:
    """A page of a golden PDF as a scanner would give it."""
    file = pypdfium2.PdfDocument(golden.body(name))
    picture = file[page].render(scale=dots / 72).to_pil().convert("RGB")
    file.close()
    picture = picture.rotate(
        askew, fillcolor="white", resample=Image.Resampling.BICUBIC
    )
    grain = np.random.default_rng(page).normal(
        0, noise, (picture.height, picture.width, 3)
    )
    picture = Image.fromarray(
        np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
    )
    if seal:
        middle, radius = (picture.width // 2, picture.height // 3), dots
        edges = [
            middle[0] - radius,
            middle[1] - radius,
            middle[0] + radius,
            middle[1] + radius,
        ]
        ImageDraw.Draw(picture).ellipse(edges, outline=(215, 40, 45), width=7)
    return picture


def saved(pictures: list[Image.Image], kind: str, dots: int = 200) -> bytes:
    out = io.BytesIO()
    first, *others = pictures
    first.save(
        out,
        kind,
        save_all=bool(others),
        append_images=others,
        resolution=dots,
        quality=75,
    )
    return out.getvalue()


def cells(document: Document) -> list[list[str]]:
    return [
        ["".join(cell.text.split()) for cell in row]
        for table in tables(document)
        for row in table.rows()
    ]


@pytest.fixture(scope="module")
def whole() -> Document:
    pages = [
        scanned("pdf_ruled.pdf", page, askew=0.6 if page % 2 else -0.4)
        for page in range(6)
    ]
    return read(saved(pages, "PDF"))


@pytest.mark.timeout(600)
def test_a_scanned_report_is_read_and_said_to_be_scanned(whole: Document) -> None:
    assert whole.scanned
    assert whole.notes[0] == Note("recognised")
    truth = TRUTH["figures"]
    report = parse(whole)
    taken = {
        key
        for key, figure in report.figures.items()
        if figure.status in {Status.EXACT, Status.INFERRED}
    }
    wrong = {
        key: (report.figures[key].printed, truth[key])
        for key in taken
        if str(report.figures[key].value) != str(truth[key])
    }
    assert not wrong
    exact = sum(figure.status is Status.EXACT for figure in report.figures.values())
    assert exact >= 0.99 * len(truth)
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert report.title == TRUTH["title"]


@pytest.mark.timeout(600)
def test_a_table_goes_on_over_scanned_pages(whole: Document) -> None:
    assert [table.width for table in tables(whole)] == [4, 10, 15]


@pytest.mark.timeout(600)
def test_a_turned_noisy_page_with_a_seal(whole: Document) -> None:
    page = scanned("pdf_ruled.pdf", 3, dots=150, askew=1.2, noise=10, seal=True)
    document = read(saved([page.rotate(90, expand=True)], "PNG"))
    found = {cell for row in cells(document) for cell in row if cell.isdigit()}
    known = {cell for row in cells(whole) for cell in row if cell.isdigit()}
    assert len(found) >= 30
    assert found <= known, "what is not sure is not taken for a number"


def in_word(picture: bytes) -> bytes:
    """A Word file with a title, a logo and a page as pictures."""
    document = docx.Document()
    document.add_paragraph("扫描件")
    document.add_picture(io.BytesIO(saved([Image.new("RGB", (90, 60), "red")], "PNG")))
    document.add_picture(io.BytesIO(picture))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_ofd(picture: bytes) -> bytes:
    """An OFD file of one page with nothing but a picture, its parts under a base of
    their own.
    """
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {
        "OFD.xml": f"<ofd:OFD {name}" "><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document {name}' '><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>'
        '</ofd:CommonData><ofd:Pages><ofd:Page ' 'BaseLoc="Pages/0.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Res.xml": f'<ofd:Res {name} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" ' 'Type="Image">'
        "<ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
        "Doc_0/Pages/0.xml": f'<ofd:Page {name}><ofd:Content><ofd:Layer><ofd:ImageObject ' 'ResourceID="7" '
        'Boundary="0 0 210 297" CTM="210 0 0 297 0 ' '0"/></ofd:Layer></ofd:Content></ofd:Page>',
        "Doc_0/Res/a.jpg": picture,
    }  # fmt: skip
    return packed(parts)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("pack", [in_word, in_ofd])
def test_files_that_hold_a_page_as_a_picture(pack: Callable[[bytes], bytes]) -> None:
    page = scanned("pdf_ruled.pdf", 5)
    document = read(pack(saved([page], "JPEG")))
    assert document.scanned
    assert "".join(TRUTH["agency"]) in "".join(golden.prose(document))


def in_page(picture: bytes) -> bytes:
    """A page with the picture in its address."""
    source = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
    return (
        f"<html><body><p>图前的话。</p><p><img src='{source}'></p><p>图后的话。"
        "</p></body></html>"
    ).encode()


def in_saved_page(picture: bytes) -> bytes:
    """A page saved with its picture."""
    page = (
        "<html><body><p>图前的话。</p><img src='cid:a@b'><p>图后的话。"
        "</p></body></html>"
    )
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    parts = (
        f"--b\r\nContent-Type: text/html\r\n\r\n{page}\r\n--b\r\nContent-Type: "
        "image/jpeg\r\nContent-ID: <a@b>\r\n"
    )
    data = base64.encodebytes(picture).decode()
    return f"{head}{parts}Content-Transfer-Encoding: base64\r\n\r\n{data}\r\n--b--\r\n".encode()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("pack", [in_page, in_saved_page])
def test_pictures_a_page_carries_are_read_in_their_place(
    pack: Callable[[bytes], bytes],
) -> None:
    document = read(pack(saved([scanned("pdf_ruled.pdf", 5)], "JPEG")))
    assert document.scanned
    assert Note("recognised") in document.notes
    lines = golden.prose(document)
    assert (lines[0], lines[-1]) == ("图前的话。", "图后的话。")
    assert TRUTH["agency"] in "".join(lines)
    assert [block.at.block for block in document.blocks] == list(
        range(1, len(document.blocks) + 1)
    )


def test_ornaments_are_not_looked_at() -> None:
    document = read(in_page(saved([Image.new("RGB", (90, 60), "red")], "JPEG")))
    assert not document.scanned
    assert document.notes[0].case == "pictures_unread"


def test_a_scan_that_is_too_coarse_is_refused() -> None:
    with pytest.raises(Unreadable, match="分辨率过低"):
        read(golden.body("pdf_scan.pdf"))
    with pytest.raises(Unreadable, match="300×200"):
        read(saved([Image.new("RGB", (300, 200), "white")], "PNG"))


def test_a_white_page_holds_nothing() -> None:
    with pytest.raises(Unreadable, match="没有识别出文字"):
        read(saved([Image.new("L", (1000, 1400), 255)], "PNG"))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MAX_PAGES", 1)
    pages = [Image.new("L", (900, 1200), 255)] * 2
    with pytest.raises(Unreadable, match="上限 1 页"):
        read(saved(pages, "PDF", 100))
    with pytest.raises(Unreadable, match="第 2 页"):
        read(saved(pages, "TIFF"))
    monkeypatch.setattr(raster, "MAX_PIXELS", 1000)
    with pytest.raises(Unreadable, match="图片过大"):
        read(saved(pages[:1], "PNG"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_damaged_pictures_are_refused(kind: str) -> None:
    body = saved([Image.new("L", (900, 1200), 255)], kind)
    for cut in (len(body) // 3, 40):
        with pytest.raises(Unreadable):
            read(body[:cut])


@pytest.mark.parametrize(
    ("right", "bottom", "holds_a_sign"),
    [(40, 40, True), (40, 3, False), (3, 40, False)],
)
def test_a_cell_too_small_for_a_sign_is_empty_whatever_ink_is_in_it(
    right: int, bottom: int, holds_a_sign: bool
) -> None:
    ink = np.ones((50, 50), np.uint8)
    assert _has_print((0, 0, right, bottom), ink) is holds_a_sign
