"""Files beside a report, however a page leads to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers import FAMILIES, Capture, Lead

HOST = "http://www.shili.gov.cn"
URL = f"{HOST}/xxgk/nb/a.html"
TITLE = "某某局2023年政府信息公开工作年度报告"


def attached(body: str) -> list[Lead]:
    text = f"<h1>{TITLE}</h1>{body}"
    at = datetime(2025, 1, 1, tzinfo=UTC)
    page = Capture(URL, URL, at, 200, {}, text.encode())
    return list(FAMILIES["generic"].article(page).attachments)


@pytest.mark.parametrize(
    ("body", "address", "title"),
    [
        (
            f'<a href="/module/download/downfile.jsp?classid=0&showname={TITLE}.docx'
            f'&filename=8f43.docx">{TITLE}</a>',
            f"/module/download/downfile.jsp?classid=0&showname={TITLE}.docx&filename=8f43.docx",
            TITLE,
        ),
        (
            '<a href="/module/download/downfile.jsp?classid=0&filename=8f43.docx">附件</a>',
            "/module/download/downfile.jsp?classid=0&filename=8f43.docx",
            "8f43.docx",
        ),
        (
            "<a href='javascript:void(0)' onclick=\"downloadFile('/f/2023.docx')\">下载</a>",
            "/f/2023.docx",
            "下载",
        ),
        (
            "<span onclick=\"openPdf('files/2023.pdf', 1)\">年报</span>",
            "/xxgk/nb/files/2023.pdf",
            "年报",
        ),
        (
            "<a href=\"javascript:down('./2023.wps');\">年报</a>",
            "/xxgk/nb/2023.wps",
            "年报",
        ),
        (
            f'<div class="related-links"><ul><li><a href="P0.pdf">{TITLE}</a></li></ul></div>',
            "/xxgk/nb/P0.pdf",
            TITLE,
        ),
        (
            '<iframe src="/pdfjs/web/viewer.html?file=%2Ff%2Fc.pdf#page=1"></iframe>',
            "/f/c.pdf",
            "",
        ),
        (
            '<iframe data-x="1" src="/static/pdf/viewer.html?file=../../f/c.pdf"></iframe>',
            "/f/c.pdf",
            "",
        ),
        (
            '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl'
            '&owner=1&wbfileid=7">附件【年报.pdf】</a>已下载3次',
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=7",
            "附件【年报.pdf】",
        ),
        (
            '<p><img src="W020240119381234.jpg"></p>',
            "/xxgk/nb/W020240119381234.jpg",
            "",
        ),
    ],
)
def test_a_file_is_found(body: str, address: str, title: str) -> None:
    assert attached(body) == [Lead(HOST + address, title)]


@pytest.mark.parametrize(
    "body",
    [
        '<div class="footer"><div class="links"><a href="help.pdf">使用帮助</a></div></div>',
        '<div class="nav"><a href="/f/zhinan.pdf">指南</a></div>',
        '<a onclick="window.print()">打印</a>',
        '<a href="http://bought.example/f/a.pdf">附件</a>',
        '<img src="/images/logo.png">',
        f'<p>{"正文。" * 200}</p><img src="W020240119381234.jpg">',
    ],
)
def test_what_is_the_portals_is_no_file_of_the_page(body: str) -> None:
    assert attached(body) == []
