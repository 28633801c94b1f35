"""Scans and pictures → Document, by character recognition.

A page is straightened, its ruling lines are found, and what was recognised is put
between them; then it is read as a page of a digital PDF is. Every short cell is
recognised twice more, by itself and prepared in two ways: where the readings differ its
text ends in `？`, which is no number, so that a doubtful figure is never taken for a
printed one.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from archive.reading.drawing import DrawnPage, box
from archive.reading.pdf import AT_EDGE, blocks_of
from archive.reading.strokes import Rule
from archive.reading.unreadable import Unreadable
from archive.report import Document, Hints

DOTS = 200
"""An inch: at this the models read best."""
LEAST_DOTS = 90
"""Below it digits run together, and arithmetic alone would have to say what they are.
"""
MAX_SECONDS = 300.0
MAX_PAGES = 40
MAX_PIXELS = 60_000_000
"""Of a picture: A3 at 600 dots an inch."""
_A4 = 8.27
"""Inches; a picture that does not tell its size is taken to be a page of this width."""
_POINTS = 72 / DOTS
_SEEN = 1536
"""Lines of text are sought in a page shrunk to this many dots, and recognised on the
page itself.
"""
_SHORT = 8
_BATCH = 32
_DOUBT = "？"
_SURE = 0.55
_FIGURE = re.compile(r"[\d０-９OolIl|,，.．\s/／—－\-一无元万+]*")
_NO_MODELS = (
    "这是扫描件或图片，需要文字识别组件（rapidocr、onnxruntime、opencv）才能读取；"
    "请安装 disclosure-archive[ocr]。"
)


@dataclass(slots=True)
class _Text:
    """A line of recognised text and its box in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def read_scanned_pdf(body: bytes, media_type: str, title: str = "") -> Document:
    """A PDF file whose pages are pictures. Raises Unreadable past the limits and for
    too coarse pictures.
    """
    file = pypdfium2.PdfDocument(body)
    try:
        if len(file) > MAX_PAGES:
            raise Unreadable(
                f"扫描件共 {len(file)} 页，超过上限 {MAX_PAGES} 页，不作文字识别。"
            )
        return _document(_rendered(file), media_type, title)
    finally:
        file.close()


def _rendered(file: Any) -> Iterator[NDArray[np.uint8]]:
    for page in file:
        width, height = page.get_size()
        dots = _dots(page, width)
        if dots and dots < LEAST_DOTS:
            raise Unreadable(
                f"扫描件分辨率过低（每英寸约 {dots:.0f} 点，"
                f"至少需要 {LEAST_DOTS} 点），无法可靠识别；请人工核对原件。"
            )
        scale = min(DOTS / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        yield np.asarray(page.render(scale=scale).to_numpy())[..., ::-1]
        page.close()


def _dots(page: Any, width: float) -> float:
    """Dots an inch of the widest picture on a page; 0 without one."""
    found = 0.0
    for item in page.get_objects(
        filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3
    ):
        left, _, right, _ = item.get_bounds()
        if right - left > width * 0.5:
            found = max(found, item.get_px_size()[0] / ((right - left) / 72))
    return found


def read_picture(body: bytes, hints: Hints) -> Document:
    """A picture, or the pages of a TIFF. Raises Unreadable past the limits and for too
    coarse pictures.
    """
    from archive.reading.sniff import sniff

    return _document(_pages(body), sniff(body), "")


def read_pictures(bodies: list[bytes], media_type: str, title: str = "") -> Document:
    """The pages of a file that holds nothing but pictures, in order; seals and logos
    among them are passed over.

    Raises Unreadable as `read_picture` does, and when every picture is too coarse.
    """
    pages: list[NDArray[np.uint8]] = []
    refusal = ""
    for body in bodies[:MAX_PAGES]:
        try:
            pages += _pages(body)
        except Unreadable as trouble:
            refusal = str(trouble)
    if not pages:
        raise Unreadable(refusal)
    return _document(pages, media_type, title)


def _pages(body: bytes) -> list[NDArray[np.uint8]]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(body)) as picture:
            pages = []
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if frame.width * frame.height > MAX_PIXELS or number >= MAX_PAGES:
                    raise Unreadable(
                        f"图片过大（{frame.width}×{frame.height}，"
                        f"第 {number + 1} 页），不作文字识别。"
                    )
                pages.append(_of_a_page(frame))
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        raise Unreadable("图片已损坏，无法打开，请重新下载。") from None
    return pages


def _of_a_page(frame: Any) -> NDArray[np.uint8]:
    """A picture as wide as an A4 page at the dots an inch at which pages are read."""
    from PIL import Image

    short = min(frame.width, frame.height)
    if short < LEAST_DOTS * _A4:
        raise Unreadable(
            f"图片只有 {frame.width}×{frame.height} 点，无法可靠识别文字；"
            "请人工核对原件。"
        )
    scale = DOTS * _A4 / short
    size = (round(frame.width * scale), round(frame.height * scale))
    return np.asarray(frame.convert("RGB").resize(size, Image.Resampling.LANCZOS))


