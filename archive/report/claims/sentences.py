"""One sentence → the numbers it states, each under its key. Pure.

Every number is told by the words around it; then it is asked whether it is of this year
and body (`claim_scope`), the whole of its thing or a part, and whether the sentence
speaks of disclosure at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from archive.report.claims.channels import HEADS, NAMES, RESPECTIVELY, SINGLE_CHANNEL
from archive.report.claims.meaning import (
    Sentence,
    Told,
    fits,
    means_none,
    of_disclosure,
    of_own_papers,
)
from archive.report.claims.scope import Scope, Whose
from archive.report.claims.wordings import (
    ANY_WAY,
    BEFORE,
    BEHIND,
    CARRIED,
    NUMBER,
    ONE_WAY,
    PARTS,
    POSTED,
    ROUNDED,
    SAME,
    UNITS,
    VERBS,
)
from archive.report.claims.zeros import ZEROS
from archive.report.model import Claim
from archive.report.numbers import read_amount

MOST_NUMBERS = 100
"""Numbers of one sentence that are looked at."""
_MOST_DENIALS = 20
_ASIDE = re.compile(r"（([^（）]{1,300})）")
_TITLE = re.compile(r"《[^》]{1,60}》")
_GROWTH = re.compile(
    r"(?:同比|环比|[较比与][^，。；（）\d]{0,8}(?:\d{4}年)?[^，。；（）\d]{0,6})?(?:增[加长]|上升|提高|下降|减少)[了约近]?"
    r"\d+(?:\.\d+)?(?:%|倍|个百分点)(?:左右|以上)?，(?=达|为|共|增至|升至)"
)
"""增长15%，达到…: what is between a thing and its number."""
_AUDIENCE = re.compile(
    r"(?<=[织办展开向对])全[省市县区州](?=(?!各)[^，。；]{0,16}培训)"
)
"""组织全市…培训: who comes, not who holds it."""
_NOT_READ = (("《", _TITLE, "《》"), ("，", _GROWTH, ""), ("培训", _AUDIENCE, ""))
"""What is taken out first, where its sign stands."""
_WHOLE = re.compile(
    r"新收|当年|本年|今年|我[局委办厅院县区市镇乡]|本机关|^其中主动公开"
)
_HANDED_OUT = re.compile(rf"(?:\d{{1,7}}(?:{UNITS})[、和，及]?){{2,4}}")
_LEFT_ALONE = frozenset(
    {
        "proactive_total",
        "applications_received",
        "applications_answered",
        "proposals",
        "trainings",
    }
)
"""Keys that the parts of a larger number never state."""
_ESTIMATED = "不完全统计"
_SIGN = re.compile("[，。；！？（）]")
_BEHIND = re.compile(r"[^，。；！？（）\d]{0,40}")


class Stated(NamedTuple):
    """A claim with its place in the sentence and the words and the number that told it."""

    place: int
    claim: Claim
    said: str
    number: str = ""


@dataclass(slots=True)
class Found:
    """What a sentence has stated so far."""

    claims: dict[str, Stated] = field(default_factory=dict)
    last: str = ""
    """What the number before was a number of, were it somebody else's."""
    passed: tuple[str, str] = ("", "")
    """Key and unit of the last number that was somebody else's."""


def read_sentence(sentence: Sentence, whose: Whose) -> Found:
    """What the sentence states of this body and year."""
    text = sentence.text
    for sign, pattern, instead in _NOT_READ:
        text = pattern.sub(instead, text) if sign in text else text
    text, asides = _without_asides(text)
    scope, found, end = Scope(text, whose), Found(), 0
    for number in islice(NUMBER.finditer(text), MOST_NUMBERS):
        behind = asides.get(number.end(), "")
        if not behind or NUMBER.search(behind) or _is_of_the_whole(behind, whose):
            _read_number(number, end, sentence, scope, found)
        if behind:
            _read_aside(behind, number.end(), sentence, scope, found)
        end = number.end()
    if "分别" in text:
        _read_respectively(sentence, scope, found)
    _read_zeros(sentence, scope, found)
    return found


