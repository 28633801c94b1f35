"""How reports word the numbers they state: patterns over plain text, as data.

Each pattern has the groups `n` (the number) and `unit`; a pattern of ZEROS states 0 in words.
The gaps never cross a comma or a full stop, so that a number goes with its own words.
"""

from __future__ import annotations

import re

NUMBER = (
    r"(?P<n>\d{1,3}(?:，\d{3}){1,4}(?!\d)|(?<![\d.])\d{1,15}(?:\.\d{1,6})?|[〇零一二两三四五六七八九十百千]{1,12})"
    r"(?P<ten_thousand>万?)(?P<about>余|多)?"
)
_GAP = r"[^，。；！？\d]"
_NOT = r"(?:未|没有|无(?!法|障|正当|论|需|关|理)|不存在|尚未|从未)(?:曾|有)?"
_CASES = r"(?P<unit>件次?|条|次|份|宗|例|个|起|案|人次)"
_ITEMS = r"(?P<unit>条次?|件|份|篇|项|个|则)"
_HOW_MANY = r"(?:共计?|合计|累计|总计|总数|总量|数量|数|为|有|是|达到?|约|：|均|各|案件|案)"

_TOTAL_BETWEEN = (
    r"(?:的|了|各|类|项|政府|政务|公开|工作|信息|动态|内容|数据|共|计|总|合|累|数|量|达|到|约|为|有|：|在|发布|"
    r"本级|全年|新增|已)"
)
CHANNELS = {
    "website": (r"(?:网站|网络)", r"微信|公众号|微博|等|栏目|专栏|回复|答复|留言|咨询|访问|点击|解读|维护|数量"),
    "wechat": (r"(?:微信|公众号)", r"微博|网站|等|粉丝|关注|阅读|访问|回复|留言"),
    "weibo": (r"微博", r"微信|公众号|网站|等|粉丝|关注|阅读|访问|回复|留言"),
}


def _sent(channel: str, others: str) -> re.Pattern[str]:
    gap = rf"(?:(?!{others}){_GAP})"
    return re.compile(
        rf"{channel}{gap}{{0,24}}?(?:发布|公开|更新|推送|刊发|上传|推文|信息){gap}{{0,14}}?{NUMBER}(?P<unit>条次?|篇|件|份|则|期|次)"
    )


STATED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("proactive_total", re.compile(rf"主动公开{_TOTAL_BETWEEN}{{0,16}}{NUMBER}{_ITEMS}")),
    (
        "proactive_total",
        re.compile(
            rf"(?:全年|共|累计|总计|合计)(?:共|累计|总计)?公开(?:发布)?{_TOTAL_BETWEEN}{{0,16}}{NUMBER}{_ITEMS}"
        ),
    ),
    (
        "applications_received",
        re.compile(
            rf"(?:收到|接到|受理|接收|新收)(?:(?!答复|结转|办结|复议|诉讼){_GAP}){{0,24}}?(?:申请|依申请公开)"
            rf"(?:公开|政府信息|信息|事项|表|的)*{_HOW_MANY}*{NUMBER}{_CASES}"
        ),
    ),
    (
        "applications_received",
        re.compile(
            rf"(?:收到|接到|受理|接收|新收){_GAP}{{0,16}}?{NUMBER}{_CASES}(?:(?!答复|结转|复议|诉讼|、){_GAP}){{0,16}}?申请"
        ),
    ),
    (
        "applications_received",
        re.compile(
            rf"(?:^|[，。；）：年局府])(?:依申请公开|政府信息公开申请)(?:政府信息|信息|事项|申请)?{_HOW_MANY}*{NUMBER}{_CASES}"
        ),
    ),
    (
        "applications_answered",
        re.compile(
            rf"(?:答复|办结|办理完毕|已办理)(?:(?!提案|建议|复议|诉讼){_GAP}){{0,16}}?{NUMBER}(?P<unit>件|条|份|宗|次)"
        ),
    ),
    ("carried_in", re.compile(rf"(?:上年度?|上一年度?)结转{_GAP}{{0,16}}?{NUMBER}{_CASES}")),
    ("carried_out", re.compile(rf"结转(?:至|到|入)?(?:下|次)一?年度?{_GAP}{{0,12}}?{NUMBER}{_CASES}")),
    (
        "documents_issued",
        re.compile(
            rf"(?:制发|制定|出台|印发|制作)(?:(?!解读|清理|废止){_GAP}){{0,14}}?规范性文件{_HOW_MANY}*{NUMBER}(?P<unit>件|份|个)"
        ),
    ),
    (
        "documents_issued",
        re.compile(rf"(?:制发|制定|出台|印发|制作)(?:了|行政)*{NUMBER}(?P<unit>件|份|个)(?:行政)?规范性文件"),
    ),
    (
        "documents_issued",
        re.compile(rf"规范性文件{_GAP}{{0,6}}?(?:制发|出台|印发)(?:件数|数量)?{_HOW_MANY}*{NUMBER}(?P<unit>件|份|个)"),
    ),
    (
        "documents_repealed",
        re.compile(
            rf"(?:废止|失效){_GAP}{{0,12}}?规范性文件{_HOW_MANY}*{NUMBER}(?P<unit>件|份|个)|规范性文件废止{_HOW_MANY}*(?P<n2>\d+)件"
        ),
    ),
    ("proposals", re.compile(rf"(?:建议|提案)(?:(?!答复率|满意率|办复率){_GAP}){{0,14}}?{NUMBER}(?P<unit>件|份)")),
    (
        "proposals",
        re.compile(
            rf"(?:承办|办理|收到|办复)(?:了|各级|省|市|县|区)*{NUMBER}(?P<unit>件|份)(?:(?!、){_GAP}){{0,16}}?(?:建议|提案)"
        ),
    ),
    ("trainings", re.compile(rf"培训(?:会议?|班|活动)?{_HOW_MANY}*{NUMBER}(?P<unit>次|场次?|期|班次)")),
    (
        "trainings",
        re.compile(
            rf"(?:举办|开展|组织|召开)(?:了|各类|全[市县区])*{NUMBER}(?P<unit>次|场次?|期)(?:(?!、){_GAP}){{0,16}}?培训"
        ),
    ),
    (
        "fee",
        re.compile(
            rf"(?:信息处理费|检索费|处理费用){_GAP}{{0,10}}?{NUMBER}(?P<unit>万?元)|收取{_GAP}{{0,14}}?费用{_GAP}{{0,6}}?(?P<n2>\d+)元"
        ),
    ),
    *((key, _sent(channel, others)) for key, (channel, others) in CHANNELS.items()),
)
"""Claim key and pattern, the better wording first."""

