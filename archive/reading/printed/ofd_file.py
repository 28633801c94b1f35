"""The parts of an OFD file: its pages, the templates behind them, what they share.

A file is a zip of XML parts. `OFD.xml` names the document; the document names its
pages, its templates (pages that others are drawn over) and its resources, where the
pictures and the composites are that pages refer to by number.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from archive.catalogue import PICTURES
from archive.reading.package import Package
from archive.reading.printed.canvas import Canvas
from archive.reading.printed.limits import MAX_PAGES
from archive.reading.printed.ofd_values import numbers
from archive.reading.sniff import sniff
from archive.reading.unreadable import Unreadable

KIND = "OFD 文件"
Area = tuple[float, float, float, float]
"""Left, top, width and height of a page in millimetres."""
_A4: Area = (0.0, 0.0, 210.0, 297.0)
# Millimetres; what is larger is no page but a damaged number.
_LARGEST = 5000


class OfdFile:
    """The first document of a file. Raises Unreadable when it is not there."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._units: dict[str, etree._Element] = {}
        """Number of a composite → its content."""
        self._media: dict[str, str] = {}
        """Number of a picture → the part that holds it."""
        root, content = self._open()
        self.title = (root.findtext("{*}DocBody/{*}DocInfo/{*}Title") or "").strip()
        self._area = _area(content.find("{*}CommonData/{*}PageArea"), _A4)
        templates = content.iterfind("{*}CommonData/{*}TemplatePage")
        self._templates = {
            template.get("ID", ""): template.get("BaseLoc", "")
            for template in templates
        }
        pages = content.iterfind("{*}Pages/{*}Page")
        self.pages = [page.get("BaseLoc", "") for page in pages]
        if len(self.pages) > MAX_PAGES:
            raise Unreadable(
                f"OFD 文件共 {len(self.pages)} 页，超过上限 {MAX_PAGES} 页，"
                "不像一份年报。"
            )
        for resource in content.iterfind("{*}CommonData/*"):
            if etree.QName(resource).localname in {"PublicRes", "DocumentRes"}:
                self._add_resources(_joined(self._path, resource.text or ""))

    def pictures(self) -> list[bytes]:
        """The pictures of all pages, in order; those of other sorts left out.

        A page names a picture by its number, the resources tell which part that is.
        """
        found: list[bytes] = []
        for base in self.pages:
            page = self._package.xml(_joined(self._path, base))
            if page is None:
                continue
            for picture in page.iterfind(".//{*}ImageObject"):
                path = self._media.get(picture.get("ResourceID", ""))
                body = self._package.part(path) if path else None
                if body and sniff(body) in PICTURES:
                    found.append(body)
        return found

    def drawn(self, base: str, number: int) -> Canvas:
        """The page at a location, drawn with its templates; `number` counts from 1.

        A page that is missing is blank.
        """
        page = self._package.xml(_joined(self._path, base))
        if page is None:
            return Canvas(number, self._area, self._units.get)
        area = _area(page.find("{*}Area"), self._area)
        canvas = Canvas(number, area, self._units.get)
        for layer in self._layers(page):
            canvas.draw(layer)
        return canvas

    def _open(self) -> tuple[etree._Element, etree._Element]:
        """`OFD.xml`, and the part with the document that it names.

        Raises Unreadable when either is missing, as in encrypted files.
        """
        start = None
        root = self._package.xml("OFD.xml")
        if root is not None:
            start = root.findtext("{*}DocBody/{*}DocRoot")
        self._path = _joined("", start or "Doc_0/Document.xml")
        content = self._package.xml(self._path)
        if root is not None and content is not None:
            return root, content
        if any("encrypt" in name for name in self._package.names):
            raise Unreadable("OFD 文件已加密，无法读取。")
        raise Unreadable("OFD 文件中缺少正文部分，文件可能已损坏。")

    def _add_resources(self, path: str) -> None:
        """Adds the composites and pictures of a part with resources.

        Pictures lie below the folder that the part names as its base.
        """
        root = self._package.xml(path)
        if root is None:
            return
        for unit in root.iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
            self._units[unit.get("ID", "")] = unit
        folder = _joined(path, root.get("BaseLoc", "") + "/x")
        for media in root.iterfind("{*}MultiMedias/{*}MultiMedia"):
            location = media.findtext("{*}MediaFile") or ""
            self._media[media.get("ID", "")] = _joined(folder, location)

    def _layers(self, page: etree._Element) -> Iterator[etree._Element]:
        """A page and its templates: those behind it first, those in front last."""
        behind: list[etree._Element] = []
        in_front: list[etree._Element] = []
        for template in page.findall("{*}Template"):
            if template.get("ZOrder") == "Foreground":
                in_front.append(template)
            else:
                behind.append(template)
        yield from self._contents(behind)
        yield page
        yield from self._contents(in_front)

    def _contents(self, templates: list[etree._Element]) -> Iterator[etree._Element]:
        for template in templates:
            base = self._templates.get(template.get("TemplateID", ""), "")
            root = self._package.xml(_joined(self._path, base))
            if root is not None:
                yield root


def _joined(parent: str, location: str) -> str:
    """The name of a part that another names.

    With a leading slash it is told from the root of the package, else from the folder
    of the part that names it.
    """
    location = location.strip().replace("\\", "/")
    path = posixpath.join(posixpath.dirname(parent), location)
    return posixpath.normpath(path).lstrip("/")


def _area(area: etree._Element | None, default: Area) -> Area:
    """The size that an element tells, or the default when it tells none that can be."""
    if area is None:
        return default
    box = numbers(area.findtext("{*}PhysicalBox"))
    if len(box) != 4:
        return default
    left, top, width, height = box
    if not (1 < width < _LARGEST and 1 < height < _LARGEST):
        return default
    return left, top, width, height
