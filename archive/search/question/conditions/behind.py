"""What stands behind a condition: nothing more, or the bodies of which it is asked."""

from __future__ import annotations

import re

from archive.regions import typed_places
from archive.search.question.conditions.amounts import Comparison

_LONGEST_RUN = 40
"""Characters without a blank that can be a question; a sentence of a report that
somebody pasted is longer, and means its words.
"""
BODIES = "局委厅部办府院会所队站社省市区县旗州盟镇乡街道位门构"
"""What the names of bodies and places end in, sign by sign."""
# Behind 的 stand the bodies that are looked for; 的原因 asks for something else.
_SOUGHT = (
    *BODIES,
    "机关",
    "单位",
    "部门",
    "政府",
    "地方",
    "地区",
    "报告",
    "年报",
    "办事处",
    "省份",
    *("有哪些", "有多少", "有谁", "是谁", "是哪个", "是哪些", "是哪家", "是哪里"),
    *("有几个", "有几家", "有哪几个", "有哪几家", "多不多"),
    *("有多少个", "有多少家", "名单", "一览"),
)
# 诉讼最多的法院 is asked of courts, which publish no such reports.
_NOT_OF_COURTS = "(?<![医学法察]院)"
_BODIES_ALONE = (
    rf"[^\s,，、;；。]*(?:{'|'.join(_SOUGHT)}){_NOT_OF_COURTS}(?=[\s,，、;；。?？(]|$)"
)
# e.g. "的教育局", "的有哪些", "的"
# not "的原因"
_OF_BODIES = re.compile(rf"的(?:{_BODIES_ALONE}|(?=[\s,，、;；。?？]|$))")
# e.g. "区县", "教育局"
# not "申请材料"
_ARE_BODIES = re.compile(_BODIES_ALONE)
# 申请最多的是武汉还是长沙.
# e.g. "的是武汉还是长沙"
# not "的是武汉"
_EITHER_PLACE = re.compile(r"的是(?=\S{2,20}还是\S{2,20}$)")
# e.g. " 教育", "，", "吗"
# not "未答复"
ENDS = re.compile(
    r"[\s,，;；)）?？吗呢且并和或但而却&|]|[也还又](?=[没未无被])|了(?:[\s?？]|$)"
)
# e.g. "、", "，"
# not "的"
_ENDS_IN_LIST = re.compile(f"{ENDS.pattern}|、")
# e.g. "天", "个工作日", "5", "/2", "些", "人"
# not "人民政府", "件"
_MEASURED = re.compile(
    r"[天日月年岁倍米点分周秒小工时A-Za-z\d_%些般样切户亩/]|\.\d|[百千万亿]"
    "|人(?![民力社才防])"
)
# e.g. "收到12件，答复12件"
# not "受理二十件的教育局"
_CLAUSES = re.compile(r"[,，;；。、]")
# e.g. "公开率", ""
_LAST_RUN = re.compile(r"(?<!\S)\S*$")
# e.g. "公开率", ""
_FIRST_RUN = re.compile(r"\S*")


def is_number_alone(text: str, comparison: Comparison, end: int) -> bool:
    """Whether the number is one of things: not 15 of 15个工作日, or 20 of 20天.

    `end`: where all that is said of it ends.
    """
    if _MEASURED.match(text, comparison.end):
        return False
    if comparison.in_signs and end == comparison.end:
        return True
    if comparison.is_bare:
        return _is_asked(text, comparison, end)
    return is_whole_in_list(text, end)


def _is_asked(text: str, comparison: Comparison, end: int) -> bool:
    """Whether a number alone is asked for: 受理二十件的教育局, but no sentence.

    A share alone (公开率85%) may be what a report says, so it needs its bodies.
    """
    if _CLAUSES.search(text):
        return False
    if _is_of_somebody(text, end):
        return True
    return comparison.unit != "%" and not text[end:].strip(" 吗呢?？")


def is_whole(text: str, end: int, ends: re.Pattern[str] = ENDS) -> bool:
    """Whether what was said ends here, or the bodies follow for which it is true.

    `ends`: what may follow where it ends.
    """
    if _run(text, end) > _LONGEST_RUN:
        return False
    if end == len(text) or ends.match(text, end):
        return True
    return _is_of_somebody(text, end)


def is_whole_in_list(text: str, end: int) -> bool:
    """The same where a list of other things may follow as well."""
    return is_whole(text, end, _ENDS_IN_LIST)


def is_of_bodies(text: str, start: int) -> bool:
    """Whether bodies, with 的 or without, are all that stands in this run."""
    return bool(_ARE_BODIES.match(text, start) or _OF_BODIES.match(text, start))


def _is_of_somebody(text: str, end: int) -> bool:
    """Whether bodies, or a place, stand behind 的."""
    if _OF_BODIES.match(text, end):
        return True
    either = _EITHER_PLACE.match(text, end)
    if either and typed_places(text, either.end()):
        return True
    place = _FIRST_RUN.match(text, end)
    assert place, "nothing is a run as well"
    return place[0].startswith("的") and is_place(text, end + 1, place.end())


def _run(text: str, end: int) -> int:
    """How many characters stand together, without a blank, around a place."""
    # Nothing is a run as well.
    before = next(_LAST_RUN.finditer(text[:end]))
    behind = next(_FIRST_RUN.finditer(text, end))
    return len(before[0]) + len(behind[0])


def is_place(text: str, start: int, end: int) -> bool:
    """Whether a stretch is the name of a place."""
    return any(typed.end == end for typed in typed_places(text, start))
