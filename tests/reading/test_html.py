"""Web pages: encodings, what of the page is the report, tables as they are displayed,
limits.
"""

from __future__ import annotations

import json
import time
from html import escape
from urllib.parse import quote

import pytest

from archive.reading import Unreadable, read
from archive.report.document import Heading, Note, Table
from tests.reading import golden
from tests.reading.golden import html, prose, tables, texts


def test_declared_gb2312_holds_more_than_gb2312() -> None:
    lines = prose(golden.document("html_gb18030_declared_gb2312.html"))
    assert "联系人：示例镕、示例喆、示例𠮷，二〇二四年。" in lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_bytes_tell_the_encoding(encoding: str) -> None:
    page = (
        "<html><meta charset='big5'><body><p>全年主动公开政府信息，堃、喆、镕。"
        "</p></body></html>"
    )
    assert prose(read(page.encode(encoding))) == ["全年主动公开政府信息，堃、喆、镕。"]


def test_text_stays_as_printed() -> None:
    assert prose(html("<p>①　收费１２３元…㎡\u200b½&nbsp;⼈\u00ad员</p>")) == [
        "①　收费１２３元…㎡½ ⼈员"
    ]


def test_what_the_page_says_of_itself() -> None:
    meta = golden.document("html_plain.html").meta
    assert meta["title"] == "示例市商务局2023年政府信息公开工作年度报告"
    assert meta["published"].startswith("2024-01-08")
    assert (meta["site_name"], meta["site_code"]) == ("示例市人民政府", "9901000001")
    assert meta["column"] == "政府信息公开年报"
    block = golden.document("html_layout_tables.html").meta
    assert (block["publisher"], block["published"]) == ("示例市商务局", "2024-01-08")
    assert block["title"] == meta["title"]


def test_the_date_shown_goes_before_the_meta_tag() -> None:
    page = (
        "<meta name='PubDate' content='2021-06-18 09:30'><p>来源：示例局 发布时间："
        "2020-01-19</p><p>正文。</p>"
    )
    meta = html(page).meta
    assert (meta["published"], meta["pubdate"]) == ("2020-01-19", "2021-06-18 09:30")


def test_a_label_is_no_value() -> None:
    meta = html(
        "<ul><li>发布机构：</li><li>发布日期：</li><li>2024-01-09</li></ul><p>来"
        "源：发布时间：</p>"
    ).meta
    assert "publisher" not in meta
    assert "source" not in meta
    assert meta["published"] == "2024-01-09"


@pytest.mark.parametrize(
    ("line", "meta"),
    [
        ("来源：时间：2024-01-09", {"dated": "2024-01-09"}),
        ("来源：示例局时间：2024-01-09", {"source": "示例局", "dated": "2024-01-09"}),
        ("成文日期：2024-01-02 发布日期：2024-01-09", {"written": "2024-01-02", "published": "2024-01-09"}),
        ("【发 布 日 期】2024年1月9日", {"published": "2024年1月9"}),
        ("发布于 2024-01-09", {"published": "2024-01-09"}),
        ("更新时间：2024-01-09", {"updated": "2024-01-09"}),
        ("办结时间：2024-01-09", {}),
    ],
)  # fmt: skip
def test_the_line_under_the_title(line: str, meta: dict[str, str]) -> None:
    found = html(f"<p>{line}</p><p>正文。</p>").meta
    assert {key: value.split()[0] for key, value in found.items()} == meta


def test_the_meta_tag_that_holds_its_own_label() -> None:
    page = (
        "<html><head><meta name='ContentSource' content='来源："
        "'><meta name='PubDate' content=''></head><body>文</body>"
    )
    assert "source" not in read(page.encode()).meta


def test_a_page_with_nothing_but_a_link_is_a_document() -> None:
    document = golden.document("html_attachment_only.html")
    assert not tables(document)
    assert read(b"<html><body><script>x()</script></body></html>").blocks == ()