_PROCEEDING_GAP = rf"(?:(?!决定|文书|公开|信息|机构|培训|结果|率){_GAP})"
PROCEEDINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, pattern)
    for key, word in (("reviews", "行政复议"), ("lawsuits", "(?:行政)?诉讼"))
    for pattern in (
        re.compile(rf"{word}(?P<gap>{_PROCEEDING_GAP}{{0,16}}?){NUMBER}(?P<unit>件|起|宗|例|次|案|个)"),
        re.compile(
            rf"(?<!复议)(?<!诉讼){NUMBER}(?P<unit>件|起|宗|例|次)(?P<gap>(?:(?!、){_PROCEEDING_GAP}){{0,10}}?){word}"
        ),
    )
)
"""Reviews and lawsuits; `gap` tells whether the number speaks of both together."""

ZEROS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "applications_received",
        re.compile(
            rf"{_NOT}(?:收到|接到|受理|接收|办理|发生|出现)?(?:自然人|公民、法人(?:和|或者?|及|以及|、)其[他它]组织)?(?:(?!理由|答复|因|超期|逾期|投诉|结转|、){_GAP}){{0,18}}?"
            rf"(?:依申请公开|公开申请|申请公开|公开{_GAP}{{0,8}}的申请)(?!{_GAP}{{0,6}}(?:复议|诉讼|引发|收费|费用|人))"
        ),
    ),
    ("reviews", re.compile(rf"{_NOT}(?:(?!决定){_GAP}){{0,40}}?行政复议(?!机关)")),
    ("lawsuits", re.compile(rf"{_NOT}(?:(?!决定){_GAP}){{0,46}}?诉讼")),
    ("carried_in", re.compile(rf"{_NOT}{_GAP}{{0,6}}?(?:上年|上一年)度?结转")),
    ("carried_out", re.compile(rf"{_NOT}{_GAP}{{0,6}}?结转(?:至|到)?(?:下|次)一?年|无(?:下|次)一?年度?结转")),
    ("documents_issued", re.compile(rf"{_NOT}(?:新)?(?:制发|制定|出台|印发){_GAP}{{0,8}}?规范性文件")),
    (
        "fee",
        re.compile(
            rf"(?:{_NOT}|不|免)(?:予|曾|向|产生|发生)?{_GAP}{{0,12}}?(?:收取|收费|收|产生|发生){_GAP}{{0,16}}?(?:信息处理费|费用|处理费|检索费)"
            rf"|信息处理费(?:收取)?(?:的)?(?:情况)?[：为]?(?:无|零|〇|0)(?=[。，；]|$)"
        ),
    ),
)

OTHER_TIME = re.compile(
    r"去年|上年(?!度?结转)|上一年(?!度?结转)|往年|历年|同比|相比|环比|较(?!好|为|大|快)|比(?:\d{4}|上)|增[加长]|减少|下降|历史"
)
"""A number in the same clause after one of these is not this year's."""
OTHER_BODY = re.compile(
    r"各(?:部门|单位|乡镇|镇街|街道|县区|区县|县市|市县|镇(?!政府))|全[省市县区州](?:各|行政机关)|下属|所属|辖区"
)
"""… and after one of these not this body's."""
AREA = re.compile(r"全[省市县区州]")
"""… unless the reporting body is the government of the whole area."""
SINGLE_CHANNEL = re.compile(r"(?:网站|微信|公众号|微博|专栏|平台|公报|公开栏|栏目)")
SEVERAL = re.compile(r"等|、|和|及|多种|各种|各类(?:平台|渠道)")
BREAKDOWN = re.compile(r"其中|在主动公开的[^，。]{0,6}中|包括|包含|分别|具体|主要(?:有|为|是)|按")
PART = re.compile(
    rf"(?P<label>[^\d。！？]{{1,120}}?)(?P<n>\d{{1,3}}(?:，\d{{3}}){{1,4}}(?!\d)|\d{{1,15}})(?P<about>余|多)?{_ITEMS}"
)