def _is_of_the_whole(aside: str, whose: Whose) -> bool:
    """False where a bracket behind a number gives it to another time or to one way: 5件
    （网上申请）.
    """
    return Scope(aside, whose).is_ours(len(aside)) and (
        not ONE_WAY.search(aside) or bool(ANY_WAY.search(aside))
    )


def _without_asides(text: str) -> tuple[str, dict[int, str]]:
    """The text without what stands in brackets, and that, by its place."""
    kept, end = "", 0
    asides: dict[int, str] = {}
    for match in _ASIDE.finditer(text):
        kept += text[end : match.start()]
        asides[len(kept)] = match[1]
        end = match.end()
    return kept + text[end:], asides


def _read_aside(
    aside: str, place: int, sentence: Sentence, scope: Scope, found: Found
) -> None:
    """Numbers in brackets: what was carried over from the year before among what was
    received, and the like.
    """
    if (
        "申请" not in scope.text[:place]
        or found.last in {"reviews", "lawsuits"}
        or not scope.is_ours(place)
    ):
        return
    inner, end = Scope(aside, scope.whose), 0
    for number in NUMBER.finditer(aside):
        words, behind = _around(aside, number, end)
        for key, _ in _told(words, behind, number):
            if (
                key in {"carried_in", "carried_out"} or "新收" in words
            ) and inner.is_ours(number.start()):
                if PARTS.match(aside):
                    _is_not_all_new(found)
                _add(found, key, place, number, sentence, words)
        end = number.end()


def _is_not_all_new(found: Found) -> None:
    """收到46件，其中上年结转6件: 46 is more than what came in this year."""
    received = found.claims.get("applications_received")
    if received and "新收" not in received.said:
        del found.claims["applications_received"]


def _around(text: str, number: re.Match[str], begin: int) -> tuple[str, str]:
    """The words before and behind a number, up to the next sign or number."""
    words = _SIGN.split(text[max(begin, number.start() - 80) : number.start()])[-1]
    behind = _BEHIND.match(text, number.end())
    return words, behind[0] if behind else ""


def _told(
    words: str, behind: str, number: re.Match[str]
) -> Iterator[tuple[str, re.Match[str]]]:
    """The keys of which a number can be, by the words around it, and what told them."""
    unit = number["unit"]
    for wording in BEFORE:
        if (
            wording.sign in words
            and (unit is None or unit in wording.units)
            and (match := wording.pattern.search(words))
        ):
            yield wording.key, match
    for wording in BEHIND:
        if (
            unit in wording.units
            and wording.sign in behind
            and (match := wording.pattern.match(behind))
        ):
            verb = VERBS.get(wording.key)
            if verb is None and not re.search("复议|诉讼", words.rpartition("、")[2]):
                yield wording.key, match
            elif verb and (said := verb.search(words)):
                yield wording.key, said


def _read_number(
    number: re.Match[str], end: int, sentence: Sentence, scope: Scope, found: Found
) -> None:
    """A number of the sentence, if it is one that counts. `end`: where the number
    before ends.
    """
    words, behind = _around(scope.text, number, end)
    if number["n"][0] in "十百千" and words.endswith(("数", "几", "上")):  # 数十件
        return
    keys: list[tuple[str, str]] = [
        (key, match[0])
        for key, match in _told(words, behind, number)
        if fits(key, Told(match, words, behind, number, sentence, scope))
    ] or list(_carried(number, words, scope, found))
    if not keys:
        return
    ours = scope.is_ours(number.start())
    for key, said in keys:
        if (
            key in {"carried_in", "carried_out"}
            and found.last in {"reviews", "lawsuits"}
            and "申请" not in words
        ):
            continue
        found.last = key
        if not ours:
            found.passed = (key, number["unit"] or "件")
        elif not _is_part(key, number, words, scope, found):
            if key == "carried_in" and PARTS.search(
                scope.text, scope.clause(number.start()), number.start()
            ):
                _is_not_all_new(found)
            _add(found, key, number.start(), number, sentence, said)


