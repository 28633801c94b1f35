"""`reviews`, `lawsuits`: 行政复议 and 行政诉讼 brought because of disclosure.

Section 4 of both forms carries them in a table; prose states them next to a body's
other cases. A justice bureau decides the reviews of others: those are not meant.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Denial, Mention, Sentence
from archive.report.claims.things.denial import (
    END,
    NOT,
    OF_US,
    OUTCOME,
    is_narrowed,
    is_of_some,
)
from archive.report.claims.things.thing import GAP, Behind, Thing, Wording
from archive.report.numbers import read_amount

_CASE_UNITS = frozenset({"件", "起", "宗", "例", "次", "案", "个"})
_BETWEEN = "|".join(
    (
        "案件?|申请|事项|数量?|总数|件数|情况",
        "共计?|合计|累计|总计|为|有|是|达到?|约|均|各|分别|：|的",
        "发生|引发|引起|一审|二审|、|和|与|及|或|以及",
        "因?政府信息公开|行政|提起|被",
        "全年|本年度?|新增|收到|诉讼|复议",
    )
)
"""What may stand between 复议 or 诉讼 and the number."""
_BECAUSE_OF = "因|涉及|关于|的|政府|政务|信息|公开|工作|申请|引发|引起|被提起"

_HAPPENED = (
    "有关|被|有|曾|发生|出现|收到|接到|产生|存在|受到|新增?|过|到|了|引[发起致]|导致|"
    "涉及(?=政府信息|政务|信息公开|依申请)|针对|关于|相关|因|由|对|就|于|向|而|此|以"
)
_ABOUT = (
    "政府|政务|信息|公开|依申请|申请人|申请|(?<!复议)(?<!诉讼)工作|行为|事[项务件]|问题|"
    "答复|不服|不满意?|不当|提起|提出|进行|起诉|的|任何"
)
_BY_WHOM = "公民|法人|其[他它]组织|组织|个人|群众|公众|社会|市民|村民|居民|人"
_OTHER_COMPLAINTS = (
    "行政|复议(?!机关|决定)|诉讼|应诉|案[件例]?|举报|投诉|申诉|信访|上访|异议"
)
_ENUMERATED = "、|和|与|及|或者?|等|类|方面|情[况形]|现象|一[起件例宗]"
_DENIED_WITH_IT = "|".join(
    (_HAPPENED, _ABOUT, _BY_WHOM, _OTHER_COMPLAINTS, OF_US, _ENUMERATED)
)
"""What may be denied together with a case, and narrows nothing."""
_IN_A_ROW = "案件|申请|情况|数量?|[、和与及]|行政|诉讼|复议|应诉|举报|投诉"
_CAME_TO_NONE = (
    "(?:均|都|也)?(?:为|：)?[“”]?(?:未发生|没有发生|没有|零|无)(?:发生|案件)?[“”]?"
    "(?=[，。；]|$)"
)

# e.g. "司法局", "示例市人民政府"
# not "商务局", "人民政府办公室"
_REVIEWERS = re.compile("司法|法制|人民政府$")
"""Bodies that decide the reviews of others."""
_DECIDING = "办理|审理|受理|审结|应诉|执法|法治|依法行政|仲裁|处罚|调解|信访|劳动"
# e.g. "审理行政复议案件", "依法行政", "行政复议局"
# not "因政府信息公开引发行政复议"
_OTHER_BUSINESS = re.compile(f"{_DECIDING}|行政复议局")
"""What a justice bureau says of the reviews it decides."""
# e.g. "复议25件，其中涉及政府信息公开"
# not "复议5件。"
_OF_THESE = re.compile(r"\d+件[^。；]{0,10}其中[^，。；]{0,12}公开")
# e.g. "因房屋征收引发", "涉及行政处罚的行政复议"
# not "因此引发"
_CAUSE = re.compile(
    rf"因(?!此|而|该){GAP}{{2,16}}?(?:引[发起]|被申请|被提起|提起|产生|导致)"
    rf"|(?:涉及|关于){GAP}{{2,12}}?的?(?:行政)?(?:复议|诉讼)"
)
# e.g. "政府信息公开", "答复不服"
# not "房屋征收"
_OF_DISCLOSURE = re.compile("公开|信息|答复|申请|上述|不服")
_HEADING = 30
"""Signs of a topic in which its section's heading stands."""


