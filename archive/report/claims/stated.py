"""Sections → claims: numbers the running text states, each with its whole sentence.
Pure.

Only what is said of this body and this year, as done and as a whole: what `scope` finds
to be another's, and the parts of something larger, are left out. Two different numbers
for the same thing are both kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from archive.report.claims.breakdown import parts_of
from archive.report.claims.mention import Sentence
from archive.report.claims.prose import sentences_of
from archive.report.claims.reporter import Reporter
from archive.report.claims.sentences import read_sentence
from archive.report.claims.things import (
    CASES,
    NAMES,
    PROACTIVE_TOTAL,
    indicators,
)
from archive.report.document import Table
from archive.report.model import Claim, Section
from archive.report.plain import plain

# e.g. "无。", "未发生"
# not "有"
_NOTHING = re.compile("(?:无|没有|未发生)[。；]?")
# e.g. "四、政府信息公开行政复议、行政诉讼情况"
# not "一、总体情况"
_OF_CASES = re.compile("复议.*诉讼")


def read_claims(
    sections: Sequence[Section],
    year: int | None,
    *,
    agency: str = "",
    of_government: bool = False,
) -> tuple[Claim, ...]:
    """Every number stated in the prose of the sections, in reading order.

    Keys are those of `CLAIMS` in the catalogue. `year` is the report's and `agency` its
    body's name; numbers said of another year or body are left out, as are plans, rules,
    and totals over several years. 未收到…申请 and the like state 0. Fees are in 元.
    `of_government`: the report of a people's government, for which 全市共… is its own
    number. Parts of the breakdown of `proactive_total` have the key `proactive_part`
    and the report's wording as label.
    """
    reporter = Reporter(year, agency, of_government)
    sentences = [sentence for section in sections for sentence in sentences_of(section)]
    claims = list(_claims_of(sentences, reporter))
    for section in sections:
        claims += _none_at_all(section)
    claims += indicators(sections)
    return _each_once(claims)


def _each_once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of claims that state the same the first. Parts are compared in their sentence."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        where = claim.sentence if claim.part_of else ""
        same = (claim.key, claim.value, claim.unit, claim.label, where)
        if same not in kept:
            kept[same] = claim
    return tuple(kept.values())


def _none_at_all(section: Section) -> Iterator[Claim]:
    """A section on reviews and lawsuits that holds but 无。: none of either.

    Instead of the table that section 4 should hold where there was no case.
    """
    if not _OF_CASES.search(section.heading):
        return
    if len(section.blocks) != 1:
        return
    block = section.blocks[0]
    if isinstance(block, Table):
        return
    text = plain(block.text)
    if _NOTHING.fullmatch(text):
        for thing in CASES:
            yield Claim(thing.key, 0, block.text.strip(), thing.none_in, at=block.at)


def _claims_of(sentences: Sequence[Sentence], reporter: Reporter) -> Iterator[Claim]:
    """The claims of all sentences, in reading order.

    The parts of a total may fill the next sentence; besides them only the numbers of
    channels are read there.
    """
    breakdowns: set[str] = set()
    for sentence, following in zip_longest(sentences, sentences[1:]):
        if not sentence.text:
            continue
        is_breakdown = sentence.printed in breakdowns
        for claim in _claims_in(sentence, following, reporter):
            is_of_channel = claim.key in NAMES
            if is_breakdown and not is_of_channel:
                continue
            if claim.part_of:
                breakdowns.add(claim.sentence)
            yield claim


def _claims_in(
    sentence: Sentence, following: Sentence | None, reporter: Reporter
) -> Iterator[Claim]:
    """The claims of a sentence; behind a total, its parts.

    What stands behind a broken-down total in its unit is taken for one of the parts.
    """
    stated = read_sentence(sentence, reporter)
    unit_of_parts = ""
    for one in sorted(stated.by_key.values(), key=lambda one: one.place):
        claim = one.claim
        can_be_part = bool(unit_of_parts) and claim.counted_in == unit_of_parts
        if can_be_part and claim.key not in NAMES:
            continue
        yield claim
        if claim.key != PROACTIVE_TOTAL.key:
            continue
        rest = sentence.text.partition(one.number)[2]
        parts = list(parts_of(claim, rest, sentence, following, reporter))
        unit_of_parts = claim.counted_in if parts else ""
        yield from parts
