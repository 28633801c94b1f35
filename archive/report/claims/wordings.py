"""How reports word the numbers they state: patterns over plain text, as data.

A number is told by the words before it (`BEFORE`, ending at the number) or behind it
(`BEHIND`, beginning there). Both stop at a comma, a full stop and the next number, so
that a number goes with its own words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.report.claims.channels import NAMES, OTHER_THINGS

UNITS = r"件次?|条次?|人次|班次|场次?|万?元|[次份宗例个起案篇则期项]"
_DIGIT = r"\d.第〇零一二两三四五六七八九十百千"
_ROUGHLY = r"左右|上下|以上|以下|以内|之多"
NUMBER = re.compile(
    rf"(?=[{_DIGIT}])(?<![{_DIGIT}])(?P<n>\d{{1,3}}(?:，\d{{3}}){{1,4}}(?!\d)|\d{{1,15}}(?:\.\d{{1,6}})?|[〇零一二两三四五六七八九十百千]{{1,12}})"
    rf"(?:(?P<ten_thousand>万?)(?P<about>[余多])?(?P<unit>{UNITS})(?P<roughly>{_ROUGHLY})?|(?<=[0零〇])(?=[，。；、）]|$))"
)
"""A number with its unit; a bare 0 may end a clause without one. Never 第12条 nor a
part of a longer number.
"""

GAP = r"[^，。；！？\d]"
_HOW = (
    r"(?:共计?|合计|累计|总计|总数|总量|数量|件数|条数|数|量|申请|为|有|是|了|的|达到?|约|近|：|均|各|案件|案|情况|"
    r"仅|也|都)*+"
)
COUNT = frozenset(
    {"件", "件次", "条", "次", "份", "宗", "例", "个", "起", "案", "人次", "项"}
)
_ITEMS = frozenset({"条", "条次", "件", "份", "篇", "项", "个", "则"})
PAPERS = frozenset({"件", "份", "个"})
_POSTS = frozenset({"条", "条次", "篇", "件", "份", "则", "期", "次"})
CASES = frozenset({"件", "起", "宗", "例", "次", "案", "个"})


class Wording(NamedTuple):
    """`sign` stands in every text that fits, a cheap look before the pattern; `units`
    are those of its numbers.
    """

    key: str
    sign: str
    pattern: re.Pattern[str]
    units: frozenset[str]


_TOTAL = (
    r"(?:的|了|各|类|项|政府|政务|公开|工作|信息|动态|内容|数据|共|计|总|合|累|数|量|达|到|约|近|为|有|：|在|发布|"
    r"本[机级][关]?|全年|新增|已|涉及|等)"
)
_APPLICANTS = (
    r"办结|办理|公民|自然人|法人|其[他它]组织|组织|企业|单位|个人|群众|公众|社会|各界|申请人|市民|村民|居民|和|或者?|及|以及|与|、|等|"
    r"提交|提出|递交|发来|主动|要求|获取|向|我|本|局|委|办|厅|院|县|区|市|镇|乡|街道|机关|部门|机构|各类|各种|有效|新|有|的|了|到|"
    r"共计?|累计|总计|合计|全年|通过|网[站络上]|书面|信函|电子邮件|邮件|邮寄|在线|当面|现场|平台|渠道|方式|形式|途径|互联网|"
    r"有关|相关|关于|任何|并|答复|\d{1,4}[名位]|政府|政务|信息|公开|依法?|行政|人民|行为|事项|处理|所"
)
APPLICATION = r"(?:申请|依申请公开)"
_ABOUT_APPLICATION = r"(?:公开|政府信息|信息|事项|表|件|案件|办件|信件|受理|登记)*+"
_RECEIVED = r"(?:收到|接到|受理|接收|新收|接受|收悉)"

_NO_ITEMS = r"粉丝|关注|阅读|访问|点击|浏览|转发|播放|点赞|报送|上报|投稿|采用|采纳"
_KINDS_OF_ITEMS = (
    r"公告|通知|文件|政策|动态|新闻|公示|视频|图解|指南|财政|预算|决算|征集|调查|许可|处罚|解读|回应|会议|目录|"
    r"人事|招聘|规章|规范性|公文"
)
"""One kind of what a channel carries: its number is not the channel's."""


