"""What people type around what they ask for: 请问, 帮我查一下, 我想知道."""

from __future__ import annotations

import re

_WHO = "(?:我们?|记者|本人)?"
_THINKING = f"{_WHO}想(?:知道|了解|请教|问|查询|查找|查|看看?|要)?"
_LIVING = "我[是在]|我?家[住在]|老家在?|住在|来自|坐标"
_BIDDING = "麻烦|帮我|帮忙|给我|请?列出|[只仅][看查]|请教|您知道|找"
_WISHING = f"{_THINKING}|{_LIVING}|{_BIDDING}"
_LOOKING = "查一[下查]|帮查下?|请教(?:一下)?|查询|查找|看看|想看|想查"
_ASKING = f"{_LOOKING}|(?:怎么|如何)查|请问|关于|有关"
WISHES = f"(?:{_WISHING})(?:一下)?|{_ASKING}"
"""What asks wherever an item or the end of a word stands beside it."""
COURTEOUS = (
    "您好|你好|谢谢|多谢|请|麻烦(?:您|你)?|(?:帮我|帮忙)?(?:查|看)(?:一?下|查|看)"
    "|谁能|能不能|能否|有没有|告诉我|(?:我?想|我要|请)[找要求]一?份?|[找要求]一?份"
    "|(?<!请)求(?!助)|急(?!于)"
)
"""What is nothing but asking where it stands alone beside an item."""
# Short ones and what is done with a list count only where a figure is asked for.
_BEFORE_FIGURES = (
    f"{WISHES}|我要|(?<!请)求|看|查|问|请|筛选|统计|导出|显示|检索|搜索?|列举|找出"
    "|对比|比较|(?:能否|能不能|可否|可以)(?=[查找看列帮给统筛导显])"
)
_GREETING = r"您好|你好|谢谢|[\s,，!！。:：;；、]"
# 我想申请, 请申请: these are what somebody wants to do.
_NOT_TO_DO = "(?<![想请])(?<!我要)"
# e.g. "请问", "你好,帮我查一下", "武汉 求"
# not "征求", "驳回", "我想"
ASKING_BEFORE = re.compile(
    rf"(?:^|(?<=[\s,，!！。:：;；、]))(?:(?:{_BEFORE_FIGURES})(?:一下)?|{_GREETING})+{_NOT_TO_DO}$"
)
