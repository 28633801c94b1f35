"""The families on the pages of the sample portals, on pages written down here, and on
broken ones.
"""

from __future__ import annotations

import contextlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.webpage import first_date
from scrapers import (
    FAMILIES,
    Article,
    Capture,
    Changed,
    Fetcher,
    Lead,
    ListPage,
    families,
    recognise,
)
from scrapers.leads import may_lead_to
from scrapers.pages import site
from scrapers.titles import is_report_like
from tests.portals.pages import (
    HANWEB_LIST,
    NOTICES,
    TRS_LIST,
    article,
    hanweb_list,
    newest_first,
    trs_list,
)
from tests.portals.reports import SampleReport, report_of, sample_reports
from tests.portals.saved import (
    Saved,
    read,
    read_article,
    saved_articles,
    saved_pages,
)
from tests.portals.server import Portals


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with Portals() as running:
        yield running


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    with Fetcher("", pause=0, allow_private=True) as polite:
        yield polite


@pytest.fixture(autouse=True)
def _well(portals: Portals) -> None:
    portals.reset()


def capture(
    body: str | bytes,
    url: str = "http://www.shili.gov.cn/xxgk/index.html",
    asked: str = "",
) -> Capture:
    content = body.encode() if isinstance(body, str) else body
    return Capture(
        asked or url, url, datetime(2025, 1, 1, tzinfo=UTC), 200, {}, content
    )


def collect(fetcher: Fetcher, url: str) -> tuple[list[Lead], int]:
    """All leads of a list, and on how many pages they stood."""
    leads: dict[str, Lead] = {}
    following: str | None = url
    pages = 0
    while following and pages < 20:
        page = fetcher.get(following)
        family = recognise(page)
        assert family is not None
        listed = family.list_page(page)
        assert listed.note == ""
        leads |= {lead.url: lead for lead in listed.leads}
        following, pages = listed.next_url, pages + 1
    return list(leads.values()), pages


def expected(portals: Portals, portal: str) -> list[Lead]:
    reports = newest_first(
        [report for report in sample_reports() if report.agency.portal == portal]
    )
    return [
        Lead(
            portals.address(report.agency.name, report.year),
            report.title,
            report.published,
        )
        for report in reports
        if isinstance(report, SampleReport)
    ]


@pytest.mark.parametrize(("portal", "family"), [("trs", "trs"), ("hanweb", "hanweb")])
def test_lists_are_read_whole_and_in_order(
    portals: Portals, fetcher: Fetcher, portal: str, family: str
) -> None:
    url = {"trs": portals.trs_list, "hanweb": portals.hanweb_list}[portal]
    found = recognise(fetcher.get(url))
    assert found is FAMILIES[family]
    leads, pages = collect(fetcher, url)
    assert pages == 3
    assert leads == expected(portals, portal)


def test_a_new_report_appears(portals: Portals, fetcher: Fetcher) -> None:
    address = portals.add("示例县商务局", 2025)
    assert address in [lead.url for lead in collect(fetcher, portals.hanweb_list)[0]]


@pytest.mark.parametrize(
    "report", sample_reports(), ids=lambda report: f"{report.agency.slug}-{report.year}"
)
def test_article_pages(
    portals: Portals, fetcher: Fetcher, report: SampleReport
) -> None:
    page = fetcher.get(portals.address(report.agency.name, report.year))
    family = recognise(page)
    assert family is FAMILIES[report.agency.portal]
    read = family.article(page)
    trs = report.agency.portal == "trs"
    assert (read.title, read.published, read.publisher) == (
        report.title,
        report.published,
        report.agency.name,
    )
    assert read.site_code == ("9901000001" if trs else "9901210003")
    assert read.site_name == ("示例市人民政府门户网站" if trs else "示例县人民政府")
    names = [f"{report.title}.{report.kind}"] if report.kind != "html" else []
    assert [lead.title for lead in read.attachments] == names
    assert read.gone == ""
    for lead in read.attachments:
        assert fetcher.get(lead.url).body[:4] in {b"%PDF", b"PK\x03\x04"}


@pytest.mark.parametrize("how", ["soft", "home", "404", "410"])
def test_vanished_pages_say_so(portals: Portals, fetcher: Fetcher, how: str) -> None:
    portals.vanish("示例市商务局", 2023, how)
    page = fetcher.get(portals.address("示例市商务局", 2023))
    read = FAMILIES["trs"].article(page)
    assert read == Article(gone=read.gone)
    assert {"soft": "不存在", "home": "首页", "404": "404", "410": "410"}[
        how
    ] in read.gone