def test_spans_as_displayed() -> None:
    document = html(
        "<table><tr><td rowspan='0'>总</td><td colspan='2;'>甲</td><td "
        "rowspan='99'>乙</td></tr>"
        "<tr><td>1</td><td colspan='500'>2</td></tr><tr><td "
        "rowspan='-1'>3</td><td colspan='x'>4</td></tr></table>"
    )
    (table,) = tables(document)
    where = {
        cell.text: (cell.row, cell.column, cell.rows, cell.columns)
        for cell in table.cells
    }
    assert where == {
        "总": (1, 1, 3, 1), "甲": (1, 2, 1, 2), "乙": (1, 4, 3, 1),
        "1": (2, 2, 1, 1), "2": (2, 3, 1, 1), "3": (3, 2, 1, 1), "4": (3, 3, 1, 1),
    }  # fmt: skip


HIDDEN = (
    "style='display: none'",
    "hidden",
    "style='color:red;DISPLAY:none !important'",
)


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_displayed_is_not_read(how: str) -> None:
    (table,) = tables(
        html(
            f"<table><tr {how}><td>规章</td><td>7</td></tr><tr><td>规章</td><td "
            f"{how}>8</td><td>1</td></tr>"
            f"<tbody {how}><tr><td>规章</td><td>9</td></tr></tbody><tr><td>规范性"
            f"文件</td><td><b {how}>0</b>2</td></tr>"
            f"</table><p>公开<span {how}>5</span>6条。</p>"
        )
    )
    assert texts(table) == [["规章", "1"], ["规范性文件", "2"]]
    assert prose(
        html(f"<div {how}><p>模板</p></div><p>公开<i {how}>5</i>6条。</p>")
    ) == ["公开6条。"]


def test_what_is_invisible_keeps_its_place() -> None:
    (table,) = tables(
        html(
            "<table><tr style='visibility:hidden'><td>规章"
            "</td><td>7</td></tr><tr><td>规章</td>"
            "<td style='visibility:collapse'>8<b "
            "style='visibility:visible'>3</b>9</td><td>1</td></tr></table>"
        )
    )
    assert texts(table) == [["", ""], ["规章", "3", "1"]]


@pytest.mark.parametrize(
    "how",
    ["s", "del", "strike", "span style='text-decoration: underline line-through'"],
)
def test_struck_out_text_is_not_read_and_that_is_said(how: str) -> None:
    end = how.split()[0]
    document = html(
        f"<p>公开<{how}>5<b>1</b>1</{end}>6条。</p>"
        f"<table><tr><td>规章</td><td><{how}>68700</{end}>68754</td><td><{how}"
        f">3</{end}></td></tr></table>"
    )
    assert prose(document) == ["公开6条。"]
    assert texts(tables(document)[0]) == [["规章", "68754", ""]]
    assert document.notes == (Note("struck_out"),)
    assert not html("<p>公开<s> </s>6条。</p>").notes


INVISIBLE = (
    "font-size:0",
    "font-size:0px !important",
    "font:0/0 a",
    "font-size:1px",
    "opacity:0",
    "opacity:0.0",
    "visibility:hidden",
    "color:transparent",
    "color:#FFF",
    "color:rgb(255, 255, 255)",
    "color:red;background-color:#f00",
    "text-indent:-9999px;display:inline-block",
    "position:absolute;left:-9999px",
    "position:absolute;top:-50em",
    "position:absolute;clip:rect(0 0 0 0)",
    "clip-path:inset(50%)",
    "display:inline-block;width:0;overflow:hidden",
    "display:block;max-height:0;overflow:hidden",
    "transform:scale(0)",
)


@pytest.mark.parametrize("looks", [*INVISIBLE, "display:none"])
@pytest.mark.parametrize("way", ["attribute", "class", "id", "inside"])
def test_digits_that_nobody_sees_are_not_read(looks: str, way: str) -> None:
    sheet = {
        "class": f"td span.no, .x{{{looks}}}",
        "id": f"@media screen{{#n{{{looks}}}}}",
        "inside": f"/* a{{ */ @import 'a.css'; table .no {{ {looks} }}",
    }.get(way, "")
    how = f"style='{looks}'" if way == "attribute" else "class='m no' id=n"
    page = f"<style>{sheet}</style><table><tr><td>规章</td><td>CELL</td></tr></table>"
    document = html(page.replace("CELL", f"<span {how}>8</span>34<b>5</b>"))
    assert texts(tables(document)[0]) == [["规章", "345"]]


