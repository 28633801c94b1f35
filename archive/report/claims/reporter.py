"""Bodies that a sentence names, and whether each is the one that reports. Pure.

Governments and bureaus speak of the offices below them (各部门, 所属单位, 全市) in the
same words as of themselves; only their own numbers are theirs to state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.catalogue import ClaimScope

_PLACE = "[省市县区州]"
_DEPARTMENTS = (
    "[市县区省]直(?!机关工)|(?:政府|职能|主管)部门"  # 市直机关工委 is one body
)
_LEVELS = "[两三]级(?=共|累计|行政|政府|公开|主动|收到)"
_EVERY = (
    "各(?:地|省|部门|单位|乡镇|乡|镇街|街道|县区|区县|县市|市县|市|县|区|科室|"
    "镇(?!政府)|级各)"
)
_BELOW = (
    f"全{_PLACE}(?:各|行政机关)|下属|所属|所辖|下辖|辖区|县区|区县(?!级)|基层|直属|"
    "上级|兄弟单位|全系统|全国"
)
_WE = (
    "我(?:[局委办厅院县区市镇乡省州校会馆队所]|街道|单位|机关|部门|中心|们)|"
    "本(?:[局委办厅院县区市镇乡省州校级会馆队]|机关|单位|部门|街道|行政机关|中心)|"
    "局机关|委机关"
)
_WHOLE_OF_AREA = (
    f"全{_PLACE}(?:(?:各级)(?:各部门|行政机关|政府|机关|政府部门|政府机关)*"
    f"|行政机关|政府系统|政府信息公开系统)?"
    f"(?!各|行政机关|[^，。；]{{0,8}}(?:机关|系统|部门|单位|学校|医院))"
)
_ANY_GROUP = (
    f"(?P<area>{_WHOLE_OF_AREA})|(?P<others>{_DEPARTMENTS}|{_LEVELS}|{_EVERY}|{_BELOW})"
    f"|(?P<part_of_area>全{_PLACE})|(?P<head>(?:^|[，；：年])总局)|(?P<ours>{_WE})"
)
# any of these begins a group: a cheap look before the alternatives
_FIRST_SIGN = "[全省市县区政职主两三各下所辖基直上兄我本局委，；：年总]"
# e.g. "市直各单位", "各部门", "两级行政机关", "全市", "，总局", "我局"
# not "示例市商务局", "市直机关工委"
_GROUPS = re.compile(f"(?={_FIRST_SIGN})(?:{_ANY_GROUP})")
"""Bodies without a name. `area`: what is said of 全市 is a government's own number;
`part_of_area`: 全市公安机关 are some of it.
`head`: the 总局 above an office of the taxes or customs.
"""

_NAME = r"[\u4e00-\u9fff]"
_STARTS = "(?:^|[，；：。]|年度?|今年|全年|其中)"
_LEVEL_AND_PLACE = rf"(?:国家|国务院|中央|{_NAME}{{0,10}}?{_PLACE})"
_OFFICE = rf"{_NAME}{{0,12}}?(?:厅|局|委员会|委|办公室|办|院|政府|部)"
_WHEN = r"20\d\d年度?|全年|年内|共|共计|累计|总共|总计|已|今年|本年度?|主动"
_DOES = (
    "收到|接到|受理|新收|主动公开|公开|发布|举办|组织|开展|召开|制发|制定|印发|出台|"
    "答复|办结|被|因|未|没有|无"
)
# e.g. "市商务局收到", "2023年，县政府主动公开", "国家税务局2023年度发布"
# not "我局收到", "市商务局的", "代表市政府受理"
_NAMED = re.compile(
    rf"{_STARTS}(?!代表)(?P<body>{_LEVEL_AND_PLACE}{_OFFICE})(?=(?:{_WHEN})*(?:{_DOES}))"
)
"""A body by its name, as the one that did something."""
# The end of such a name with what it did: a cheap look before the whole.
# e.g. "局收到", "政府2023年度主动公开"
# not "局的", "我市收到"
_NAME_THAT_DID = re.compile(rf"[厅局会委室办院府部](?:{_WHEN})*(?:{_DOES})")

# e.g. "示例市商务局", "示例镇人民政府", "示例街道"
# not "商务部"
_LEVEL = re.compile("[省市县区州盟旗]|[镇乡](?=人民政府|政府|$)|街道")
# e.g. "国家税务总局", "省商务厅"
# not "市商务局"
_HIGH = re.compile("^(?:国家|国务院|中央|省|自治区)")
# e.g. "本级", "市政府办公室", "我局", "本机关"
# not "我市", "县政府"
_ALONE = re.compile(
    "本级|机关|[局委办厅院部处会馆队所校室]$|单位|街道|部门|中心|^我[们镇乡]|^本[镇乡]"
)


@dataclass(frozen=True, slots=True)
class Reporter:
    """The year and the body whose numbers count."""

    year: int | None
    agency: str = ""
    """Its name; empty when unknown."""
    of_government: bool = False
    """Whether it is a people's government: what is said of the whole area (全市) is its
    own.
    """

    def is_named(self, body: str) -> bool:
        """Whether a body named in the text (市商务局, 县政府) can be this one.

        Names are shortened freely: 市卫健委 can be 示例市卫生健康委员会, for its signs
        stand in that in the same order, and both are of a city. Where the reporter is
        unknown, a body of a province or the state is not taken for it.
        """
        if not self.agency:
            return not _HIGH.search(body)
        if not self._is_of_level(body):
            return False
        place_ends = max(map(body.rfind, "省市县区州")) + 1
        short = body[place_ends:].removesuffix("办公室").removesuffix("办")
        rest = iter(self.agency)
        return all(sign in rest for sign in short)

    def _is_of_level(self, body: str) -> bool:
        """Whether a body is of this one's level, as far as both names tell: 县政府 is
        not 示例市人民政府.
        """
        own = _LEVEL.findall(self.agency)
        named = _LEVEL.findall(body)
        if not own or not named:
            return True
        last_own, last_named = own[-1], named[-1]
        return bool(last_own == last_named)


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body with its place in a sentence."""

    place: int
    is_own: bool
    scope: ClaimScope = ClaimScope.UNSAID
    """Of what is said of it, where it is the reporter."""