def test_a_short_report_that_apologises_is_not_gone() -> None:
    text = (
        "对不起这三个字说得少了。"
        + "本机关认真答复每一件申请，公开事项均已列入清单。" * 30
    )
    assert (
        FAMILIES["generic"]
        .article(capture(f"<h1>某某局2023年年度报告</h1><p>{text}</p>"))
        .gone
        == ""
    )


@pytest.mark.parametrize("portal", ["trs", "hanweb"])
def test_an_empty_list_gives_no_leads(
    portals: Portals, fetcher: Fetcher, portal: str
) -> None:
    portals.trouble(portal, "empty")
    url = {"trs": portals.trs_list, "hanweb": portals.hanweb_list}[portal]
    read = FAMILIES[portal].list_page(fetcher.get(url))
    assert (read.leads, read.next_url, read.note, read.entries) == ((), None, "", 0)


@pytest.mark.parametrize("family", list(FAMILIES))
@pytest.mark.parametrize("how", ["changed", "404"])
def test_another_layout_is_a_change(
    portals: Portals, fetcher: Fetcher, family: str, how: str
) -> None:
    portals.trouble("trs", how)
    page = fetcher.get(portals.trs_list)
    with pytest.raises(Changed, match=r"[\u4e00-\u9fff]"):
        FAMILIES[family].list_page(page)
    if how == "changed":
        assert recognise(page) is FAMILIES["shells"], "of which nothing can be read"


def test_no_family_is_written_down_and_forgotten() -> None:
    assert {file.name for file in pkgutil.iter_modules(families.__path__)} == set(
        FAMILIES
    )
    assert list(FAMILIES)[-1] == "generic", "the plain list is the last resort"


@pytest.mark.parametrize("saved", saved_pages(), ids=lambda saved: saved.path.stem)
def test_a_saved_page_is_read_as_expected(saved: Saved) -> None:
    expected = saved.expected
    assert "todo" not in expected, expected["todo"]
    found = read(saved.capture())
    assert found == {name: expected[name] for name in ("family", "why", "list")}


def test_saved_articles_are_read_as_expected() -> None:
    for saved in saved_articles():
        expected = saved.expected
        assert "todo" not in expected, f"{saved.path.name}: {expected['todo']}"
        assert read_article(saved.capture()) == expected["article"]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_saved_page(family: str) -> None:
    known = {saved.expected["family"] for saved in saved_pages()}
    assert family in known, "python -m tests.portals.saved saves the sample portals"


SIGN = "例".encode()
IN_PLAIN_UTF8 = [saved for saved in saved_pages() if SIGN in saved.capture().body]
"""The others are in GBK, or escape what is not ASCII."""


@pytest.mark.parametrize("saved", IN_PLAIN_UTF8, ids=lambda saved: saved.path.stem)
def test_a_saved_page_with_a_lost_byte_gives_its_leads(saved: Saved) -> None:
    """A damaged sign is no other encoding."""
    capture = saved.capture()
    body = capture.body.replace(SIGN, SIGN[:2], 1)
    damaged = replace(capture, body=body)
    page = FAMILIES[saved.expected["family"]].list_page(damaged)
    assert len(page.leads) == len(saved.expected["list"]["leads"])


# Pages written down here


def listed(
    family: str, body: str, url: str = "http://www.shili.gov.cn/xxgk/nb/index.html"
) -> ListPage:
    return FAMILIES[family].list_page(capture(body, url))


def test_trs_pager_never_runs_past_its_end() -> None:
    entry = (
        '<ul><li><a href="./202401/t20240119_1.html">某某局2023年政府信息公开年报'
        "</a></li></ul>"
    )
    for call, following in {
        'createPageHTML(3, 0, "index", "html");': "index_1.html",
        'createPageHTML(3,1,"index","html");': "index_2.html",
        "createPageHTML(3, 2, 'index', 'html');": None,
        'createPageHTML(1, 0, "index", "shtml");': None,
        'createPage(2, 0, "default", "htm");': "default_1.htm",
        "var countPage = 4;": "index_1.html",
        "function createPageHTML(a, b, c, d) {}": None,
        "": None,
    }.items():
        read = listed("trs", f"{entry}<script>{call}</script>")
        assert read.next_url == (
            f"http://www.shili.gov.cn/xxgk/nb/{following}" if following else None
        ), call


