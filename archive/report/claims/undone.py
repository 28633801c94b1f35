"""Words that make a number one that was not done: plans, duties, rules. Pure."""

from __future__ import annotations

import re

_PLANNED = "计划|拟(?!定|制)|预计|力争|争取|目标"
_REQUIRED = (
    "不少于|不低于|不得|至少|应当?(?!公开|主动公开|对|急|用)|必须|原则上|考核|标准为"
)
_WILL_DO = (
    "继续|进一步|举办|组织|开展|召开|主动|公开|发布|收到|于|在|会|制定|出台|印发|力争|"
    "计划|确保|达到"
)
_EACH = "每(?:年|月|季度?|周|半年|个)"
_IF = "若|如果|如需"
_BY_OTHERS = "参加|参与|派员|选派|协助|指导|督促|督办|代(?=[省市县区])"
# e.g. "计划", "至少", "将举办", "每年", "如需", "参加", "代市政府"
# not "拟定", "应公开尽公开", "将信息"
_NOT_DONE = re.compile(
    f"{_PLANNED}|{_REQUIRED}|将(?=(?:{_WILL_DO}))|{_EACH}|{_IF}|{_BY_OTHERS}"
)

# 按照《条例》要求，公开43条 was done; 《条例》规定，… was not
_ACCORDING_TO = "按|根据|依|遵照|对照|落实|贯彻|执行|围绕|结合"
_RULES = "条例|《》|办法|规定|要点|方案|通知"
# e.g. "《》规定", "，办法明确要求", "省实施方案要求"
# not "按照《》要求", "落实条例规定"
_RULE = re.compile(
    rf"(?:^|，)(?![^，。；]{{0,12}}(?:{_ACCORDING_TO}))[^，。；]{{0,12}}(?:{_RULES})"
    "(?:明确)?(?:规定|要求|明确)"
)
_SIGNS_OF_A_RULE = ("规定", "要求", "明确")


def is_not_done(words: str) -> bool:
    """Whether the words before a number make it a plan, a duty or others' doing.

    `words` are those of its clause: 2024年计划举办[3场], 参加培训[2次].
    """
    return _NOT_DONE.search(words) is not None


def end_of_rule(text: str) -> int | None:
    """Where a sentence starts to tell what a rule says: behind 《》规定; None if never.

    Titles in the text have been emptied to 《》.
    """
    # a cheap look before the pattern
    has_a_sign = any(sign in text for sign in _SIGNS_OF_A_RULE)
    if not has_a_sign:
        return None
    found = _RULE.search(text)
    if found is None:
        return None
    return found.end()
