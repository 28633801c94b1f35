"""OFD files: where signs and lines stand, what lies around them, and files that are
traps.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.reading import Unreadable, read
from archive.report.document import Document, Note
from tests.reading import golden
from tests.reading.golden import prose, tables, texts

NAME = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def packed(
    content: str,
    *,
    start: str = "Doc_0/Document.xml",
    common: str = "",
    template: str = "",
    **parts: str,
) -> bytes:
    """A file of one page that draws `content`; other parts by their name, `__` for a
    slash.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        root = f"<ofd:DocBody><ofd:DocRoot>{start}</ofd:DocRoot></ofd:DocBody>"
        file.writestr("OFD.xml", f"<ofd:OFD {NAME}>{root}</ofd:OFD>")
        pages = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
        file.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NAME}><ofd:CommonData>{common}</ofd:CommonData>"
            f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        page = (
            f"<ofd:Page {NAME}>{template}<ofd:Content><ofd:Layer>{content}"
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )
        file.writestr("Doc_0/Pages/Page_0/Content.xml", page)
        for name, part in parts.items():
            file.writestr(f"Doc_0/{name.replace('__', '/')}.xml", part)
    return out.getvalue()


def ofd(content: str, **parts: str) -> Document:
    return read(packed(content, **parts))


def text(
    words: str, x: float, y: float, extra: str = "", delta: str = "", size: float = 4
) -> str:
    code = f'<ofd:TextCode X="0" Y="{size}"{delta}>{words}</ofd:TextCode>'
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 6" Size="{size}" {extra}>{code}'
        "</ofd:TextObject>"
    )


def path(data: str, place: str = "0 0 210 297", extra: str = "") -> str:
    drawn = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject Boundary="{place}" {extra}>{drawn}</ofd:PathObject>'


UNIT = (
    "<ofd:CompositeGraphicUnit "
    'ID="{0}"><ofd:Content>{1}</ofd:Content></ofd:CompositeGraphicUnit>'
)
LONG = "一年来，示例市商务局持续推进政府信息公开工作，各项任务按期完成。"
GRID = "".join(f"M 30 {y} L 130 {y} " for y in (50, 60, 70)) + "".join(
    f"M {x} 50 L {x} 70 " for x in (30, 80, 130)
)
CELLS = (
    text("规章", 32, 53)
    + text("1234", 82, 53)
    + text("许可", 32, 63)
    + text("567", 82, 63)
)


def test_a_ruled_table() -> None:
    document = ofd(text(LONG, 20, 30) + path(GRID) + CELLS)
    assert prose(document) == [LONG]
    assert texts(tables(document)[0]) == [["规章", "1234"], ["许可", "567"]]
    assert document.blocks[0].at.page == 1


