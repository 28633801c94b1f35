"""Layouts as portals print them, in the many spellings of the same thing."""

from __future__ import annotations

import base64
import contextlib
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers import Capture, Changed, Form, ListPage, judged
from scrapers import list_page as read_list
from scrapers.listing.literals import NoLiteral, literal_at

SITE = "http://www.a.gov.cn"
LIST = f"{SITE}/xxgk/nb/index.html"
TITLE = "示例市教育局2023年政府信息公开工作年度报告"
ENTRY = f'<li><a href="b.html">{TITLE}</a> <span>2024-01-19</span></li>'
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
REPORT = f"""<h1>{TITLE}</h1><p>一、总体情况</p><p>二、主动公开政府信息情况</p>
<p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p>
<p>五、存在的主要问题及改进情况</p>"""


def capture(
    body: str | bytes, url: str = LIST, asked: str = "", form: Form = ()
) -> Capture:
    content = body.encode() if isinstance(body, str) else body
    at = datetime(2025, 1, 1, tzinfo=UTC)
    return Capture(asked or url, url, at, 200, {}, content, form=form)


def listed(page: Capture, family: str) -> ListPage:
    """What the family that is recognised reads."""
    found, why = judged(page)
    assert found is not None
    assert found.name == family, why
    return read_list(found, page)


def paths(page: ListPage) -> list[str]:
    return [lead.url.removeprefix(SITE) for lead in page.leads]


@pytest.mark.parametrize(
    "attributes",
    [
        f"url='{UNIT}' querydata=\"{{'webId':'1','tagId':'分页列表','pageId':'7'}}\"",
        f'queryData="{{&quot;webId&quot;:&quot;1&quot;,&quot;tagId&quot;:'
        f'&quot;分页列表&quot;,&quot;pageId&quot;:&quot;7&quot;}}" url="{UNIT}"',
    ],
)
def test_jpaas_asks_with_what_its_attribute_holds(attributes: str) -> None:
    menu = (
        f"<div url='{UNIT}' querydata=\"{{'webId':'1','tagId':'导航','pageId':'7'}}\">"
    )
    page = listed(capture(f"{menu}</div><script {attributes}></script>"), "jpaas")
    assert page.next_url is not None
    assert page.next_url.startswith(f"{SITE}{UNIT}?webId=1&tagId=%E5%88%86")
    assert "%22pageNo%22%3A1%2C%22pageSize%22%3A15" in page.next_url
    assert page.lists == ()


def test_jpaas_without_parameters_is_a_change() -> None:
    with pytest.raises(Changed):
        listed(capture(f'<div url="{UNIT}" querydata="{{}}"></div>'), "jpaas")


@pytest.mark.parametrize(
    "call",
    [
        "$('#1').jpage({columnid:5,unitid:'6',totalRecord:61,perPage:15})",
        '$("#1").jpage( { "columnid" : "5", unitid:6, before:function(){ return 1; },'
        " totalRecord : 61, perpage:15 });",
    ],
)
def test_hanweb_posts_what_its_script_holds(call: str) -> None:
    record = f"<record><![CDATA[{ENTRY}]]></record>"
    island = f"<datastore><recordset>{record}</recordset></datastore>"
    body = f'<script type="text/xml">{island}</script><script>{call}</script>'
    page = listed(capture(body), "hanweb")
    proxy = "/module/web/jpage/dataproxy.jsp"
    assert page.next_url == f"{SITE}{proxy}?startrecord=2&endrecord=16&perpage=15"
    assert dict(page.form)["columnid"] == "5"
    assert dict(page.form)["unitid"] == "6"
    assert page.total == 61
    # The answer says no more than its records; the form is sent again.
    answer = capture(
        island.replace("<recordset>", "<totalrecord>61</totalrecord><recordset>"),
        page.next_url,
        form=page.form,
    )
    following = listed(answer, "hanweb")
    assert following.form == page.form
    assert following.next_url is not None
    assert "startrecord=17&endrecord=31" in following.next_url


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        (
            "var manuscriptUrl='/searchList/ab?_isAgg=true&_isJson=true&page=';",
            "/searchList/ab?_isAgg=true&_isJson=true&page=1",
        ),
        (
            "$.get('/common/search/'+channelId+'?page=1')",
            "/common/search/ab1?_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=1",
        ),
    ],
)
def test_ucap_asks_its_service(shown: str, address: str) -> None:
    meta = '<meta name="channelId" content="ab1"><ucaptitle></ucaptitle>'
    page = listed(capture(f"{meta}<script>{shown}</script>"), "ucap")
    assert page.next_url == SITE + address


