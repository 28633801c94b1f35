"""Numbers that 分别 hands out: 行政复议、行政诉讼分别为3件、2件. Pure."""

from __future__ import annotations

import re

from archive.report.claims.mention import Sentence
from archive.report.claims.quantity import NUMBER, UNITS
from archive.report.claims.scope import Scope
from archive.report.claims.stated_numbers import StatedNumbers
from archive.report.claims.things import (
    ANY_NAME,
    CHANNELS,
    LAWSUITS,
    NAMES,
    REVIEWS,
    Thing,
    is_on_disclosure,
)

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
