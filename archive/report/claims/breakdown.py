"""The parts of `proactive_total`, with the words of the report as their labels. Pure.

全年主动公开信息60条，其中机构职能5条，政策文件3条: no form names these kinds, so each
office cuts its total as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.report.claims.mention import Sentence
from archive.report.claims.quantity import PART, ROUNDED, unit_of
from archive.report.claims.reporter import Reporter
from archive.report.claims.scope import Scope
from archive.report.claims.things import PROACTIVE_TOTAL
from archive.report.model import Claim
from archive.report.numbers import read_amount

_OPENINGS = (
    "其中|在主动公开的[^，。]{0,6}中|包括|包含|分别|具体|主要(?:有|为|是)|按|^[：]"
)
# e.g. "，其中", "在主动公开的信息中", "主要为", "：机构职能"
# not "机构职能"
_BREAKDOWN = re.compile(_OPENINGS)
# e.g. "其中：", "，其中按内容分为", "主要有"
# not "机构职能"
_OPENING = re.compile(rf"(?:{_OPENINGS}|分为)+(?:为|有|是)?[：，]?")
_AROUND_A_LABEL = "，、；：。%％为共有是"


def parts_of(
    total: Claim,
    rest: str,
    sentence: Sentence,
    following: Sentence | None,
    reporter: Reporter,
) -> Iterator[Claim]:
    """The breakdown: after 其中 in the sentence of the total, or in the next one that
    begins with it.

    `rest` is the plain text behind the total. Only numbers with the total's unit are
    parts of it: 回应21次 is no part of 1315条.
    """
    if _BREAKDOWN.search(rest):
        yield from _parts_in(rest, total, sentence, reporter)
    elif following and _BREAKDOWN.match(following.text):
        yield from _parts_in(following.text, total, following, reporter)


def _parts_in(
    text: str, total: Claim, sentence: Sentence, reporter: Reporter
) -> Iterator[Claim]:
    scope = Scope(text, reporter)
    for match in PART.finditer(text):
        value, label = read_amount(match["n"], False), _label(match["label"])
        if value is None or match["unit"] != total.counted_in or not label:
            continue
        if not scope.is_of_this_year(match.start("n")):
            continue
        unit, hedge = unit_of(match, text)
        yield Claim(
            key="proactive_part",
            value=value,
            sentence=sentence.printed,
            counted_in=unit,
            hedge=hedge,
            label=label,
            part_of=PROACTIVE_TOTAL.key,
            at=sentence.at,
            scope=total.scope,
        )


def _label(words: str) -> str:
    """The words that name a part, without 其中 before and 约, 为 behind them.

    其中：机构职能类信息约 → 机构职能类信息.
    """
    opening = _OPENING.search(words)
    if opening:
        words = words[opening.end() :]
    exact = ROUNDED.sub("", words)
    return exact.strip(_AROUND_A_LABEL)