def is_on_disclosure(sentence: Sentence, clause: str, agency: str) -> bool:
    """Whether the cases of a clause are about disclosure.

    Not those that a justice bureau decides, nor all cases of a body of which some are
    about disclosure (复议25件，其中涉及信息公开2件). `agency`: name of the reporter.
    """
    if _is_of_other_cause(clause):
        return False
    if "公开" in clause:
        return True
    if _REVIEWERS.search(agency):
        heading = sentence.topic[:_HEADING]
        if "公开" not in sentence.text + heading:
            return False
    if _OF_THESE.search(sentence.text):
        return False
    is_topic = "公开" in sentence.topic
    judged = clause if is_topic else sentence.topic
    return _OTHER_BUSINESS.search(judged) is None


def _is_of_other_cause(clause: str) -> bool:
    """因房屋征收引发行政复议3件, in a paragraph on disclosure."""
    cause = _CAUSE.search(clause)
    if cause is None:
        return False
    return _OF_DISCLOSURE.search(cause[0]) is None


# e.g. "行政复议、", "诉讼案件和被申请"
# not "行政复议"
_TOGETHER = re.compile("(?:复议|诉讼)(?:案件?)?[、和与及或](?:被申请|提起|行政)?$")
# e.g. "复议机关", "审结", "办理"
# not "行政复议"
_DECIDED = re.compile("复议机关|审理|审结|办理")
# e.g. "均维持", "其中", "尚未审结"
# not "维持"
_OF_ALL_CASES = re.compile("[均全都]|其中|结果|尚未")
# e.g. "一审", "二审"
# not "审结"
_INSTANCE = re.compile("[一二]审")


def _is_case(mention: Mention) -> bool:
    """Whether a number is that of one kind of case, whole, and about disclosure."""
    if not _counts_one_kind(mention):
        return False
    if _is_of_one_instance(mention) or _is_of_one_outcome(mention):
        return False
    clause = mention.clause
    if _DECIDED.search(clause):
        return False
    agency = mention.scope.reporter.agency
    return is_on_disclosure(mention.sentence, clause, agency)


def _is_of_one_outcome(mention: Mention) -> bool:
    """复议维持3件, 复议3件被撤销; but not 复议3件，均维持."""
    if OUTCOME.search(mention.clause):
        return True
    if not OUTCOME.search(mention.behind):
        return False
    is_of_all = _OF_ALL_CASES.search(mention.behind)
    return is_of_all is None


def _counts_one_kind(mention: Mention) -> bool:
    """Whether a number is one of reviews, or of lawsuits, and not of both together.

    复议、诉讼共3件 counts both; 复议、诉讼均为3件 is each one's number, and so is 0.
    """
    gap = mention.group("gap")
    if "分别" in gap:
        return False
    is_of_each = "均" in gap or "各" in gap
    is_none = read_amount(mention.number["n"], False) == 0
    if is_of_each or is_none:
        return True
    is_behind_the_other = _TOGETHER.search(mention.before) is not None
    names_the_other = "诉讼" in gap or "复议" in gap
    return not names_the_other and not is_behind_the_other


def _is_of_one_instance(mention: Mention) -> bool:
    """Whether a number is counted in one of the courts that the sentence names.

    一审3件，二审2件: the same cases, counted twice.
    """
    if not _INSTANCE.search(mention.group("gap")):
        return False
    instances = set(_INSTANCE.findall(mention.scope.text))
    return len(instances) > 1


def _is_denied(denial: Denial) -> bool:
    """Whether no case at all was brought because of disclosure.

    未发生行政复议 in a paragraph on law enforcement says nothing of it.
    """
    if is_narrowed(denial):
        return False
    if is_of_some(denial):
        return False
    agency = denial.scope.reporter.agency
    return is_on_disclosure(denial.sentence, denial.clause, agency)


def _cases(key: str, sign: str, names: str) -> Thing:
    before = re.compile(rf"(?:{names})(?P<gap>(?:{_BETWEEN})*+)$")
    behind = re.compile(
        rf"(?:{_BECAUSE_OF}|行政(?={sign})|答复|行为|由)*+(?:行政)?{sign}(?!机关|决定)"
    )
    denied = rf"{NOT}(?P<gap>(?={GAP}{{0,60}}?{sign})(?:{_DENIED_WITH_IT})*+){END}"
    came_to_none = rf"(?:行政)?{sign}(?:{_IN_A_ROW})*+{_CAME_TO_NONE}"
    return Thing(
        key=key,
        units=_CASE_UNITS,
        before=(Wording(sign, before),),
        behind=(Behind(sign, behind),),
        is_meant=_is_case,
        none=re.compile(f"{denied}|{came_to_none}"),
        none_sign=sign,
        is_denied=_is_denied,
    )


REVIEWS = _cases("reviews", "复议", "行政复议|申请复议|复议")
LAWSUITS = _cases("lawsuits", "诉讼", "(?:行政)?诉讼")
