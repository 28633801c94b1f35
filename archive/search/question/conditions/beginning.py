"""Where what is said of a figure begins, and whether anything before it makes another
thing of it.
"""

from __future__ import annotations

import re

from archive.search.question.conditions.behind import BODIES, is_place
from archive.search.question.courtesy import ASKING_BEFORE

EACH_YEAR = ("每年都", "每年均", "年年都", "每年", "年年", "都", "均")
"""Said before a name: that it is true in each of several years."""
_HAVING = (
    *EACH_YEAR,
    "有",
    "其中",
    *("共计", "一共", "总共", "累计", "共"),
    *("因政府信息公开工作", "因政府信息公开", "因信息公开"),
    "全年",
    "本年度",
    "当年",
    "既",
    *("哪个", "哪家", "请按"),
    "按照",
    "按",
    "以",
    "依",
)
"""Said before a name, and meaning nothing by itself."""
_INSIDE = ("里", "中", "里面", "当中", "之中")
_WHOSE = (
    *(*BODIES, "机关", "海关", "系统", "城管", "谁", "年", "年度", "全年", "全国"),
    *("省内", "市内", "州内", "县内", "区内", "境内", "范围内", "哪里", "哪儿"),
    *("以来", "年来", "以后", "之后", "期间", "年间"),
)
"""What stands before 的 and a name: 谁的申请, 2022年的申请, not 合并的申请."""
# Of what may stand before a name the last character: a place, a body, a year, or what
# joins. Anything else makes another thing of it: 无效申请, 驳回申请.
_BEFORE = (
    *_WHOSE,
    *(one + inside for one in (*BODIES, "机关") for inside in _INSIDE),
    *("或者", "或是", "连续"),
    *'度的且并和或及与但而却也还又些,，、;；()（） 。"&|',
)
# e.g. "2022", "在2022", "除武汉外"
# not "12022", "境外"
_YEAR_OR_OUTSIDE = re.compile(r"(?<!\d)20\d\d$|除\S{2,20}外$")
_OF = "的"
_LONGEST_PLACE = 8
"""Signs of a place without its level."""


def beginning(text: str, start: int, end_before: int) -> tuple[int, bool]:
    """Where what is said begins, and whether a minus rules it out; -1 where something
    stands before it that makes another thing of it.
    """
    for word in _HAVING:
        if text.endswith(word, end_before, start):
            start -= len(word)
            break
    if start == end_before:
        return start, False
    if text[start - 1] == "-" and (start < 2 or text[start - 2] in " ("):
        return start - 1, True
    if _ends_freely(text, start):
        return start, False
    only_asks = ASKING_BEFORE.search(text, end_before, start)
    return start if only_asks else -1, False


def _ends_freely(text: str, start: int) -> bool:
    """Whether nothing before it makes another thing of it; what stands before 的 is
    whose it is: not 结转到下年 of 结转到下年的申请.
    """
    is_whose = text.endswith(_OF, 0, start)
    end = start - is_whose
    known = _WHOSE if is_whose else _BEFORE
    return text.endswith(known, 0, end) or _ends_in_place(text, end)


def begins_freely(text: str, start: int) -> int:
    """Where it begins; -1 where a minus rules it out or a field's name stands before it
    as well.
    """
    start, ruled_out = beginning(text, start, 0)
    return -1 if ruled_out or is_in_a_field(text, start) else start


def _ends_in_place(text: str, end: int) -> bool:
    """Whether a place without its level, a year in digits or what rules out ends here:
    广东, 2022, 除深圳外.
    """
    if _YEAR_OR_OUTSIDE.search(text[:end]):
        return True
    starts = range(max(0, end - _LONGEST_PLACE), end - 1)
    return any(is_place(text, start, end) for start in starts)


def is_in_a_field(text: str, start: int) -> bool:
    """Whether a field's name, or an address, stands in the same run of characters."""
    run = text[text.rfind(" ", 0, start) + 1 : start]
    return ":" in run