@pytest.mark.parametrize(
    "sheet",
    [
        ".no{font-size:14px}",
        ".no{text-indent:-24pt;overflow:hidden}",
        ".no{color:#333;background:#fff}",
        ".no{color:white;background:blue}",
        ".no{color:#fff;background:url(a.png)}",
        ".no{width:0}",
        ".no{clip:rect(0,0,0,0)}",
        "@media print{.no{display:none}}",
        "@media screen and (max-width:600px){.no{display:none}}",
        "@keyframes a{.no{opacity:0}}",
        ".no:hover{display:none}",
        ".no{display:none}.m.no{display:inline}",
        ".no{display:none !important}#n{display:inline}.m{display:inline!important}",
        "p .no{display:none}",
        "td{font-size:0}.no,b{font-size:12px}",
        ".no{display:none",
    ],
)
def test_digits_that_are_seen_are_read(sheet: str) -> None:
    document = html(
        f"<style>{sheet}</style><table><tr><td><b>规章</b></td>"
        "<td><span class='m no' id=n>834</span></td></tr></table>"
    )
    assert texts(tables(document)[0]) == [["规章", "834"]]


def test_white_words_are_seen_where_their_ground_is_not_known() -> None:
    document = html(
        "<table><tr style='color:#fff'><td>规章</td><td><b style='color:#fff'>本年"
        "</b>7</td></tr></table>"
    )
    assert texts(tables(document)[0]) == [["规章", "本年7"]]


@pytest.mark.parametrize("how", ["class=pane", "style='display:none'", "hidden"])
def test_a_part_of_the_report_in_a_closed_tab_is_read_and_that_is_said(
    how: str,
) -> None:
    document = html(
        "<style>.pane{display:none}</style><div><div>一、总体情况</div>"
        "<p>信息处理费为零，统计期限为全年，没有其他需要报告的事项。</p>"
        f"<div {how}><p>二、主动公开政府信息情况</p><p>{'全年公开信息' * 9}。</p></div>"
        "</div>"
    )
    assert "二、主动公开政府信息情况" in prose(document)
    assert document.notes == (Note("unfolded"),)


def test_a_hidden_copy_of_what_is_shown_is_not_read() -> None:
    section = f"<p>二、主动公开政府信息情况</p><p>{'全年公开信息' * 9}。</p>"
    document = html(f"<div><div>{section}</div><div hidden>{section}</div></div>")
    assert prose(document).count("二、主动公开政府信息情况") == 1
    assert not document.notes


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("68754<sup>1</sup>", "68754[1]"),
        ("<span>68754 </span><sup><a>12</a></sup>", "68754 [12]"),
        ("<sub>1</sub>68754", "[1]68754"),
        ("6<span style='vertical-align:super'>8</span>754", "6[8]754"),
        ("<sup>68754</sup>", "68754"),
        ("68754<sup>[1]</sup>", "68754[1]"),
        ("面积m<sup>2</sup>", "面积m2"),
    ],
)
def test_a_raised_number_is_no_digit_of_another(cell: str, text: str) -> None:
    document = html(
        f"<table><tr><td>规章</td><td>{cell}</td></tr></table><p>{cell}</p>"
    )
    assert texts(tables(document)[0]) == [["规章", text]]
    assert prose(document) == [text]


def test_breaks_in_cells_and_cells_outside_rows() -> None:
    (table,) = tables(
        html(
            "<table><tr><td>科研<br>机构</td><td><p>1</p><p>2</p></td></tr><td>规"
            "章</td><td>3</td></table>"
        )
    )
    assert texts(table) == [["科研\n机构", "1\n2"], ["规章", "3"]]


def test_empty_cells_stay() -> None:
    (table,) = tables(
        html("<table><tr><td>规章</td><td></td><td>&nbsp;</td><td>0</td></tr></table>")
    )
    assert texts(table) == [["规章", "", "", "0"]]


def test_headings_have_levels_and_deleted_text_of_scripts_is_gone() -> None:
    blocks = html(
        "<h2>一、总体情况</h2><p>正<!-- 注 -->文<script>var a='脚本"
        "'</script></p><style>p{}</style>"
    ).blocks
    assert [
        (type(block), block.text) for block in blocks if not isinstance(block, Table)
    ][1][1] == "正文"
    assert isinstance(blocks[0], Heading)
    assert blocks[0].level == 2


