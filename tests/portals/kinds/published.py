"""Systems that publish their lists as pages: TRS in three forms, UCAP, VSB, LonSun, NFCMS."""

from __future__ import annotations

from tests.portals import pages
from tests.portals.answers import Answer, Asked, not_there
from tests.portals.kinds.kind import (
    ENTRIES,
    Kind,
    article,
    entry_at,
    markup,
    on_page,
    page_count,
    rows,
    shell,
)

# ---- TRS ---------------------------------------------------------------------------

_TRS = "/k/trs1/zfxxgknb/"


def _trs_address(item: pages.Item) -> str:
    return f"./{item.published:%Y%m}/t{item.published:%Y%m%d}_{item.number}.html"


def trs_from_one(asked: Asked) -> Answer | None:
    """The second page is `index_2.html`; there is no `index_1.html`."""
    if not asked.path.startswith(_TRS):
        return None
    name = asked.path.removeprefix(_TRS)
    item = entry_at(f"./{name}", _trs_address)
    if item:
        return article(item, '<div class="TRS_Editor">')
    names = {"": 1, "index.html": 1, "index_2.html": 2, "index_3.html": 3}
    number = names.get(name)
    if number is None:
        return not_there(404)
    call = f'createPageHTML({page_count()}, {number - 1}, "index", "html");'
    body = f"""<ul class="list">{rows(on_page(number), _trs_address)}</ul>
<div class="page"><script>{call}</script></div>"""
    return markup(shell(body))


_TABLE = "/k/trs2/nb/"


def trs_table(asked: Asked) -> Answer | None:
    """A table in GBK, days without their year, equal titles, `countPage`."""
    if not asked.path.startswith(_TABLE):
        return None
    name = asked.path.removeprefix(_TABLE)
    item = entry_at(f"./{name}", _trs_address)
    if item:
        return article(item, '<div class="TRS_Editor">')
    number = {"index.html": 1, "index_1.html": 2, "index_2.html": 3}.get(name)
    if number is None:
        return not_there(404)
    lines = "\n".join(
        f"<tr><td>·<a href='{_trs_address(item)}' target=_blank>"
        f"{'政府信息公开工作年度报告' if hasattr(item, 'figures') else item.title}</a></td>"
        f"<td>[{item.published:%m-%d}]</td></tr>"
        for item in on_page(number)
    )
    script = f"""<script>
var currentPage = {number - 1};//所在页从0开始
var prevPage = currentPage-1
var nextPage = currentPage+1
var countPage = {page_count()}//共多少页
document.write("共"+countPage+"页&nbsp;&nbsp;");
if(countPage>1&&currentPage!=(countPage-1))
document.write("<a href=\\"index"+"_"+nextPage+"."+"html\\">下一页</a>&nbsp;");
</script>"""
    body = f"<table width='100%'>{lines}</table><div>{script}</div>"
    text = shell(body).replace('<meta charset="utf-8">', "<meta charset=gb2312>")
    return markup(text, "gb18030")


# ---- UCAP --------------------------------------------------------------------------

_UCAP = "/k/ucap/zfxxgknb/"


def _ucap_address(item: pages.Item) -> str:
    return f"{_UCAP}{item.published:%Y%m}/{item.number:032x}.shtml"


def ucap_pages(asked: Asked) -> Answer | None:
    """The list stands in a comment, in pages counted from one."""
    if not asked.path.startswith(_UCAP):
        return None
    item = entry_at(asked.path, _ucap_address)
    if item:
        return article(item, "<ucapcontent>", "</ucapcontent>")
    name = asked.path.removeprefix(_UCAP)
    number = {"list.shtml": 1, "list_2.shtml": 2, "list_3.shtml": 3}.get(name)
    if number is None:
        return not_there(404)
    call = f"createPageHTML('page_div',{page_count()},{number},'list','shtml',8);"
    body = f"""<div id="list"><!-- <ul>{rows(on_page(number), _ucap_address)}</ul> --></div>
<div id="page_div"></div><script>{call}</script>"""
    return markup(shell(body))


# ---- VSB ---------------------------------------------------------------------------

_VSB = "/k/vsb/"


def _vsb_address(item: pages.Item) -> str:
    return f"{_VSB}info/1021/{item.number}.htm"


