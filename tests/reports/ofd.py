"""The golden reports as OFD files, in the manner of the programs that print Word files
to OFD.

Where everything stands is taken from the PDF that LibreOffice prints: runs of signs
with the steps between them, ruling lines as strokes or as thin filled boxes, what is
the same on every page in a template.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber

MM = 25.4 / 72
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WHEN = (2024, 1, 8, 9, 30, 0)


@dataclass(frozen=True)
class Manner:
    """How a program writes OFD."""

    boxes: bool = False
    """Rules are thin filled boxes in page blocks, not strokes."""
    scaled: bool = False
    """Signs stand in a smaller unit, brought to size by CTM, with their glyph numbers
    beside them.
    """
    single: bool = False
    """Every sign is an object of its own."""
    ruled: bool = True
    template: bool = True


def ofd(file: bytes, title: str, manner: Manner) -> bytes:
    """A PDF as an OFD file."""
    out = io.BytesIO()
    with (
        pdfplumber.open(io.BytesIO(file)) as pdf,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        pages = [_page(page, manner) for page in pdf.pages]
        for name, content in _frame(title, len(pages), manner):
            _write(package, name, content)
        for number, content in enumerate(pages):
            _write(package, f"Doc_0/Pages/Page_{number}/Content.xml", content)
    return out.getvalue()


def _write(package: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')


def _frame(title: str, pages: int, manner: Manner) -> Iterator[tuple[str, str]]:
    yield (
        "OFD.xml",
        f'<ofd:OFD {NAMESPACE} Version="1.1" '
        'DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
        f"<ofd:Title>{escape(title)}</ofd:Title><ofd:Creator>示例"
        "</ofd:Creator></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    )
    template = (
        '<ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        if manner.template
        else ""
    )
    listed = "".join(
        f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
        for n in range(pages)
    )
    yield (
        "Doc_0/Document.xml",
        f"<ofd:Document {NAMESPACE}"
        "><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 215.9 "
        "279.4</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"{template}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    )
    yield (
        "Doc_0/PublicRes.xml",
        f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="4" '
        'FontName="宋体"/></ofd:Fonts>'
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5" Width="60" '
        'Height="5"><ofd:Content>'
        '<ofd:TextObject ID="7" Boundary="0 0 60 5" Font="4" '
        'Size="3"><ofd:TextCode X="0" Y="3" DeltaX="g 11 3">'
        "示例市人民政府公开文件"
        "</ofd:TextCode></ofd:TextObject></ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits></ofd:Res>",
    )
    yield (
        "Doc_0/Tpls/Tpl_0/Content.xml",
        f'<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer ID="6" Type="Background">'
        '<ofd:CompositeObject ID="8" ResourceID="5" Boundary="120 8 60 5"/>'
        '<ofd:PathObject ID="9" Boundary="30 14 150 1" '
        'LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L 150 0'
        "</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer></ofd:Content></ofd:Page>",
    )


def _page(page: Any, manner: Manner) -> str:
    objects = [_text(run, manner) for run in _runs(page.chars, manner)]
    rules = [_rule(edge, manner) for edge in page.edges] if manner.ruled else []
    drawn = "".join(rules)
    if manner.boxes:
        drawn = (
            f'<ofd:PageBlock ID="90"><ofd:PageBlock ID="91">{drawn}'
            "</ofd:PageBlock></ofd:PageBlock>"
        )
    template = (
        '<ofd:Template TemplateID="3" ZOrder="Background"/>' if manner.template else ""
    )
    box = f"0 0 {_mm(page.width)} {_mm(page.height)}"
    return (
        f"<ofd:Page {NAMESPACE}>{template}<ofd:Area><ofd:PhysicalBox>{box}"
        "</ofd:PhysicalBox></ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="20" Type="Body">{drawn}{"".join(objects)}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def _runs(
    chars: list[dict[str, Any]], manner: Manner
) -> Iterator[list[dict[str, Any]]]:
    run: list[dict[str, Any]] = []
    for char in chars:
        after = (
            run
            and abs(char["bottom"] - run[-1]["bottom"]) < 0.1
            and char["size"] == run[-1]["size"]
        )
        if run and (
            manner.single
            or not after
            or not -1 < char["x0"] - run[-1]["x1"] < char["size"]
        ):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _text(run: list[dict[str, Any]], manner: Manner) -> str:
    scale = 0.353 if manner.scaled else 1.0
    left, top = run[0]["x0"], min(char["top"] for char in run)
    width, height = run[-1]["x1"] - left, run[0]["bottom"] - top
    size = run[0]["size"]
    base = (height - size) / 2 + 0.88 * size
    steps = [
        _mm((after["x0"] - before["x0"]) / scale) for before, after in pairwise(run)
    ]
    code = escape("".join(char["text"] for char in run))
    glyphs = ""
    ctm = ""
    if manner.scaled:
        ctm = f' CTM="{scale} 0 0 {scale} 0 0"'
        numbers = " ".join(str(1000 + number) for number in range(len(run)))
        glyphs = (
            f'<ofd:CGTransform CodePosition="0" CodeCount="{len(run)}" '
            f'GlyphCount="{len(run)}">'
            f"<ofd:Glyphs>{numbers}</ofd:Glyphs></ofd:CGTransform>"
        )
    delta = f' DeltaX="{_grouped(steps)}"' if steps else ""
    place = " ".join(map(_mm, (left, top, width, height)))
    return (
        f'<ofd:TextObject ID="30" Boundary="{place}" Font="4" Size="'
        f'{_mm(size / scale)}"{ctm}>{glyphs}'
        f'<ofd:TextCode X="0" Y="{_mm(base / scale)}"{delta}>{code}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def _grouped(steps: list[str]) -> str:
    """Three and more equal steps as `g 3 4.2`."""
    words: list[str] = []
    index = 0
    while index < len(steps):
        count = 1
        while index + count < len(steps) and steps[index + count] == steps[index]:
            count += 1
        words += (
            ["g", str(count), steps[index]] if count > 2 else [steps[index]] * count
        )
        index += count
    return " ".join(words)


def _rule(edge: dict[str, Any], manner: Manner) -> str:
    left, top, right, bottom = (edge[key] for key in ("x0", "top", "x1", "bottom"))
    width, height = _mm(right - left), _mm(bottom - top)
    if manner.boxes:
        thick = "0.17"
        wide, high = (width, thick) if edge["orientation"] == "h" else (thick, height)
        return (
            f'<ofd:PathObject ID="40" Boundary="{_mm(left)} {_mm(top)} {wide} '
            f'{high}" Stroke="false" Fill="true">'
            f"<ofd:AbbreviatedData>M 0 0 L {wide} 0 L {wide} {high} L 0 {high} "
            "C</ofd:AbbreviatedData></ofd:PathObject>"
        )
    place = " ".join(map(_mm, (left - 1, top - 1, right - left + 2, bottom - top + 2)))
    line = f"M {_mm(1)} {_mm(1)} L {_mm(right - left + 1)} {_mm(bottom - top + 1)}"
    return (
        f'<ofd:PathObject ID="40" Boundary="{place}" '
        'LineWidth="0.18"><ofd:StrokeColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>{line}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _mm(points: float) -> str:
    return f"{points * MM:.4g}" if abs(points * MM) < 100 else f"{points * MM:.1f}"