def test_only_short_lines_are_furniture() -> None:
    sentence = "上一篇：" + "收到政府信息公开申请一件，已按期答复。" * 8
    page = "<p>【打印】【关闭】</p><p>字体：[大 中 小]</p><p>下一篇：没有了</p>"
    lines = prose(html(f"{page}<p>{sentence}</p><p>打印店备案1家。</p>"))
    assert lines == [sentence, "打印店备案1家。"]


def test_pictures_instead_of_tables_are_a_doubt() -> None:
    note = Note("pictures_unread", {"count": 1})
    assert html("<p>年度报告见图</p><img src='W020240101.jpg'>").notes == (note,)
    assert not golden.document("html_plain.html").notes


def test_an_embedded_file_is_a_doubt() -> None:
    page = (
        "<div id='zoom'><p>年度报告</p><iframe "
        "src='/pdfjs/web/viewer.html?file=/P020240101.pdf'></iframe></div>"
    )
    assert html(page).notes == (Note("embedded"),)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<div>" * 5000 + "文", "嵌套过深"),
        ("<table><tr><td>" * 2000 + "文", "嵌套过深"),
        ("<p>文</p>" * 100_000, "标记过多"),
        ("<p " + " ".join(f"a{n}" for n in range(501)) + ">文", "属性过多"),
        ("<p " + "".join(f'a{n}=">"' for n in range(200_000)) + ">文", "属性过多"),
        ("<!-- x --><P\n" + "/".join(f"a{n}='>'" for n in range(501)), "属性过多"),
        ("<table>" + "<tr><td>1<td>2" * 12_000 + "</table>", "单元格超过"),
        (
            "<table>" + "<tr><td rowspan=9999 colspan=200>1<td>2" * 9_000 + "</table>",
            "列",
        ),
        ("文" * 5_100_000, "过长"),
    ],
    ids=[
        *("deep", "deep tables", "tags", "attributes", "many attributes"),
        *("parted by strokes", "cells", "spans", "text"),
    ],
)
def test_hostile_pages_are_refused_in_time(page: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(f"<html><body>{page}</body></html>".encode())


@pytest.mark.parametrize(
    "hidden",
    ["<script>if(a<b {})</script>", "<STYLE>a<b {}</STYLE>", "<!-- <p {} -->"],
)
def test_words_of_a_script_are_no_attributes(hidden: str) -> None:
    words = " ".join(f"a{n}" for n in range(600))
    page = f"{hidden.format(words)}<p class='a > b'>一、总体情况</p>"
    assert "总体情况" in str(read(f"<html><body>{page}</body></html>".encode()))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("sheet", "page"),
    [
        ("td{" + "a:b;" * 200_000, ""),
        ("@media all{" * 30_000 + "a{color:red}" * 30_000, ""),
        (".a " * 50_000 + "{color:red}", "<div class=a>" * 200 + "<i class=a>1</i>"),
        ("", "<p>" + "<b style='color:#fff'>1</b>" * 20_000 + "</p>"),
        ("", ("<div hidden>一、总体情况" + "文" * 40 + "</div>") * 15_000),
    ],
    ids=["declarations", "media", "selector", "white", "hidden"],
)
def test_hostile_styles_do_not_hang(sheet: str, page: str) -> None:
    begin = time.process_time()
    html(f"<style>{sheet}</style>{page}<p>一、总体情况</p>")
    assert time.process_time() - begin < 20


@pytest.mark.timeout(90)
@pytest.mark.parametrize("selector", [".a", ".b .a"])
def test_a_page_whose_styles_have_no_end_is_refused(selector: str) -> None:
    sheet = f"{selector}{{color:red}}" * 5_000
    page = "<div class=b>" + "<p><i class=a>1</i></p>" * 20_000 + "</div>"
    with pytest.raises(Unreadable, match="样式"):
        read(f"<html><style>{sheet}</style><body>{page}</body></html>".encode())


@pytest.mark.timeout(60)
def test_a_page_of_spaces_does_not_hang() -> None:
    html("<p>来源：" + " " * 300_000 + "</p><p>" + "一 " * 100_000 + "</p>")