LINED = (
    "M 0 0 L 100 0 M 0 10 L 100 10 M 0 20 L 100 20 M 0 0 L 0 20 M 50 0 L 50 20 M 100 "
    "0 L 100 20"
)
SMALL = "".join(f"M 0 {y} L 10 {y} " for y in (0, 1, 2)) + "".join(
    f"M {x} 0 L {x} 2 " for x in (0, 5, 10)
)
FILLED = 'Stroke="false" Fill="true"'
WAYS = {
    "boxes": "".join(
        path("M 0 0 L 50 0 L 50 10 L 0 10 C", f"{x} {y} 50 10")
        for x in (30, 80)
        for y in (50, 60)
    ),
    "relative": path(LINED, "30 50 100 20"),
    "transformed": path(SMALL, "30 50 100 20", 'CTM="10 0 0 10 0 0"'),
    "in blocks": f"<ofd:PageBlock><ofd:PageBlock>{path(GRID)}</ofd:PageBlock></ofd:PageBlock>",
    "thin filled boxes": "".join(
        [
            path("M 0 0 L 100.2 0 L 100.2 0.2 L 0 0.2 C", f"30 {y} 100 0.2", FILLED)
            for y in (50, 60, 70)
        ]
        + [
            path("M 0 0 L 0.2 0 L 0.2 20 L 0 20 C", f"{x} 50 0.2 20", FILLED)
            for x in (30, 80, 130)
        ]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_rules_in_all_ways(way: str) -> None:
    assert texts(tables(ofd(text(LONG, 20, 30) + WAYS[way] + CELLS))[0]) == [
        ["规章", "1234"],
        ["许可", "567"],
    ]


SIGNS = {
    "steps": text("规章１２", 32, 53, delta=' DeltaX="4 g 2 4.5"'),
    "too few steps": text("规章１２", 32, 53, delta=' DeltaX="4"'),
    "too many steps": text("规章１２", 32, 53, delta=' DeltaX="g 900000000 4"'),
    "steps that are none": text("规章１２", 32, 53, delta=' DeltaX="g x g"'),
    "several codes": '<ofd:TextObject Boundary="32 53 9 6" Size="4">'
    '<ofd:TextCode X="0" Y="4" DeltaX="4">规章</ofd:TextCode>'
    '<ofd:TextCode X="8" DeltaX="4">１２</ofd:TextCode></ofd:TextObject>',
    "transformed": text(
        "规章１２", 32, 53, 'CTM="0.5 0 0 0.5 0 0"', ' DeltaX="g 3 8"', 8
    ),
    "twice for bold": text("规章１２", 32, 53) + text("规章１２", 32.1, 53),
    "down": text("规章１２", 32, 50, delta=' DeltaX="g 3 0" DeltaY="g 3 2"', size=2),
}


@pytest.mark.parametrize("way", SIGNS)
def test_signs_in_all_ways(way: str) -> None:
    rows = texts(
        tables(ofd(text(LONG, 20, 30) + path(GRID) + SIGNS[way] + text("567", 82, 63)))[
            0
        ]
    )
    assert ["".join(cell.split()) for cell in rows[0]] == ["规章１２", ""]
    assert rows[1] == ["", "567"]


@pytest.mark.parametrize("named", [True, False])
def test_templates_and_units(named: bool) -> None:
    """A page shows the templates that it names, and units from the resources; places
    may begin at the root.
    """
    body = packed(
        text(LONG, 20, 30)
        + '<ofd:CompositeObject ResourceID="5" Boundary="2 3 210 297"/>',
        start="/Doc_0/Document.xml",
        common='<ofd:TemplatePage ID="3" '
        'BaseLoc="/Doc_0/Tpls/Content.xml"/><ofd:PublicRes>Res.xml</ofd:PublicRes>',
        template='<ofd:Template TemplateID="3"/>' if named else "",
        Tpls__Content=f"<ofd:Page {NAME}><ofd:Content><ofd:Layer>{path(GRID)}"
        "</ofd:Layer></ofd:Content></ofd:Page>",
        Res=f"<ofd:Res {NAME}><ofd:CompositeGraphicUnits>{UNIT.format(5, CELLS)}"
        "</ofd:CompositeGraphicUnits></ofd:Res>",
    )
    assert [texts(table) for table in tables(read(body))] == (
        [[["规章", "1234"], ["许可", "567"]]] if named else []
    )


def test_signs_without_a_name_are_counted() -> None:
    document = ofd(text(LONG, 20, 30) + text("收费\ue012\ue013元", 20, 40))
    assert document.notes == (Note("signs_unknown", {"count": 2}),)


def test_what_is_not_shown_is_not_read() -> None:
    document = ofd(
        text(LONG, 20, 30) + text("看不见的一句。", 20, 40, 'Visible="false"')
    )
    assert prose(document) == [LONG]


def test_running_heads_are_gone() -> None:
    everything = "\n".join(prose(golden.document("ofd_ruled.ofd")))
    assert "示例市人民政府公开文件" not in everything


TEN = '<ofd:CompositeObject ResourceID="{0}" Boundary="0 0 1 1"/>' * 10
TRAPS = {
    "blocks without end": (
        packed("<ofd:PageBlock>" * 90 + "</ofd:PageBlock>" * 90),
        "嵌套过深",
    ),
    "a unit in itself": (
        packed(
            TEN.format(1),
            common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
            R=f"<ofd:Res {NAME}><ofd:CompositeGraphicUnits>"
            f"{UNIT.format(1, TEN.format(1))}"
            "</ofd:CompositeGraphicUnits></ofd:Res>",
        ),
        "过多|嵌套",
    ),
    "lines without end": (packed(path("M 0 0 " + "L 9 0 L 0 0 " * 50_000)), "过多"),
    "nothing": (packed(""), "没有可读的文字"),
    "a scan": (
        packed('<ofd:ImageObject ResourceID="9" Boundary="0 0 210 297"/>'),
        "扫描件",
    ),
    "no document": (packed("", start="Doc_9/Document.xml"), "缺少正文"),
    "cut": (golden.body("ofd_ruled.ofd")[:9000], "重新下载"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    body, words = TRAPS[trap]
    with pytest.raises(Unreadable, match=words):
        read(body)
