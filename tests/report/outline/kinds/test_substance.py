"""A title makes no report: pages of servers, firewalls and lists that carry one, and
the shortest reports there are.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading import read
from archive.report.model import Hints, Report
from archive.report.parse import parse
from tests.reading import golden

TITLE = "示例市商务局2023年政府信息公开工作年度报告"
LISTED = Hints(title=TITLE)


def page(body: str, title: str = TITLE) -> Report:
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head>"
    return parse(read(f"{html}<body>{body}</body></html>".encode()), LISTED)


def links(*names: str, date: str = "2024-01-2") -> list[str]:
    return [
        f'<a href="{number}.html">{name}</a><span>{date}{number}</span>'
        for number, name in enumerate(names)
    ]


SEVERAL = links(*(
    f"示例市{name}2023年政府信息公开工作年度报告" for name in ("教育局", "民政局", "水利局", "司法局")
))  # fmt: skip
YEARS = links(*(f"{year}年政府信息公开年报" for year in range(2019, 2024)))
NAMES = links(
    "示例市教育局", "示例市民政局", "示例市水利局", "示例市司法局", "示例市审计局"
)
QUOTE = (
    "<p>2023年，我局主动公开政府信息120条，收到申请3件，均按时答复，没有行政复议…</p>"
)
PAGER = "<p>共 45 条记录 1/3 页 首页 上一页 下一页 尾页 转到第 页</p>"

PAGES_OF_SERVERS = {
    "拦截": (
        "<h1>您的访问被拦截</h1><p>您的请求疑似攻击行为，已被网站防火墙阻断。如需帮助，请联系网站管理员，并提供事件ID。</p>",
        "<div>网站防火墙</div><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>可能原因：您提交的内容包含危险的攻击请求</p>"
        "<p>如何解决：1）检查提交内容；2）如网站托管，请联系空间提供商；3）普通网站访客，请联系网站管理员；</p><p>网站安全狗</p>",
        "<p>抱歉，您的访问可能对网站造成安全威胁，已被云锁拦截，请求ID：8a7f</p>",
        "<p>当前访问疑似黑客攻击，已被创宇盾拦截。如果您是网站管理员，请登录知道创宇云安全查看详情。</p>",
        "<p>D盾_拦截提示：你提交的内容或访问的内容含有不允许的信息，请求已被禁止。</p>",
        "<p>您的访问请求存在安全威胁，已被拦截</p><p>Security Detection Powered By 雷池 SafeLine WAF</p>",
        "<h1>403 Forbidden</h1><hr><center>nginx</center>",
        "<h1>Access Denied</h1><p>You don't have permission to access this server. Reference #18.5d3</p>",
        "<p>您的IP已被列入黑名单，禁止访问本网站。如有疑问，请联系政务公开办公室。</p>",
    ),
    "验证": (
        "<p>请完成安全验证后继续访问，拖动滑块完成拼图</p>",
        "<h1>Just a moment...</h1><p>Checking your browser before accessing www.example.gov.cn</p>",
        "<p>您访问过于频繁，请输入验证码后继续浏览。</p>",
    ),
    "登录": (
        "<p>请登录后查看</p>",
        "<form>用户名 <input> 密码 <input></form><p>用户登录</p><p>统一身份认证平台，仅限政务外网用户使用。</p>",
        "<p>会话已过期，请重新登录。</p>",
        "<p>Session expired. Please log in again.</p>",
        "<p>对不起，您没有访问权限，请向管理员申请开通，如有问题请与信息公开办公室联系，电话见首页。</p>",
    ),
    "维护": (
        "<h1>网站正在维护升级</h1><p>为提供更好的服务，本网站正在进行系统升级，给您带来不便，敬请谅解。</p>",
        "<p>为更好地推进政务公开工作，本网站将于2024年3月1日起进行升级维护，期间政府信息公开栏目暂停访问，"
        "不便之处，敬请谅解。如需申请公开政府信息，请与办公室联系，我们将按照制度及时答复。</p>",
        "<p>栏目建设中，敬请期待</p>",
    ),
    "出错": (
        "<p>系统繁忙，请稍后再试</p>",
        "<h1>500 Internal Server Error</h1>",
        "<h1>502 Bad Gateway</h1><hr><center>openresty</center>",
        "<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error.</p>",
        "<h1>HTTP Status 500 –</h1><pre>java.lang.NullPointerException\n at com.example.A.b(A.java:1)</pre>",
        "<p>Error establishing a database connection</p>",
        "<p>服务器内部错误，请联系管理员，错误代码：50012。</p>",
    ),
    "不存在": (
        "<h1>404</h1><p>抱歉，您访问的页面不存在或已删除</p><a href='/'>返回首页</a>",
        "<h1>404 Not Found</h1>",
        "<p>该信息已被删除！3秒后自动返回首页</p>",
        "<p>暂无内容</p>",
    ),
    "域名": (
        "<p>该域名已过期，如需续费请联系注册商。</p>",
        "<p>This domain is for sale! Buy this domain.</p>",
        "<p>您访问的网站未备案，已被接入商停止解析。</p>",
    ),
    "脚本": (
        "<noscript></noscript><p>You need to enable JavaScript to run this app.</p><div id=app></div>",
        "<div id=app>加载中...</div>",
        "<p>您的浏览器版本过低，请升级浏览器后访问</p>",
    ),
    "附件": (
        "<p>附件：示例市商务局2023年政府信息公开工作年度报告.docx</p>",
        "<p>根据《中华人民共和国政府信息公开条例》规定，现将示例市商务局2023年政府信息公开工作年度报告予以公布，"
        "本报告由总体情况、主动公开、依申请公开、行政复议诉讼、存在问题等六部分组成，详见附件。</p>"
        "<p><a href=a.pdf>示例市商务局2023年年度报告.pdf</a></p>",
        "<div id=app></div>",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("why", "body"),
    [(why, body) for why, bodies in PAGES_OF_SERVERS.items() for body in bodies],
)
def test_what_a_server_says_instead_is_no_report(why: str, body: str) -> None:
    for found in (page(body), page(f"<h1>{TITLE}</h1>{body}")):
        assert (found.is_report, why in found.why) == (False, True), found.why


LISTS = {
    "ul": "<ul>{}</ul>".format("".join(f"<li>{one}</li>" for one in SEVERAL)),
    "p": "".join(f"<p>{one}</p>" for one in SEVERAL),
    "div": "".join(f"<div class=card>{one}</div>" for one in SEVERAL),
    "br": "<br>".join(SEVERAL),
    "table": "<table>{}</table>".format(
        "".join(f"<tr><td>{one.replace('<span', '</td><td><span')}</td></tr>" for one in SEVERAL)
    ),
    "cells": "<table><tr>{}</tr></table>".format("".join(f"<td>{one}</td>" for one in SEVERAL)),
    "cards with quotes": "".join(f"<div class=card><h3>{one}</h3>{QUOTE}</div>" for one in SEVERAL),
    "search": f"<p>共找到 12 条结果，用时 0.02 秒</p>{''.join(f'<div>{one}{QUOTE}</div>' for one in SEVERAL)}{PAGER}",
    "years": "".join(f"<p>{one}</p>" for one in YEARS),
    "names": "<ul>{}</ul>".format("".join(f"<li>{one}</li>" for one in NAMES)),
    "names in cells": "<table><tr>{}</tr></table>".format("".join(f"<td>{one}</td>" for one in NAMES)),
    "preface": "<p>根据《中华人民共和国政府信息公开条例》规定，现将各部门2023年年度报告公布如下：</p>"
    + "".join(f"<p>{one}</p>" for one in SEVERAL),
    "pager": f"<p>当前位置：首页 > 政府信息公开 > 政府信息公开年报</p>{''.join(f'<p>{one}</p>' for one in SEVERAL)}{PAGER}"
    "<p>主办：示例市人民政府办公室　备案号：示ICP备00000000号，网站标识码：0000000000</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_reports_is_no_report(name: str) -> None:
    for title in ("政府信息公开年报", "2023年", TITLE):
        found = page(LISTS[name], title)
        assert not found.is_report
        assert re.search("列表|汇总", found.why), (title, found.why)


TABLELESS = """一、总体情况
我镇主动公开政府信息32条，均在县政府网站公布。
二、主动公开政府信息情况
见县政府网站我镇专栏。
三、收到和处理政府信息公开申请情况
未收到政府信息公开申请。
四、政府信息公开行政复议、行政诉讼情况
没有行政复议，也没有行政诉讼。
五、存在的主要问题及改进情况
人员少，更新不够及时；今后加强培训。
六、其他需要报告的事项
没有收取信息处理费。"""

SHORT_REPORTS = {
    "six sections of a line": TABLELESS,
    "no headings": "2012年，我镇主动公开政府信息34条。没有收到依申请公开政府信息的申请，没有行政复议和行政诉讼。"
    "存在的问题是公开内容不够全面，今后将加强培训，完善制度。",
    "a line a section": "一、公开情况：全年公开信息12条。\n二、依申请公开情况：未收到申请。\n三、收费情况：没有收取费用。\n"
    "四、复议诉讼情况：没有。\n五、问题和打算：更新不及时，今后要加强。",
    "speaks of log-ins": "2012年，我局在门户网站公开信息56条，网站升级维护两次，页面不存在、链接失效等错误已全部改正。"
    "群众请登录网站查看。没有收到公开申请，没有行政复议，没有收费。",
    "speaks of a firewall": "一年来，我局加强网站安全防护，部署防火墙，拦截攻击行为3000次；主动公开信息120条；"
    "受理公开申请2件，均已答复；未发生行政诉讼。",
    "no full stops": "2012年我镇公开信息34条，其中公开栏20条，网站14条\n没有收到信息公开申请，没有行政复议和诉讼\n"
    "存在公开不及时的问题，今后将加强培训，完善制度，明确专人",
    "nothing to count": "我站高度重视信息公开工作，成立了领导小组，明确了责任人员，建立了保密审查制度。通过公开栏和网站公开办事指南、"
    "服务承诺。公开的内容还不够丰富，今后将进一步加强学习，提高认识，完善机制，做好公开工作。" * 3,
    "with a list of others": "2012年，我局主动公开政府信息34条，其中机构职能类4条，业务工作类30条。全年没有收到依申请公开政府信息的申请，"
    "没有因政府信息公开被申请行政复议和提起行政诉讼，也没有收取任何费用。存在的主要问题是公开内容还不够全面，更新还不够及时，"
    "群众关心的内容偏少，工作人员对条例学习不够。今后将加强培训，完善制度，明确专人负责，及时更新栏目，"
    "进一步拓宽公开渠道，丰富公开形式，自觉接受监督，不断提高政府信息公开工作的质量和水平，更好地为群众和企业服务。\n"
    "相关阅读\n示例市教育局2012年政府信息公开工作年度报告\n示例市民政局2012年政府信息公开工作年度报告\n示例市水利局2012年政府信息公开工作年度报告\n"
    "示例市司法局2012年政府信息公开工作年度报告",
}  # fmt: skip


@pytest.mark.parametrize("name", SHORT_REPORTS)
def test_the_shortest_reports_are_reports(name: str) -> None:
    title = "示例县示例镇2012年政府信息公开工作年度报告"
    body = "".join(f"<p>{line}</p>" for line in SHORT_REPORTS[name].split("\n"))
    for text in (SHORT_REPORTS[name], f"<html><body>{body}</body></html>"):
        found = parse(read(f"{title}\n{text}".encode()), LISTED)
        assert (found.is_report, found.why) == (True, "")


FURNITURE = st.lists(
    st.sampled_from((
        "请登录", "系统繁忙，请稍后再试", "首页 | 政府信息公开 | 依申请公开", "您的访问被拦截", "404 Not Found",
        "网站正在维护升级", '<a href="1.html">政府信息公开年报</a>', "【打印】【关闭】", "共 3 条记录 1/1 页",
        "主办：示例市人民政府办公室", "请启用JavaScript", *SEVERAL,
    )),
    max_size=12,
)  # fmt: skip
GOLDEN_PAGES = ("html_plain.html", "html_2019.html", "html_layout_tables.html")


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(GOLDEN_PAGES), FURNITURE, FURNITURE)
def test_furniture_makes_nothing_else_of_a_report(
    name: str, above: list[str], below: list[str]
) -> None:
    text = (Path(golden.FOLDER) / name).read_text(encoding="utf-8")
    begin = text.index("<body")
    begin = text.index(">", begin) + 1
    around = ["".join(f"<p>{one}</p>" for one in some) for some in (above, below)]
    head, rest = text[:begin], text[begin:]
    body = rest.replace("</body>", f"{around[1]}</body>")
    assert parse(read(f"{head}{around[0]}{body}".encode())).is_report


@settings(max_examples=30, deadline=None)
@given(FURNITURE)
def test_without_tables_and_sections_nothing_is_a_report(around: list[str]) -> None:
    preface = (
        "本报告根据《中华人民共和国政府信息公开条例》编制，由六部分组成。"
        "本报告所列数据统计期限为2023年1月1日至2023年12月31日。"
        "本报告电子版可在示例市人民政府网站下载。如有疑问，请与示例市商务局办公室联系（电话：000-0000000）。"
    )
    text = "".join(f"<p>{one}</p>" for one in (TITLE, preface, *around))
    assert not page(text).is_report
