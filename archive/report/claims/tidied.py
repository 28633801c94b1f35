"""A sentence as its numbers are read: without what comes between thing and number.

Titles of rules, growth rates and remarks in brackets are taken out first; what stood in
brackets is kept by its place and read apart. Pure.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# e.g. "《政府信息公开条例》"
# not "《》"
_TITLE = re.compile(r"《[^》]{1,60}》")

_AGAINST = r"同比|环比|[较比与][^，。；（）\d]{0,8}(?:\d{4}年)?[^，。；（）\d]{0,6}"
_GREW = "增[加长]|上升|提高|下降|减少"
_BY_SO_MUCH = r"\d+(?:\.\d+)?(?:%|倍|个百分点)(?:左右|以上)?"
# e.g. "同比增长15%，达到120条", "较2022年下降3.5%左右，为20件"
# not "同比增长15%。"
_GROWTH = re.compile(
    rf"(?:{_AGAINST})?(?:{_GREW})[了约近]?{_BY_SO_MUCH}，(?=达|为|共|增至|升至)"
)
"""增长15%，达到…: what is between a thing and its number."""

# e.g. "组织全市政务公开培训", "开展全区业务培训"
# not "全市各部门培训"
_AUDIENCE = re.compile(
    r"(?<=[织办展开向对])全[省市县区州](?=(?!各)[^，。；]{0,16}培训)"
)
"""组织全市…培训: who comes, not who holds it."""

# e.g. "收到5件（网上3件）"
# not "（）"
_ASIDE = re.compile("（([^（）]{1,300})）")


class _TakenOut(NamedTuple):
    sign: str
    """Stands in every text that fits: a cheap look before the pattern."""
    pattern: re.Pattern[str]
    instead: str


# e.g. "《政府信息公开条例》", "同比增长15%，达到120条", "组织全市政务公开培训"
_TAKEN_OUT = (
    _TakenOut("《", _TITLE, "《》"),
    _TakenOut("，", _GROWTH, ""),
    _TakenOut("培训", _AUDIENCE, ""),
)


def tidied(text: str) -> tuple[str, dict[int, str]]:
    """The text without what is not read, and its brackets by where they stood."""
    for sign, pattern, instead in _TAKEN_OUT:
        if sign in text:
            text = pattern.sub(instead, text)
    kept, end = "", 0
    asides: dict[int, str] = {}
    for match in _ASIDE.finditer(text):
        kept += text[end : match.start()]
        asides[len(kept)] = match[1]
        end = match.end()
    return kept + text[end:], asides


# e.g. "，", "）"
# not "、"
_SIGN = re.compile("[，。；！？（）]")
# e.g. "政府信息公开申请", "条"
_BEHIND = re.compile(r"(?:[^，。；！？（）\d]|(?<=[至到入转])\d{4}(?=年)){0,40}")
_LONGEST = 80
"""Signs before a number that can say what it counts."""


def words_around(text: str, number: re.Match[str], begin: int) -> tuple[str, str]:
    """The words before and behind a number, up to the next sign or number.

    `begin`: where the number before ends.
    """
    at = number.start()
    words = _SIGN.split(text[max(begin, at - _LONGEST) : at])[-1]
    behind = _BEHIND.match(text, number.end())
    return words, behind[0] if behind else ""
