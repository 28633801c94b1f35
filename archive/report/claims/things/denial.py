"""How reports say that there was none: what all denials share.

What is denied must be the whole thing: between the denial and the thing, and behind it
up to the end of the clause, only words may stand that narrow nothing. 未收到政府信息公
开申请 states 0; 未收到涉密的政府信息公开申请, 未出现政府信息公开申请超期答复的情况 and
未发生行政复议纠错案件 state nothing.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Denial

# 无法提供, 无正当理由, 无锡市 deny nothing
NOT_DENIED = "法|障|正当|论|须|需|关|理|权"
NOT = rf"(?:未|没有|无(?!{NOT_DENIED}|锡)|不存在|尚未|从未)(?:曾|有)?"
"""A denial. `NOT_DENIED`: what follows 无 where it is none."""
OF_US = "我|本|局|委|办|厅|院|县|区|市|镇|乡|街道|机关|部门|单位"
"""Words for the reporting body itself."""
END = r"(?=[，。；！]|$|、?(?:也|且|均|故|因此)?(?:[未无]|没有))"
"""The end of what is denied: of the clause, or the next denial in a row."""
END_OF_CLAUSE = r"(?=[，。；]|$)"

_DECIDED = "撤销|纠|败|胜诉|变更|确认"
_AT_FAULT = "违|超期|超时|逾期|维持|责令|改判|驳回|整改|追责|问责"
_HOW_FAR = "重新|审结|办结|结案|未决|积压|履行|执行|听证"
# e.g. "撤销", "未发生行政复议纠错案件", "败诉", "超期答复"
# not "未收到政府信息公开申请"
OUTCOME = re.compile(f"{_DECIDED}|{_AT_FAULT}|{_HOW_FAR}")
"""How a case ended: what is said of it is not said of all cases."""

# e.g. "自然人提出的", "个人"
# not "公民、法人"
_IS_PEOPLE = re.compile("自然人|个人")
# e.g. "法人或其他组织", "企业"
# not "公民"
_IS_BODIES = re.compile("法人|组织|单位|企业|机构")
# e.g. "向我单位", "本机构"
# not "企事业单位"
_OURSELVES = re.compile("[我本](?:单位|机构)")
# e.g. "通过网站", "当面提出的"
# not "通过各种渠道"
_WAYS = re.compile("网[站络上]|互联网|在线|书面|口头|信函|邮|当面|现场|平台")
# e.g. "网站等渠道", "以任何形式"
# not "书面"
_OPEN = re.compile("等|任何|各种|各类")

# e.g. "报告期间", "年度期间"
# not "节假日期间"
_REPORTED = re.compile("(?:报告|统计|年度)期间")
_SOME_OF_THEM = "其中|自然人|法人|除|该|此|上述|某|另"
_UNLAWFUL = "涉|超|逾|拒|杜绝|防止|确保|力争|避免"
_OTHER_BUSINESS = "转办|重复|许可|审批|救助|低保|补[贴助]|认定|当事人|第三[方人]|期间"
# 未央区, 无锡, 无为, 无棣, 无极 are places; 不断, 不仅 deny nothing
_DENIED_BEFORE = "[未没](?!央)|无(?!锡|为|棣|极)|不(?!断|同|仅|少|懈)"
_BY_ONE_WAY = "网上|线上|线下|网站|网络|在线|平台|信函|邮[件箱寄]|当面|现场|窗口|通过"
# e.g. "其中自然人", "除上述申请外", "通过网站", "节假日期间"
# not "2023年我局", "未央区", "无锡市"
_NARROWED = re.compile(
    f"{_SOME_OF_THEM}|{_UNLAWFUL}|{_OTHER_BUSINESS}|{_DENIED_BEFORE}|{_BY_ONE_WAY}|节假日"
)
# e.g. "和", "、"
# not "我局"
_JOINED = re.compile("[、和与及或且]")


def is_narrowed(denial: Denial) -> bool:
    """Whether what stands before a denial in its clause narrows it: 其中自然人未…

    Of a row (答复3件且未…) only the last member counts.
    """
    nearest = _JOINED.split(denial.clause_before)[-1]
    told = _REPORTED.sub("", nearest)
    return _NARROWED.search(told) is not None


def is_of_some(denial: Denial) -> bool:
    """Whether only some applicants, one way to apply, or one outcome are denied.

    未收到企业提出的申请, 未收到网上申请, 未发生行政复议纠错案件.
    """
    if OUTCOME.search(denial.clause):
        return True
    gap = denial.gap
    return _names_one_kind(gap) or _names_one_way(gap)


def _names_one_kind(gap: str) -> bool:
    """Whether natural persons alone, or organisations alone, are named."""
    others = _OURSELVES.sub("", gap)
    names_people = _IS_PEOPLE.search(others) is not None
    names_bodies = _IS_BODIES.search(others) is not None
    if names_people == names_bodies:
        return False
    if names_people:
        return True
    # 公民、法人和其他组织 are all applicants
    is_with_citizens = "公民" in gap or "群众" in gap
    return not is_with_citizens


def _names_one_way(gap: str) -> bool:
    """Whether one way to apply is named, and not as an example: 网站等渠道."""
    ways = set(_WAYS.findall(gap))
    if len(ways) != 1:
        return False
    return _OPEN.search(gap) is None