def _document(
    pictures: Iterable[NDArray[np.uint8]], media_type: str, title: str
) -> Document:
    deadline = time.monotonic() + MAX_SECONDS
    pages = []
    for number, picture in enumerate(pictures, 1):
        if time.monotonic() > deadline:
            raise Unreadable(
                f"识别超过 {MAX_SECONDS:.0f} 秒（已识别 {number - 1} 页），已停止。"
            )
        pages.append(_page(picture, number))
    blocks = blocks_of(pages, [_lines(page) for page in pages], deadline)
    if not blocks:
        raise Unreadable("图片中没有识别出文字。")
    notes = ("本件为扫描件或图片，文字由程序识别，可能有误，请以原件为准。",)
    return Document(
        tuple(blocks),
        media_type,
        {"title": title} if title else {},
        scanned=True,
        notes=notes,
    )


def _page(picture: NDArray[np.uint8], number: int) -> DrawnPage:
    from archive.reading import strokes

    page, texts = _upright(strokes.straightened(strokes.grey(picture)))
    dark = strokes.ink(page)
    lines = [
        box(
            "line",
            *(
                edge * _POINTS
                for edge in (rule.left, rule.top, rule.right, rule.bottom)
            ),
        )
        for rule in strokes.rules(dark)
        if not any(_is_stroke(rule, text) for text in texts)
    ]
    size = page.shape[1] * _POINTS, page.shape[0] * _POINTS
    ruled = DrawnPage(number, *size, {"char": [], "line": lines})
    cells = [
        tuple(edge / _POINTS for edge in cell)
        for table in ruled.find_tables()
        if len(table.cells) > 1
        for cell in table.cells
    ]
    free = [text for text in texts if not any(_middle_in(text, cell) for cell in cells)]
    inside = _cells(page, dark, cells, texts)
    signs = [sign for text in (*free, *inside) for sign in _signs(text, number)]
    return DrawnPage(number, *size, {"char": signs, "line": lines})


def _is_stroke(rule: Rule, text: _Text) -> bool:
    """Whether a line is a stroke of a large sign: it ends where the recognised text
    ends.
    """
    slack = 0.1 * (text.bottom - text.top)
    return (
        text.left - slack <= rule.left
        and rule.right <= text.right + slack
        and text.top - slack <= rule.top
        and rule.bottom <= text.bottom + slack
    )


def _upright(page: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], list[_Text]]:
    """The page the right way up, and what is recognised on it."""
    texts, score = _recognise(page)
    several = [text for text in texts if len(text.text) > 1]
    quarter = (
        sum(text.bottom - text.top > text.right - text.left for text in several)
        > len(several) / 2
    )
    if not quarter and (score > 0.85 or len(texts) < 5):
        return page, texts
    best = (score if not quarter else 0.0, page, texts)
    for turns in (1, 3) if quarter else (2,):
        turned = np.ascontiguousarray(np.rot90(page, turns))
        found, score = _recognise(turned)
        best = max(best, (score, turned, found), key=lambda one: one[0])
    return best[1], best[2]


def _recognise(page: NDArray[np.uint8]) -> tuple[list[_Text], float]:
    """Lines of text with their boxes, and the mean certainty."""
    found = _engine()(np.stack([page] * 3, axis=-1), use_cls=False)
    if found.txts is None or found.boxes is None:
        return [], 0.0
    texts = [
        _Text(text.strip(), *points.min(axis=0).tolist(), *points.max(axis=0).tolist())
        for text, points in zip(found.txts, np.asarray(found.boxes), strict=True)
    ]
    return texts, float(np.mean(found.scores))


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise Unreadable(_NO_MODELS) from None
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 6000,
            "Det.limit_type": "max",
            "Det.limit_side_len": _SEEN,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _cells(
    page: NDArray[np.uint8],
    dark: NDArray[np.uint8],
    cells: list[Any],
    texts: list[_Text],
) -> Iterator[_Text]:
    """What stands in the cells of the tables, line by line."""
    waiting: list[tuple[Any, list[tuple[int, int, int, int]], str]] = []
    for cell in cells:
        left, top, right, bottom = (round(edge) for edge in cell)
        left, top, right, bottom = left + 4, top + 4, right - 3, bottom - 3
        if (
            right - left < 8
            or bottom - top < 8
            or not dark[top:bottom, left:right].any()
        ):
            continue
        within = [
            text for text in texts if _middle_in(text, cell) and _fits(text, cell)
        ]
        seen = "".join(text.text for text in sorted(within, key=lambda text: text.top))
        if within and (len(seen) > _SHORT or not _FIGURE.fullmatch(seen)):
            lines = [
                text.text
                for text in sorted(
                    within, key=lambda text: (round(text.top / 12), text.left)
                )
            ]
            yield from _laid(lines, cell)
        else:
            crops = list(_crops(dark[top:bottom, left:right], left, top))
            if crops:
                waiting.append((cell, crops, seen))
    yield from _doubly(page, waiting)


