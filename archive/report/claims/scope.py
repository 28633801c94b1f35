"""Whose number it is, and of when: told by what stands before it in its sentence. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from archive.report.claims.wordings import NUMBER
from archive.report.dates import YEAR, read_year

_TIME = re.compile(
    rf"(?=[\d〇一二两三四五六七八九十自从截今本当报年近过最多历“以去上往前明来次下新第全])"
    rf"(?:(?P<whole>(?:(?P<whole_year>{YEAR})年|(?<!\d))0?1月?(?:0?1日)?(?:起|开始)?(?:至|到|[-—–~～]+)(?:{YEAR}年|当年)?12月(?:31日)?)"
    rf"|(?P<range>{YEAR}年?度?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?起?(?:[-—–~～]+|至|到|和|、){YEAR}年)"
    rf"|(?P<since>(?:自|从)[^，。；]{{2,24}}?(?:以来|至今|起至))"
    rf"|(?P<asof>截[至止]到?)?(?P<year>{YEAR})年度?(?:(?P<month>1[0-2]|0?[1-9])月份?(?P<day>\d{{1,2}}日)?)?(?P<on>以来|至今)?"
    r"|(?P<own>今年|本年|当年|报告期|年内|一年来|年初以来)(?:度|以来)*"
    r"|(?P<span>(?:近|过去|最近)[两二三四五六七八九十\d]{1,2}[个]?年|(?:[两二三四五六七八九十]|(?<!\d)\d{1,2})年(?:多)?(?:来|以来|间|期间)"
    r"|多年来?|历年|历次|“?十[一二三四]五”?期间|以来)"
    r"|(?P<past>去年|上年(?!度?结转)|上一年(?!度?结转)|往年|前年)"
    r"|(?P<future>(?<!结转)(?<!结转[至到入])(?:明年|来年|次年|下一?年(?!度?结转))|下一步|下一阶段|今后|新的一年)"
    r"|(?P<part>第?[一二三四]季度|[上下]半年|(?:(?<![\d至])(?:1[0-2]|[1-9])|(?<=至)(?:1[01]|[1-9]))月(?:份|底|初|中旬)?(?!\d))"
    r"|(?P<all>全年))"
)
_NEXT_YEAR = re.compile(r"结转(?:至|到|入)?$")
_QUOTED = re.compile(
    r"(?:根据|按照?|依据|围绕|针对|对照|落实|印发|贯彻|参照)[^，。；]{0,6}$"
)
_COMPARED = re.compile(r"(?:较|比|与|同|相比|对比)[^，。；]{0,2}$")
_CHANGE = re.compile(
    r"同比|相比|环比|较(?!好|为|大|快|多的|高)|比(?:\d{4}|上|去)|增[加长]|减少|下降|上升|增至|多(?=\d)|少(?=\d)|历史"
)
_NOT_DONE = re.compile(
    r"计划|拟(?!定|制)|预计|力争|争取|目标|不少于|不低于|不得|至少|应当?(?!公开|主动公开|对|急|用)|必须|原则上|考核|标准为"
    r"|将(?=(?:继续|进一步|举办|组织|开展|召开|主动|公开|发布|收到|于|在|会|制定|出台|印发|力争|计划|确保|达到))"
    r"|每(?:年|月|季度?|周|半年|个)|若|如果|如需|参加|参与|派员|选派|协助|指导|督促|督办|代(?=[省市县区])"
)
_RULE = re.compile(
    r"(?:^|，)(?![^，。；]{0,12}(?:按|根据|依|遵照|对照|落实|贯彻|执行|围绕|结合))[^，。；]{0,12}(?:条例|《》|办法|规定|要点|方案|通知)(?:明确)?(?:规定|要求|明确)"
)
_PERCENT = re.compile(r"\d(?:%|个百分点|倍)")
_OTHERS = re.compile(
    r"(?P<others>[市县区省]直(?!机关工)|(?:政府|职能|主管)部门|[两三]级(?=共|累计|行政|政府|公开|主动|收到)|各(?:地|省|部门|单位|乡镇|乡|镇街|街道|县区|区县|县市|市县|市|县|区|科室|镇(?!政府)|级各)|全[省市县区州](?:各|行政机关)|下属|所属|所辖|下辖|辖区|县区|区县(?!级)|基层|直属|"
    r"上级|兄弟单位|全系统|全国)|(?P<area>全[省市县区州])|(?P<head>(?:^|[，；：年])总局)"
    r"|(?P<ours>我(?:[局委办厅院县区市镇乡省州校会馆队所]|街道|单位|机关|部门|中心|们)|本(?:[局委办厅院县区市镇乡省州校级会馆队]|机关|单位|部门|街道|行政机关|中心)|局机关|委机关)"
)
_BODY = re.compile(
    r"(?:^|[，；：。]|年度?|今年|全年|其中)(?P<body>(?:国家|国务院|中央|[\u4e00-\u9fff]{0,10}?[省市县区州])"
    r"[\u4e00-\u9fff]{0,12}?(?:厅|局|委员会|委|办公室|办|院|政府|部))"
    r"(?=(?:20\d\d年度?|全年|年内|共|共计|累计|总共|总计|已|今年|本年度?|主动)*"
    r"(?:收到|接到|受理|新收|主动公开|公开|发布|举办|组织|开展|召开|制发|制定|印发|出台|答复|办结|被|因|未|没有|无))"
)
_SIGN = re.compile("[，。；：！？]")
_LONGEST = 200
"""Signs of a clause that are looked at before a number."""
_LEVEL = re.compile(r"[省市县区州盟旗]|[镇乡](?=人民政府|政府|$)|街道")


@dataclass(frozen=True, slots=True)
class Whose:
    """The year and the body whose numbers count. `of_government`: what is said of the
    whole area (全市) is its own.
    """

    year: int | None
    agency: str = ""
    of_government: bool = False

    def is_own(self, body: str) -> bool:
        """Whether a body named in the text (市商务局, 县政府) can be this one."""
        if not self.agency:
            return not re.match(r"(?:国家|国务院|中央|省|自治区)", body)
        levels = _LEVEL.findall(self.agency)
        named = _LEVEL.findall(body)
        if levels and named and named[-1] != levels[-1]:
            return False
        rest = iter(self.agency)
        last = body[max(body.rfind(sign) for sign in "省市县区州") + 1 :]
        return all(
            sign in rest for sign in last.removesuffix("办公室").removesuffix("办")
        )


@dataclass
class Scope:
    """A sentence in plain text, and what it says before each place about time and body."""

    text: str
    whose: Whose

    def clause(self, at: int) -> int:
        """Where the clause of a place begins."""
        return self._clauses[bisect_right(self._clauses, at) - 1]

    def clause_end(self, at: int) -> int:
        """Where the clause of a place ends."""
        sign = _SIGN.search(self.text, at)
        return sign.start() if sign else len(self.text)

    @cached_property
    def _clauses(self) -> list[int]:
        return [0, *(match.end() for match in _SIGN.finditer(self.text))]

    def is_ours(self, at: int) -> bool:
        """Whether what is said at a place is said of this year and this body, and as
        done.
        """
        begin = self.clause(at)
        if _NOT_DONE.search(self.text, max(begin, at - _LONGEST), at) or (
            self._rule is not None and self._rule < at
        ):
            return False
        return self._is_of_body(begin, at) and self.is_of_this_year(at)

    def is_of_this_year(self, at: int) -> bool:
        """Whether what is said at a place is said of this year, and is no change
        against another.
        """
        begin = self.clause(at)
        before = self.text[max(begin, at - _LONGEST) : at]
        if change := list(_CHANGE.finditer(before)):
            percent = list(_PERCENT.finditer(before))
            if not percent or percent[-1].start() < change[-1].start():
                return False
        for place, ours, local in reversed(self._times):
            if place < at and not (local and place < begin):
                return ours
        return True

    @cached_property
    def _rule(self) -> int | None:
        found = (
            _RULE.search(self.text)
            if "规定" in self.text or "要求" in self.text or "明确" in self.text
            else None
        )
        return found.end() if found else None

    @cached_property
    def _times(self) -> list[tuple[int, bool, bool]]:
        """Places, whether the time named is this year, and whether it counts for its
        clause only.
        """
        found: list[tuple[int, bool, bool]] = []
        in_part = False
        for match in _TIME.finditer(self.text):
            before = self.text[max(match.start() - 10, 0) : match.start()]
            if (match["year"] or match["range"]) and (
                _NEXT_YEAR.search(before) or _QUOTED.search(before)
            ):
                continue
            ours = self._names_own_year(match)
            if not match["all"] or in_part:  # 2022年全年 is no other year than 2022年
                found.append((match.start(), ours, bool(_COMPARED.search(before))))
            in_part = bool(match["part"] or match["month"])
        return found

    def _names_own_year(self, match: re.Match[str]) -> bool:
        year = self.whose.year
        if match["own"] or match["all"]:
            return True
        if match["since"] or match["range"]:
            named = {read_year(found) for found in re.findall(YEAR, match[0])}
            return year is not None and named == {year}
        if match["whole"] and not match["whole_year"]:
            return True
        if printed := match["whole_year"] or match["year"]:
            if year is not None and read_year(printed) != year:
                return False
            if match["month"]:
                return match["month"] == "12" and bool(
                    match["day"] == "31日" or match["asof"]
                )
            return year is not None or not match["on"]
        return False

    @cached_property
    def _bodies(self) -> list[tuple[int, bool]]:
        """Places, and whether the body named is this one."""
        found = []
        for match in _OTHERS.finditer(self.text):
            own = bool(match["ours"]) or bool(
                match["area"] and self.whose.of_government
            )
            own = own or bool(match["head"] and self.whose.agency.endswith("总局"))
            found.append((match.start(), own))
        has_we = any(ours for _, ours in found)
        for match in _BODY.finditer(self.text):
            own = self.whose.is_own(match["body"]) and not (
                has_we and not self.whose.agency
            )
            found.append((match.start("body"), own))
        return sorted(found)

    def _is_of_body(self, clause: int, at: int) -> bool:
        """The body named last: in this clause, or in one before that states a number of
        it.
        """
        for place, ours in reversed(self._bodies):
            if place >= clause:
                if place < at:
                    return ours
            elif ours:
                return True
            else:
                end = self.text.find("，", place)
                return (
                    NUMBER.search(self.text, place, end if end > 0 else len(self.text))
                    is None
                )
        return True
