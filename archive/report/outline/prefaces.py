"""What the preface says of its own report: under which title, and whose it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.report.dates import YEAR
from archive.report.outline.agency_names import agency_in_title
from archive.report.outline.bodies import AGENCY_END, NAME_SIGN, is_body
from archive.report.outline.phrases import PHRASE
from archive.report.plain import plain

# The office inside an agency that answers for disclosure.
_OFFICE_OF = "政府信息(?:与政务)?公开|政务公开|信息公开|党政综合|党政|秘书"
_OFFICE = (
    rf"(?:{_OFFICE_OF})(?:工作)?(?:领导小组)?"
    r"(?:办公室|办|处|科|股|组)"
)
_BY = "与|向(?!社会)|由|致电|联系|咨询"
_TURN_TO = "联系|编制|反映|咨询"
# The agency that a preface gives as the one to turn to, or as the author.
# e.g. "请与示例市商务局办公室联系", "本报告由示例市商务局编制"
# not "由各部门负责"
_NAMED = re.compile(
    rf"(?:(?:{_BY})：?)({NAME_SIGN}{{2,30}}?(?:{AGENCY_END}))"
    rf"(?:办公室|政府信息公开|{_OFFICE})?"
    rf"(?:{_TURN_TO}|{YEAR}年|[，；（])"
)
_DOES = (
    "(?:现|特|特此|认真|组织|牵头)?(?:编制|编写|公布|发布|撰写)(?:了|并|本|此|《|20)"
)
_REPORTS_ON = f"(?:{YEAR}年?度?)?(?:政府信息|政务|信息|工作)"
# The agency that says it writes the report, or of which the preface is.
# e.g. "，示例市商务局编制本报告", "现将示例局2023年度政府信息公开工作报告如下"
# e.g. "，示例大学学校办公室结合学校工作实际，编制发布本报告"
# not "根据要求，我们编制了指南"
_AUTHOR = re.compile(
    rf"(?:^|[，。；：])({NAME_SIGN}{{2,30}}?(?:{AGENCY_END})){_DOES}"
    rf"|现将({NAME_SIGN}{{2,30}}?(?:{AGENCY_END}))的?{_REPORTS_ON}"
    rf"|(?:^|[，。；：])({NAME_SIGN}{{2,30}}?(?:{AGENCY_END}))"
    rf"(?:学校|党政)?(?:办公室|{_OFFICE})?结合[^。；]{{2,60}}编制(?:发布|并公布)?本报告"
)
_NAME_OF_REPORT = (
    rf"[^《》，。；：]{{2,60}}?{PHRASE.pattern.replace('?P<subject>', '?:')}"
)
# What makes of the words a notice on how to write one.
_OF_A_RULE = "的?(?:通知|格式|要求|有关|编制)"
# e.g. "《示例市2023年政府信息公开工作年度报告》", "现公布示例局2023年信息公开年度报告"
# not "根据政府信息公开年度报告格式的要求"
_OWN_TITLE = re.compile(
    rf"《({_NAME_OF_REPORT})》"
    rf"|(?:公布|发布|编制)[了的]?《?({_NAME_OF_REPORT})(?!告|{_OF_A_RULE})"
)
# Names that stand for several bodies at once.
# e.g. "各县区", "各部门", "市商务局以及教育局"
# not "示例市商务局"
_SEVERAL = re.compile("综合各|各[区县市乡镇街部单地]|及其|以及")
# e.g. "示例市商务局党政办公室", "示例市政务公开办", "海关总署办公厅"
# not "示例市商务局", "示例省人民政府办公厅"
_OFFICE_AT_END = re.compile(rf"{_OFFICE}$|(?<=[总署局部会])办公厅$")
# e.g. "示例市人民政府"
# not "示例市商务局"
_GOVERNMENT_AT_END = re.compile("(?:人民)?政府$")


def own_titles(text: str) -> list[str]:
    """Titles under which a preface speaks of its own report.

    现公布示例局2023年…年度报告, 《…年度报告》.
    """
    found = _OWN_TITLE.finditer(plain(text))
    return [match[1] or match[2] for match in found]


def agency_in_preface(text: str) -> str:
    """The agency of the title a preface gives its report, or the one to turn to.

    Of two that can be the same the fuller name is taken; an office inside the agency
    (党政办公室) is left out. Empty where the preface names none.
    """
    named = list(map(agency_in_title, own_titles(text)))
    compact = plain(text)
    named += [match[1] for match in _NAMED.finditer(compact)]
    named += [match[match.lastindex or 0] for match in _AUTHOR.finditer(compact)]
    without_office = (_OFFICE_AT_END.sub("", name) for name in named)
    names = list(filter(_is_one_agency, without_office))
    if names:
        return _fullest(names)
    return ""


def _is_one_agency(name: str) -> bool:
    """Whether a text is the name of one body, and neither 我局 nor 各部门."""
    if len(name) <= 2 or not is_body(name):
        return False
    return _SEVERAL.search(name) is None


def _fullest(names: Sequence[str]) -> str:
    """The longest name that can be the first one's: 示例市商务局 for 商务局.

    Also where 政府 stands behind only one of the two: 示例省示例市政府 for 示例市.
    """
    first = names[0]
    fuller = [first]
    for name in names:
        area = _GOVERNMENT_AT_END.sub("", name)
        if name.endswith(first) or area.endswith(first):
            fuller.append(name)
    return max(fuller, key=len)
