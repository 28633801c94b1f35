"""Sections → claims: numbers the running text states, each with its whole sentence.
Pure.

Only what is said of this body and this year, as done and as a whole: what `claim_scope`
finds to be another's, and the parts of something larger, are left out. Two different
numbers for the same thing are both kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.report.claims.channels import NAMES
from archive.report.claims.meaning import Sentence
from archive.report.claims.scope import Scope, Whose
from archive.report.claims.sentences import read_sentence, unit_of
from archive.report.claims.wordings import BREAKDOWN, PART, ROUNDED
from archive.report.document import Heading, Paragraph, Table
from archive.report.model import Claim, Section
from archive.report.numbers import read_amount
from archive.report.plain import plain

MAX_SENTENCE = 4_000
"""Longer runs without a full stop are looked at in pieces of this size."""
_HEADING = 30
"""Signs up to which a line without a full stop may be a heading."""
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？][”’」』）)]*|\n|$)")
_SAYS_SOMETHING = re.compile(
    r"\d|[未没无零不免]|[〇一二两三四五六七八九十百千][余多]?[条件份起次宗篇期场]"
)
_NOTHING = re.compile("(?:无|没有|未发生)[。；]?")
_PLANS = re.compile(
    r"^(?:[（(一二三四五六七八九十）)、\d.\s]{0,8})(?:下一步|下一阶段|今后|明年|新的一年|工作打算|下步)"
)
"""How the outlook begins."""


def read_claims(
    sections: Sequence[Section],
    year: int | None,
    *,
    agency: str = "",
    of_government: bool = False,
) -> tuple[Claim, ...]:
    """Every number stated in the prose of the sections under the keys of
    `forms.CLAIMS`, in reading order.

    `year` is the report's and `agency` its body's name; numbers said of another year or
    body are left out, as are plans, rules, and totals over several years. 未收到…申请
    and the like state 0. Fees are in 元. `of_government`: the report of a people's
    government, for which 全市共… is its own number. Parts of the breakdown of
    `proactive_total` have the key `proactive_part` and the report's wording as label.
    """
    whose = Whose(year, agency, of_government)
    sentences = [sentence for section in sections for sentence in _sentences(section)]
    claims: dict[tuple[object, ...], Claim] = {}
    breakdowns: set[str] = set()
    for at, sentence in enumerate(sentences):
        if not sentence.text:
            continue
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        continues = sentence.printed in breakdowns
        for claim in _claims_in(sentence, following, whose):
            if continues and claim.key not in NAMES:
                continue
            breakdowns |= {claim.sentence} if claim.part_of else set()
            where = claim.sentence if claim.part_of else ""
            claims.setdefault(
                (claim.key, claim.value, claim.unit, claim.label, where), claim
            )
    for section in sections:
        for claim in _none_at_all(section):
            claims.setdefault(
                (claim.key, claim.value, claim.unit, claim.label, ""), claim
            )
    return tuple(claims.values())


def _none_at_all(section: Section) -> Iterator[Claim]:
    """A section on reviews and lawsuits that holds but 无。"""
    if len(section.blocks) != 1 or isinstance(block := section.blocks[0], Table):
        return
    if re.search("复议.*诉讼", section.heading) and _NOTHING.fullmatch(
        plain(block.text)
    ):
        yield from (
            Claim(key, 0, block.text.strip(), "件", at=block.at)
            for key in ("reviews", "lawsuits")
        )


def _sentences(section: Section) -> Iterator[Sentence]:
    heading, planned = plain(section.heading), False
    for block in section.blocks:
        if isinstance(block, Table):
            continue
        if len(block.text) <= _HEADING and "。" not in block.text:
            planned = bool(_PLANS.match(plain(block.text)))
        if not planned:
            yield from _sentences_of(block, heading)


def _sentences_of(block: Heading | Paragraph, heading: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, up to where it turns to the next year; `text` is
    empty where none is stated.
    """
    topic = ""
    for match in _SENTENCE.finditer(block.text):
        for begin in range(0, len(match[0]), MAX_SENTENCE):
            printed = match[0][begin : begin + MAX_SENTENCE].strip()
            if _PLANS.match(printed):
                return
            if printed and _SAYS_SOMETHING.search(printed):
                topic = topic or heading + plain(block.text[:MAX_SENTENCE])
                yield Sentence(printed, plain(printed), block.at, topic)
            elif printed:
                yield Sentence(printed, "", block.at, "")


def _claims_in(
    sentence: Sentence, following: Sentence | None, whose: Whose
) -> list[Claim]:
    found = read_sentence(sentence, whose)
    claims: list[Claim] = []
    in_breakdown, total_unit = False, ""
    for told in sorted(found.claims.values(), key=lambda told: told.place):
        claim, key = told.claim, told.claim.key
        if in_breakdown and key not in NAMES and claim.counted_in == total_unit:
            continue
        claims.append(claim)
        if key == "proactive_total":
            parts = list(
                _parts(
                    claim,
                    sentence.text.partition(told.number)[2],
                    sentence,
                    following,
                    whose,
                )
            )
            claims += parts
            in_breakdown, total_unit = bool(parts), claim.counted_in
    return claims


def _parts(
    total: Claim,
    rest: str,
    sentence: Sentence,
    following: Sentence | None,
    whose: Whose,
) -> Iterable[Claim]:
    """The breakdown: after 其中 in the sentence of the total, or in the next one that
    begins with it.

    Only numbers with the total's unit are parts of it: 回应 21 次 is no part of 1315 条
    .
    """
    if BREAKDOWN.search(rest):
        yield from _parts_in(rest, total, sentence, whose)
    elif following and (intro := BREAKDOWN.match(following.text)):
        yield from _parts_in(following.text[intro.start() :], total, following, whose)


def _parts_in(
    text: str, total: Claim, sentence: Sentence, whose: Whose
) -> Iterator[Claim]:
    scope = Scope(text, whose)
    for match in PART.finditer(text):
        label, unit = match["label"], unit_of(match, scope.text)
        if intro := re.search(
            rf"(?:{BREAKDOWN.pattern}|分为)+(?:为|有|是)?[：，]?", label
        ):
            label = label[intro.end() :]
        label = ROUNDED.sub("", label).strip("，、；：。%％为共有是")
        value = read_amount(match["n"], False)
        if value is None or match["unit"] != total.counted_in or not label:
            continue
        if scope.is_of_this_year(match.start("n")):
            yield Claim(
                "proactive_part",
                value,
                sentence.printed,
                unit,
                label,
                "proactive_total",
                sentence.at,
            )