def _sent(key: str) -> Wording:
    gap = rf"(?:(?!{OTHER_THINGS[key]}|{_NO_ITEMS}|{_KINDS_OF_ITEMS}|等){GAP})"
    pattern = rf"(?:{NAMES[key]}){gap}{{0,24}}?(?:发布|公布|公开|更新|推送|刊发|上传|推文|信息|发文){gap}{{0,14}}$"
    return Wording(
        key,
        {"website": "网", "wechat": "", "weibo": "微博"}[key],
        re.compile(pattern),
        _POSTS,
    )


_PAPER = (
    r"制发|制定|出台|印发|制作|发布|公开|公布|并|和|及|、|了|的|新|各类|行政|政府|本级|本[局委办厅院机]关?|机关|部门|单位|"
    r"共|计|累计|全年"
)
"""What narrows no 规范性文件."""


BEFORE: tuple[Wording, ...] = (
    Wording(
        "proactive_total",
        "主动",
        re.compile(
            rf"(?<![不未非应])主动(?:向社会)?(?:公[开布]|发布){_TOTAL}{{0,16}}$"
        ),
        _ITEMS,
    ),
    Wording(
        "proactive_total",
        "公开",
        re.compile(
            rf"(?:全年|共|累计|总计|合计|年度?|^[我本].{{1,3}})(?:共|累计|总计)?(?:向社会)?公开(?:发布)?{_TOTAL}{{0,16}}$"
        ),
        _ITEMS,
    ),
    Wording(
        "applications_received",
        "申请",
        re.compile(
            rf"{_RECEIVED}(?P<of>(?:(?!依?申请(?:公开|事项|表|$))(?:{GAP}|\d{{1,4}}[名位])){{0,40}}?){APPLICATION}{_ABOUT_APPLICATION}{_HOW}$"
        ),
        COUNT,
    ),
    Wording(
        "applications_received",
        "申请",
        re.compile(
            rf"(?:^(?:\d{{1,2}}[.、])?|[：、]|年度?|[局委办厅院位关会]|政府(?!信息))(?:共有?|新增|全年)?(?:依申请公开|政府信息公开申请|信息公开申请)(?:办?件|事项|申请|案件|受理)?{_HOW}$"
        ),
        COUNT - {"条", "项"},
    ),
    Wording(
        "applications_received",
        "依申请公开",
        re.compile(
            rf"依申请公开(?:工作|方面|事项)?(?:全年|共计?|累计)*{_RECEIVED}{_HOW}$"
        ),
        COUNT,
    ),
    Wording(
        "applications_received",
        "新收",
        re.compile(rf"新收(?:政府信息公开|信息公开)?{_HOW}$"),
        COUNT,
    ),
    Wording(
        "applications_answered",
        "",
        re.compile(
            rf"(?:答复|办结|办理完毕|已办理)(?:(?!提案|建议|复议|诉讼|率|留言|来信|咨询|信访|热线|工单|信箱|诉求|举报|许可|审批){GAP}){{0,16}}$"
        ),
        frozenset({"件", "条", "份", "宗", "次"}),
    ),
    Wording(
        "carried_in",
        "结转",
        re.compile(rf"(?:上年度?|上一年度?|去年)结转(?:(?!至|到|入){GAP}){{0,16}}$"),
        COUNT,
    ),
    Wording(
        "carried_out",
        "结转",
        re.compile(
            rf"结转(?:(?:至|到|入)?(?:(?:下|次)一?年度?|明年)|[至到入]\d{{4}}年度?){GAP}{{0,16}}$"
        ),
        COUNT,
    ),
    Wording(
        "documents_issued",
        "规范性文件",
        re.compile(
            rf"(?:制发|制定|出台|印发|制作)(?:{_PAPER})*+规范性文件{_HOW}$"
            rf"|规范性文件{GAP}{{0,6}}?(?:制发|出台|印发|制定){_HOW}$"
        ),
        PAPERS,
    ),
    Wording(
        "documents_repealed",
        "规范性文件",
        re.compile(
            rf"(?:废止|失效)(?:{_PAPER}|废止|失效|宣布|或)*+规范性文件{_HOW}$|规范性文件{GAP}{{0,6}}?废止{_HOW}$"
        ),
        PAPERS,
    ),
    Wording(
        "proposals",
        "",
        re.compile(
            rf"(?:建议|提案)(?:(?!答复率|满意率|办复率|复文|结果|情况|信息|公开|答复){GAP}){{0,14}}$"
        ),
        frozenset({"件", "份"}),
    ),
    Wording(
        "trainings",
        "培训",
        re.compile(rf"培训(?:会议?|班|活动|讲座|工作)*{_HOW}$"),
        frozenset({"次", "场", "场次", "期", "班次"}),
    ),
    Wording(
        "fee",
        "费",
        re.compile(
            rf"(?:信息处理费|检索费|处理费用?)(?:(?!标准|按){GAP}){{0,10}}$|收取{GAP}{{0,14}}费用?{GAP}{{0,6}}$"
            rf"|信息公开(?:的)?收费(?:金额|总额)?{_HOW}$"
        ),
        frozenset({"元", "万元"}),
    ),
    *(_sent(key) for key in NAMES),
    *(
        Wording(
            key,
            sign,
            re.compile(
                rf"(?:{word})(?P<gap>(?:案件?|申请|事项|数量?|总数|件数|情况|共计?|合计|累计|总计|为|有|是|达到?|约|均|各|分别|：|的|发生|引发|引起|"
                rf"一审|二审|、|和|与|及|或|以及|因?政府信息公开|行政|提起|被|全年|本年度?|新增|收到|诉讼|复议)*+)$"
            ),
            CASES,
        )
        for key, sign, word in (
            ("reviews", "复议", "行政复议|申请复议|复议"),
            ("lawsuits", "诉讼", "(?:行政)?诉讼"),
        )
    ),
)
"""What stands before a number, the better wording first."""

