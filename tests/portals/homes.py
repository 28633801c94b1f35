"""Home pages of portals, and the many ways from them to the column of annual reports.

Each stands below `/h/NAME/`; the lists they come to are those of `kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.portals.answers import Answer, Asked, not_there
from tests.portals.kinds.kind import REPORTS, markup
from tests.portals.misbehaviour import instead
from tests.portals.reports import SampleReport

TRS = "/k/trs1/zfxxgknb/index.html"
TABLE = "/k/trs2/nb/index.html"
VSB = "/k/vsb/zfxxgknb.htm"
FRAMES = "/k/frames/zl.html"
JPAAS = "/k/jpaas/col/col95/index.html"
NFCMS = "/k/nfcms/zwgk/nb/index.html"
HANWEB = "/k/hanweb-get/col/col1201/index.html"


@dataclass(frozen=True)
class Home:
    """A home page by its name, the pages behind it, and the lists to be found."""

    name: str
    pages: dict[str, str]
    """Path below `/h/NAME/` → what stands in the body."""
    lists: tuple[str, ...]
    """Paths of the lists, the best first."""

    @property
    def start(self) -> str:
        return f"/h/{self.name}/"


def link(href: str, text: str, more: str = "") -> str:
    return f'<li><a href="{href}" {more}>{text}</a></li>'


def _address(report: SampleReport) -> str:
    """Where the first of the lists has a report."""
    day = report.published
    return f"/k/trs1/zfxxgknb/{day:%Y%m}/t{day:%Y%m%d}_{report.number}.html"


_NEWS = "".join(
    link(f"xw/202401/t202401{day}_{day}.html", f"示例市召开第{day}次会议")
    for day in range(10, 24)
)
_MENU = (
    '<div class="nav"><a href="./">首页</a> <a href="zwgk/">政务公开</a>'
    ' <a href="zmhd/">政民互动</a> <a href="bsfw/">办事服务</a></div>'
)
_MAIN = _MENU + f"<ul>{_NEWS}</ul>"
_OTHERS = (
    link("/h/no/wzbb.html", "政府网站工作年度报表")
    + link("/h/no/czndbg/", "财政年报")
    + link("/h/no/fzzf/", "法治政府建设年度报告")
    + link("/h/no/qynb/", "企业年报")
    + link("/h/no/tjnb/nb/", "统计年报")
    + link("/h/no/zn.html", "政府信息公开指南")
    + link("/h/no/ysq.html", "依申请公开")
)

HOMES = (
    Home(
        "menu",
        {"": _MAIN, "zwgk/": link("fdzdgknr/", "法定主动公开内容") + _OTHERS,
         "zwgk/fdzdgknr/": link(TRS, "政府信息公开年报") + _OTHERS},
        (TRS,),
    ),
    Home(
        "titles",
        {"": _MAIN,
         "zwgk/": link(VSB, "政府信息公…", 'title="政府信息公开工作年度报告"')},
        (VSB,),
    ),
    Home(
        "pictures",
        {"": f'{_MAIN}<a href="gk.html"><img src="a.png" alt="政府信息公开"></a>',
         "gk.html": f'<a href="{TABLE}"><img src="b.png" alt="信息公开年报"></a>'},
        (TABLE,),
    ),
    Home(
        "areas",
        {"": '<img usemap="#m" src="m.png"><map name="m"><area shape="rect" coords="0,0,9,9"'
             ' href="gk.html" alt="信息公开专栏"><area href="xw/" alt="新闻"></map>',
         "gk.html": '<map name="n"><area href="' + NFCMS + '" title="年度报告"></map>'},
        (NFCMS,),
    ),
    Home(
        "frameset",
        {"": '<frameset><frame name="top" src="top.html"><frame name="main" src="main.html">'
             "</frameset>",
         "top.html": link("zwgk/", "政府信息公开", 'target="main"'), "main.html": _NEWS,
         "zwgk/": '<iframe name="menu" src="menu.html"></iframe>',
         "zwgk/menu.html": link(FRAMES, "政府信息公开年度报告")},
        (FRAMES,),
    ),
    Home(
        "slugs",
        {"": _MAIN, "zwgk/": "<h3>年报</h3>" + link(VSB, "更多&gt;&gt;") + link(TABLE, "年报")
             + _OTHERS},
        (TABLE, VSB),
    ),
    Home(
        "departments",
        {"": _MAIN,
         "zwgk/": "<select onchange='location=this.value'><option>请选择部门</option>"
                  '<option value="../bm/swj/">市商务局</option>'
                  '<option value="../bm/gaj/">市公安局</option></select>',
         "bm/swj/": link(TRS, "示例市商务局政府信息公开年报"),
         "bm/gaj/": link(HANWEB, "公开年报")},
        (TRS, HANWEB),
    ),
    Home("gkmlpt", {"": link("/jyj/gkmlpt/index", "政府信息公开平台")}, ("/jyj/gkmlpt/index",)),
    Home("jpaas", {"": _MAIN, "zwgk/": link(JPAAS, "信息公开年度报告")}, (JPAAS,)),
    Home(
        "scripted",
        {"": "<meta http-equiv=refresh content='0;url=web/index.html'>",
         "web/index.html": "<li onclick=\"window.open('/h/scripted/gk/index.html')\">信息公开</li>",
         "gk/index.html": "<script>document.write('<a href=\"" + NFCMS + "\">历年年报</a>')</script>"},
        (NFCMS,),
    ),
    Home(
        "tabs",
        {"": link("nb/", "政府信息公开年报"),
         "nb/": link(TRS, "市政府信息公开年报") + link(TABLE, "部门年报")},
        (TRS, TABLE),
    ),
    Home(
        "news",
        {"": f"{_MAIN}<ul>" + link(_address(REPORTS[0]), REPORTS[0].title) + "</ul>",
         "zwgk/": link(TRS, "政府信息公开年报")},
        (TRS,),
    ),
    Home(
        "spellings",
        {"": link(TRS, "政府信息公开年报") + link(TRS.removesuffix("index.html"), "公开年报")
             + link(f"{TRS}#top", "年报") + link(f"{TRS}?from=home", "信息公开年报")},
        (TRS,),
    ),
)  # fmt: skip
"""Each leads to lists that can be read."""


def _calendar(asked: Asked) -> str:
    month = int(asked.query.get("month", "1"))
    pages = (f"/h/calendar/?month={month + step}" for step in (1, 2, 3))
    return "".join(link(page, "信息公开") for page in pages)


def homes(asked: Asked) -> Answer | None:
    """What the home pages and the pages behind them say; None for other addresses."""
    if not asked.path.startswith("/h/"):
        return None
    if asked.path == "/h/calendar/":
        return markup(_calendar(asked))
    if asked.path == "/h/wall/":
        return instead("412")
    if asked.path == "/h/login/":
        return instead("log-in")
    if asked.path == "/h/traps/":
        return markup(
            link("/h/traps/", "政务公开")
            + link("/h/traps/gone/", "政府信息公开年报")
            + link("/h/wall/", "信息公开年报")
            + link("/h/login/", "公开年报")
            + link("http://elsewhere.invalid/zfxxgknb/", "政府信息公开年报")
            + link("/sz/internal/zfxxgknb/", "部门信息公开年报")
            + _OTHERS
        )
    for home in HOMES:
        path = asked.path.removeprefix(home.start)
        if asked.path.startswith(home.start) and path in home.pages:
            return markup(
                f"<!DOCTYPE html><title>示例市</title><body>{home.pages[path]}</body>"
            )
    return not_there(404)