@pytest.mark.parametrize("printed", [0, 1, 2, 5])
@pytest.mark.parametrize(
    ("here", "following"),
    [("index_1", "index_2"), ("index_2", None), ("index_0", "index_1")],
)
def test_trs_page_number_of_the_address_counts(
    printed: int, here: str, following: str | None
) -> None:
    read = listed(
        "trs",
        f"<script>createPageHTML(3, {printed}, 'index', 'html');</script>",
        f"http://www.shili.gov.cn/xxgk/nb/{here}.html",
    )
    address = f"http://www.shili.gov.cn/xxgk/nb/{following}.html"
    assert read.next_url == (address if following else None)


def test_trs_number_of_another_name_is_no_page_number() -> None:
    """A column may be called nb_2019; its pages are what the pager says."""
    read = listed(
        "trs",
        "<script>createPageHTML(3, 1, 'nb_2019', 'html');</script>",
        "http://www.shili.gov.cn/xxgk/nb_2019.html",
    )
    assert read.next_url == "http://www.shili.gov.cn/xxgk/nb_2019_2.html"


def test_a_date_beside_belongs_to_one_entry() -> None:
    """Of an element with more than three links, the date is that of another entry."""
    report = "<a href='./202401/t20240119_1.html'>某某局2023年年报</a>"
    others = "<a href='b'>附件</a><a href='c'>解读</a>"
    dated = "<b>2024-01-19</b>"
    few = listed("trs", f"<ul><li>{report}{others}{dated}</li></ul>")
    many = listed("trs", f"<ul><li>{report}{others}<a href='d'>丁</a>{dated}</li></ul>")
    assert few.leads[0].published == date(2024, 1, 19)
    assert many.leads[0].published is None
    far = listed("trs", f"<ul><li>{dated}<i><b><u>{report}</u></b></i></li></ul>")
    assert far.leads[0].published is None
    inside = report.replace("年报</a>", "年报 2023-12-31</a>")
    own = listed("trs", f"<ul><li>{inside}{dated}</li></ul>")
    assert own.leads[0].published == date(2023, 12, 31)


def test_base_dates_and_broken_titles() -> None:
    read = listed(
        "trs",
        """<base href="http://www.shili.gov.cn/old/"><ul>
        <li><a href="./202001/t20200119_1.html">某某<br>局2019年政府信息公开年度报告　2020-01-19</a></li>
        <li><a href="./202001/t20200119_2.html">某某厅2019年政府信息公开年度报告</a> [2020.01.20]</li>
        <li><a href="javascript:void(0)">某某委2019年政府信息公开年度报告</a></li>
        <li><a href="./202001/t20200119_2.html#x">又一次</a> [2020.01.20]</li>
        <li><a href="http://jyj.other.gov.cn/a/b.html">某某院2019年政府信息公开年度报告</a> [01-20]</li>
        <li><a href="http://www.bought-domain.com/t20200119_3.html">某某所2019年政府信息公开年度报告</a></li>
        </ul>""",
    )
    assert read.leads == (
        Lead(
            "http://www.shili.gov.cn/old/202001/t20200119_1.html",
            "某某局2019年政府信息公开年度报告",
            date(2020, 1, 19),
        ),
        Lead(
            "http://www.shili.gov.cn/old/202001/t20200119_2.html",
            "某某厅2019年政府信息公开年度报告",
            date(2020, 1, 20),
        ),
        Lead(
            "http://jyj.other.gov.cn/a/b.html", "某某院2019年政府信息公开年度报告", None
        ),
    )


def test_hanweb_island_with_a_list_cut_short_says_so() -> None:
    record = "<li><a href='/art/2024/1/9/art_1_2.html'>甲局2023年年报</a></li>"
    records = f"<recordset><record><![CDATA[{record}]]></record></recordset>"
    island = (
        f"<script type='text/xml'><datastore><totalrecord>40</totalrecord>{records}"
        "</datastore></script>"
    )
    read = listed("hanweb", island)
    assert len(read.leads) == 1
    assert "40" in read.note


def test_hanweb_address_gives_the_date_where_the_page_does_not() -> None:
    page = capture(
        "<h1>某某局2023年年度报告</h1><div id='zoom'>正文</div>",
        "http://a.gov.cn/art/2024/1/9/art_12_345.html",
    )
    assert FAMILIES["hanweb"].article(page).published == date(2024, 1, 9)


