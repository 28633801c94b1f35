"""Portals of many makers: pagers by post-back, by query, in base64; frames; one page for
all; folders of years; the newest report in place.
"""

from __future__ import annotations

import base64

from tests.portals import pages
from tests.portals.answers import Answer, Asked, not_there
from tests.portals.kinds.kind import (
    ENTRIES,
    REPORTS,
    Kind,
    article,
    entry_at,
    markup,
    on_page,
    page_count,
    rows,
    shell,
)
from tests.portals.reports import report_of

_ASPNET = "/k/aspnet/"


def _aspnet_address(item: pages.Item) -> str:
    return f"{_ASPNET}Item/{item.number}.aspx"


def aspnet(asked: Asked) -> Answer | None:
    """The page is sent back to itself."""
    if not asked.path.startswith(_ASPNET):
        return None
    item = entry_at(asked.path, _aspnet_address)
    if item:
        return article(item)
    if asked.path != f"{_ASPNET}InfoPublic.aspx":
        return not_there(404)
    number = 1
    if asked.form:
        if not asked.form.get("__VIEWSTATE", "").startswith("/wEPDwUK+"):
            return not_there(500)
        assert asked.form["__EVENTTARGET"] == "AspNetPager1"
        number = int(asked.form["__EVENTARGUMENT"])
    link = f"javascript:__doPostBack('AspNetPager1','{number + 1}')"
    onward = f'<a href="{link}">下一页</a>' if number < page_count() else "下一页"
    body = f"""<form method="post" action="./InfoPublic.aspx" id="form1">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUK+{number}==" />
<input type="hidden" name="__EVENTVALIDATION" value="/wEW" />
<table>{rows(on_page(number), _aspnet_address).replace("li>", "tr>").replace("<span>", "<td>").replace("</span>", "</td>")}</table>
<div id="AspNetPager1">共{len(ENTRIES)}条记录 第{number}/{page_count()}页 {onward}</div></form>"""
    return markup(shell(body))


_JSP = "/k/jsp/info/"


def _jsp_address(item: pages.Item) -> str:
    return f"{_JSP}content_{item.number}.html"


def jsp(asked: Asked) -> Answer | None:
    """`iList.jsp?…&cur_page=2`."""
    if not asked.path.startswith(_JSP):
        return None
    item = entry_at(asked.path, _jsp_address)
    if item:
        return article(item)
    if asked.path != f"{_JSP}iList.jsp":
        return not_there(404)
    number = int(asked.query.get("cur_page", "1"))
    after = f"iList.jsp?node_id=GKnb&cat_id=105&cur_page={number + 1}"
    onward = f"<a href='{after}'>下一页</a>" if number < page_count() else ""
    body = f"""<ul>{rows(on_page(number), _jsp_address)}</ul>
<div>第{number}页/共{page_count()}页 {onward}</div>"""
    return markup(shell(body))


_BASE64 = "/k/base64/nb/"


def _base64_address(item: pages.Item) -> str:
    return f"{_BASE64}{item.number}.html"


def in_base64(asked: Asked) -> Answer | None:
    """The pager is base64, written by a script."""
    if not asked.path.startswith(_BASE64):
        return None
    item = entry_at(asked.path, _base64_address)
    if item:
        return article(item)
    name = asked.path.removeprefix(_BASE64)
    number = {"index.html": 1, "p2.html": 2, "p3.html": 3}.get(name)
    if number is None:
        return not_there(404)
    onward = f'<a href="p{number + 1}.html">下一页</a>' if number < page_count() else ""
    pager = f"<div>共{len(ENTRIES)}条 {number}/{page_count()}页 {onward}</div>"
    coded = base64.b64encode(pager.encode()).decode()
    body = f"""<ul>{rows(on_page(number), _base64_address)}</ul>
<script>var p="{coded}";document.write(decodeURIComponent(escape(window.atob(p))));</script>"""
    return markup(shell(body))


_FRAMES = "/k/frames/"


def _frames_address(item: pages.Item) -> str:
    return f"{_FRAMES}{item.number}.html"


def frames(asked: Asked) -> Answer | None:
    """The list of the column stands in a frame; another page sends its readers there."""
    if not asked.path.startswith(_FRAMES):
        return None
    item = entry_at(asked.path, _frames_address)
    if item:
        return article(item)
    if asked.path == f"{_FRAMES}list.html":
        return markup(
            f"<html><body><ul>{rows(ENTRIES, _frames_address)}</ul></body></html>"
        )
    if asked.path == f"{_FRAMES}index.html":
        onward = '<meta http-equiv="Refresh" content="0; url=zl.html">'
        return markup(f"<html><head>{onward}</head><body></body></html>")
    if asked.path != f"{_FRAMES}zl.html":
        return not_there(404)
    body = """<iframe src="/weather/today.html" width="200"></iframe>
<iframe name="listFrame" src="list.html" width="100%" frameborder="0"></iframe>"""
    return markup(shell(body))


