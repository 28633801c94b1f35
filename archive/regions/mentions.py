"""Places named in a report that are none of its own.

They are what may remain of a text copied from elsewhere: agencies write the report of
one year over that of another body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from archive.catalogue import Value
from archive.regions.divisions import Divisions, related
from archive.regions.names import by_name
from archive.report import Finding, Place, Report, Table, plain

# Titles of documents, quotations and brackets speak of others by right.
# e.g. "《示例市人民政府令》", "“示例市政务服务”", "（示例市商务局）"
# not "示例市商务局"
_QUOTED = re.compile(r"《[^》]{0,80}》|“[^”]{0,60}”|[（(][^（）()]{0,60}[）)]")
# e.g. "示例市商务局公开信息"
# not "。"
_SENTENCE = re.compile(r"[^。；！？\n]+")
_GOVERNMENTS = "(?:人民)?政府(?!令|采购)|政务|政府信息|门户网站"
# 中山市场监督管理局, 市级, 区域, 州县: the sign belongs to the word behind it
_GOES_ON = "场(?=监|所|价|主)|级|域|容|划|块|间"
_NO_BORDER = r"[^，、。；：的和与及赴向]{1,12}?"
_OFFICES = "(?:局|委员会|委|厅|办公室|街道办事处)(?!长|部)"
# The last sign of a place whose government or office is named behind it.
# e.g. "示例市人民政府", "示例县商务局", "示例区门户网站"
# not "示例市政府采购", "示例市商务局长", "示例市的商务局"
_SUBJECT = re.compile(
    rf"[省市县区州盟旗](?!{_GOES_ON})(?={_GOVERNMENTS}|{_NO_BORDER}{_OFFICES})"
)
_DEALINGS = "|".join((
    *("学习", "考察", "交流", "借鉴", "调研", "来访", "赴", "前往", "协作", "协同"),
    *("合作", "结对", "帮扶", "援", "移送", "转办", "转交", "转来", "对口", "兄弟"),
    *("先进", "经验", "驻", "法院", "检察院", "公司", "集团", "毗邻", "联合"),
    *("跨省", "跨市", "通办", "挂职", "跟班", "跟岗", "邀请", "参照", "参考", "对标"),
    *("参观", "观摩", "签订", "签署", "接待", "一行", "来函", "发函", "函询", "致函"),
    *("征求", "不服", "申请人", "告知", "制作", "引进", "招商", "对接", "推广", "转发"),
    *("转载", "做法", "旧址", "表扬", "召开", "协查", "承办单位"),
))  # fmt: skip
_SIGNS = "[，、：]"
_WHEN = r"年度?|全年|今年|以来|期间|月|日|底"
_LIST = r"[）)]|是"
_THROUGH = "通过|依托|利用|借助|登录|在|于|经|由|以及|和|与|及"
# What stands before a place whose body is told to do the report's own work.
# e.g. "", "2023年，", "通过", "（一）"
# not "转载", "由我局向"
_AS_OWN = re.compile(rf"(?:^|{_SIGNS}|{_WHEN}|{_LIST}|{_THROUGH})$")
_BODY = rf"(?:(?:人民)?政府|政务服务|{_NO_BORDER}{_OFFICES})?(?:办公[室厅])?"
_PORTAL = (
    "(?:门户|政务)?(?:网站?|平台)?(?:政府)?(?:信息公开|政务公开)?(?:专栏|栏目|平台)?"
)
_ALL_OF_IT = r"(?:\d{4}年度?|全年|本年度?|今年|[，共均已全])*"
_OF_DISCLOSURE = "主动|公开|发布|收到|受理|答复|更新|设立?|开设|信息"
_DUTIFULLY = (
    "高度重视|认真|严格|积极|切实|坚持|按照|未|办理|始终|进一步|持续|深入|扎实|没有"
)
# Behind it: what reports tell of their own body and its website.
# e.g. "人民政府门户网站公开", "商务局全年主动", "商务局高度重视"
# not "政府一行", "人民政府的批复"
_WORK = re.compile(rf"{_BODY}{_PORTAL}{_ALL_OF_IT}(?:{_OF_DISCLOSURE}|{_DUTIFULLY})")
# A sentence on bodies that one learns from or deals with, on courts and on companies.
# e.g. "赴示例市学习", "示例市中级人民法院", "跨省通办"
# not "示例市商务局公开信息"
_DEALS_WITH = re.compile(_DEALINGS)
# Customs, maritime and other branches of the state sit in one place and answer for
# more than it: 湛江海关 for 茂名市 too.
# e.g. "湛江海关", "长江海事局", "上海铁路监督管理局", "黄河水利委员会"
# not "示例市商务局", "示例市市场监管局"
_OF_A_WIDER_AREA = re.compile(
    "(?:海关|海事局|铁路监督管理局|(?<!市场)监管局|监管办(?:公室)?|地区管理局"
    "|特派员办事处|水利委员会)$"
)
_LONGEST = 15
_SHOWN = 60
# 东区, 城区: any district may be called so.
_SHORTEST_SURE = 3


class _Mention(NamedTuple):
    """A place in a sentence: its name as shown, and the divisions it can mean."""

    name: str
    places: Divisions


def other_places(report: Report) -> tuple[Finding, ...]:
    """Findings about public bodies of other places, named as if they were the report's.

    At most one finding a place. Geographic containment decides: a division above or
    below the report's own is never another place, and bodies of the state are not bound
    to the place they sit in. Quoted documents, brackets, courts,
    companies, and bodies one learns from or deals with don't count.
    """
    region = report.agency.region
    is_national = report.agency.level == "国家"
    is_of_more = is_national or _OF_A_WIDER_AREA.search(report.agency.name)
    if region is None or is_of_more or not report.is_report:
        return ()
    found: dict[str, Finding] = {}
    for sentence, at in _sentences(report):
        names = _others(sentence, region.code)
        if not names or _DEALS_WITH.search(sentence):
            continue
        for name in names:
            if name not in found:
                found[name] = _finding(region.name, name, sentence, at)
    return tuple(found.values())


def _sentences(report: Report) -> Iterator[tuple[str, Place]]:
    """What the report says of itself, sentence by sentence, each with its place.

    Tables are the official form's, filled with numbers; they name no bodies.
    """
    blocks = chain.from_iterable(section.blocks for section in report.sections)
    for block in blocks:
        if isinstance(block, Table):
            continue
        unquoted = _QUOTED.sub("", plain(block.text))
        for sentence in _SENTENCE.findall(unquoted):
            yield sentence, block.at


def _finding(own: str, name: str, sentence: str, at: Place) -> Finding:
    """In: the report's own region and the other place, by name; where that is named."""
    shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN] + "…"
    values: dict[str, Value] = {"region": own, "place": name, "quoted": shown}
    return Finding("other_place", values, (), at)


