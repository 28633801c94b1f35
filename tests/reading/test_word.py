"""Word files: what Word shows, what it hides, and files that only look like Word files."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.reading import Unreadable, read
from archive.reading.office.list_numbers import chinese
from archive.report.document import Document, Heading, Note
from tests.reading import golden
from tests.reading.golden import prose, tables, texts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(content: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "word/document.xml",
            f"<w:document {W}><w:body>{content}</w:body></w:document>",
        )
        for name, part in parts.items():
            file.writestr(f"word/{name}.xml", part)
    return out.getvalue()


def word(content: str, **parts: str) -> Document:
    return read(packed(content, **parts))


def line(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{line(text)}</w:tc>"


def test_what_word_hides() -> None:
    document = golden.document("docx_content_control.docx")
    everything = "\n".join(prose(document))
    assert everything.count("修订时加入的一句。") == 1
    assert everything.count("域的结果。") == 1
    assert everything.count("文本框中的一句。") == 1
    for gone in ("修订时删去", "隐藏的填写说明", "FORMTEXT"):
        assert gone not in everything
    assert [len(table.rows()) for table in tables(document)] == [14, 28, 4], (
        "no deleted row, and the table in the control"
    )


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_struck_out_and_raised_text_in_cells_and_hidden_rows() -> None:
    def row(value: str, properties: str = "") -> str:
        return (
            f"<w:tr><w:trPr>{properties}</w:trPr>{cell('规章')}<w:tc><w:p>{value}"
            "</w:p></w:tc></w:tr>"
        )

    note = run("1", "<w:vertAlign w:val='superscript'/>")
    rows = (
        row(run("7"), "<w:hidden/>")
        + row(run("68700", "<w:strike/>") + run("68754") + note)
        + row(run("3", "<w:dstrike w:val='1'/>") + run("4", "<w:strike w:val='0'/>"))
    )
    document = word(
        f"<w:tbl>{rows}</w:tbl><w:p>"
        f"{run('公开5') + note + run('件，面积3m') + note + run('。')}</w:p>"
    )
    assert texts(tables(document)[0]) == [["规章", "68754[1]"], ["规章", "4"]]
    assert prose(document) == ["公开5[1]件，面积3m1。"]
    assert document.notes == (Note("struck_out"),)
    assert not word(line("正文。")).notes


STYLES = f"""<w:styles {W}>
<w:style w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId='Old'><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:styleId='New'><w:basedOn w:val='Gone'/></w:style>
</w:styles>"""
UNSEEN = (
    "<w:vanish/>",
    "<w:sz w:val='1'/>",
    "<w:color w:val='FFFFFF'/>",
    "<w:color w:val='ffffff'/><w:shd w:fill='auto'/>",
    "<w:rStyle w:val='Gone'/>",
    "<w:rStyle w:val='New'/>",
    "<w:rStyle w:val='Old'/>",
)
SEEN = (
    "<w:vanish w:val='0'/>",
    "<w:sz w:val='21'/>",
    "<w:color w:val='FFFFFF'/><w:shd w:fill='0000FF'/>",
    "<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>",
    "<w:rStyle w:val='New'/><w:vanish w:val='false'/>",
    "<w:u w:val='single'/>",
)


@pytest.mark.parametrize("looks", [*UNSEEN, *SEEN])
@pytest.mark.parametrize("styled", ["", "<w:tblStyle w:val='A'/>"])
def test_digits_that_word_does_not_show_are_not_read(looks: str, styled: str) -> None:
    figure = f"<w:tc><w:p>{run('8', looks)}{run('34')}</w:p></w:tc>"
    rows = f"<w:tr>{cell('规章')}{figure}</w:tr>"
    table = f"<w:tbl><w:tblPr>{styled}</w:tblPr>{rows}</w:tbl>"
    read_as = "834" if looks in SEEN else "34"
    assert texts(tables(word(table, styles=STYLES))[0]) == [["规章", read_as]]


def test_white_words_are_seen_on_a_ground_of_another_colour() -> None:
    white = "<w:color w:val='FFFFFF'/>"
    label, figure = run("规章", white), run("3", white)

    def table(shading: str, style: str) -> str:
        return (
            f"<w:tbl><w:tblPr>{style}</w:tblPr><w:tr>"
            f"<w:tc><w:tcPr>{shading}</w:tcPr><w:p>{label}</w:p></w:tc>"
            f"<w:tc><w:tcPr>{shading}</w:tcPr><w:p>{figure}</w:p></w:tc></w:tr></w:tbl>"
        )

    for shading, style in (("<w:shd w:fill='1F4E79'/>", ""), ("", "<w:tblStyle/>")):
        assert texts(tables(word(table(shading, style)))[0]) == [["规章", "3"]]
    assert not tables(word(table("", "") + line("正文。")))


def test_the_style_of_a_paragraph_strikes_its_text() -> None:
    document = word(
        line("旧文。", "<w:pStyle w:val='Old'/>") + line("新文。"), styles=STYLES
    )
    assert prose(document) == ["新文。"]
    assert document.notes == (Note("struck_out"),)


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", ""])
def test_odd_numbers_in_the_markup_are_none(odd: str) -> None:
    number = (
        f"<w:outlineLvl w:val='{odd}'/><w:numPr><w:ilvl w:val='{odd}'/><w:numId "
        "w:val='1'/></w:numPr>"
    )
    rows = f"<w:tr>{cell('规章', f'<w:gridSpan w:val={odd!r}/>')}{cell('1')}</w:tr>" * 2
    document = word(line("正文。", number) + f"<w:tbl>{rows}</w:tbl>")
    assert prose(document) == ["正文。"]
    assert texts(tables(document)[0]) == [["规章", "1"]] * 2


def test_numbers_word_makes() -> None:
    def numbered(text: str, level: int) -> str:
        return line(
            text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
        )

    levels = (
        ("chineseCounting", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%1.%3."),
    )
    numbering = "".join(
        f"<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>"
        f"{'<w:isLgl/>' * (index == 2)}"
        f"<w:lvlText w:val='{pattern}'/></w:lvl>"
        for index, (kind, pattern) in enumerate(levels)
    )
    document = word(
        numbered("总体情况", 0) + numbered("主动公开", 1) + numbered("依申请公开", 1) + numbered("数量", 2)
        + line("正文。") + numbered("主动公开政府信息情况", 0) + numbered("规章", 1),
        numbering=f"<w:numbering {W}><w:abstractNum w:abstractNumId='7'>{numbering}" "</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>",
    )  # fmt: skip
    assert prose(document) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "1.1.数量", "正文。", "二、主动公开政府信息情况",
        "（一）规章",
    ]  # fmt: skip


def test_lists_that_begin_again_and_lists_by_style() -> None:
    def numbered(text: str, number: int) -> str:
        return line(
            text, f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{number}'/></w:numPr>"
        )

    level = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText "
        "w:val='%1.'/></w:lvl>"
    )
    document = word(
        numbered("甲", 1)
        + numbered("乙", 1)
        + numbered("丙", 2)
        + numbered("丁", 2)
        + numbered("戊", 3),
        numbering=f"<w:numbering {W}><w:abstractNum w:abstractNumId='7'>{level}"
        "</w:abstractNum>"
        "<w:abstractNum w:abstractNumId='8'><w:numStyleLink w:val='s'/></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num><w:num "
        "w:numId='2'><w:abstractNumId w:val='7'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='8'/></w:num></w:numbering>",
        styles=f"<w:styles {W}><w:style w:styleId='s'><w:pPr><w:numPr><w:numId "
        "w:val='1'/></w:numPr></w:pPr>"
        "</w:style></w:styles>",
    )
    assert prose(document) == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊"]


def test_chinese_numbers() -> None:
    assert [chinese(n) for n in (1, 10, 11, 20, 25, 100, 105, 110, 999)] == [
        "一", "十", "十一", "二十", "二十五", "一百", "一百零五", "一百一十", "九百九十九",
    ]  # fmt: skip


def test_heading_styles() -> None:
    styles = (
        f"<w:styles {W}><w:style w:styleId='2'><w:name w:val='heading 2'/></w:style>"
        "<w:style w:styleId='a'><w:name w:val='own'/><w:basedOn w:val='2'/></w:style>"
        "<w:style w:styleId='x'><w:name w:val='x'/><w:basedOn "
        "w:val='x'/></w:style></w:styles>"
    )
    blocks = word(
        line("甲", "<w:pStyle w:val='2'/>")
        + line("乙", "<w:pStyle w:val='a'/>")
        + line("丙", "<w:pStyle w:val='x'/>"),
        styles=styles,
    ).blocks
    assert [getattr(block, "level", 0) for block in blocks] == [2, 2, 0]
    assert isinstance(blocks[0], Heading)


def test_merged_cells() -> None:
    span = "<w:gridSpan w:val='2'/>"
    start, go_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    document = word(
        f"<w:tbl><w:tr>{cell('结果', start)}{cell('公开', span)}{cell('1')}</w:tr>"
        f"<w:tr>{cell('', go_on)}{cell('不公开')}{cell('国家秘密')}{cell('2')}"
        "</w:tr></w:tbl>"
    )
    where = {
        cell.text: (cell.row, cell.column, cell.rows, cell.columns)
        for cell in tables(document)[0].cells
    }
    assert where == {
        "结果": (1, 1, 2, 1), "公开": (1, 2, 1, 2), "1": (1, 4, 1, 1),
        "不公开": (2, 2, 1, 1), "国家秘密": (2, 3, 1, 1), "2": (2, 4, 1, 1),
    }  # fmt: skip


def test_a_report_set_into_a_table() -> None:
    document = word(
        f"<w:tbl><w:tr>{cell('二、主动公开政府信息情况')}</w:tr><w:tr>"
        f"{cell('规章')}{cell('3')}</w:tr>"
        f"<w:tr>{cell('许可')}{cell('4')}</w:tr><w:tr>"
        f"{cell('以上数据截至年底。')}</w:tr></w:tbl>"
    )
    assert prose(document) == ["二、主动公开政府信息情况", "以上数据截至年底。"]
    assert texts(tables(document)[0]) == [["规章", "3"], ["许可", "4"]]


def test_strict_files() -> None:
    body = packed(line("正文。"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as file, zipfile.ZipFile(out, "w") as strict:
        text = file.read("word/document.xml").decode()
        strict.writestr(
            "word/document.xml",
            text.replace(
                "schemas.openxmlformats.org/wordprocessingml/2006/main",
                "purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        )
    assert prose(read(out.getvalue())) == ["正文。"]


def test_bombs_are_refused() -> None:
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read(packed(line("零" * 30_000_000)))


def test_entities_are_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        entities = "".join(
            f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12)
        )
        file.writestr(
            "word/document.xml",
            f"<!DOCTYPE d [<!ENTITY e0 '大'>{entities}<!ENTITY f SYSTEM "
            "'file:///etc/hostname'>]>"
            f"<w:document {W}><w:body><w:p><w:r><w:t>甲&f;乙"
            "&e11;</w:t></w:r></w:p></w:body></w:document>",
        )
    try:
        assert set("".join(prose(read(out.getvalue())))) <= set("甲乙")
    except Unreadable as refusal:
        assert "损坏" in str(refusal)  # noqa: PT017


@pytest.mark.parametrize("keep", [200, 5_000, 40_000])
def test_cut_files_say_so(keep: int) -> None:
    with pytest.raises(Unreadable, match=r"重新下载|解压"):
        read(golden.body("docx_plain.docx")[:keep])


@pytest.mark.parametrize("target", ["chunk.html", "/word/chunk.html"])
def test_a_page_in_place_of_the_text(target: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(
            "word/document.xml",
            f"<w:document {W}><w:body><w:altChunk/></w:body></w:document>",
        )
        link = (
            '<Relationship Id="a" Type="http://x/relationships/aFChunk" Target="'
            f'{target}"/>'
        )
        file.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{link}</Relationships>"
        )
        file.writestr("word/chunk.html", "<html><body><p>正文。</p></body></html>")
    assert prose(read(out.getvalue())) == ["正文。"]