@pytest.mark.parametrize(
    ("config", "fragment", "columns"),
    [
        (
            '{"SID":763001,"TREE":[{"id":5,"name":"公开","children":[{"id":1027,"name":"年报"},{"id":1030,"name":"信息公开年度报告"}]}]}',
            "",
            [1027, 1030],
        ),
        ("{SID: '763001', TREE: [],}", "#1027", [1027]),
        (
            "{SID: '763001', TREE: [{id: 1, name: '年报', jump_url: 'http://b.gov.cn/'}, {id: 2, name: '政府信息公开年报', jump_url: ''}]}",
            "",
            [2],
        ),
    ],
)
def test_gkmlpt_finds_its_columns(
    config: str, fragment: str, columns: list[int]
) -> None:
    url = f"{SITE}/jyj/gkmlpt/index"
    shell = capture(f"<script>window._CONFIG = {config};</script>", url, url + fragment)
    page = listed(shell, "gkmlpt")
    api = f"{SITE}/jyj/gkmlpt/api/all"
    asked = [f"{api}/{column}?page=1&sid=763001" for column in columns]
    assert [page.next_url, *page.lists] == asked


def test_gkmlpt_without_a_column_says_how_to_name_one() -> None:
    shell = capture(
        "<script>_CONFIG = {SID: '1', TREE: []}</script>", f"{SITE}/gkmlpt/index"
    )
    with pytest.raises(Changed, match="#1027"):
        listed(shell, "gkmlpt")


def test_vsb_takes_the_title_of_a_whole_entry_and_cut_ones() -> None:
    body = """<ul><li id="line_u9_0"><a href="../info/1/3.htm"><h4>示例市教育局2023年政府信息...</h4>
    <i>2024-01-19</i><p>本报告由示例市教育局编制，包括六个部分。</p></a></li>
    <li id="line_u9_1"><a href="../info/1/4.htm">关于做好2023年度政府信...</a></li></ul>
    <span class="p_t">共31条</span><span class="p_next p_fun"><a href="nb/2.htm">下页</a></span>"""
    page = listed(capture(body, f"{SITE}/xxgk/nb.htm"), "vsb")
    assert [lead.title for lead in page.leads] == ["示例市教育局2023年政府信息..."]
    assert (page.entries, page.total) == (2, 31)
    assert page.next_url == f"{SITE}/xxgk/nb/2.htm"


def test_lonsun_pager_with_computed_fields() -> None:
    call = (
        "{currPage: parseInt('1'), pageCount: '3', link: '/c/1?nav=3&pageIndex=&x=1'}"
    )
    body = f'<ul class="xxgk_nav_list">{ENTRY}</ul><script>Ls.pagination("#p", "", {call})</script>'
    page = listed(capture(body, f"{SITE}/public/column/1"), "lonsun")
    assert len(page.leads) == 1
    assert page.next_url == f"{SITE}/c/1?nav=3&pageIndex=2&x=1"


HIDDEN = '<form method=post><input type=hidden name=__VIEWSTATE value="/w+=">'


@pytest.mark.parametrize(
    ("pager", "sent"),
    [
        (
            "<a href=\"javascript:__doPostBack('P','2')\">下一页</a>",
            {"__EVENTTARGET": "P", "__EVENTARGUMENT": "2"},
        ),
        (
            "第1/3页 <a href='#' onclick=\"__doPostBack(&#39;P$Next&#39;,&#39;&#39;)\">&gt;</a>",
            {"__EVENTTARGET": "P$Next", "__EVENTARGUMENT": ""},
        ),
        (
            "<span class=current>1</span> <a href=\"javascript:__doPostBack('P','2')\">2</a>",
            {"__EVENTTARGET": "P", "__EVENTARGUMENT": "2"},
        ),
        ('<input type=submit name="btnNext" value="下一页">', {"btnNext": "下一页"}),
        ("第3/3页 <a href=\"javascript:__doPostBack('P','4')\">下一页</a>", {}),
        ("<a disabled href=\"javascript:__doPostBack('P','4')\">下一页</a>", {}),
    ],
)
def test_aspnet_sends_the_page_back(pager: str, sent: dict[str, str]) -> None:
    body = f"{HIDDEN}<ul>{ENTRY}</ul><div>{pager}</div></form>"
    page = listed(capture(body, f"{SITE}/a.aspx"), "aspnet")
    expected = {"__VIEWSTATE": "/w+=", **sent} if sent else {}
    assert dict(page.form) == expected
    assert page.next_url == (f"{SITE}/a.aspx" if sent else None)


def test_a_form_beside_the_list_is_filled_in() -> None:
    form = '<form method=post action="list.jsp"><input name=cat value=5><input name=cpage value=1></form>'
    body = f"<ul>{ENTRY}</ul>{form}<a href='javascript:goPage(2)'>下一页</a>"
    page = listed(capture(body, f"{SITE}/list.jsp"), "jsp")
    assert (page.next_url, dict(page.form)) == (
        f"{SITE}/list.jsp",
        {"cat": "5", "cpage": "2"},
    )


def test_a_link_past_the_last_page_is_not_followed() -> None:
    body = f"<ul>{ENTRY}</ul>第3页/共3页 <a href='?cur_page=4'>下一页</a>"
    assert listed(capture(body, f"{SITE}/l.jsp?cur_page=3"), "jsp").next_url is None