def vsb(asked: Asked) -> Answer | None:
    """Pages count backwards; titles are cut and have no attribute that holds them."""
    if not asked.path.startswith(_VSB):
        return None
    item = entry_at(asked.path, _vsb_address)
    if item:
        before = '<form name="_newscontent_fromname"><div id="vsb_content">'
        return article(item, before, "</div></form>")
    paths = ("zfxxgknb.htm", "zfxxgknb/2.htm", "zfxxgknb/1.htm")
    name = asked.path.removeprefix(_VSB)
    if name not in paths:
        return not_there(404)
    number = paths.index(name) + 1
    items = "".join(
        f'<li id="line_u9_{at}"><a href="{_vsb_address(item)}">'
        f"<h4>{item.title[:14]}...</h4><p>{item.published}</p></a></li>"
        for at, item in enumerate(on_page(number))
    )
    following = ("zfxxgknb/2.htm", "1.htm")
    onward = (
        '<span class="p_next_d p_fun_d">下页</span>'
        if number == page_count()
        else f'<span class="p_next p_fun"><a href="{following[number - 1]}">下页</a></span>'
    )
    body = f"""<ul>{items}</ul><div class="pb_sys_common">
<span class="p_t">共{len(ENTRIES)}条</span><span class="p_pages"><span class="p_no_d">{number}</span>
{onward}</span><span class="p_t">{number}/{page_count()}</span></div>"""
    return markup(shell(body))


# ---- LonSun ------------------------------------------------------------------------

_LONSUN = "/k/lonsun/public/"


def _lonsun_address(item: pages.Item) -> str:
    return f"{_LONSUN}6595721/{item.number}.html"


def lonsun(asked: Asked) -> Answer | None:
    """The pager is drawn by `Ls.pagination`."""
    if not asked.path.startswith(_LONSUN):
        return None
    item = entry_at(asked.path, _lonsun_address)
    if item:
        return article(item, '<div class="wzcon j-fontContent">')
    if asked.path != f"{_LONSUN}column/6595721":
        return not_there(404)
    number = int(asked.query.get("pageIndex", "1"))
    link = f"{_LONSUN}column/6595721?type=4&action=list&nav=3&pageIndex="
    body = f"""<ul class="clearfix xxgk_nav_list">{rows(on_page(number), _lonsun_address, is_titled=True)}</ul>
<div id="page_public_info" class="page"></div>
<script type="text/javascript">
Ls.pagination("#page_public_info", "{link}", {{
  currPage: {number},
  pageCount: {page_count()},
  link: '{link}',
  isTotal: true
}});
</script>"""
    return markup(shell(body))


# ---- NFCMS -------------------------------------------------------------------------

_NFCMS = "/k/nfcms/zwgk/nb/"


def _nfcms_address(item: pages.Item) -> str:
    return f"{_NFCMS}content/post_{item.number}.html"


def nfcms(asked: Asked) -> Answer | None:
    """Links to the next page; articles `content/post_N.html`."""
    if not asked.path.startswith(_NFCMS):
        return None
    item = entry_at(asked.path, _nfcms_address)
    if item:
        return article(item, '<div class="news_cont_d_wrap">')
    name = asked.path.removeprefix(_NFCMS)
    number = {"index.html": 1, "index_2.html": 2, "index_3.html": 3}.get(name)
    if number is None:
        return not_there(404)
    after = f"index_{number + 1}.html"
    onward = f'<a class="next" href="{after}">&gt;</a>' if number < page_count() else ""
    script = "<script>var NFCMS_SITE_ID = '999001';</script>"
    body = f"""<ul class="list">{rows(on_page(number), _nfcms_address)}</ul>
<div class="page">共{page_count()}页 {onward}</div>"""
    return markup(shell(body, head=script))


PUBLISHED = (
    Kind("trs-from-one", "trs", f"{_TRS}index.html", trs_from_one),
    Kind("trs-table", "trs", f"{_TABLE}index.html", trs_table),
    Kind("ucap-pages", "ucap", f"{_UCAP}list.shtml", ucap_pages),
    Kind("vsb", "vsb", f"{_VSB}zfxxgknb.htm", vsb),
    Kind(
        "lonsun",
        "lonsun",
        f"{_LONSUN}column/6595721?type=4&action=list&nav=3",
        lonsun,
    ),
    Kind("nfcms", "nfcms", f"{_NFCMS}index.html", nfcms),
)