def _others(sentence: str, own: str) -> list[str]:
    """Names of the places in a sentence that have nothing to do with the own one.

    In: the code of the report's own region. A name may come several times.
    """
    names = []
    for match in _SUBJECT.finditer(sentence):
        mention = _mention(sentence, match.end())
        is_own = related(mention.places, [own])
        if not mention.places or is_own:
            continue
        if _is_told_as_own(sentence, match.end(), mention.name):
            names.append(mention.name)
    # Of a city and its county, named in one breath, the county is meant.
    return [name for name in names if not _begins_another(name, names)]


def _is_told_as_own(sentence: str, end: int, name: str) -> bool:
    """Whether the body of a place, whose name ends there, does the report's own work.

    通过上高县政府网站公开12条 does; 上高县政府的批复 and 原上高县政府 don't.
    """
    before = sentence[: end - len(name)]
    if not _AS_OWN.search(before):
        return False
    return _WORK.match(sentence, end) is not None


def _begins_another(name: str, names: Iterable[str]) -> bool:
    """Whether a name is the beginning of a longer one: 示例市 of 示例市东区.

    Both are found where a sentence says 示例市东区商务局, at the 市 and at the 区.
    """
    longer = (other for other in names if len(other) > len(name))
    return any(other.startswith(name) for other in longer)


def _mention(sentence: str, end: int) -> _Mention:
    """The place whose name ends there, with the one it lies in where that is named.

    示例市东区商务局 names 示例市东区: of all divisions called 东区 those within 示例市.
    A name of two signs counts only so.
    """
    name, places = _ending_at(sentence, end)
    if not name:
        return _Mention("", ())
    above, parents = _ending_at(sentence, end - len(name))
    within = related(places, [parent.code for parent in parents])
    if within:
        return _Mention(above + name, within)
    is_sure = len(name) >= _SHORTEST_SURE
    return _Mention(name, places if is_sure else ())


def _ending_at(sentence: str, end: int) -> tuple[str, Divisions]:
    """The longest division's name that ends there, and who bears it.

    A stem alone (朝阳, 长安) may be any word.
    """
    for start in range(max(0, end - _LONGEST), end - 1):
        name = sentence[start:end]
        places = by_name().get(name, ())
        if places:
            return name, places
    return "", ()
