"""`applications_answered`, `carried_in`, `carried_out`: what became of applications.

An application that is not answered by the end of the year is carried over (结转).
Table 3 of the forms balances what came in and what was carried in against what was
concluded and what is carried out.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Denial, Mention
from archive.report.claims.things.denial import NOT, is_narrowed
from archive.report.claims.things.received import DENIED
from archive.report.claims.things.thing import COUNT, GAP, Behind, Thing, Wording
from archive.report.claims.times import CARRIED

_ANSWERED = "答复|办结|办理完毕|已办理"
# Offices answer proposals, letters and petitions as well, and state rates of answering.
_OTHER_ANSWERS = (
    "提案|建议|复议|诉讼|率|留言|来信|咨询|信访|热线|工单|信箱|诉求|举报|许可|审批"
)
# e.g. "上年结转", "顺延至", "跨年"
# not "答复"
_PUT_OFF_ONES = re.compile("结转|顺延|跨年|延[至到续]|转[入至到]")
# e.g. "答复", "已办理完毕申请", "按期办结"
# not "答复建议", "答复率"
_ANSWER = re.compile(rf"(?:{_ANSWERED})(?:(?!{_OTHER_ANSWERS}){GAP}){{0,16}}$")


def _is_answered(mention: Mention) -> bool:
    """Whether what was answered are applications, and none were left unanswered.

    答复5件 alone does not say so: the paragraph has to speak of 申请.
    """
    is_of_applications = "申请" in mention.sentence.topic
    is_balanced = _PUT_OFF_ONES.search(mention.scope.text) is not None
    if not is_of_applications and not is_balanced:
        return False
    if _PUT_OFF_ONES.search(mention.told_by):
        return False
    return DENIED.search(mention.words_before) is None


APPLICATIONS_ANSWERED = Thing(
    key="applications_answered",
    units=frozenset({"件", "条", "份", "宗", "次"}),
    before=(Wording("", _ANSWER),),
    is_meant=_is_answered,
    is_left_to_the_whole=True,
)

_THIS_YEAR = "[至到入]?(?:本年度?|今年|当年)"
_LAST_YEAR = "上年度?|上一年度?"
_ANY_LAST_YEAR = rf"{_LAST_YEAR}|去年|(?P<from_year>\d{{4}})年度?"
# e.g. "上年结转", "去年顺延政府信息公开申请", "上年度跨年结转", "2022年度顺延至本年度"
# not "结转下年", "上年结转至"
_FROM_LAST_YEAR = re.compile(
    rf"(?:{_ANY_LAST_YEAR}){CARRIED}(?:{_THIS_YEAR})?(?:(?!至|到|入){GAP}){{0,16}}$"
)
# e.g. "申请为上年结转", "由上一年度结转"
# not "结转下年"
_OF_LAST_YEAR = re.compile(
    rf"(?:申请)?(?:为|是|系|属于?)?(?:由|从)?(?:{_LAST_YEAR}){CARRIED}"
)

_NEXT_YEAR = "[至到入]?(?:(?:下|次)一?个?年度?|明年|来年)"
_NAMED_NEXT = r"[至到入]?(?P<into_year>\d{4})年度?"
_PUT_OFF = "结转|顺延|延续|延至|延到|转入|转至|转到|转(?=下|次)"
# e.g. "结转下年度继续办理", "结转至2024年", "结转到明年", "顺延至下年度", "结转2024年"
# not "上年结转"
_TO_NEXT_YEAR = re.compile(
    rf"(?:{_PUT_OFF})(?:{_NEXT_YEAR}|{_NAMED_NEXT}){GAP}{{0,16}}$"
)
# e.g. "跨年度结转", "需跨年办理"
# not "上年度跨年结转"
_OVER_THE_YEAR = re.compile(
    rf"(?<!上)(?<!一)(?<!去)(?<![年度])跨年度?(?:结转|办理|答复|处理){GAP}{{0,10}}$"
)
# e.g. "正在办理需结转至下一年", "已结转下年", "顺延到下年度答复", "延至2024年"
# e.g. "跨年办理"
# not "上年结转"
_FOR_NEXT_YEAR = re.compile(
    "(?:政府信息公开)?(?:申请)?(?:正在办理)?(?:需|将|已)?"
    rf"(?:(?:{_PUT_OFF})(?:{_NEXT_YEAR}|{_NAMED_NEXT})|跨年度?(?:结转|办理|答复|处理))"
)

# e.g. "顺延", "需顺延办理", "已结转"
# not "顺延至本年", "顺延申请", "顺延答复期限"
_PUT_OFF_ALONE = re.compile("(?:需|将|已)?(?:顺延|结转)(?:办理|答复|处理)?$")
_FILLING = (
    "有|收到|发生|出现|存在|涉及|将|需要?|任何|政府|信息|公开|依|申请|由|从|的|"
    "上一?年度?|结转|和|及|、"
)
# 无上年结转的复议案件 says nothing of applications
_NOT_OF_CASES = rf"(?!{GAP}{{0,12}}(?:复议|诉讼|诉|超|逾))"
# e.g. "无上年结转", "没有收到上一年度结转"
# not "无上年结转的行政复议案件"
_NONE_IN = re.compile(rf"{NOT}(?:{_FILLING})*(?:上年|上一年)度?结转{_NOT_OF_CASES}")
_INTO_NEXT_YEAR = "结转(?:至|到)?(?:下|次)一?年|(?:下|次)一?年度?结转"
# e.g. "无结转下年", "没有需结转至下一年", "无下年度结转"
# not "无结转下年的诉讼案件"
_NONE_OUT = re.compile(rf"{NOT}(?:{_FILLING})*(?:{_INTO_NEXT_YEAR}){_NOT_OF_CASES}")

# e.g. "行政复议", "结转资金"
# not "结转申请"
_OTHER_BALANCE = re.compile("复议|诉讼|案件|资金|预算")
# e.g. "答复", "未办结", "不予"
# not "收到"
_DONE_WITH_IT = re.compile("答复|办结|办理|审|[未拒超逾漏]|不予")
# e.g. "依申请公开", "申请"
# not "建议"
_OF_DISCLOSURE = re.compile("公开|申请")


def _is_carried_in(mention: Mention) -> bool:
    """False for other balances (结转资金), and for what was done with the carried-over:
    办结上年结转申请2件 may be a part.
    """
    if _OTHER_BALANCE.search(mention.clause):
        return False
    from_year, own = mention.group("from_year"), mention.scope.reporter.year
    if from_year and (own is None or int(from_year) != own - 1):
        return False
    words = mention.words_before
    return _DONE_WITH_IT.search(words) is None


def _is_carried_out(mention: Mention) -> bool:
    """False for other balances, and for what is carried into a year not the next.

    Where the report's year is unknown, any year is taken for the next, unless it may
    be the one carried from: 结转2022年度申请2件.
    """
    if _OTHER_BALANCE.search(mention.clause):
        return False
    own = mention.scope.reporter.year
    into = mention.group("into_year")
    if not into:
        return True
    if own is None:
        return "结转2" not in mention.told_by
    return int(into) == own + 1


def _is_denied(denial: Denial) -> bool:
    """Whether nothing was carried over, in a paragraph on disclosure."""
    if is_narrowed(denial):
        return False
    topic = denial.sentence.topic
    return _OF_DISCLOSURE.search(topic) is not None


CARRIED_IN = Thing(
    key="carried_in",
    units=COUNT,
    before=(Wording("年", _FROM_LAST_YEAR),),
    behind=(Behind("年", _OF_LAST_YEAR),),
    is_meant=_is_carried_in,
    none=_NONE_IN,
    none_sign="结转",
    is_denied=_is_denied,
)

CARRIED_OUT = Thing(
    key="carried_out",
    units=COUNT,
    before=(Wording("年", _TO_NEXT_YEAR), Wording("跨年", _OVER_THE_YEAR)),
    behind=(
        Behind("年", _FOR_NEXT_YEAR),
        Behind("顺延", _PUT_OFF_ALONE),
        Behind("结转", _PUT_OFF_ALONE),
    ),
    is_meant=_is_carried_out,
    none=_NONE_OUT,
    none_sign="结转",
    is_denied=_is_denied,
)
