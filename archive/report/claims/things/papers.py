"""`documents_issued`, `documents_repealed`: 行政规范性文件 of the body itself.

Table 2 carries them (本年制发件数, 本年废止件数). The Party's papers, drafts for others
and joint papers, which reports count too, are not the body's own.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Denial, Mention
from archive.report.claims.scope import Scope
from archive.report.claims.things.denial import END, END_OF_CLAUSE, NOT, is_narrowed
from archive.report.claims.things.thing import (
    GAP,
    HOW_MANY,
    PAPERS,
    Behind,
    Thing,
    Wording,
)

_NARROWS_NOTHING = (
    "制发|制定|出台|印发|制作|发布|公开|公布|并|和|及|、|了|的|新|各类|行政|政府|"
    "本级|本[局委办厅院机]关?|机关|部门|单位|共|计|累计|全年"
)
# e.g. "制发行政规范性文件", "出台了规范性文件共计", "规范性文件制发"
# not "报备规范性文件", "废止规范性文件"
_ISSUED = re.compile(
    rf"(?:制发|制定|出台|印发|制作)(?:{_NARROWS_NOTHING})*+规范性文件{HOW_MANY}$"
    rf"|规范性文件{GAP}{{0,6}}?(?:制发|出台|印发|制定){HOW_MANY}$"
)
# e.g. "规范性文件", "行政规范性文件"
# not "文件"
_PAPERS = re.compile("(?:行政)?规范性文件")
# e.g. "制定了", "出台行政"
# not "废止"
_ISSUING = re.compile("(?:制发|制定|出台|印发|制作)(?:了|行政|新)*$")
# e.g. "当年制发", "、出台", "印发"
# not "废止"
_ISSUED_AS_WELL = re.compile(
    rf"^[、和及]?(?:当年|本年度?|今年|其中)*(?:新?制[发定]|出台|印发){HOW_MANY}$"
)

# e.g. "废止规范性文件", "宣布失效行政规范性文件", "规范性文件废止"
# not "制发规范性文件"
_REPEALED = re.compile(
    rf"(?:废止|失效)(?:{_NARROWS_NOTHING}|废止|失效|宣布|或)*+规范性文件{HOW_MANY}$"
    rf"|规范性文件{GAP}{{0,6}}?废止{HOW_MANY}$"
)
# e.g. "废止", "、宣布失效"
# not "制定"
_REPEALED_AS_WELL = re.compile(rf"^[、和及]?(?:宣布)?(?:废止|失效){HOW_MANY}$")

_OF_OTHERS = (
    "党|中共|[县市省区州工]委(?!员)|名义|报请|提请|推动|联合|会同|牵头|转发|转载"
)
_NOT_YET_ISSUED = "起草|草拟|代拟|审[核查]|备案|报备"
# e.g. "以市委名义", "联合印发", "备案"
# not "我局制发", "市委员会"
_OTHER_PAPERS = re.compile(f"{_OF_OTHERS}|{_NOT_YET_ISSUED}|清理|建议|涉企")
# e.g. "废止规范性文件3件，宣布失效2件", "失效1件，废止"
# not "废止规范性文件3件"
_REPEALED_APART = re.compile(
    r"废止[^。；]{0,20}\d[^。；]{0,12}失效|失效[^。；]{0,20}\d[^。；]{0,12}废止"
)
# e.g. "公开本年制定", "发布制发"
# not "制发并公开"
_PUBLISHED_ONLY = re.compile("(?:公开|发布)[^，]*制[定发]")


def are_own_papers(words: str, scope: Scope) -> bool:
    """Whether words speak of the body's own papers, and of all of them.

    False for others' papers, the Party's, drafts, and for only some of what was issued
    or repealed: 废止3件，宣布失效2件.
    """
    if _OTHER_PAPERS.search(words):
        return False
    return _REPEALED_APART.search(scope.text) is None


def _is_issued(mention: Mention) -> bool:
    """False for others' papers, and for what is published of them: 公开本年制发3件."""
    if _PUBLISHED_ONLY.search(mention.words):
        return False
    return are_own_papers(mention.clause, mention.scope)


def _is_repealed(mention: Mention) -> bool:
    """False for others' papers."""
    return are_own_papers(mention.clause, mention.scope)


_ISSUE = "(?:制发|制定|出台|印发|发布)"
_REPEAL = "(?:废止|失效)"
_ANY = "任何|新的?|过|了|的|行政|政府|本|级|机关|部门|单位|[局委办厅院县区市镇乡]"
_ANY_PAPERS = rf"(?:{_ANY})*规范性文件(?:的?情况)?{END}"
_OR_CHANGED = rf"[、和或](?:修[订改]|{_ISSUE}|未?(?:宣布)?{_REPEAL})"
_ISSUED_NEWLY = "新增|新制定|新制发|新出台|制定|制发|出台"
# e.g. "未制发规范性文件", "没有出台或修订行政规范性文件。", "无新制发规范性文件"
# not "无规范性文件报备"
_NONE_ISSUED = re.compile(
    rf"{NOT}(?:新|另行)?{_ISSUE}(?:{_OR_CHANGED})*{_ANY_PAPERS}"
    rf"|(?:无|没有)(?:{_ISSUED_NEWLY})?(?:的)?(?:行政)?规范性文件"
    rf"(?:的)?(?:制发|出台|制定)?(?:情况)?{END_OF_CLAUSE}"
)
# e.g. "未废止规范性文件", "没有宣布失效行政规范性文件", "无规范性文件废止"
# not "未制发规范性文件"
_NONE_REPEALED = re.compile(
    rf"{NOT}(?:宣布)?{_REPEAL}(?:[、和或]失效)?{_ANY_PAPERS}"
    rf"|(?:无|没有)(?:行政)?规范性文件(?:被)?废止(?:情况)?{END}"
)


def _is_denied(denial: Denial) -> bool:
    """Whether no paper was issued, or repealed, whatever the paragraph is on."""
    return not is_narrowed(denial)


DOCUMENTS_ISSUED = Thing(
    key="documents_issued",
    units=PAPERS,
    before=(Wording("规范性文件", _ISSUED),),
    behind=(Behind("规范性文件", _PAPERS, verb=_ISSUING),),
    continued=(Wording("规范性文件", _ISSUED_AS_WELL),),
    is_meant=_is_issued,
    none=_NONE_ISSUED,
    none_sign="规范性文件",
    is_denied=_is_denied,
)

DOCUMENTS_REPEALED = Thing(
    key="documents_repealed",
    units=PAPERS,
    before=(Wording("规范性文件", _REPEALED),),
    continued=(Wording("规范性文件", _REPEALED_AS_WELL),),
    is_meant=_is_repealed,
    none=_NONE_REPEALED,
    none_sign="规范性文件",
    is_denied=_is_denied,
)
