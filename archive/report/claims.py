"""Sections → claims: numbers the running text states, each with its whole sentence. Pure.

Only what is said of this body and this year: a number that follows 去年, 同比 or 各部门 in its clause
is somebody else's. Two different numbers for the same thing are both kept; checks compare them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from archive.report.claim_words import (
    AREA,
    BREAKDOWN,
    CHANNELS,
    OTHER_BODY,
    OTHER_TIME,
    PART,
    PROCEEDINGS,
    SEVERAL,
    SINGLE_CHANNEL,
    STATED,
    ZEROS,
)
from archive.report.dates import YEAR, read_year
from archive.report.document import Place, Table
from archive.report.model import Claim, Number, Section
from archive.report.numbers import chinese_number
from archive.report.plain import plain

MAX_SENTENCE = 4_000
"""Longer runs without a full stop are looked at in pieces of this size."""
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？][”’」』）)]*|\n|$)")
_ANY_YEAR = re.compile(rf"({YEAR})年")
_CLAUSE_YEAR = re.compile(rf"(?:^|[，。；：（])(?:截[至止]|自|从|到|在|至)?({YEAR})年")


@dataclass(frozen=True, slots=True)
class _Sentence:
    printed: str
    text: str
    """Plain."""
    at: Place
    topic: str
    """Plain text of the whole paragraph, to tell what the sentence speaks of."""


@dataclass(frozen=True, slots=True)
class _Whose:
    """The year and kind of body whose numbers count."""

    year: int | None
    of_government: bool


def read_claims(sections: Sequence[Section], year: int | None, *, of_government: bool = False) -> tuple[Claim, ...]:
    """Every number stated in the prose of the sections under the keys of `forms.CLAIMS`, in reading order.

    `year` is the report's; numbers said of another year are left out. 未收到…申请 and the like state 0.
    `of_government`: the report of a people's government, for which 全市共… is its own number.
    Parts of the breakdown of `proactive_total` have the key `proactive_part` and the report's wording as label.
    """
    whose = _Whose(year, of_government)
    sentences = [sentence for section in sections for sentence in _sentences(section)]
    claims: dict[tuple[object, ...], Claim] = {}
    breakdowns: set[str] = set()
    for at, sentence in enumerate(sentences):
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        continues = sentence.printed in breakdowns
        for claim in _claims_in(sentence, following, whose):
            if continues and claim.key not in CHANNELS:
                continue
            breakdowns |= {claim.sentence} if claim.part_of else set()
            where = claim.sentence if claim.part_of else ""
            claims.setdefault((claim.key, claim.value, claim.unit, claim.label, where), claim)
    return tuple(claims.values())


def _sentences(section: Section) -> Iterator[_Sentence]:
    for block in section.blocks:
        if isinstance(block, Table):
            continue
        topic = plain(block.text[:MAX_SENTENCE])
        for match in _SENTENCE.finditer(block.text):
            for begin in range(0, len(match[0]), MAX_SENTENCE):
                printed = match[0][begin : begin + MAX_SENTENCE].strip()
                if text := plain(printed):
                    yield _Sentence(printed, text, block.at, topic)


def _claims_in(sentence: _Sentence, following: _Sentence | None, whose: _Whose) -> list[Claim]:
    found: dict[str, tuple[int, Claim, str]] = {}
    for key, pattern in (*STATED, *PROCEEDINGS):
        if key in found:
            continue
        for match in pattern.finditer(sentence.text):
            claim = _stated(key, match, sentence, whose)
            if claim:
                found[key] = (match.start(), claim, sentence.text[match.end() :])
                break
    for key, pattern in ZEROS:
        zero = pattern.search(sentence.text) if key not in found else None
        if zero and _is_ours(sentence.text, zero.start(), zero.end(), whose) and _of_disclosure(key, zero, sentence):
            unit = "元" if key == "fee" else "件"
            found[key] = (zero.start(), Claim(key, 0, sentence.printed, unit, at=sentence.at), "")
    claims: list[Claim] = []
    in_breakdown, total_unit = False, ""
    for key, (_, claim, rest) in sorted(found.items(), key=lambda item: item[1][0]):
        if in_breakdown and key not in CHANNELS and claim.unit == total_unit:
            continue
        claims.append(claim)
        if key == "proactive_total":
            parts = list(_parts(claim, rest, sentence, following, whose))
            claims += parts
            in_breakdown, total_unit = bool(parts), claim.unit
    return claims


def _stated(key: str, match: re.Match[str], sentence: _Sentence, whose: _Whose) -> Claim | None:
    groups = match.groupdict()
    printed = groups.get("n") or groups.get("n2") or ""
    value = read_amount(printed, bool(groups.get("ten_thousand")))
    at = match.start("n") if groups.get("n") else match.start("n2")
    if value is None or not _is_ours(sentence.text, match.start(), at, whose):
        return None
    if key == "proactive_total" and _is_channel(sentence.text[: match.start()], match[0]):
        return None
    if key in {"reviews", "lawsuits"}:
        before = sentence.text[max(match.start() - 12, 0) : match.start()]
        if "公开" not in sentence.topic or not _speaks_of_one(before, groups["gap"], value):
            return None
    unit = (groups.get("about") or "") + (groups.get("unit") or ("元" if key == "fee" else "件"))
    return Claim(key, value, sentence.printed, unit, at=sentence.at)


def _of_disclosure(key: str, match: re.Match[str], sentence: _Sentence) -> bool:
    """False for a paragraph on other business: a justice bureau's reviews, a school's fees."""
    return "公开" in sentence.topic or (key == "fee" and "信息处理费" in match[0])


def _is_ours(text: str, begin: int, number: int, whose: _Whose) -> bool:
    """False when the number is another year's or another body's: said in its clause, or by the year last named."""
    clause = max(text.rfind(sign, 0, begin) for sign in "，。；：！？") + 1
    before = text[clause:number]
    if OTHER_TIME.search(before) or OTHER_BODY.search(before) or (AREA.search(before) and not whose.of_government):
        return False
    named = [read_year(match[1]) for match in (*_CLAUSE_YEAR.finditer(text[:number]), *_ANY_YEAR.finditer(before))]
    return whose.year is None or not named or named[-1] == whose.year


def _is_channel(before: str, said: str) -> bool:
    """True when one channel only is spoken of (通过门户网站主动公开…), which is not the whole.

    Without the word 主动 the channel may also be named earlier in the sentence (公众号每日更新，共公开信息…).
    """
    clause = re.split(r"[，。；：]", before)[-1] if said.startswith("主动") else before
    return bool(SINGLE_CHANNEL.search(clause)) and not SEVERAL.search(clause)


_TOGETHER = re.compile(r"(?:复议|诉讼)(?:案件?)?[、和与及或](?:被申请|提起)?$")


def _speaks_of_one(before: str, gap: str, value: Number) -> bool:
    """A number said of 行政复议、行政诉讼 together is each one's only if it is 0 or said to be 均 or 各.

    `before`: the words in front of 复议 or 诉讼; `gap`: those between it and its number.
    """
    both = "诉讼" in gap or "复议" in gap or _TOGETHER.search(before) is not None
    return (not both or value == 0 or "均" in gap or "各" in gap) and "分别" not in gap


def _parts(total: Claim, rest: str, sentence: _Sentence, following: _Sentence | None, whose: _Whose) -> Iterable[Claim]:
    """The breakdown: after 其中 in the sentence of the total, or in the next one that begins with it.

    Only numbers with the total's unit are parts of it: 回应 21 次 is no part of 1315 条.
    """
    if BREAKDOWN.search(rest):
        yield from _parts_in(rest, total, sentence, whose)
    elif following and (intro := BREAKDOWN.match(following.text)):
        yield from _parts_in(following.text[intro.start() :], total, following, whose)


def _parts_in(text: str, total: Claim, sentence: _Sentence, whose: _Whose) -> Iterator[Claim]:
    for match in PART.finditer(text):
        label = match["label"]
        if intro := re.search(rf"(?:{BREAKDOWN.pattern}|分为)+(?:为|有|是)?[：，]?", label):
            label = label[intro.end() :]
        label = label.strip("，、；：。%％为共有是")
        value = read_amount(match["n"], False)
        if value is None or match["unit"] != total.unit or not label:
            continue
        if _is_ours(text, match.start("n"), match.start("n"), whose):
            yield Claim("proactive_part", value, sentence.printed, match["unit"], label, "proactive_total", sentence.at)


def read_amount(printed: str, ten_thousand: bool) -> Number | None:
    """1,315 or 十二 → number, times ten thousand if 万 follows; None if it is neither."""
    digits = printed.replace("，", "").replace(",", "")
    value: Number
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,6})?", digits):
        value = Decimal(digits) if "." in digits else int(digits)
    else:
        spoken = chinese_number(printed)
        if spoken is None:
            return None
        value = spoken
    value = value * 10_000 if ten_thousand else value
    return int(value) if value == int(value) else value
