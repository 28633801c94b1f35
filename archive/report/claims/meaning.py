"""Whether the words around a number mean the thing they name: no other business, no
part, no single channel. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.report.claims.channels import (
    ANOTHER_CHANNEL,
    NAMES,
    SEVERAL,
    SINGLE_CHANNEL,
)
from archive.report.claims.scope import Scope
from archive.report.claims.wordings import (
    ANY_WAY,
    APPLICANTS,
    ONE_WAY,
    OTHER_BUSINESS,
    SEVERAL_APPLICANTS,
    SOME_APPLICANTS,
)
from archive.report.claims.zeros import OUTCOME, denies_the_whole
from archive.report.document import Place
from archive.report.numbers import read_amount

_HANDED_ON = re.compile(r"转办|转交|转送|转来|移送")
_DENIED = re.compile(r"[未拒超逾漏]|不予")
"""未办结上年结转申请1件, 不予受理申请3件: a part."""
_WAY_BEFORE = re.compile(r"((?:通过|经由?|从|在|利用)[^，。；：]{1,40})，")
"""通过政府网站，收到申请5件."""
_OTHER_PAPERS = re.compile(
    r"党|中共|[县市省区州工]委(?!员)|名义|报请|提请|推动|起草|草拟|代拟|审[核查]|备案|报备|联合|会同|牵头|转发|转载|清理|建议|涉企"
)
_REPEALED_APART = re.compile(
    r"废止[^。；]{0,20}\d[^。；]{0,12}失效|失效[^。；]{0,20}\d[^。；]{0,12}废止"
)
_OTHER_TRAINING = re.compile(
    r"招商|消防|安全|普法|法治|执法|保密|技能|就业|创业|党|农|教师|医"
)
_NO_FEE = re.compile(r"每|标准|按(?!照)|减免|免收|免除|退还|应收")
_REVIEWERS = re.compile(r"司法|法制|人民政府$")
"""Bodies that decide the reviews of others."""
_OF_THESE = re.compile(r"\d+件[^。；]{0,10}其中[^，。；]{0,12}公开")
_HEADING = 30
_OTHER_APPLICATION = re.compile(r"复议|诉讼|许可|审批|救助|低保|补[贴助]|认定|登记")
_OF_APPLYING = re.compile(r"依申请|公开申请|申请公开")
_OF_ALL_CASES = re.compile("[均全都]|其中|结果|尚未")
_TOGETHER = re.compile(r"(?:复议|诉讼)(?:案件?)?[、和与及或](?:被申请|提起|行政)?$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what is around it."""

    printed: str
    text: str
    """Plain."""
    at: Place
    topic: str
    """Plain text of the whole paragraph with its section's heading, to tell what the
    sentence speaks of.
    """


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a sentence with the words up to it and behind it, and those that told
    its key.
    """

    match: re.Match[str]
    words: str
    behind: str
    number: re.Match[str]
    sentence: Sentence
    scope: Scope

    @property
    def clause(self) -> str:
        """What stands before the number in its clause."""
        return self.scope.text[
            self.scope.clause(self.number.start()) : self.number.start()
        ]

    @property
    def before(self) -> str:
        """What stands in the sentence before the words that told the key."""
        return self.scope.text[
            : self.number.start() - len(self.words) + self.match.start()
        ]


def fits(key: str, told: Told) -> bool:
    """Whether the words that told a key mean it: no other business, no other channel,
    not some of the whole.
    """
    return key not in _FITS or _FITS[key](told)


def _is_total(told: Told) -> bool:
    return "依申请" not in told.words and not _is_channel(told.before, told.match[0])


def _is_received(told: Told) -> bool:
    of = told.match.groupdict().get("of") or ""
    if _DENIED.search(told.words[: told.match.start()]) or _HANDED_ON.search(
        told.clause
    ):
        return False
    if (
        SOME_APPLICANTS.search(of) and not SEVERAL_APPLICANTS.search(of)
    ) or _is_of_one_kind(told, of):
        return False
    lead = _WAY_BEFORE.sub(r"\1", told.before)
    lead = re.split("[，。；：]", lead)[-1]
    return APPLICANTS.fullmatch(of) is not None and not (
        ONE_WAY.search(lead) and not ANY_WAY.search(lead)
    )


def _is_of_one_kind(told: Told, of: str) -> bool:
    """收到公民申请5件，法人申请3件: neither is the whole."""
    people, bodies = (
        re.compile(kind)
        for kind in ("公民|自然人|个人|群众|市民|村民|居民", "法人|组织|企业|单位|机构")
    )
    rest = told.scope.text[told.number.end() :]
    return bool(
        (people.search(of) and not bodies.search(of) and bodies.search(rest))
        or (bodies.search(re.sub("[我本]单位", "", of)) and not people.search(of))
    )


def _is_answered(told: Told) -> bool:
    spoken_of = "申请" in told.sentence.topic or "结转" in told.scope.text
    return (
        spoken_of
        and "结转" not in told.match[0]
        and not _DENIED.search(told.words[: told.match.start()])
    )


def _is_carried_in(told: Told) -> bool:
    return _is_carried(told) and not re.search(
        "答复|办结|办理|审|[未拒超逾漏]|不予", told.words[: told.match.start()]
    )


def _is_carried(told: Told) -> bool:
    return not re.search("复议|诉讼|案件|资金|预算", told.clause)


def _is_carried_out(told: Told) -> bool:
    year = re.search(r"[至到入](\d{4})", told.match[0])
    own = told.scope.whose.year
    return _is_carried(told) and (
        year is None or own is None or int(year[1]) == own + 1
    )


def _is_case(told: Told) -> bool:
    value = read_amount(told.number["n"], False)
    gap = told.match.groupdict().get("gap") or ""
    joint = "诉讼" in gap or "复议" in gap or _TOGETHER.search(told.before)
    alone = not joint or value == 0 or "均" in gap or "各" in gap
    one_instance = (
        re.search("[一二]审", gap)
        and len(set(re.findall("[一二]审", told.scope.text))) > 1
    )
    return (
        alone
        and "分别" not in gap
        and not one_instance
        and not re.search("复议机关|审理|审结|办理", told.clause)
        and not OUTCOME.search(told.clause)
        and (
            not OUTCOME.search(told.behind)
            or _OF_ALL_CASES.search(told.behind) is not None
        )
        and of_disclosure(told.sentence, told.clause, told.scope.whose.agency)
    )


def _is_training(told: Told) -> bool:
    if "公开" in told.clause + told.behind:
        return True
    return "公开" in told.sentence.topic and not _OTHER_TRAINING.search(
        told.words + told.behind
    )


def _is_issued(told: Told) -> bool:
    return of_own_papers(told.clause, told.scope) and not re.search(
        "(?:公开|发布)[^，]*制[定发]", told.words
    )


def _is_repealed(told: Told) -> bool:
    return of_own_papers(told.clause, told.scope)


def of_own_papers(said: str, scope: Scope) -> bool:
    """False where others' documents are spoken of, the Party's, or only some of what
    was issued or repealed.
    """
    return not _OTHER_PAPERS.search(said) and not _REPEALED_APART.search(scope.text)


def _is_proposals(told: Told) -> bool:
    words, behind = told.words, told.behind
    if re.search("建议|提案", words) and re.match(r"[^，。；、]*(?:建议|提案)", behind):
        return False
    kinds = set(re.findall("建议|提案", told.scope.text))
    return (
        all(kind in words + behind.partition("、")[0] for kind in kinds)
        or not {"建议", "提案"} <= kinds
    )


def _is_posted(told: Told) -> bool:
    return not ANOTHER_CHANNEL.search(told.before)


def _is_fee(told: Told) -> bool:
    return not (_NO_FEE.search(told.words) or told.behind.startswith(("/", "每")))


_FITS: dict[str, Callable[[Told], bool]] = {
    "proactive_total": _is_total,
    "applications_received": _is_received,
    "applications_answered": _is_answered,
    "carried_in": _is_carried_in,
    "carried_out": _is_carried_out,
    "reviews": _is_case,
    "lawsuits": _is_case,
    "trainings": _is_training,
    "documents_issued": _is_issued,
    "documents_repealed": _is_repealed,
    "proposals": _is_proposals,
    **dict.fromkeys(NAMES, _is_posted),
    "fee": _is_fee,
}
"""Key → what its words have to mean."""


def _is_channel(before: str, said: str) -> bool:
    """True when one channel only is spoken of (通过门户网站主动公开…), which is not the
    whole.

    Without the word 主动 the channel may also be named earlier in the sentence (公众号
    每日更新，共公开信息…).
    """
    clause = re.split(r"[，。；：]", before)[-1] if said.startswith("主动") else before
    return bool(SINGLE_CHANNEL.search(clause)) and not SEVERAL.search(clause)


def of_disclosure(sentence: Sentence, clause: str, agency: str) -> bool:
    """False for a paragraph on other business: a justice bureau's reviews."""
    if "公开" in clause:
        return True
    if (
        _REVIEWERS.search(agency)
        and "公开" not in sentence.text + sentence.topic[:_HEADING]
    ):
        return False
    if _OF_THESE.search(sentence.text):
        return False
    return not OTHER_BUSINESS.search(
        clause if "公开" in sentence.topic else sentence.topic
    )