BEHIND: tuple[Wording, ...] = (
    Wording(
        "applications_received",
        "申请",
        re.compile(rf"(?:(?:{_APPLICANTS})(?!申请人))*+{APPLICATION}(?!复议|人)"),
        COUNT,
    ),
    Wording(
        "carried_in",
        "结转",
        re.compile(r"(?:申请)?(?:为|是|系|属于?)?(?:由|从)?(?:上年度?|上一年度?)结转"),
        COUNT,
    ),
    Wording(
        "carried_out",
        "结转",
        re.compile(
            r"(?:申请)?(?:正在办理)?(?:需|将|已)?结转(?:至|到|入)?(?:下|次)一?年"
        ),
        COUNT,
    ),
    Wording(
        "documents_issued", "规范性文件", re.compile(r"(?:行政)?规范性文件"), PAPERS
    ),
    Wording(
        "proposals",
        "",
        re.compile(rf"(?:(?!、){GAP}){{0,16}}?(?:建议|提案)(?![、和])"),
        frozenset({"件", "份"}),
    ),
    Wording(
        "trainings",
        "培训",
        re.compile(rf"(?:(?!、){GAP}){{0,16}}?培训"),
        frozenset({"次", "场", "场次", "期", "班次"}),
    ),
    *(
        Wording(
            key,
            sign,
            re.compile(
                rf"(?:因|涉及|关于|的|政府|政务|信息|公开|工作|申请|引发|引起|被提起|行政(?={sign})|答复|行为|由)*+(?:行政)?{sign}(?!机关|决定)"
            ),
            CASES,
        )
        for key, sign in (("reviews", "复议"), ("lawsuits", "诉讼"))
    ),
)
"""What stands behind a number; `VERBS` must end the words before it."""
VERBS = {
    "applications_received": re.compile(rf"{_RECEIVED}(?P<of>(?:{_APPLICANTS})*+)$"),
    "documents_issued": re.compile(r"(?:制发|制定|出台|印发|制作)(?:了|行政|新)*$"),
    "proposals": re.compile(r"(?:承办|办理|收到|办复)(?:了|各级|省|市|县|区)*$"),
    "trainings": re.compile(r"(?:举办|开展|组织|召开)(?:了|各类|全[市县区])*$"),
}