def test_a_pager_in_base64_is_read() -> None:
    pager = base64.b64encode(
        "共41条 <a href='p2.html'>下一页</a> 1/3页".encode()
    ).decode()
    body = f"<ul>{ENTRY}</ul><script>document.write(window.atob('{pager}'))</script>"
    page = listed(capture(body), "generic")
    assert (page.next_url, page.total, page.pages) == (f"{SITE}/xxgk/nb/p2.html", 41, 3)


def test_a_frameset_leads_to_its_main_frame() -> None:
    frames = '<frame name=left src="menu.html"><frame name=main src="nb.asp?id=1">'
    page = listed(capture(f"<frameset>{frames}</frameset>"), "frames")
    assert page.next_url == f"{SITE}/xxgk/nb/nb.asp?id=1"


def test_a_frame_keeps_the_column_of_a_shell() -> None:
    body = '<iframe name="list" src="/jyj/gkmlpt/index#1030"></iframe>'
    page = listed(capture(body), "frames")
    assert page.next_url == f"{SITE}/jyj/gkmlpt/index#1030"


def test_departments_of_a_year_get_their_full_names() -> None:
    body = """<title>部门年报-示例市人民政府</title><div class="tit">2023年度</div>
    <a href="a.html">市教育局</a><a href="b.pdf">市场监管局</a><div class=tit>2022年度</div>
    <p><a href="d.docx">市教育局</a></p>"""
    page = listed(capture(body), "grouped")
    assert [lead.title.split("年政府")[0] for lead in page.leads] == [
        "示例市教育局2023",
        "市场监管局2023",
        "示例市教育局2022",
    ]


def test_years_that_are_folders_are_lists() -> None:
    body = '<ul><li><a href="gknb2024/">2024年</a></li><li><a href="gknb2023">2023年度</a></li></ul>'
    page = listed(capture(body), "yearly")
    root = f"{SITE}/xxgk/nb"
    assert page.lists == (f"{root}/gknb2024/", f"{root}/gknb2023")
    assert page.leads == ()


@pytest.mark.parametrize(
    "choice",
    [
        '<form action="/nb.html"><select name="nbYear">{}</select></form>',
        "<select onchange=\"location.href='/nb.html?nbYear='+this.value\">{}</select>",
        '<select id=y>{}</select><script>$("#y").change(function(){{var y=$(this).val();location="/nb.html?nbYear="+y;}})</script>',
    ],
)
def test_years_to_choose_lead_to_their_reports(choice: str) -> None:
    options = '<option selected value="2023">2023年</option><option value="2022">2022年</option>'
    page = listed(
        capture(REPORT + choice.format(options), f"{SITE}/nb.html"), "in_place"
    )
    assert paths(page) == ["/nb.html?nbYear=2023", "/nb.html?nbYear=2022"]


def test_a_page_that_is_a_report_is_a_list_of_one() -> None:
    assert paths(listed(capture(REPORT), "in_place")) == ["/xxgk/nb/index.html"]
    # Also where a system is recognised that publishes lists: a year among the years.
    body = f'{REPORT}<div class="TRS_Editor"></div>'
    assert paths(listed(capture(body), "trs")) == ["/xxgk/nb/index.html"]


@pytest.mark.parametrize(
    ("script", "address", "form"),
    [
        (
            'axios.post("/api/content/getList", {id: 12, pageNum: 1, pageSize: 9})',
            "/api/content/getList",
            {"": '{"id": 12, "pageNum": 1, "pageSize": 9}'},
        ),
        (
            '$.ajax({type:"POST",url:"/nb/queryList.do",data:{id:"1",pageNo:1}})',
            "/nb/queryList.do",
            {"id": "1", "pageNo": "1", "pageSize": "15"},
        ),
        ('fetch("/api/nb/list?page=1&size=10")', "/api/nb/list?page=1&size=10", {}),
    ],
)
def test_the_call_of_a_shell_is_read(
    script: str, address: str, form: dict[str, str]
) -> None:
    page = listed(capture(f'<div id="app"></div><script>{script}</script>'), "shells")
    assert (page.next_url, dict(page.form)) == (SITE + address, form)


def test_an_answer_with_unknown_names_is_a_change_and_names_them() -> None:
    with pytest.raises(Changed, match="kopf"):
        listed(capture('{"rows": [{"kopf": "年报", "ziel": "/a.html"}]}'), "shells")
    assert listed(capture('{"rows": [], "total": 0}'), "shells").leads == ()


@given(st.text(alphabet="{}[]'\":,/*ab1\\ \n", max_size=60))
def test_any_text_is_a_literal_or_none(text: str) -> None:
    with contextlib.suppress(NoLiteral):
        literal_at(text, 0)


@pytest.mark.parametrize("text", ["{" * 90_000, "'" + "\\" * 90_000, "/*" * 90_000])
def test_a_hostile_literal_costs_little(text: str) -> None:
    before = time.process_time()
    with pytest.raises(NoLiteral):
        literal_at(text, 0)
    assert time.process_time() - before < 1