def test_plain_list_with_a_link_to_the_next_page() -> None:
    body = """<div class="nav"><a href="/nb">政府信息公开年报</a></div><table>
    <tr><td><a href="a.html">某某局2023年政府信息公开工作年度报告</a></td><td>2024-01-19</td></tr>
    <tr><td><a href="b.html">某某局2023年部门决算</a></td></tr></table><a href="?page=2">下一页 &gt;</a>"""
    read = listed("generic", body)
    title = "某某局2023年政府信息公开工作年度报告"
    assert read.leads == (
        Lead("http://www.shili.gov.cn/xxgk/nb/a.html", title, date(2024, 1, 19)),
    )
    assert read.next_url == "http://www.shili.gov.cn/xxgk/nb/index.html?page=2"
    scripted = listed(
        "generic", body.replace("?page=2", "javascript:next(2)") + "共3页"
    )
    assert (scripted.next_url, "3 页" in scripted.note) == (None, True)


def test_metadata_block_with_empty_values_and_blanks() -> None:
    page = capture("""<meta name="ArticleTitle" content=" "><meta name="PubDate" content="2021-06-18 10:00"><table>
        <tr><td>索 引 号：</td><td></td><td>发布机构：</td><td>某某局</td></tr>
        <tr><td>文号：</td><td></td><td>发 布 日 期：</td><td>2020年1月19日</td></tr></table>
        <h1>某某局2019年<br>年度报告</h1>
        <a href="b.ofd"><img alt="年报全文.ofd"></a><iframe src="/pdfjs/web/viewer.html?file=/f/c.pdf"></iframe>
        <div class="footer"><a href="help.pdf">使用帮助</a></div>""")
    read = FAMILIES["generic"].article(page)
    assert (read.title, read.publisher, read.published) == (
        "某某局2019年年度报告",
        "某某局",
        date(2020, 1, 19),
    )
    assert [(lead.url, lead.title) for lead in read.attachments] == [
        ("http://www.shili.gov.cn/xxgk/b.ofd", "年报全文.ofd"),
        ("http://www.shili.gov.cn/f/c.pdf", ""),
    ]


def test_attachments_of_every_kind_workbooks_last() -> None:
    others, workbooks = ["doc", "wps", "odt", "mht", "docx", "zip"], ["xls", "ods"]
    links = "".join(
        f'<p><a href="/f/年报.{kind}">附件</a></p>' for kind in [*workbooks, *others]
    )
    read = FAMILIES["generic"].article(
        capture(f"<h1>某某局2019年年度报告</h1><p>正文</p>{links}")
    )
    assert [lead.url.rsplit(".", 1)[-1] for lead in read.attachments] == [
        *others,
        *workbooks,
    ]


def test_characters_outside_the_declared_charset() -> None:
    body = "<meta charset='gb2312'><h1>二〇二三年堃镕局年度报告</h1>".encode("gb18030")
    assert (
        FAMILIES["generic"].article(capture(body)).title == "二〇二三年堃镕局年度报告"
    )


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("某某局2023年政府信息公开工作年度报告", True),
        ("二〇二三年度某某县政务公开年报", True),
        ("关于2019年度政府信息公开工作情况的报告", True),
        ("某某市法治政府建设年度报告", False),
        ("关于编制2023年政府信息公开年度报告的通知", False),
        ("政府网站工作年度报表（2023年度）", False),
        ("图解：2023年政府信息公开年度报告", False),
        ("政府信息公开指南", False),
    ],
)
def test_titles(title: str, is_one: bool) -> None:
    assert is_report_like(title) is is_one


@pytest.mark.parametrize(
    ("there", "may"),
    [
        ("http://a.gov.cn/", True),
        ("http://jyj.shili.gov.cn/", True),
        ("http://shili.com/", False),
        ("http://gov.cn.evil.com", False),
    ],
)
def test_where_a_list_may_lead(there: str, may: bool) -> None:
    assert may_lead_to("http://www.shili.gov.cn/x", there) is may


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("www.jyj.shili.gov.cn", "shili.gov.cn"),
        ("www.a.com.cn", "a.com.cn"),
        ("news.shili.sd.cn", "shili.sd.cn"),
        ("www.shili.cn", "shili.cn"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("www.gov.shili.com", "shili.com"),
        ("www.gov.org", "gov.org"),
        ("cn", "cn"),
        ("10.1.2.3", "10.1.2.3"),
        ("2400:3200::1", "2400:3200::1"),
    ],
)
def test_what_one_owner_registered(host: str, registered: str) -> None:
    assert site(host) == registered