LINES = (
    "一、总体情况",
    "主动公开“示例”信息1件。",
    "二、主动公开政府信息情况",
    "本年新收0件。",
    "四、行政复议",
    "统计。" * 90,
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
NOT_ENOUGH = "<p>关于年度报告的通知</p>"


QUOTED = json.dumps(BODY).replace("</", "<\\/")
CARRIERS = {
    "json": f"<script>var a = {QUOTED}</script>",
    "quotes": "<script>// don't\nvar a = '" + BODY.replace("/", "\\/") + "'</script>",
    "backticks": f"<script>var a = `{BODY}`</script>",
    "hexadecimal": "<script>a = '"
    + "".join(f"\\x{ord(sign):02x}" if sign < "\x7f" else sign for sign in BODY)
    + "'</script>",
    "written": "<script>"
    + "\n".join(f"document.write('{line}</p>');" for line in BODY.split("</p>"))
    + "</script>",
    "percent": f"<script>x = unescape('{quote(BODY)}')</script>",
    "text": f"<script type='text/template'>{BODY}</script>",
    "data": f"<script type='application/json'>{json.dumps({'a': [{'b': BODY}]})}</script>".replace(
        "</p", "<\\/p"
    ),
    "noscript": f"<noscript>{BODY}</noscript>",
    "template": f"<template>{BODY}</template>",
    "field": f"<textarea>{escape(BODY)}</textarea>",
    "hidden field": f'<input type=hidden value="{escape(BODY)}">',
    "frame": f'<iframe srcdoc="{escape(BODY)}"></iframe>',
}


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS)
def test_a_body_carried_in_the_page_is_read_and_said_to_be(carrier: str) -> None:
    document = html(f"<h1>示例局年报</h1>{NOT_ENOUGH}{carrier}")
    assert prose(document)[-6:] == prose(html(BODY))
    assert document.notes == (Note("carried"),)


def test_what_is_shown_goes_before_what_is_carried() -> None:
    document = html(f"{BODY}<textarea>{escape(BODY.replace('1件', '9件'))}</textarea>")
    assert prose(document) == prose(html(BODY))
    assert not document.notes


def test_a_list_that_carries_several_reports_shows_none() -> None:
    others = [BODY.replace("示例", f"第{number}个示例") for number in range(3)]
    document = html(f"{NOT_ENOUGH}<script>var list = {json.dumps(others)}</script>")
    assert prose(document) == ["关于年度报告的通知"]
    twice = json.dumps({"html": BODY, "text": "\n".join(LINES)})
    assert prose(html(f"{NOT_ENOUGH}<script>var a = {twice}</script>"))[-6:] == list(
        LINES
    )


def test_programs_without_a_report_carry_nothing() -> None:
    program = "var menu = ['总体情况', '行政复议', '行政诉讼', '信息处理费'];" * 30
    assert not html(f"{NOT_ENOUGH}<script>{program}</script>").notes


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "program", ['"' * 500_000, '"\\' * 300_000, "'{\"" * 200_000, "[" * 400_000]
)
def test_programs_of_quotes_do_not_hang(program: str) -> None:
    html(f"{NOT_ENOUGH}<script>{program}</script>")


def test_markup_is_mended_as_browsers_do() -> None:
    (table,) = tables(html("<table><td>规章<td>1</tr><td>规范性文件<td>2</tr></table>"))
    assert texts(table) == [["规章", "1"], ["规范性文件", "2"]]
    assert prose(
        html("<table><tr><p>表前的话</p><td>甲</td><td>1</td></tr></table>")
    ) == ["表前的话"]


def test_entities_escaped_twice_are_the_signs_meant() -> None:
    assert prose(
        html("<p>&amp;nbsp;&amp;nbsp;甲&amp;ldquo;乙&amp;#8221;&amp;amp;丙</p>")
    ) == ["甲“乙”&amp;丙"]


def test_preformatted_text_is_read_line_by_line() -> None:
    document = html(
        "<pre>一、总体情况\n正文\t\n规章\t1\t2\t3\n规范性文件\t4\t5\t6</pre>"
    )
    assert prose(document)[0] == "一、总体情况"
    assert texts(tables(document)[0])[-1] == ["规范性文件", "4", "5", "6"]
    assert {block.at.line for block in document.blocks} == {None}
