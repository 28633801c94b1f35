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
_NO_BORDER = r"[^，、。；：的和与及赴向]{1,12}?"
_OFFICES = "(?:局|委员会|委|厅|办公室|街道办事处)(?!长|部)"
# The last sign of a place whose government or office is named behind it.
# e.g. "示例市人民政府", "示例县商务局", "示例区门户网站"
# not "示例市政府采购", "示例市商务局长", "示例市的商务局"
_SUBJECT = re.compile(rf"[省市县区州盟旗](?={_GOVERNMENTS}|{_NO_BORDER}{_OFFICES})")
_DEALINGS = "|".join((
    *("学习", "考察", "交流", "借鉴", "调研", "来访", "赴", "前往", "协作", "协同"),
    *("合作", "结对", "帮扶", "援", "移送", "转办", "转交", "转来", "对口", "兄弟"),
    *("先进", "经验", "驻", "法院", "检察院", "公司", "集团", "毗邻", "联合"),
    *("跨省", "跨市", "通办"),
))  # fmt: skip
# A sentence on bodies that one learns from or deals with, on courts and on companies.
# e.g. "赴示例市学习", "示例市中级人民法院", "跨省通办"
# not "示例市商务局公开信息"
_DEALS_WITH = re.compile(_DEALINGS)
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
    below the report's own is never another place. Quoted documents, brackets, courts,
    companies, and bodies one learns from or deals with don't count.
    """
    region = report.agency.region
    is_national = report.agency.level == "国家"
    if region is None or is_national or not report.is_report:
        return ()
    found: dict[str, Finding] = {}
    for sentence, at in _sentences(report):
        for name in _others(sentence, region.code):
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
            if not _DEALS_WITH.search(sentence):
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
        if mention.places and not is_own:
            names.append(mention.name)
    # Of a city and its county, named in one breath, the county is meant.
    return [name for name in names if not _begins_another(name, names)]


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
