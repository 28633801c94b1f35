"""`applications_received`: applications for information that came in this year.

Form 2021 counts them in table 3 (一、本年新收政府信息公开申请数量); here they are read
from prose, to be held against that cell.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Denial, Mention
from archive.report.claims.things.applicants import (
    ANY_APPLICANTS,
    BY_WHICH_WAY,
    FILES,
    SEVERAL_APPLICANTS,
    SOME_APPLICANTS,
    WHO_APPLIES,
    WIDE,
    is_one_way_only,
)
from archive.report.claims.things.denial import (
    END,
    END_OF_CLAUSE,
    NOT,
    NOT_DENIED,
    OF_US,
    is_narrowed,
    is_of_some,
)
from archive.report.claims.things.thing import (
    COUNT,
    GAP,
    HOW_MANY,
    Behind,
    Thing,
    Wording,
)

_REGISTERED = "登记(?=办理|政府信息|信息公开|依申请公开|公开申请|的)"
_RECEIVED = f"(?:收到|接到|受理|接收|新收|接受|收悉|收件|{_REGISTERED})"
_APPLICATION = "(?:依?申请|依申请公开)"

# 收到[…]政府信息公开申请5件; what stands between is judged afterwards
_FROM_WHOM = rf"(?:(?!依?申请(?:公开|事项|表|$))(?:{GAP}|\d{{1,4}}[名位])){{0,40}}?"
_AS_WHAT = "(?:公开|政府信息|信息|事项|表|书|件|案件|办件|收件|信件|受理|登记|申请)*+"
# e.g. "收到政府信息公开申请", "受理公民、法人提出的依申请公开事项共计"
# not "收到复议", "收到人大建议"
_CAME_IN = re.compile(
    rf"{_RECEIVED}(?P<of>{_FROM_WHOM}){_APPLICATION}{_AS_WHAT}{HOW_MANY}$"
)

_TO_US = "我[局委办厅院县区市镇乡]|本机关|我单位|本单位|我街道"
# 我局政府信息公开申请5件: no verb at all, so only at the head of a clause or behind us
_HEAD = r"^(?:\d{1,2}[.、])?|[：、]|年度?|[局委办厅院位关会]|政府(?!信息)"
_NAMED = "依申请公开|政府信息公开申请|信息公开申请"
# e.g. "2023年依申请公开", "我局共有政府信息公开申请", "1.信息公开申请办件数量"
# not "办理政府信息公开申请"
_APPLICATIONS = re.compile(
    rf"(?:{_HEAD})(?:共有?|新增|全年)?(?:{_NAMED})"
    rf"(?:政府信息)?(?:[办收]?件|事项|申请|案件|受理)?{HOW_MANY}$"
)
# e.g. "收到依公开事项", "受理依公开申请共计"
# not "公开事项"
_SLIPPED = re.compile(rf"{_RECEIVED}依公开(?:政府信息|事项|申请|件)*{HOW_MANY}$")
"""依公开 for 依申请公开: a slip that is common enough to be read."""
_ASKED_FOR = "(?:申请|要求)公开(?:政府)?信息"
_FILED = "(?:共|累计)?(?:提出|提交|递交)了?的?(?:政府)?信息公开申请"
# e.g. "公民、法人或者其他组织向我局申请公开政府信息", "公众向我局提出政府信息公开申请"
# not "公民申请复议"
_THEY_APPLIED = re.compile(
    rf"(?:^|年度?|全年|共有?)(?P<of>(?:{WHO_APPLIES}|[、和及]|或者?|以及|社会)++)"
    rf"(?:向(?:{_TO_US}))?(?:{_ASKED_FOR}|{_FILED}){HOW_MANY}$"
)
_BY_US_IN_ALL = r"\d{4}年度?|全年|本年度?|今年|我[局委办厅]|本机关|共计?|累计|新"
# e.g. "依申请公开工作全年共受理", "依申请公开收到"
# not "依申请公开答复"
_UNDER_ITS_HEADING = re.compile(
    rf"(?:依申请公开|公开申请)(?:工作|方面|事项|情况)*：?(?:{_BY_US_IN_ALL})*"
    rf"{_RECEIVED}{HOW_MANY}$"
)
# e.g. "新收政府信息公开申请", "本年新收"
# not "新收到"
_NEWLY = re.compile(rf"新收(?:政府信息公开|信息公开)?{HOW_MANY}$")

# e.g. "政府信息公开申请", "公民提出的申请"
# not "申请人", "申请复议"
_BEHIND = re.compile(rf"(?:(?:{WIDE})(?!申请人))*+{_APPLICATION}(?!复议|人)")
# e.g. "共收到", "受理公民提交的"
# not "办结"
_BEHIND_VERB = re.compile(rf"{_RECEIVED}(?P<of>(?:{WIDE})*+)$")

_THIS_YEAR = r"\d{4}年度?|今年|本年度?|当年|全年|我局|本机关"
_OUR_LEVEL = rf"{GAP}{{0,8}}(?:本级|[局委厅]机关)"
# e.g. "共收到", "其中2023年新收到", "、受理"
# not "答复"
_WENT_ON = re.compile(
    rf"^[、和及]?(?:其中)?(?:{_THIS_YEAR})*(?:{_OUR_LEVEL})?(?:共|新)?"
    rf"{_RECEIVED}{HOW_MANY}$"
)
_CAME = "(?:登记|收到|受理|接收|的)?(?:有效)?"
_OF_DISCLOSURE = "(?:政府信息公开|信息公开|依)?"
# e.g. "实际登记", "最终受理政府信息公开申请", "有效申请"
# not "实际办理"
_CORRECTED = re.compile(rf"(?:实际|最终|有效)[共上]?{_CAME}{_OF_DISCLOSURE}{HOW_MANY}$")
"""收到465件，其中7件撤回，[实际登记]458件: what the form counts."""

# e.g. "转办", "移送"
# not "收到"
_HANDED_ON = re.compile("转办|转交|转送|转来|移送")
# e.g. "行政复议", "诉讼", "申请"
# not "公开"
_NAMED_LAST = re.compile("复议|诉讼|申请")
# e.g. "结转至本年度", "上年顺延"
# not "收到"
_CARRIED_OVER = re.compile("结转|顺延|跨年|转入")
# e.g. "未", "不予受理", "超期"
# not "收到"
DENIED = re.compile("[未拒超逾漏]|不予")
"""未办结上年结转申请1件, 不予受理申请3件: a part."""
# e.g. "通过政府网站，"
# not "通过政府网站"
_WAY_BEFORE = re.compile("((?:通过|经由?|从|在|利用)[^，。；：]{1,40})，")
"""通过政府网站，收到申请5件: the way stands in a clause of its own."""
# e.g. "，", "："
# not "、"
_END_OF_ANY_CLAUSE = re.compile("[，。；：]")
# e.g. "公民", "12名群众"
# not "法人"
_PEOPLE = re.compile("公民|自然人|个人|群众|市民|村民|居民")
# e.g. "法人", "我单位"
# not "公民"
_BODIES = re.compile("法人|组织|企业|单位|机构")
# e.g. "我单位", "本单位"
# not "企事业单位"
_OUR_UNIT = re.compile("[我本]单位")


def _is_received(mention: Mention) -> bool:
    """False for what was refused or handed on, for some applicants, or for one way."""
    if DENIED.search(mention.words_before):
        return False
    if _HANDED_ON.search(mention.clause) or _CARRIED_OVER.search(mention.words):
        return False
    if not _is_of_disclosure(mention) or _is_of_cases(mention):
        return False
    applicants = mention.group("of")
    is_of_some = SOME_APPLICANTS.search(applicants)
    if is_of_some and not SEVERAL_APPLICANTS.search(applicants):
        return False
    if _is_of_one_kind(mention, applicants):
        return False
    if not ANY_APPLICANTS.fullmatch(applicants):
        return False
    with_the_way = _WAY_BEFORE.sub(r"\1", mention.before)
    lead = _END_OF_ANY_CLAUSE.split(with_the_way)[-1]
    return not is_one_way_only(lead)


def _is_of_disclosure(mention: Mention) -> bool:
    """申请书55份 alone may be of any matter: the paragraph has to be on disclosure."""
    if "申请书" not in mention.told_by or "公开" in mention.told_by:
        return True
    return _OF_APPLYING.search(mention.sentence.topic) is not None


def _is_of_cases(mention: Mention) -> bool:
    """行政复议3件，其中新收2件: of what was named last."""
    if "申请" in mention.told_by or "公开" in mention.told_by:
        return False
    named = _NAMED_LAST.findall(mention.before)
    return bool(named) and named[-1] != "申请"


def _is_of_one_kind(mention: Mention, applicants: str) -> bool:
    """收到公民申请5件，法人申请3件: neither is the whole.

    公民 alone may stand for all applicants, unless others follow; 法人 never does.
    """
    names_people = _PEOPLE.search(applicants)
    if not names_people:
        others = _OUR_UNIT.sub("", applicants)
        return _BODIES.search(others) is not None
    if _BODIES.search(applicants):
        return False
    bodies_follow = _BODIES.search(mention.rest)
    return bodies_follow is not None


_HAPPENED = "收到|接到|受理|接收|接受|收悉|发生|出现|产生|涉及|新增|(?<!尚未)办理"
_BARE_NOT = rf"未有|没有|无(?!{NOT_DENIED})|不存在"
_WHO = "|".join(
    (
        f"{WHO_APPLIES}|人",
        FILES,
        "向|来自|通过|以|任何|各类|各种|一[件例份起宗个]",
        f"书面|口头|网[站络上]|{BY_WHICH_WAY}",
        OF_US,
        "新|有|的|到|和|或者?|及|以及|与|、|等",
    )
)
_GOVERNMENT = "(?:政府|政务|相关|有关)*"
_UPON_APPLICATION = (
    f"(?:(?:政府|政务)信息)?依?申请{_GOVERNMENT}(?:信息)?公开"
    f"(?:{_GOVERNMENT}信息)?(?:的?书面)?(?:的?申请)?"
)
_FOR_DISCLOSURE = f"{_GOVERNMENT}(?:信息)?公开(?:的|类|方面的?)?(?:书面)?申请"
_TO_DISCLOSE = f"(?:公开|获取|提供){_GOVERNMENT}信息的?(?:书面)?申请|政府信息的?申请"
_IN_WHICH_FORM = (
    "的|办?件|信[件函]|来[信件]|案[件例]|事[项宜件]|业务|情[况形]|材料|[请诉需要]求|"
    "表|书|受理|发生|产生|出现|提出"
)
_ANY_APPLICATION = (
    f"(?:关于|有关|相关|涉及)?(?:{_UPON_APPLICATION}|{_FOR_DISCLOSURE}|{_TO_DISCLOSE})"
    f"(?:{_IN_WHICH_FORM})*+"
)
_BECAUSE = "因此|因政府信息公开|被|提起|引[发起]的?|相关|有关|的|申请|行政"
# 未收到政府信息公开申请及行政复议: the denial goes on to the next thing
_OR_REVIEWS = rf"(?=(?:[、和及与或]|以及)(?:{_BECAUSE})*+(?:复议|诉讼))"
_NO_APPLICATION = (
    rf"(?:{NOT}(?:{_HAPPENED})过?(?!的)"
    rf"|(?:{_BARE_NOT})(?!依申请公开(?:政府)?信息{END}))"
    rf"(?P<gap>(?:{_WHO})*+){_ANY_APPLICATION}(?:{END}|{_OR_REVIEWS})"
)
_NONE_WITHOUT_A_WORD_WHAT_FOR = (
    rf"{NOT}(?P<bare>收到|接到|受理|接收)过?(?:任何|相关|有关)?申请{END_OF_CLAUSE}"
)
_END_OF_ITEM = "(?=[，。；、]|$)"
_COUNTED = "政府信息|申请|办?件|事项|数量?|情况"
_CAME_TO_ZERO = (
    rf"(?:依申请公开|公开的?申请|公开政府信息的申请)(?:{_COUNTED})*"
    "[“”]?(?:为|：|均为|实现|是)?[“”]?(?:零|无)(?:受理|申请|件|发生)?[“”]?"
    rf"{_END_OF_ITEM}"
)
_ZERO_APPLICATIONS = rf"(?P<none>零申请){_END_OF_ITEM}"
# e.g. "未收到公民提出的政府信息公开申请。", "无依申请公开事项", "未收到申请，"
# e.g. "政府信息公开申请为零。", "实现零申请。"
# not "未收到涉密的政府信息公开申请。", "无正当理由大量反复申请公开。"
_NONE = re.compile(
    f"{_NO_APPLICATION}|{_NONE_WITHOUT_A_WORD_WHAT_FOR}|{_CAME_TO_ZERO}"
    f"|{_ZERO_APPLICATIONS}"
)

# e.g. "除上述申请外"
# not "除夕"
_APART_FROM = re.compile("除[^。；]{0,40}外")
# e.g. "行政许可", "低保", "补贴"
# not "政府信息公开"
_OTHER_APPLICATION = re.compile("复议|诉讼|许可|审批|救助|低保|补[贴助]|认定|登记")
# e.g. "（二）依申请公开", "信息公开申请"
# not "主动公开"
_OF_APPLYING = re.compile("依申请|公开申请|申请公开")


def _is_denied(denial: Denial) -> bool:
    """Whether no application at all came in.

    未收到申请 without a word what for, or only after all others (除…外), states
    nothing.
    """
    if is_narrowed(denial) or is_of_some(denial):
        return False
    if _APART_FROM.search(denial.before):
        return False
    names_disclosure = not (denial.match["bare"] or denial.match["none"])
    if names_disclosure:
        return True
    if _OTHER_APPLICATION.search(denial.before):
        return False
    topic = denial.sentence.topic
    return _OF_APPLYING.search(topic) is not None


APPLICATIONS_RECEIVED = Thing(
    key="applications_received",
    units=COUNT,
    before=(
        Wording("申请", _CAME_IN),
        Wording("申请", _APPLICATIONS, never_in=frozenset({"条", "项"})),
        Wording("申请", _UNDER_ITS_HEADING),
        Wording("依公开", _SLIPPED),
        Wording("公开", _THEY_APPLIED),
        Wording("新收", _NEWLY),
    ),
    behind=(Behind("申请", _BEHIND, verb=_BEHIND_VERB),),
    continued=(Wording("申请", _WENT_ON), Wording("申请", _CORRECTED)),
    is_meant=_is_received,
    none=_NONE,
    none_sign="申请",
    is_denied=_is_denied,
    is_left_to_the_whole=True,
)