APPLICANTS = re.compile(rf"(?:{_APPLICANTS})*+")
"""Who applies, how, and for what: nothing else may stand between 收到 and 申请, or only
some of them are meant.
"""
SOME_APPLICANTS = re.compile(
    r"自然人|企业|法人|个人|书面|网络|网上|网站|信函|邮|当面|现场|在线|互联网"
)
ONE_WAY = re.compile(
    r"自然人|法人|企业(?!\w{0,6}[局办委])|网络|网上|网站|官网|线[上下]|信函|信件|邮[箱件寄]|电子邮|当面|现场|在线|互联网(?!信息办)|平台|窗口|传真|"
    r"微信|公众号|热线|书面"
)
ANY_WAY = re.compile("等|各种|各类|多种|不同|线上线下|均|全部")
"""More ways than the one named."""
SEVERAL_APPLICANTS = re.compile(r"[、和或及等与]")

CARRIED: tuple[Wording, ...] = (
    Wording(
        "applications_received",
        "申请",
        re.compile(
            rf"^[、和及]?(?:其中)?(?:\d{{4}}年度?|今年|本年度?|当年|全年|我局|本机关)*(?:共|新)?{_RECEIVED}{_HOW}$"
        ),
        COUNT,
    ),
    Wording(
        "documents_issued",
        "规范性文件",
        re.compile(
            rf"^[、和及]?(?:当年|本年度?|今年|其中)*(?:新?制[发定]|出台|印发){_HOW}$"
        ),
        PAPERS,
    ),
    Wording(
        "documents_repealed",
        "规范性文件",
        re.compile(rf"^[、和及]?(?:宣布)?(?:废止|失效){_HOW}$"),
        PAPERS,
    ),
    *(
        Wording(
            key,
            "发",
            re.compile(
                rf"^[、和及]?(?:政务|官方|新浪|腾讯|门户|政府|局|我局)*(?:{names}){_HOW}$"
            ),
            _POSTS,
        )
        for key, names in NAMES.items()
    ),
)
"""Words that go on with an earlier part of the sentence, where `sign` stands: 制定规范
性文件5件，废止3件.
"""
POSTED = re.compile(
    r"^(?:\d{4}年度?)?(?:[^，。；\d]{0,6}?)(?:发布|推送|更新|推文)(?:图文|信息|文章|消息|稿件|内容|各类|原创)*"
    + _HOW
    + "$"
)
"""What a channel named before did: 公众号关注3万人，发布信息300条."""
SAME = re.compile(
    r"^(?:[、而则]|其中|今年|本年度?|当年|全年|\d{4}年度?|我[局委办厅院县区市镇乡]|本[局委办厅院级]|本机关|我单位|仅|只)*+"
    r"(?:共计?|为|是|有|达到?|增至|增加到|增长到|降至|下降到|上升到|约|总计|仅)*+$"
)
"""Words before a number that leave what it counts to the number before."""

ROUNDED = re.compile(
    r"(?:大?约|大概|将?近|接近|不足|不到|估计|粗略|(?P<more>超过?|逾|突破|至少))(?:为|有|达|共|计|到)*$"
)
"""What makes no exact number of the one that follows; `more`: it is more."""
PARTS = re.compile(r"其中|包括|包含|含(?=上|新|自|\d)|在主动公开的")
"""From here on numbers are parts of one before."""
BREAKDOWN = re.compile(
    r"其中|在主动公开的[^，。]{0,6}中|包括|包含|分别|具体|主要(?:有|为|是)|按|^[：]"
)
PART = re.compile(
    rf"(?P<label>[^\d。！？]{{1,120}}?)(?P<n>\d{{1,3}}(?:，\d{{3}}){{1,4}}(?!\d)|\d{{1,15}})(?P<about>[余多])?"
    rf"(?P<unit>条次?|件|份|篇|项|个|则)(?P<roughly>{_ROUGHLY})?"
)
OTHER_BUSINESS = re.compile(
    r"办理|审理|受理|审结|应诉|执法|法治|依法行政|仲裁|处罚|调解|信访|劳动|行政复议局"
)
"""What a justice bureau says of the reviews it decides."""
