"""Systems that are asked for their lists: Hanweb by POST and by GET, jpaas, UCAP, gkmlpt,
and a portal of its own make.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.portals import pages
from tests.portals.answers import Answer, Asked, not_there
from tests.portals.kinds.kind import (
    ENTRIES,
    PER_PAGE,
    Kind,
    article,
    data,
    entry_at,
    markup,
    on_page,
    page_count,
    rows,
    shell,
)

# ---- Hanweb ------------------------------------------------------------------------

_HANWEB = "/k/hanweb/"
_PROXY = "/module/web/jpage/dataproxy.jsp"


def _hanweb_address(item: pages.Item) -> str:
    day = item.published
    return f"{_HANWEB}art/{day.year}/{day.month}/{day.day}/art_25630_{item.number}.html"


def _records(first: int, last: int, address, ahead: str = "") -> str:  # type: ignore[no-untyped-def]
    entries = "\n".join(
        f"<record><![CDATA[\n{rows([item], address, 18, is_titled=True)}]]></record>"
        for item in ENTRIES[first - 1 : last]
    )
    return f"<datastore>\n{ahead}<recordset>\n{entries}\n</recordset>\n</datastore>"


def hanweb_post(asked: Asked) -> Answer | None:
    """Further groups are sent to whoever posts what the script of the pager holds."""
    if asked.path == _PROXY:
        if asked.form.get("columnid") != "25630" or asked.form.get("unitid") != "25630":
            return not_there(405)
        first, last = int(asked.query["startrecord"]), int(asked.query["endrecord"])
        total = f"<totalrecord>{len(ENTRIES)}</totalrecord>"
        answer = _records(first, last, _hanweb_address, total)
        return Answer(200, answer.encode(), "text/xml; charset=utf-8")
    if not asked.path.startswith(_HANWEB):
        return None
    item = entry_at(asked.path, _hanweb_address)
    if item:
        return article(item, '<div id="zoom">')
    if asked.path != f"{_HANWEB}col/col25630/index.html":
        return not_there(404)
    body = f"""<div id="25630" class="default_pgContainer"></div>
<script type="text/xml">{_records(1, PER_PAGE, _hanweb_address)}</script>
<script type="text/javascript">
$(function(){{ $("#25630").jpage({{
columnid:25630,unitid:'25630',webid:'1',path:'/',webname:'示例市人民政府',col:1,appid:"1",
permissiontype:0,sourceContentType:'1',themeName:'default',perPage:{PER_PAGE},groupSize:1,
proxyUrl:'{_PROXY}',totalRecord:{len(ENTRIES)},openCookies:false
}}); }});
</script>"""
    return markup(shell(body))


_GET = "/k/hanweb-get/"


def _get_address(item: pages.Item) -> str:
    day = item.published
    return f"{_GET}art/{day.year}/{day.month}/{day.day}/art_1201_{item.number}.html"


def hanweb_get(asked: Asked) -> Answer | None:
    """The ready address of the next group is relative to the proxy."""
    if not asked.path.startswith(_GET):
        return None
    item = entry_at(asked.path, _get_address)
    if item:
        return article(item, '<div id="zoom">')
    is_list = asked.path == f"{_GET}col/col1201/index.html"
    if not is_list and asked.path != f"{_GET}module/jpage/dataproxy.jsp":
        return not_there(404)
    first = int(asked.query.get("startrecord", "1"))
    last = first + PER_PAGE - 1
    name = "../../module/jpage/dataproxy.jsp" if is_list else "./dataproxy.jsp"
    following = f"{name}?page=1&columnid=1201&startrecord={last + 1}&perpage={PER_PAGE}"
    onward = (
        f"<nextgroup><![CDATA[<a href='{following}'></a>]]></nextgroup>\n"
        if last < len(ENTRIES)
        else ""
    )
    ahead = f"{onward}<totalrecord>{len(ENTRIES)}</totalrecord><totalpage>{page_count()}</totalpage>\n"
    island = _records(first, last, _get_address, ahead)
    if not is_list:
        return Answer(200, island.encode(), "text/xml; charset=utf-8")
    return markup(shell(f'<script type="text/xml">{island}</script>'))


# ---- jpaas -------------------------------------------------------------------------

_JPAAS = "/k/jpaas/"
_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def _jpaas_address(item: pages.Item) -> str:
    return f"{_JPAAS}art/{item.published.year}/art_{item.number:032x}.html"


def jpaas(asked: Asked) -> Answer | None:
    """No list is in the page: a service gives it as markup in JSON."""
    if asked.path == _UNIT:
        if (
            asked.query.get("pageId") != "95d8"
            or asked.query.get("tagId") != "分页列表"
        ):
            return data({"success": False, "data": {"html": ""}})
        number = int(json.loads(asked.query.get("paramJson", '{"pageNo":1}'))["pageNo"])
        fragment = f"""<div class="page-content"><ul>{rows(on_page(number), _jpaas_address, is_titled=True)}</ul>
<div class="pagination" rows="{PER_PAGE}" count="{len(ENTRIES)}" pageNo="{number}"></div></div>"""
        return data({"success": True, "data": {"html": fragment}})
    if not asked.path.startswith(_JPAAS):
        return None
    item = entry_at(asked.path, _jpaas_address)
    if item:
        return article(item, '<div class="art_con">')
    if asked.path != f"{_JPAAS}col/col95/index.html":
        return not_there(404)
    query = (
        "{'parseType':'bulidstatic','webId':'8f43','tplSetId':'5255','pageType':'column',"
        "'tagId':'分页列表','editType':'null','pageId':'95d8'}"
    )
    body = f"""<div id="分页列表"></div>