_GROUPED = "/k/grouped/"
_EDUCATION = report_of("示例市教育局", 2022)
_SECURITY = report_of("示例市公安局", 2021)
OF_GROUPS = (*REPORTS[:4], _EDUCATION, _SECURITY)


def _grouped_address(item: pages.SampleReport) -> str:
    if item.kind != "html":
        return f"{_GROUPED}files/{item.file_name}"
    return f"{_GROUPED}{item.number}.html"


def grouped(asked: Asked) -> Answer | None:
    """One page for all departments, by year; some links lead straight to files."""
    from tests.portals.server import FILES

    if not asked.path.startswith(_GROUPED):
        return None
    for item in OF_GROUPS:
        if asked.path == _grouped_address(item):
            if item.kind == "html":
                return article(item)
            return Answer(200, (FILES / item.file_name).read_bytes(), "application/pdf")
    if asked.path != f"{_GROUPED}bmnb.html":
        return not_there(404)
    body = ""
    for year in sorted({item.year for item in OF_GROUPS}, reverse=True):
        links = "".join(
            f'<li><a href="{_grouped_address(item)}">{item.agency.short}</a></li>'
            for item in OF_GROUPS
            if item.year == year
        )
        body += f"<h3>{year}年</h3><ul>{links}</ul>\n"
    body += '<h3>相关链接</h3><ul><li><a href="/jyj/">市教育局</a></li></ul>'
    return markup(shell(body, "部门年报"))


_YEARLY = "/k/yearly/zfxxgknb/"


def _yearly_address(item: pages.Item) -> str:
    return f"{_YEARLY}gknb{item.published.year}/{item.published:%Y%m}/t{item.published:%Y%m%d}_{item.number}.html"


def yearly(asked: Asked) -> Answer | None:
    """A folder for each year, which is a list of its own."""
    if not asked.path.startswith(_YEARLY):
        return None
    item = entry_at(asked.path, _yearly_address)
    if item:
        return article(item, '<div class="TRS_Editor">')
    years = sorted({item.published.year for item in ENTRIES}, reverse=True)
    if asked.path == f"{_YEARLY}index.html":
        links = "".join(
            f'<li><a href="./gknb{year}/">{year - 1}年政府信息公开年报</a></li>'
            for year in years
        )
        return markup(shell(f"<ul>{links}</ul>"))
    for year in years:
        if asked.path == f"{_YEARLY}gknb{year}/":
            listed = [one for one in ENTRIES if one.published.year == year]
            return markup(shell(f"<ul>{rows(listed, _yearly_address)}</ul>"))
    return not_there(404)


_PLACE = "/k/place/"
IN_PLACE = tuple(one for one in REPORTS if one.agency.name == "示例市商务局")


def in_place(asked: Asked) -> Answer | None:
    """The newest report in place of a list, earlier years to choose."""
    if asked.path != f"{_PLACE}zfxxgknb.html":
        return None
    year = int(asked.query.get("nbYear", "2024"))
    item = next((one for one in IN_PLACE if one.year == year), None)
    if item is None:
        return not_there(404)
    options = "".join(
        f'<option value="{one.year}"{" selected" if one is item else ""}>{one.year}年</option>'
        for one in IN_PLACE
    )
    choice = f"""<select id="nb" onchange="go(this.value)">{options}</select>
<script>function go(year) {{ location.href = '{_PLACE}zfxxgknb.html?nbYear=' + year; }}</script>"""
    return article(item, f'{choice}<div id="zoom">')


PLAIN = (
    Kind("aspnet", "aspnet", f"{_ASPNET}InfoPublic.aspx", aspnet),
    Kind("jsp", "jsp", f"{_JSP}iList.jsp?node_id=GKnb&cat_id=105", jsp),
    Kind("base64", "generic", f"{_BASE64}index.html", in_base64),
    Kind("frames", "frames", f"{_FRAMES}zl.html", frames, is_told=False),
    Kind("sent-on", "frames", f"{_FRAMES}index.html", frames, is_told=False),
    Kind(
        "grouped",
        "grouped",
        f"{_GROUPED}bmnb.html",
        grouped,
        OF_GROUPS,
        files=2,
        is_told=False,
    ),
    Kind("yearly", "yearly", f"{_YEARLY}index.html", yearly, is_told=False),
    Kind(
        "in-place",
        "in_place",
        f"{_PLACE}zfxxgknb.html",
        in_place,
        IN_PLACE,
        is_told=False,
    ),
)