def means_none(
    key: str, match: re.Match[str], sentence: Sentence, scope: Scope
) -> bool:
    """Whether words that deny something deny that it happened to this body at all."""
    begin = scope.clause(match.start())
    clause = scope.text[begin : scope.clause_end(match.end())]
    if not denies_the_whole(key, match, clause, scope.text[begin : match.start()]):
        return False
    if key in {"reviews", "lawsuits"}:
        return of_disclosure(sentence, clause, scope.whose.agency)
    if key == "fee":
        of_all = re.search("(?<!本)行政机关", scope.text)
        of_cases = re.search("复议|诉讼", match[0])
        return (
            bool(re.search("公开|申请|政府信息|信息处理费|、收费", sentence.topic))
            and not of_all
            and not of_cases
        )
    if key == "applications_received":
        return _is_of_disclosure(match, sentence, scope)
    return key.startswith("documents") or bool(re.search("公开|申请", sentence.topic))


def _is_of_disclosure(match: re.Match[str], sentence: Sentence, scope: Scope) -> bool:
    """未收到申请 without a word what for, or only after all others (除…外), states
    nothing.
    """
    before = scope.text[: match.start()]
    if re.search("除[^。；]{0,40}外", before):
        return False
    bare = match["bare"] or match["none"]
    return not bare or (
        not _OTHER_APPLICATION.search(before)
        and bool(_OF_APPLYING.search(sentence.topic))
    )
