"""Numbers of several things side by side. Pure.

行政复议、行政诉讼分别为3件、2件 are two numbers of two things; 办理建议15件、提案20件
are two of one.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Sentence
from archive.report.claims.quantity import NUMBER, UNITS, unit_of
from archive.report.claims.scope import Scope
from archive.report.claims.stated_numbers import StatedNumbers
from archive.report.claims.things import (
    ANY_NAME,
    CHANNELS,
    LAWSUITS,
    NAMES,
    PROPOSALS,
    REVIEWS,
    Thing,
    is_on_disclosure,
)
from archive.report.claims.tidied import words_around

# e.g. "因信息公开引发行政复议", "行政诉讼", "门户网站", "微信公众号", "微博"
_NAMES_OF = (
    (REVIEWS, re.compile("行政复议")),
    (LAWSUITS, re.compile("诉讼")),
    *((channel, re.compile(NAMES[channel.key])) for channel in CHANNELS),
)
"""What 分别 can speak of; the first that fits."""

_HEAD = rf"行政复议|行政诉讼|诉讼|{ANY_NAME}"
_JOIN = "[、和与及]|以及"
_REST_OF_HEAD = rf"(?:(?!{_HEAD}|{_JOIN}|分别)[^，。；\d]){{0,8}}"
# e.g. "行政复议、行政诉讼分别为", "政务网站、微信和微博分别发布信息"
# not "行政复议分别为"
_RESPECTIVELY = re.compile(
    rf"(?P<heads>(?:(?:政务|官方|政府|门户)*+(?:{_HEAD}){_REST_OF_HEAD}(?:{_JOIN})?){{2,4}})"
    r"分别[^，。；\d]{0,14}"
)
"""What stands before the numbers that 分别 hands out. Nothing in it fits in two ways,
so no text is slow to search.
"""
# e.g. "3件、2件", "80条，21条和7条"
# not "3件"
_HANDED_OUT = re.compile(rf"(?:\d{{1,7}}(?:{UNITS})[、和，及]?){{2,4}}")
# e.g. "、", "以及"
# not "，"
_BETWEEN_HEADS = re.compile(_JOIN)


def read_respectively(sentence: Sentence, scope: Scope, stated: StatedNumbers) -> None:
    """Add the numbers of 分别, where each has its thing and each thing is known."""
    if "分别" not in scope.text:
        return
    match = _RESPECTIVELY.search(scope.text)
    if match is None or not scope.is_ours(match.start()):
        return
    handed_out = _HANDED_OUT.match(scope.text, match.end())
    if handed_out is None:
        return
    things = _things_named(match["heads"])
    numbers = list(NUMBER.finditer(handed_out[0]))
    if len(things) != len(numbers):
        return
    up_to_here = scope.text[: handed_out.end()]
    is_on_topic = is_on_disclosure(sentence, up_to_here, scope.reporter.agency)
    for thing, number in zip(things, numbers, strict=True):
        if thing in CHANNELS or is_on_topic:
            stated.add(thing, match.start(), number, sentence, match[0])


def _things_named(heads: str) -> list[Thing]:
    """What stands before 分别, one after the other; empty where one is unknown."""
    named: list[Thing] = []
    for head in _BETWEEN_HEADS.split(heads):
        if not head:
            continue
        thing = _thing_named(head)
        if thing is None:
            return []
        named.append(thing)
    return named


def _thing_named(head: str) -> Thing | None:
    """The thing that a head like 政府信息公开行政复议 or 门户网站 names."""
    for thing, names in _NAMES_OF:
        is_named = names.search(head)
        if is_named:
            return thing
    return None


# e.g. "全年办理", "承办了"
# not "公开"
_HANDLED = re.compile("承办|办理|收到|办复|办结|答复")
# e.g. "、公开提案办理结果"
# not "件政协提案"
_NOT_THEMSELVES = re.compile("公开|结果|复文|其中|上年|满意")


def read_apart(sentence: Sentence, scope: Scope, stated: StatedNumbers) -> None:
    """Add deputies' 建议 and members' 提案 up, where each is counted just once.

    办理代表建议15件、政协提案20件 states 35. Of several levels, or with a part told,
    what belongs together is left open.
    """
    text = scope.text
    is_stated = PROPOSALS.key in stated.by_key
    if is_stated or "建议" not in text or "提案" not in text:
        return
    apart: dict[str, re.Match[str]] = {}
    end = 0
    for number in NUMBER.finditer(text):
        words, _ = words_around(text, number, end)
        end = number.end()
        told = next(PROPOSALS.told_before(words, number["unit"]), None)
        if told is None:
            continue
        name = told[0][:2]
        if name in apart or not _is_one_of_two(words, number, scope):
            return
        apart[name] = number
    first = next(iter(apart.values()), None)
    if len(apart) == 2 and first and _HANDLED.search(text, 0, first.start()):
        stated.add_sum(PROPOSALS, list(apart.values()), sentence)


def _is_one_of_two(words: str, number: re.Match[str], scope: Scope) -> bool:
    """Whether a number is this body's, exact, and of proposals themselves."""
    if _NOT_THEMSELVES.search(words) or not scope.is_ours(number.start()):
        return False
    _, hedge = unit_of(number, scope.text)
    return not hedge