def _add(
    found: Found,
    key: str,
    place: int,
    number: re.Match[str],
    sentence: Sentence,
    said: str,
) -> None:
    value = read_amount(
        number["n"], bool(number["ten_thousand"]) or number["unit"] == "万元"
    )
    if value is None:
        return
    known = found.claims.get(key)
    if known is None or (
        key == "proactive_total"
        and said.startswith("主动")
        and not known.said.startswith("主动")
    ):
        claim = Claim(
            key, value, sentence.printed, unit_of(number, number.string), at=sentence.at
        )
        found.claims[key] = Stated(place, claim, said, number[0])


def unit_of(number: re.Match[str], text: str) -> str:
    """The unit of a number at its place in a text, with what makes it inexact: 约6万件
    → 件左右, 60余条 → 余条.
    """
    unit = (number["unit"] or "件").removeprefix("万")
    if number["about"]:
        return f"{number['about']}{unit}"
    behind = number["roughly"] or ""
    before = ROUNDED.search(text, max(number.start("n") - 8, 0), number.start("n"))
    in_ten_thousands = (
        number.groupdict().get("ten_thousand")
        and unit != "元"
        and len(number["n"].partition(".")[2]) < 4
    )
    if behind in {"以上", "之多"} or (before and before["more"]):
        return f"{unit}以上"
    return (
        f"{unit}左右"
        if behind or before or in_ten_thousands or _ESTIMATED in text
        else unit
    )


def _is_part(
    key: str, number: re.Match[str], words: str, scope: Scope, found: Found
) -> bool:
    """Whether the number is a part of one before it that counts."""
    begin = scope.text.rfind("；", 0, number.start()) + 1
    if key not in _LEFT_ALONE or not PARTS.search(scope.text, begin, number.start()):
        return False
    return not _WHOLE.search(scope.text[scope.clause(number.start()) : number.start()])


def _carried(
    number: re.Match[str], words: str, scope: Scope, found: Found
) -> Iterator[tuple[str, str]]:
    """What a number is of that goes on with what was said before: 微信300条，微博45条;
    上年为30件，今年为18件.
    """
    unit, before = number["unit"] or "件", scope.text[: number.start() - len(words)]
    for wording in CARRIED:
        goes_on = wording.key not in NAMES or found.last in NAMES
        if not goes_on or (
            wording.key.startswith("documents") and not of_own_papers(before, scope)
        ):
            continue
        if (
            wording.sign in before
            and unit in wording.units
            and wording.pattern.search(words)
        ):
            yield wording.key, words
            return
    if found.passed[1] == unit and SAME.match(words):
        yield found.passed[0], words
    elif POSTED.match(words) and not SINGLE_CHANNEL.search(words):
        named = {key for key in NAMES if re.search(NAMES[key], before)}
        if (
            len(named) == 1
            and SINGLE_CHANNEL.search(before[:16])
            and not re.search("抖音|头条|客户端|等|渠道", before)
        ):
            yield from ((key, words) for key in named)


def _read_respectively(sentence: Sentence, scope: Scope, found: Found) -> None:
    """行政复议、行政诉讼分别为3件、2件."""
    match = RESPECTIVELY.search(scope.text)
    handed = _HANDED_OUT.match(scope.text, match.end()) if match else None
    if match is None or handed is None or not scope.is_ours(match.start()):
        return
    heads = [head for head in re.split(r"[、和与及]|以及", match["heads"]) if head]
    numbers = list(NUMBER.finditer(handed[0]))
    keys = [
        next((key for key, names in HEADS if names.search(head)), "") for head in heads
    ]
    if len(keys) != len(numbers) or not all(keys):
        return
    for key, number in zip(keys, numbers, strict=True):
        if key in NAMES or of_disclosure(
            sentence, scope.text[: handed.end()], scope.whose.agency
        ):
            _add(found, key, match.start(), number, sentence, match[0])


def _read_zeros(sentence: Sentence, scope: Scope, found: Found) -> None:
    for wording in ZEROS:
        if wording.sign not in scope.text or wording.key in found.claims:
            continue
        for match in islice(wording.pattern.finditer(scope.text), _MOST_DENIALS):
            if scope.is_ours(match.start()) and means_none(
                wording.key, match, sentence, scope
            ):
                unit = "元" if wording.key == "fee" else "件"
                claim = Claim(wording.key, 0, sentence.printed, unit, at=sentence.at)
                found.claims[wording.key] = Stated(match.start(), claim, match[0])
                break