def named_bodies(text: str, reporter: Reporter) -> list[NamedBody]:
    """The bodies a text names, in order; `is_own` where one is the reporter."""
    found: list[NamedBody] = []
    for match in _GROUPS.finditer(text):
        is_own = _is_own_group(match, reporter)
        found.append(NamedBody(match.start(), is_own, _scope_of(match[0])))
    if _NAME_THAT_DID.search(text):
        found += _bodies_by_name(text, reporter, found)
    return sorted(found, key=lambda body: (body.place, body.is_own))


def _bodies_by_name(
    text: str, reporter: Reporter, groups: list[NamedBody]
) -> list[NamedBody]:
    """The bodies that a text names as having done something.

    `groups`: those it speaks of without a name.
    """
    # Where the reporter is unknown, a name that stands beside 我局 is another's.
    speaks_of_us = any(body.is_own for body in groups)
    is_another = speaks_of_us and not reporter.agency
    found: list[NamedBody] = []
    for match in _NAMED.finditer(text):
        is_own = not is_another and reporter.is_named(match["body"])
        found.append(NamedBody(match.start("body"), is_own, _scope_of(match["body"])))
    return found


def _scope_of(body: str) -> ClaimScope:
    """Whether a body's number is of the body alone, or of all bodies of its area.

    我市 and 市政府 leave it open: a city's numbers may be meant, or its government's.
    """
    if body.startswith("全"):
        return ClaimScope.AREA
    return ClaimScope.OWN if _ALONE.search(body) else ClaimScope.UNSAID


def _is_own_group(match: re.Match[str], reporter: Reporter) -> bool:
    """Whether a group without a name is the reporter, or speaks for it.

    我局 always is; 全市 for a government; 总局 for the office of that name alone.
    """
    if match["area"]:
        return reporter.of_government
    if match["head"]:
        return reporter.agency.endswith("总局")
    return match["ours"] is not None
