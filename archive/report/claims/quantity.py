"""A number with its unit, as running text prints it, and how exact it is. Pure.

All patterns read plain text: no blanks, full-width commas and brackets.
"""

from __future__ import annotations

import re

_CHINESE_DIGITS = "〇零一二两三四五六七八九十百千"
# what a number may not begin in the middle of: another number, or 第12条
_PART_OF_A_NUMBER = rf"\d.第{_CHINESE_DIGITS}"
_GROUPED = r"\d{1,3}(?:，\d{3}){1,4}(?!\d)"  # 1，234，567
_DECIMAL = r"\d{1,15}(?:\.\d{1,6})?"
_SPELLED = rf"[{_CHINESE_DIGITS}]{{1,12}}"
UNITS = r"件次?|条次?|人次|班次|场次?|万?元|[次份宗例个起案篇则期项]"
_ROUGHLY = "左右|上下|以上|以下|以内|之多"
_WITH_UNIT = (
    rf"(?P<ten_thousand>万?)(?P<about>[余多])?(?P<unit>{UNITS})(?P<roughly>{_ROUGHLY})?"
)
# 收取信息处理费0，: offices leave the unit away where nothing was counted
_BARE_ZERO = r"(?<=[0零〇])(?=[，。；、）]|$)"
# e.g. "收到申请3件", "公开1.2万余条", "发布1，234条左右", "收到两件", "收取费用0，"
# not "《条例》第十二条", "2023年", "共5。"
NUMBER = re.compile(
    rf"(?=[{_PART_OF_A_NUMBER}])(?<![{_PART_OF_A_NUMBER}])"
    rf"(?P<n>{_GROUPED}|{_DECIMAL}|{_SPELLED})"
    rf"(?:{_WITH_UNIT}|{_BARE_ZERO})"
)
"""A number with its unit: groups `n`, `ten_thousand`, `about`, `unit`, `roughly`.

A bare 0 may end a clause without a unit. Never 第12条 nor a part of a longer number.
"""

_LABEL = r"(?P<label>[^\d。！？]{1,120}?)"
_PART_UNITS = "条次?|件|份|篇|项|个|则"
# e.g. "机构职能5条", "其中政策文件约400条", "；图解120余篇"
# not "占41%", "400条"
PART = re.compile(
    rf"{_LABEL}(?P<n>{_GROUPED}|\d{{1,15}})(?P<about>[余多])?"
    rf"(?P<unit>{_PART_UNITS})(?P<roughly>{_ROUGHLY})?"
)
"""One part of a breakdown, with the words that name it."""

_NEARLY = "大?约|大概|将?近|接近|不足|不到|估计|粗略"
_MORE_THAN = "(?P<more>超过?|逾|突破|至少)"
# e.g. "公开近", "收到约", "公开信息超过", "不足"
# not "公开共"
ROUNDED = re.compile(rf"(?:{_NEARLY}|{_MORE_THAN})(?:为|有|达|共|计|到)*$")
"""What makes the number that follows inexact; `more`: it is more than printed."""
_ESTIMATED = "不完全统计"
_LONGEST_ROUNDING = 8
"""Signs before a number in which a word like 约 is looked for."""


def unit_of(number: re.Match[str], text: str) -> tuple[str, str]:
    """The unit of a number at its place in a text, and the hedge that makes it inexact.

    约6万件 → 件 and 左右, 60余条 → 条 and 余, 突破60件 → 件 and 以上. `number` is a
    match of `NUMBER` or `PART` in `text`; without a unit it is taken to be of 件.
    """
    unit = (number["unit"] or "件").removeprefix("万")
    about = number["about"]
    if about:
        return unit, about
    at = number.start("n")
    rounded = ROUNDED.search(text, max(at - _LONGEST_ROUNDING, 0), at)
    says_more = number["roughly"] in {"以上", "之多"}
    if says_more or (rounded and rounded["more"]):
        return unit, "以上"
    says_roughly = number["roughly"] is not None
    is_estimated = _ESTIMATED in text
    if says_roughly or rounded or is_estimated or _is_rounded(number, unit):
        return unit, "左右"
    return unit, ""


def _is_rounded(number: re.Match[str], unit: str) -> bool:
    """Whether a number in 万 hides its last four figures: 6.9万件, not 6.8755万件.

    Amounts of money are stated in 万元 throughout and left alone.
    """
    groups = number.groupdict()
    in_ten_thousands = groups.get("ten_thousand")
    if not in_ten_thousands or unit == "元":
        return False
    decimals = number["n"].partition(".")[2]
    return len(decimals) < 4