<script type="text/javascript" src="/script/unitbuild.js" id="u1" url="{_UNIT}" queryData="{query}"></script>"""
    return markup(shell(body))


# ---- UCAP --------------------------------------------------------------------------

_UCAP = "/k/ucap-search/"


def _ucap_address(item: pages.Item) -> str:
    return f"{_UCAP}c1/{item.published:%Y%m}/c01_{item.number}.shtml"


def ucap_search(asked: Asked) -> Answer | None:
    """The list comes from a search service in JSON."""
    if asked.path == "/common/search/8a9b0c":
        number = int(asked.query["page"])
        results = [
            {
                "title": item.title,
                "url": _ucap_address(item),
                "publishedTimeStr": f"{item.published} 09:30:00",
                "domainMetaList": [
                    {"resultList": [{"key": "indexnumber", "value": ""}]}
                ],
            }
            for item in on_page(number)
        ]
        answer = {"total": len(ENTRIES), "page": number, "rows": PER_PAGE}
        return data({"data": {**answer, "results": results}})
    if not asked.path.startswith(_UCAP):
        return None
    item = entry_at(asked.path, _ucap_address)
    if item:
        return article(item, "<ucapcontent>", "</ucapcontent>")
    if asked.path != f"{_UCAP}c1/zfxxgknb.shtml":
        return not_there(404)
    service = "/common/search/8a9b0c?_isAgg=true&_isJson=true&_pageSize=3&page="
    body = f"""<div class="list"><ul id="list"></ul></div><div id="page_div"></div>
<script>var manuscriptUrl="{service}";</script>"""
    return markup(shell(body, head='<meta name="channelId" content="8a9b0c">'))


# ---- gkmlpt ------------------------------------------------------------------------

_GKMLPT = "/jyj/gkmlpt/"


def _gkmlpt_address(item: pages.Item) -> str:
    return f"{_GKMLPT}content/8/8000/post_{item.number}.html"


def gkmlpt(asked: Asked) -> Answer | None:
    """A shell with a tree of columns, and a service in JSON."""
    if not asked.path.startswith(_GKMLPT):
        return None
    item = entry_at(asked.path, _gkmlpt_address)
    if item:
        return article(item, '<div class="article-content">')
    if asked.path == f"{_GKMLPT}api/all/1027":
        if asked.query.get("sid") != "763001":
            return not_there(404)
        number = max(1, int(asked.query["page"]))
        articles = [
            {
                "id": item.number,
                "title": item.title,
                "url": f"{_gkmlpt_address(item)}#1027",
                "post_url": "",
                "display_publish_time": int(
                    datetime.combine(
                        item.published, datetime.min.time(), UTC
                    ).timestamp()
                ),
                "created_at": f"{item.published} 10:00:00",
            }
            for item in on_page(number)
        ]
        return data({"classify": {"post_count": len(ENTRIES)}, "articles": articles})
    if asked.path != f"{_GKMLPT}index":
        return not_there(404)
    tree = (
        '[{"id":1001,"name":"\\u653f\\u7b56","children":[{"id":1002,"name":"规范性文件",'
        '"children":[],"jump_url":""}]},{"id":1027,"name":"政府信息公开年报","children":[],'
        '"jump_url":""},{"id":1028,"name":"政府网站年报","jump_url":"http://a.gov.cn/"}]'
    )
    script = f"<script>window._CONFIG = {{\n  DOMAIN: '127.0.0.1',\n  SID: '763001',\n  TREE: {tree},\n}};</script>"
    return markup(shell('<div id="app"></div>', head=script))


# ---- a service of a portal's own ---------------------------------------------------

_SHELL = "/k/shell/"


def _shell_address(item: pages.Item) -> str:
    return f"{_SHELL}news/show/{item.number}.html"


def loaded(asked: Asked) -> Answer | None:
    """A list in JSON by POST, with names of fields in capitals."""
    if asked.path == "/szinf/interactive/loadData":
        if asked.form.get("catalog") != "nb":
            return not_there(405)
        number = int(asked.form["page"])
        listed = [
            {
                "TITLE": item.title,
                "URL": _shell_address(item),
                "C_WJBH": "",
                "PUBLISHED_TIME_FORMAT": item.published.isoformat(),
            }
            for item in on_page(number)
        ]
        whole = {"allRow": len(ENTRIES), "totalPage": page_count(), "list": listed}
        return data(whole)
    if not asked.path.startswith(_SHELL):
        return None
    item = entry_at(asked.path, _shell_address)
    if item:
        return article(item)
    if asked.path != f"{_SHELL}nb":
        return not_there(404)
    body = f"""<div id="app"><ul><li v-for="row in list">{{{{ row.TITLE }}}}</li></ul></div>
<script>$.post('/szinf/interactive/loadData', {{catalog: 'nb', page: 1, rows: {PER_PAGE}}}, function (answer) {{
  app.list = answer.list;
}}, 'json');</script>"""
    return markup(shell(body))


ASKED = (
    Kind("hanweb-post", "hanweb", f"{_HANWEB}col/col25630/index.html", hanweb_post),
    Kind("hanweb-get", "hanweb", f"{_GET}col/col1201/index.html", hanweb_get),
    Kind("jpaas", "jpaas", f"{_JPAAS}col/col95/index.html", jpaas),
    Kind("ucap-search", "ucap", f"{_UCAP}c1/zfxxgknb.shtml", ucap_search),
    Kind("gkmlpt", "gkmlpt", f"{_GKMLPT}index", gkmlpt),
    Kind("shells", "shells", f"{_SHELL}nb", loaded),
)
