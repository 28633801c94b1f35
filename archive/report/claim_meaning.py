"""Whether the words around a number mean the thing they name: no other business, no part, no single channel. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.report.claim_scope import Scope
from archive.report.claim_words import (
    ANOTHER_CHANNEL,
    APPLICANTS,
    CHANNELS,
    OTHER_BUSINESS,
    SEVERAL,
    SEVERAL_APPLICANTS,
    SINGLE_CHANNEL,
    SOME_APPLICANTS,
)
from archive.report.claim_zeros import OUTCOME, denies_the_whole
from archive.report.document import Place
from archive.report.numbers import read_amount

_HANDED_ON = re.compile(r"转办|转交|转送|转来|移送")
_DENIED = re.compile(r"[未拒超逾漏]|不予")
"""未办结上年结转申请1件, 不予受理申请3件: a part."""
_OTHER_TRAINING = re.compile(r"招商|消防|安全|普法|法治|执法|保密|技能|就业|创业|党|农|教师|医")
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
    """Plain text of the whole paragraph with its section's heading, to tell what the sentence speaks of."""


def fits(
    key: str, match: re.Match[str], words: str, behind: str, number: re.Match[str], sentence: Sentence, scope: Scope
) -> bool:
    """Whether the words that told a key mean it: no other business, no other channel, not some of the whole."""
    clause = scope.text[scope.clause(number.start()) : number.start()]
    before = scope.text[: number.start() - len(words) + match.start()]
    if key == "proactive_total":
        return "依申请" not in words and not _is_channel(before, match[0])
    if key in {"applications_received", "applications_answered", "carried_in"} and _DENIED.search(
        words[: match.start()]
    ):
        return False
    if key == "applications_received":
        of = match.groupdict().get("of") or ""
        some = SOME_APPLICANTS.search(of) and not SEVERAL_APPLICANTS.search(of)
        return not some and APPLICANTS.fullmatch(of) is not None and not _HANDED_ON.search(clause)
    if key == "applications_answered":
        return "申请" in sentence.topic or "结转" in scope.text
    if key in {"carried_in", "carried_out"}:
        return not re.search("复议|诉讼|案件|资金|预算", clause)
    if key in {"reviews", "lawsuits"}:
        value = read_amount(number["n"], False)
        gap = match.groupdict().get("gap") or ""
        joint = "诉讼" in gap or "复议" in gap or _TOGETHER.search(before)
        alone = not joint or value == 0 or "均" in gap or "各" in gap
        decides = re.search("复议机关|审理|审结|办理", clause)
        return (
            alone
            and not decides
            and "分别" not in gap
            and not OUTCOME.search(clause)
            and (not OUTCOME.search(behind) or _OF_ALL_CASES.search(behind) is not None)
            and of_disclosure(sentence, clause, scope.whose.agency)
        )
    if key == "trainings":
        return "公开" in clause + behind or ("公开" in sentence.topic and not _OTHER_TRAINING.search(words + behind))
    if key == "documents_issued":
        return not re.search("转发|转载|清理|(?:公开|发布)[^，]*制[定发]", words)
    if key == "proposals":
        if re.search("建议|提案", words) and re.match(r"[^，。；、]*(?:建议|提案)", behind):
            return False
        kinds = set(re.findall("建议|提案", scope.text))
        return all(kind in words + behind.partition("、")[0] for kind in kinds) or not {"建议", "提案"} <= kinds
    if key in CHANNELS:
        return not ANOTHER_CHANNEL.search(before)
    return key != "fee" or not (_NO_FEE.search(words) or behind.startswith(("/", "每")))


def _is_channel(before: str, said: str) -> bool:
    """True when one channel only is spoken of (通过门户网站主动公开…), which is not the whole.

    Without the word 主动 the channel may also be named earlier in the sentence (公众号每日更新，共公开信息…).
    """
    clause = re.split(r"[，。；：]", before)[-1] if said.startswith("主动") else before
    return bool(SINGLE_CHANNEL.search(clause)) and not SEVERAL.search(clause)


def of_disclosure(sentence: Sentence, clause: str, agency: str) -> bool:
    """False for a paragraph on other business: a justice bureau's reviews."""
    if "公开" in clause:
        return True
    if _REVIEWERS.search(agency) and "公开" not in sentence.text + sentence.topic[:_HEADING]:
        return False
    if _OF_THESE.search(sentence.text):
        return False
    return not OTHER_BUSINESS.search(clause if "公开" in sentence.topic else sentence.topic)


def means_none(key: str, match: re.Match[str], sentence: Sentence, scope: Scope) -> bool:
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
        return bool(re.search("公开|申请|政府信息|信息处理费|、收费", sentence.topic)) and not of_all and not of_cases
    if key == "applications_received":
        return _is_of_disclosure(match, sentence, scope)
    return key.startswith("documents") or bool(re.search("公开|申请", sentence.topic))


def _is_of_disclosure(match: re.Match[str], sentence: Sentence, scope: Scope) -> bool:
    """未收到申请 without a word what for, or only after all others (除…外), states nothing."""
    before = scope.text[: match.start()]
    if re.search("除[^。；]{0,40}外", before):
        return False
    bare = match["bare"] or match["none"]
    return not bare or (not _OTHER_APPLICATION.search(before) and bool(_OF_APPLYING.search(sentence.topic)))
