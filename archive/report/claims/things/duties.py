"""`proposals`, `trainings`, `fee`: smaller things that reports count in passing.

Section 6 of the forms has to state the information-processing fee (信息处理费) that was
collected.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Denial, Mention
from archive.report.claims.things.denial import END, END_OF_CLAUSE, NOT
from archive.report.claims.things.thing import GAP, HOW_MANY, Behind, Thing, Wording

_NOT_A_PROPOSAL = "答复率|满意率|办复率|复文|结果|情况|信息|公开|答复"
# what the public proposes (意见建议) is something else
_NAME = "(?:(?<!意见)(?<!意见[、和与及])建议|提案)"
# e.g. "人大代表建议", "办理政协提案共"
# not "提案答复率", "建议办理情况", "意见建议"
_PROPOSALS = re.compile(rf"{_NAME}(?:(?!{_NOT_A_PROPOSAL}){GAP}){{0,14}}$")
# e.g. "人大代表建议", "政协提案"
# not "意见", "提案、"
_PROPOSALS_BEHIND = re.compile(rf"(?:(?!、){GAP}){{0,16}}?{_NAME}(?![、和])")
# e.g. "人大代表", "承办"
# not "群众"
_OF_DEPUTIES = re.compile("代表|人大|两会|承办|议案")
# e.g. "承办", "办理了市"
# not "公开"
_HANDLED = re.compile("(?:承办|办理|收到|办复)(?:了|各级|省|市|县|区)*$")
# e.g. "建议", "提案"
# not "意见"
_BOTH_NAMES = re.compile("建议|提案")
# e.g. "件政协提案"
# not "件意见"
_NAMED_BEHIND = re.compile("[^，。；、]*(?:建议|提案)")


def _is_proposals(mention: Mention) -> bool:
    """False where deputies' 建议 and consultative 提案 are counted apart.

    建议5件、提案3件: neither is the whole; 建议、提案共8件 is.
    """
    words, behind = mention.words, mention.behind
    is_named = _BOTH_NAMES.search(words)
    if is_named and _NAMED_BEHIND.match(behind):
        return False
    named = set(_BOTH_NAMES.findall(mention.scope.text))
    if named == {"建议"}:
        # 收到建议15件 may be what visitors of the website wrote
        return _OF_DEPUTIES.search(mention.scope.text) is not None
    if len(named) < 2:
        return True
    here = words + behind.partition("、")[0]
    return all(name in here for name in named)


PROPOSALS = Thing(
    key="proposals",
    units=frozenset({"件", "份"}),
    before=(Wording("", _PROPOSALS),),
    behind=(Behind("", _PROPOSALS_BEHIND, verb=_HANDLED),),
    is_meant=_is_proposals,
    is_left_to_the_whole=True,
)

# e.g. "政务公开培训", "举办培训班共"
# not "培训人员"
_TRAININGS = re.compile(rf"培训(?:会议?|班|活动|讲座|工作)*{HOW_MANY}$")
# e.g. "政务公开业务培训"
# not "讲座"
_TRAININGS_BEHIND = re.compile(rf"(?:(?!、){GAP}){{0,16}}?培训")
# e.g. "举办", "组织了各类"
# not "参加"
_HELD = re.compile("(?:举办|开展|组织|召开)(?:了|各类|全[市县区])*$")
# e.g. "消防", "普法"
# not "政务公开"
_OTHER_SUBJECT = re.compile(
    "招商|消防|安全|普法|法治|执法|保密|技能|就业|创业|党|农|教师|医"
)


def _is_training(mention: Mention) -> bool:
    """Whether disclosure was taught: named in the clause, or else in the paragraph."""
    if "公开" in mention.clause + mention.behind:
        return True
    if "公开" not in mention.sentence.topic:
        return False
    around = mention.words + mention.behind
    return _OTHER_SUBJECT.search(around) is None


TRAININGS = Thing(
    key="trainings",
    units=frozenset({"次", "场", "场次", "期", "班次"}),
    before=(Wording("培训", _TRAININGS),),
    behind=(Behind("培训", _TRAININGS_BEHIND, verb=_HELD),),
    is_meant=_is_training,
    is_left_to_the_whole=True,
)

_NAMED = "信息处理费|检索费|处理费用?"
# e.g. "收取信息处理费", "信息处理费合计", "收取相关费用共", "政府信息公开收费金额"
# not "信息处理费标准"
_FEE = re.compile(
    rf"(?:{_NAMED})(?:(?!标准|按){GAP}){{0,10}}$"
    rf"|收取{GAP}{{0,14}}费用?{GAP}{{0,6}}$"
    rf"|信息公开(?:的)?收费(?:金额|总额)?{HOW_MANY}$"
)
# e.g. "每件", "收费标准", "减免费用"
# not "按照规定收取"
_NO_FEE = re.compile("每|标准|按(?!照)|减免|免收|免除|退还|应收")


def _is_fee(mention: Mention) -> bool:
    """False for a rate (每件10元, 10元/件) and for what was waived or paid back."""
    if mention.behind.startswith(("/", "每")):
        return False
    return _NO_FEE.search(mention.words) is None


_NOT_COLLECTED = (
    rf"(?:{NOT}|不|免)(?:予|曾|向|产生|发生)?{GAP}{{0,12}}?(?:收取|收费|收|产生|发生)"
    rf"{GAP}{{0,16}}?(?:信息处理费|费用|处理费|检索费)"
)
_NOTHING_CHARGED = rf"{NOT}(?:发生|产生|出现){GAP}{{0,12}}?收费(?:情况|行为|事项)?{END}"
_CAME_TO_NOTHING = (
    rf"信息处理费(?:收取)?(?:的)?(?:情况)?[：为]?(?:无|零|〇){END_OF_CLAUSE}"
)
_FREE_OF_CHARGE = (
    rf"(?:公开|申请|信息){GAP}{{0,12}}?{NOT}(?:任何)?收(?:取)?费(?:用|情况)?"
    rf"{END_OF_CLAUSE}"
)
# e.g. "未收取信息处理费", "不收取任何费用", "没有发生收费情况。", "信息处理费为零。"
# e.g. "政府信息公开未收费。"
# not "收取信息处理费"
_NO_FEE_COLLECTED = re.compile(
    f"{_NOT_COLLECTED}|{_NOTHING_CHARGED}|{_CAME_TO_NOTHING}|{_FREE_OF_CHARGE}"
)
_AGAINST_THE_RULES = "违|超|标准|乱|减免(?!情况)|应收|逾期|不得|擅自|重复|[多少漏]收|欠"
_FROM_SOME = r"困难|低保|符合|条件|属于|\d(?:件|人|名|位|次)"
# e.g. "未违规收取信息处理费", "对低保户不收取费用"
# not "未收取信息处理费"
_NOT_THIS_FEE = re.compile(f"{_AGAINST_THE_RULES}|{_FROM_SOME}")
# e.g. "政府信息公开", "、收费"
# not "其他需要报告的事项"
_OF_DISCLOSURE = re.compile("公开|申请|政府信息|信息处理费|、收费")
# e.g. "各行政机关"
# not "本行政机关"
_ALL_OFFICES = re.compile("(?<!本)行政机关")
# e.g. "未产生与诉讼有关的费用"
# not "未收取费用"
_COST_OF_CASES = re.compile("复议|诉讼")


def _is_fee_denied(denial: Denial) -> bool:
    """Whether no fee was collected by this body.

    False for fees against the rules, from some people, of cases or of all offices.
    """
    if _NOT_THIS_FEE.search(denial.clause):
        return False
    if not _OF_DISCLOSURE.search(denial.sentence.topic):
        return False
    if _ALL_OFFICES.search(denial.scope.text):
        return False
    told_by = denial.match[0]
    return _COST_OF_CASES.search(told_by) is None


FEE = Thing(
    key="fee",
    units=frozenset({"元", "万元"}),
    before=(Wording("费", _FEE),),
    is_meant=_is_fee,
    none=_NO_FEE_COLLECTED,
    none_sign="费",
    is_denied=_is_fee_denied,
    none_in="元",
)
