"""OFD files (GB/T 33190-2016) → Document: pages are read as those of a digital PDF are.

A page is drawn over its template; blocks and composites are gone into. Pictures, seals
and annotations are not read.
"""

from __future__ import annotations

import posixpath
import time

from lxml import etree

from archive.catalogue import OFD, PICTURES
from archive.reading.drawing import Canvas, numbers
from archive.reading.package import Package
from archive.reading.pdf import (
    MAX_PAGES,
    MAX_SECONDS,
    MIN_CHARACTERS,
    TOO_SLOW,
    blocks_of,
)
from archive.reading.sniff import sniff
from archive.reading.unreadable import MAX_CHARACTERS, Unreadable
from archive.report import Document, Hints

_KIND = "OFD 文件"
_A4 = (0.0, 0.0, 210.0, 297.0)


def read_ofd(body: bytes, hints: Hints) -> Document:
    """Reads an OFD file. Raises Unreadable for scans, protected and damaged files, and
    past the limits.
    """
    deadline = time.monotonic() + MAX_SECONDS
    with Package(body, _KIND) as file:
        document = _Document(file)
        canvases = []
        for number, page in enumerate(document.pages, 1):
            if time.monotonic() > deadline:
                raise Unreadable(TOO_SLOW.replace("PDF", "OFD"))
            canvases.append(document.drawn(page, number))
            if sum(len(canvas.signs) for canvas in canvases) > MAX_CHARACTERS:
                raise Unreadable(f"OFD 文件超过 {MAX_CHARACTERS} 字，不像一份年报。")
        pictures = (
            document.pictures()
            if sum(len(canvas.signs) for canvas in canvases) < MIN_CHARACTERS
            else []
        )
    if sum(len(canvas.signs) for canvas in canvases) < MIN_CHARACTERS:
        if pictures:
            from archive.reading.scan import (
                read_pictures,  # only pictures pay for loading what reads them
            )

            return read_pictures(pictures, OFD, document.title)
        scan = (
            "没有文字（扫描件），图片也不能读取"
            if any(one.pictures for one in canvases)
            else "没有可读的文字"
        )
        raise Unreadable(f"OFD 文件共 {len(canvases)} 页，{scan}；请提供电子版。")
    lines = [canvas.lines for canvas in canvases]
    blocks = blocks_of((canvas.page() for canvas in canvases), lines, deadline)
    unknown = sum(canvas.unknown for canvas in canvases)
    notes = (f"OFD 文件中有 {unknown} 个字只有字形编号，未能读取。",) if unknown else ()
    return Document(
        tuple(blocks),
        OFD,
        meta={"title": document.title} if document.title else {},
        notes=notes,
    )


class _Document:
    """The parts of the first document in the file: pages, templates, composites."""

    def __init__(self, file: Package) -> None:
        self._file = file
        root = file.xml("OFD.xml")
        start = root.findtext("{*}DocBody/{*}DocRoot") if root is not None else None
        self._path = _joined("", start or "Doc_0/Document.xml")
        content = file.xml(self._path)
        if root is None or content is None:
            locked = any("encrypt" in name for name in file.names)
            raise Unreadable(
                "OFD 文件已加密，无法读取。"
                if locked
                else "OFD 文件中缺少正文部分，文件可能已损坏。"
            )
        self.title = (root.findtext("{*}DocBody/{*}DocInfo/{*}Title") or "").strip()
        self._box = _box_of(content.find("{*}CommonData/{*}PageArea"), _A4)
        templates = content.iterfind("{*}CommonData/{*}TemplatePage")
        self._templates = {
            page.get("ID", ""): page.get("BaseLoc", "") for page in templates
        }
        self.pages = [
            page.get("BaseLoc", "") for page in content.iterfind("{*}Pages/{*}Page")
        ]
        if len(self.pages) > MAX_PAGES:
            raise Unreadable(
                f"OFD 文件共 {len(self.pages)} 页，超过上限 {MAX_PAGES} 页，"
                "不像一份年报。"
            )
        self._units: dict[str, etree._Element] = {}
        self._media: dict[str, str] = {}
        """Number of a picture → the part that holds it."""
        for resource in content.iterfind("{*}CommonData/*"):
            if etree.QName(resource).localname in {"PublicRes", "DocumentRes"}:
                self._resources(_joined(self._path, resource.text or ""))

    def _resources(self, path: str) -> None:
        root = self._file.xml(path)
        if root is None:
            return
        for unit in root.iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
            self._units[unit.get("ID", "")] = unit
        folder = _joined(path, root.get("BaseLoc", "") + "/x")
        for media in root.iterfind("{*}MultiMedias/{*}MultiMedia"):
            self._media[media.get("ID", "")] = _joined(
                folder, media.findtext("{*}MediaFile") or ""
            )

    def pictures(self) -> list[bytes]:
        """The pictures of all pages, in order."""
        roots = [self._file.xml(_joined(self._path, base)) for base in self.pages]
        objects = [
            one
            for root in roots
            if root is not None
            for one in root.iterfind(".//{*}ImageObject")
        ]
        paths = [self._media.get(one.get("ResourceID", ""), "") for one in objects]
        parts = [self._file.part(path) for path in paths if path]
        return [body for body in parts if body and sniff(body) in PICTURES]

    def drawn(self, base: str, number: int) -> Canvas:
        """A page with its templates: those behind first, those in front last."""
        page = self._file.xml(_joined(self._path, base))
        canvas = Canvas(
            number,
            _box_of(None if page is None else page.find("{*}Area"), self._box),
            self._units.get,
        )
        if page is None:
            return canvas
        templates = page.findall("{*}Template")
        in_front = [
            template for template in templates if template.get("ZOrder") == "Foreground"
        ]
        for layer in (
            *(template for template in templates if template not in in_front),
            page,
            *in_front,
        ):
            if layer is page:
                canvas.draw(page)
                continue
            root = self._file.xml(
                _joined(
                    self._path, self._templates.get(layer.get("TemplateID", ""), "")
                )
            )
            if root is not None:
                canvas.draw(root)
        return canvas


def _joined(parent: str, location: str) -> str:
    """A location in the package: from its root with a leading slash, else from the
    folder of the part that names it.
    """
    location = location.strip().replace("\\", "/")
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(parent), location)
    ).lstrip("/")


def _box_of(
    area: etree._Element | None, default: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Left, top, width and height of a page in millimetres."""
    box = numbers(area.findtext("{*}PhysicalBox")) if area is not None else []
    if len(box) != 4 or not (1 < box[2] < 5000 and 1 < box[3] < 5000):
        return default
    return box[0], box[1], box[2], box[3]
