"""The golden reports as web pages, with what portals put around and into them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from tests.portals.reports import SampleReport
from tests.reports.truth import Grid, grids, headings, signature

METAS = """<meta name="SiteName" content="示例市人民政府"><meta name="SiteIDCode" content="9901000001">
<meta name="ColumnName" content="政府信息公开年报"><meta name="ColumnType" content="信息公开年报">
<meta name="ArticleTitle" content=" {title}"><meta name="PubDate" content="{day} 09:30"><meta name="ContentSource" content="{agency}">"""


def table(grid: Grid, figure: Callable[[str], str] = str) -> str:
    rows = "\n".join(
        "<tr>"
        + "".join(_cell(cell.text, cell.rows, cell.columns, figure) for cell in row)
        + "</tr>"
        for row in grid
    )
    return f'<table border="1" cellspacing="0"><tbody>\n{rows}\n</tbody></table>'


def _cell(text: str, rows: int, columns: int, figure: Callable[[str], str]) -> str:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
    return f"<td{spans}>{figure(escape(text))}</td>"


def body(
    report: SampleReport, figure: Callable[[str], str] = str, extra: str = ""
) -> str:
    """The report as paragraphs and tables, headings in bold only."""
    parts = [f"<p>　　{escape(text)}</p>" for text in report.sections[0]]
    tables = grids(report)
    for number, heading in enumerate(headings(), 1):
        parts.append(f"<p><strong>{heading}</strong></p>")
        if number in tables:
            parts.append(table(tables[number], figure))
        parts += [f"<p>　　{escape(text)}</p>" for text in report.sections[number]]
        if number == 1 and extra:
            parts.append(f"<p>　　{extra}</p>")
    parts += [f'<p align="right">{text}</p>' for text in signature(report)]
    return "\n".join(parts)


def page(report: SampleReport, content: str, charset: str = "utf-8") -> str:
    metas = METAS.format(
        title=report.title, day=report.published, agency=report.agency.name
    )
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{report.title}_示例市人民政府</title>
{metas}</head><body><div class="top"><a href="/">首页</a> &gt; <a href="../">政府信息公开年报</a></div>
<h1>{report.title}</h1><div class="bar">来源：{report.agency.name}　发布时间：{report.published}　浏览次数：<script>hits()</script>　字体：[大 中 小]　打印　关闭</div>
<div id="zoom">{content}</div>
<p>扫一扫在手机打开当前页</p><p>上一篇：<a href="a.html">示例市商务局2019年政府信息公开工作年度报告</a></p>
<div class="foot">主办：示例市人民政府　网站标识码：9901000001　ICP备示例号</div></body></html>"""


def plain(report: SampleReport) -> str:
    return page(report, body(report))


def gb18030(report: SampleReport) -> bytes:
    """Declares gb2312 and holds signs outside of it, one of them four bytes long."""
    return page(
        report,
        body(report, extra="联系人：示例镕、示例喆、示例𠮷，二〇二四年。"),
        "gb2312",
    ).encode("gb18030")


