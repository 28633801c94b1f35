"""What is left of a text between its conditions, to be searched for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.search.question.conditions import Found
from archive.search.question.courtesy import ASKING_BEFORE

# What is left between conditions and asks for nothing.
_EDGES = " \n\t,，、;；。?？的"
_JOINING = "且|并且|而且|并|和|以及|及|与|但|但是|而|却|也|还|又|年|了"
_ANYBODY = "行政机关|政府部门|机关|单位|部门|机构|地方|地区|委办局|厅局|局"
_ANYTHING = "报告|年报|年度报告"
_WHICH = "谁|哪里|哪儿|哪些|哪个|哪家|哪一个|哪一家"
_HOW_MANY = "有?多少[个家]?|有[几哪]?几[个家]"
_ASKING = f"有哪些|哪些|{_HOW_MANY}|是谁|有谁|是哪[个些家里]|名单|一览|吗|呢"
_ANY = f"(?:{_WHICH}|各个?|所有|每个)?(?:(?:{_ANYBODY})[里中]?|{_ANYTHING})?"
# e.g. "且", "", "机关", "有哪些", "谁", "哪个单位"
# not "教育局"
_NOTHING = re.compile(f"^(?:{_JOINING})?{_ANY}(?:{_ASKING})?$")
# e.g. "且", ""
# not "部门"
_ALL = re.compile(f"^(?:{_JOINING})?$")
# Between two conditions these join them, which in a text are words and signs.
# e.g. " or ", "或者", "||"
# not "或许"
_EITHER = re.compile(r"^\s*(?:or|或者?|或是|[|｜]{1,2})\s*$", re.IGNORECASE)
# e.g. " and ", "&&", "同时"
# not "同时期"
_BOTH = re.compile(r"^\s*(?:and|[&＆]{1,2}|同时|并)\s*$", re.IGNORECASE)


# e.g. ")", "（"
# not "且"
_BRACKETS = re.compile(r"([()（）])")


def left_over(text: str, found: Sequence[Found]) -> list[str]:
    """What stands before, between and behind the conditions of a text.

    One piece more than there are conditions; empty where nothing is asked for.
    """
    starts = [0, *(one.end for one in found)]
    ends = [*(one.start for one in found), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not found:
        return pieces
    first, *others = pieces
    behind = [one.removeprefix("的").removeprefix("、") for one in others]
    *between, last = map(_told, behind)
    return [_told(first), *map(_operators, between), last]


def only_joins(piece: str) -> str:
    """What a piece between two conditions makes of them where it is nothing but
    brackets and words that join: AND, or OR where any of it says so; else empty.
    """
    told = set(map(_joined, _BRACKETS.split(piece)[::2]))
    return min(told, key=("", "OR", "AND").index)


def _joined(part: str) -> str:
    """The same of a piece without brackets."""
    if _EITHER.match(part):
        return "OR"
    return "AND" if _BOTH.match(part) or _ALL.match(part.strip(_EDGES)) else ""


def _operators(piece: str) -> str:
    """What stands between two conditions, its words for and and or as operators."""
    if not only_joins(piece):
        return piece
    return "".join(map(_operator, _BRACKETS.split(piece)))


def _operator(part: str) -> str:
    """A bracket as it is; a word that joins as an operator."""
    if _EITHER.match(part):
        return " OR "
    return part if _BRACKETS.match(part) else " "


def _told(piece: str) -> str:
    """A piece, or nothing where it only joins, or asks for any body at all."""
    return "" if asks_nothing(piece) else piece


def asks_nothing(piece: str) -> bool:
    """Whether a piece beside a condition or an order only joins, or asks for any body
    at all: 部门, 有哪些单位.
    """
    told = piece.strip(_EDGES)
    return bool(_NOTHING.match(told) or ASKING_BEFORE.match(told))