@pytest.mark.parametrize(
    ("there", "may"),
    [
        ("http://www.b.com.cn/x", False),
        ("http://news.a.com.cn./x", True),
        ("http://cn/x", False),
        ("http://9.1.2.3/x", False),
    ],
)
def test_where_a_list_outside_government_may_lead(there: str, may: bool) -> None:
    assert may_lead_to("http://www.a.com.cn/x", there) is may
    assert not may_lead_to("http://10.1.2.3/x", there)


def test_dates_that_do_not_exist() -> None:
    assert first_date("2024-02-31 和 2024年2月9日") == date(2024, 2, 9)
    assert first_date("电话20240-1-2") is None


def test_proxy_answers_may_be_declared_as_xml() -> None:
    answer = """<?xml version="1.0" encoding="UTF-8"?><datastore><totalrecord>1</totalrecord><recordset>
        <record>&lt;a href="/art/2024/1/9/art_1_2.html"&gt;甲局2023年年报&lt;/a&gt;</record></recordset></datastore>"""
    page = capture(answer, "http://a.gov.cn/module/jpage/dataproxy.jsp?page=1")
    assert recognise(page) is FAMILIES["hanweb"]
    assert [lead.title for lead in FAMILIES["hanweb"].list_page(page).leads] == [
        "甲局2023年年报"
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<p>" * 70_000, "标签"),
        (b"x" * (8 * 1024 * 1024 + 1), "MB"),
        (b"<a href='a'>x</a>" * 5_001, "链接"),
    ],
    ids=["tags", "bytes", "links"],
)
def test_pages_beyond_measure_are_refused_at_once(body: bytes, words: str) -> None:
    with pytest.raises(Changed, match=words):
        FAMILIES["generic"].list_page(capture(body))


# Broken pages

TRS_REPORTS = [report for report in sample_reports() if report.agency.portal == "trs"]
HANWEB_REPORTS = [
    report for report in sample_reports() if report.agency.portal == "hanweb"
]
GOLDEN = (
    trs_list([*TRS_REPORTS, *NOTICES[:3]], 0, 1).encode(),
    hanweb_list(HANWEB_REPORTS, 1, 1).encode("gb18030"),
    article(report_of("示例县商务局", 2023), HANWEB_REPORTS, 1).encode("gb18030")[
        :6000
    ],
    article(report_of("示例市教育局", 2022), TRS_REPORTS, 1).encode(),
)
SCRAPS = st.sampled_from(
    [
        *(
            b"<",
            b">",
            b"<!--",
            b"\x00",
            b"\xff\xfe",
            b"<table>",
            b"</body>",
            b"<div>" * 300,
            b"<meta name=PubDate>",
        ),
        *(
            b"<record>",
            b"</record>",
            b"<![CDATA[",
            b"]]>",
            b"<nextgroup>",
            b"createPageHTML(9, 0, 'index', 'html')",
        ),
        *(
            b"<ul><li><a href='",
            b"<a href='http://[::1'>",
            b"<a href='//x:99999999/t20200101_1.html'>",
        ),
        *(
            b"<base href='http://[bad'>",
            "<a href='t20201399_1.html'>2020年13月45日年报</a>".encode(),
        ),
    ]
)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    body = draw(st.sampled_from(GOLDEN))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(body)))
        cut = draw(st.integers(0, 400))
        body = body[:at] + draw(SCRAPS | st.binary(max_size=20)) + body[at + cut :]
    return body


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    body=broken() | st.binary(max_size=300),
    path=st.sampled_from((TRS_LIST, HANWEB_LIST, "/", "/art/2024/13/40/art_1_2.html")),
)
def test_broken_pages_end_in_a_result_or_a_change(body: bytes, path: str) -> None:
    page = capture(body, f"http://www.shili.gov.cn{path}")
    recognise(page)
    for family in FAMILIES.values():
        with contextlib.suppress(Changed):
            read = family.list_page(page)
            assert all(
                lead.url.startswith("http") and lead.title for lead in read.leads
            )
            assert len({lead.url for lead in read.leads}) == len(read.leads)
            assert read.next_url != page.url or read.form
        with contextlib.suppress(Changed):
            assert isinstance(family.article(page), Article)