def layout_tables(report: SampleReport) -> str:
    """An old portal: everything in tables, side lists with other reports, the report in
    a cell.
    """
    others = "".join(
        f'<tr><td><a href="{year}.html">示例市统计局{year}年政府信息公开工作年度'
        "报告</a></td></tr>"
        for year in range(2015, 2022)
    )
    return f"""<html><head><title>示例市人民政府</title><style>td{{font-size:14px}}</style></head><body>
<table width="1000"><tr><td colspan="2"><table><tr><td>首页</td><td>政务公开</td><td>办事服务</td></tr></table></td></tr>
<tr><td width="200"><table><tr><td>政府信息公开指南</td></tr><tr><td>政府信息公开制度</td></tr><tr><td>政府信息公开年报</td></tr>
<tr><td>依申请公开</td></tr>{others}</table></td>
<td><table width="100%"><tr><td>索 引 号：</td><td>990100/2024-00017</td><td>发布机构：</td><td>{report.agency.name}</td></tr>
<tr><td>名　　称：</td><td>{report.title}</td><td>发布日期：</td><td>{report.published}</td></tr>
<tr><td>文　　号：</td><td></td><td>有 效 性：</td><td>有效</td></tr></table>
<table width="100%"><tr><td align="center"><b>{report.title}</b></td></tr>
<tr><td>【字体：<a>大</a> <a>中</a> <a>小</a>】　【<a>打印</a>】【<a>关闭</a>】</td></tr>
<tr><td class="detail"><div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style><div class="TRS_Editor">{body(report)}</div></div></td></tr>
<tr><td>附件：<a href="P020240118.pdf">{report.title}.pdf</a></td></tr><tr><td>分享到：微信 微博</td></tr></table></td></tr>
<tr><td colspan="2"><table><tr><td>主办单位：示例市人民政府办公室　网站标识码：9901000001</td></tr></table></td></tr></table></body></html>"""


def word_paste(report: SampleReport) -> str:
    """Pasted out of Word: split spans, source line breaks inside sentences, odd spans,
    paragraphs in cells.
    """

    def figure(text: str) -> str:
        digits = f'<span lang="EN-US">{text}<o:p></o:p></span>'
        inner = (
            digits
            if re.fullmatch(r"[\d.]+", text)
            else f"<span>{text[:3]}</span><span>{text[3:]}</span>"
        )
        return (
            f'<p class="MsoNormal" align="center" style="text-align:center">{inner}</p>'
        )

    content = body(report, figure)
    content = re.sub(r'colspan="(\d+)"', r'colspan="\1;"', content)
    content = content.replace('rowspan="2"', "rowspan='2 '").replace(
        "<p>　　", '<p class="MsoNormal">&nbsp;&nbsp;&nbsp; '
    )
    content = re.sub(
        r"(20\d\d)年",
        r'<span lang="EN-US">\1</span>\n<span style="mso-spacerun:yes">年</span>',
        content,
    )
    content = re.sub(
        r"<strong>([一二三四五六]、)(.+?)</strong>",
        r"<h2><span>\1</span><b>\2</b></h2>",
        content,
    )
    return page(
        report,
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><div "
        f'class="WordSection1">{content}</div>',
    )


def one_table(report: SampleReport) -> str:
    """The whole report in one table: rows of prose and rows of figures by turns, no
    spans kept.
    """
    rows = [f"<tr><td colspan=15><b>{report.title}</b></td></tr>"]
    prose = [*report.sections[0]]
    tables = grids(report)
    for number, heading in enumerate(headings(), 1):
        rows += [
            f"<tr><td colspan=15>{escape(text)}</td></tr>" for text in (*prose, heading)
        ]
        for row in tables.get(number, []):
            rows.append(
                "<tr>"
                + "".join(
                    _cell(cell.text, cell.rows, cell.columns, str) for cell in row
                )
                + "</tr>"
            )
        prose = [*report.sections[number]]
    rows += [
        f"<tr><td colspan=15>{escape(text)}</td></tr>"
        for text in (*prose, *signature(report))
    ]
    return page(report, f"<table border=1>{''.join(rows)}</table>")


def separators(report: SampleReport) -> str:
    """Figures with thousands separators, full-width digits or a unit behind them."""
    count = 0

    def figure(text: str) -> str:
        nonlocal count
        if not re.fullmatch(r"\d{3,}", text):
            return text
        count += 1
        if count % 7 == 0:
            return text.translate(
                {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
            )
        if count % 11 == 0:
            return f"{text}件"
        return f"{int(text):,}"

    return page(report, body(report, figure))


def attachment_only(report: SampleReport) -> str:
    return page(
        report, f'<p>附件：<a href="./P020240118.pdf">{report.title}.pdf</a></p>'
    )