def _crops(
    cell_ink: NDArray[np.uint8], left: int, top: int
) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of a cell's lines of print on the page."""
    from archive.reading.strokes import rows_of

    for first, last in rows_of(cell_ink):
        columns = np.flatnonzero(cell_ink[first:last].any(axis=0))
        yield (
            left + int(columns[0]),
            top + first,
            left + int(columns[-1]) + 1,
            top + last,
        )


def _doubly(
    page: NDArray[np.uint8],
    waiting: list[tuple[Any, list[tuple[int, int, int, int]], str]],
) -> Iterator[_Text]:
    """Cells recognised by themselves, twice; where the readings differ the text ends in
    a sign of doubt.
    """
    boxes = [crop for _, crops, _ in waiting for crop in crops]
    plain = _read([_prepared(page, crop, strong=False) for crop in boxes])
    strong = _read([_prepared(page, crop, strong=True) for crop in boxes])
    at = 0
    for cell, crops, seen in waiting:
        readings = list(
            zip(plain[at : at + len(crops)], strong[at : at + len(crops)], strict=True)
        )
        at += len(crops)
        lines = [one for one, _ in readings]
        agree = all(one == other and one for one, other in readings)
        if not agree or (seen and _same(seen) != _same("".join(lines))):
            lines = [*lines[:-1], lines[-1].rstrip(_DOUBT) + _DOUBT]
        yield from _laid(lines, cell)


def _same(text: str) -> str:
    return re.sub(r"[\s,，.．]", "", text)


def _prepared(
    page: NDArray[np.uint8], crop: tuple[int, int, int, int], strong: bool
) -> NDArray[np.uint8]:
    """A line of print on white; `strong` in black and white and larger."""
    import cv2

    left, top, right, bottom = crop
    part = page[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2]
    if strong:
        large = np.asarray(
            cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8
        )
        part = np.asarray(
            cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1],
            np.uint8,
        )
    edge = max(part.shape[0] // (3 if strong else 4), 4)
    padded = np.full(
        (part.shape[0] + 2 * edge, part.shape[1] + 4 * edge), 255, np.uint8
    )
    padded[edge:-edge, 2 * edge : -2 * edge] = part
    return np.stack([padded] * 3, axis=-1)


def _read(pictures: list[NDArray[np.uint8]]) -> list[str]:
    """One line of text a picture; empty where the model is not sure of anything."""
    if not pictures:
        return []
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    reader = _engine().text_rec
    usual = reader.rec_image_shape, reader.rec_batch_num
    reader.rec_image_shape, reader.rec_batch_num = [3, 48, 96], _BATCH
    try:
        found = reader(TextRecInput(img=pictures))
    finally:
        reader.rec_image_shape, reader.rec_batch_num = usual
    return [
        text.strip() if score >= _SURE else ""
        for text, score in zip(found.txts, found.scores, strict=True)
    ]


def _middle_in(text: _Text, cell: Any) -> bool:
    x, y = (text.left + text.right) / 2, (text.top + text.bottom) / 2
    return bool(cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3])


def _fits(text: _Text, cell: Any) -> bool:
    """Whether a box stays in its cell: two neighbours are often found as one."""
    slack = 0.35 * (text.bottom - text.top)
    return bool(text.left > cell[0] - slack and text.right < cell[2] + slack)


def _laid(lines: list[str], cell: Any) -> Iterator[_Text]:
    """A cell's lines one below the other, evenly."""
    left, top, right, bottom = cell
    height = (bottom - top) / len(lines)
    for number, line in enumerate(lines):
        yield _Text(
            line,
            left + 6,
            top + number * height + 3,
            right - 6,
            top + (number + 1) * height - 3,
        )


def _signs(text: _Text, page: int) -> Iterator[dict[str, Any]]:
    wide = (text.right - text.left) / max(len(text.text), 1)
    for number, sign in enumerate(text.text):
        left = text.left + number * wide
        edges = (left, text.top, left + wide, text.bottom)
        drawn = box("char", *(edge * _POINTS for edge in edges))
        yield {
            **drawn,
            "text": sign,
            "fontname": "",
            "size": drawn["height"],
            "upright": True,
            "page_number": page,
        }


def _lines(page: DrawnPage) -> list[str]:
    found = [line["text"] for line in page.extract_text_lines(return_chars=False)]
    return [line for line in found if not AT_EDGE.fullmatch(line)]
