"""The small tree of what is asked, and what can be said of it without any engine.

税务 -"公示" is And((Words("税务"), Not(Phrase("公示")))). An engine answers ten sorts
of nodes: plain words, quoted text, beginnings of words, words with others of the same
meaning, properties, conditions on figures, sections, and and/or/not of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain, product
from math import prod

from archive.search.question.conditions import Condition

EITHER = " OR "
"""Between conditions of an address of which one is enough."""
MOST_COUNTED = 20
"""Conditions that brackets may come to."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, already in normal form: all its words."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text in normal form: exactly these characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word of letters or digits, in normal form."""

    text: str


@dataclass(frozen=True, slots=True)
class Synonymous:
    """Plain text with other texts of the same meaning, any of which will do."""

    asked: Words
    others: tuple[Words, ...]


class Fit(Enum):
    """How the texts of a property and a facet's values belong together."""

    CALLED = auto()
    """A text is what somebody may call a value: see `values_meant`."""
    IS = auto()
    """A text is a value itself."""
    ENDS = auto()
    """Behind its place a value is a text: 示例市教育局 is 教育局, 示例市森林公安局
    is no 公安局."""
    CLOSES = auto()
    """A value ends in a text, whatever stands before: 示例市公安局示例分局 in 分局."""
    HAS = auto()
    """As CALLED, but nobody typed the text, so nothing is told of it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property: a facet's key, and texts (in normal form) of which one must mean a
    value.
    """

    facet: str
    texts: tuple[str, ...]
    fit: Fit = Fit.CALLED


@dataclass(frozen=True, slots=True)
class Counted:
    """Conditions on numbers of a report, of which at least one must hold.

    There are several where a name may mean several figures: 结果纠正.
    """

    conditions: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The figures and indicators that they are about."""
        return frozenset(one.quantity.kept_as for one in self.conditions)

    @property
    def written(self) -> str:
        """As it stands in an address: `review.total>3 OR lawsuits.total>3`."""
        return EITHER.join(one.written for one in self.conditions)

    @property
    def told(self) -> str:
        """As visitors read it."""
        return " 或 ".join(one.told for one in self.conditions)


@dataclass(frozen=True, slots=True)
class Section:
    """Sections whose heading has one of these texts (or whose number is one).

    `part` must hold within one of them.
    """

    headings: tuple[str, ...]
    part: Node | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever does not answer the part."""

    part: Node


Node = Words | Phrase | Prefix | Synonymous | Field | Counted | Section | And | Or | Not


def all_of(nodes: Sequence[Node]) -> Node | None:
    """What asks for all of the nodes; None when there are none."""
    if not nodes:
        return None
    if len(nodes) == 1:
        return nodes[0]
    return And(tuple(nodes))


def beside(whole: Node | None, part: Node | None) -> Node | None:
    """What a question asks for beside one of the parts that must hold."""
    match whole:
        case And(parts):
            return all_of([one for one in parts if one != part])
    return None if whole == part else whole


def denied(node: Node) -> Node:
    """What asks for the opposite.

    Of a number that is missing or in doubt neither a condition holds nor its opposite,
    so a condition is turned round, wherever it stands.
    """
    if not _has_conditions(node):
        return Not(node)
    match node:
        case Counted(conditions):
            nodes = [Counted((one.opposite,)) for one in conditions]
            return all_of(nodes) or node
        case Not(part):
            return part
        case And(parts):
            return Or(tuple(map(denied, parts)))
        case Or(parts):
            return And(tuple(map(denied, parts)))
    return Not(node)


def _has_conditions(node: Node) -> bool:
    match node:
        case Counted():
            return True
        case Not(part):
            return _has_conditions(part)
        case And(parts) | Or(parts):
            return any(map(_has_conditions, parts))
    return False


def without_conditions(node: Node | None) -> tuple[Node | None, tuple[Counted, ...]]:
    """What is asked beside the conditions that must all hold, and those."""
    if node is None:
        return None, ()
    counted: list[Counted] = []
    others: list[Node] = []
    for part in node.parts if isinstance(node, And) else (node,):
        found = only_counted(part)
        counted += found
        if not found:
            others.append(part)
    return all_of(others), tuple(counted)


def only_counted(node: Node | None) -> tuple[Counted, ...]:
    """What nothing but conditions asks for, as conditions that must all hold: (A B) OR
    C is A OR C, and B OR C. None where more is asked for, or it comes to too many.
    """
    match node:
        case Counted():
            return (node,)
        case And(parts):
            every = list(map(only_counted, parts))
            return _fewest(chain.from_iterable(every)) if all(every) else ()
        case Or(parts):
            ways = list(map(only_counted, parts))
            if 0 < prod(map(len, ways)) <= MOST_COUNTED:
                return _fewest(map(_either, product(*ways)))
    return ()


def _either(some: Iterable[Counted]) -> Counted:
    """Conditions of which any is enough, as one."""
    conditions = chain.from_iterable(one.conditions for one in some)
    return Counted(tuple(dict.fromkeys(conditions)))


def _fewest(found: Iterable[Counted]) -> tuple[Counted, ...]:
    """Without those that hold anyway where another does: A OR B beside A."""
    every = {frozenset(one.conditions): one for one in found}
    kept = [one for ways, one in every.items() if not any(map(ways.__gt__, every))]
    return tuple(kept) if len(kept) <= MOST_COUNTED else ()


def told(node: Node | None) -> str:
    """Conditions that are joined, as visitors read them; empty where there is more."""
    match node:
        case Counted():
            return node.told
        case And(parts) | Or(parts):
            every = list(map(_told_inside, parts))
            joining = " 且 " if isinstance(node, And) else " 或 "
            return joining.join(every) if all(every) else ""
    return ""


def _told_inside(node: Node) -> str:
    """A part of what is told: in brackets where it is joined itself."""
    text = told(node)
    is_joined = " 且 " in text or " 或 " in text
    return f"（{text}）" if is_joined else text


def is_property(node: Node) -> bool:
    """Whether a node asks for properties of a report alone, and for no text."""
    match node:
        case Field() | Counted():
            return True
        case Not(part):
            return is_property(part)
        case And(parts) | Or(parts):
            return all(map(is_property, parts))
    return False


def within(node: Node | None) -> tuple[str, ...]:
    """The headings of the sections in which all that is asked for must stand.

    None when some may stand anywhere.
    """
    match node:
        case Section(headings, _):
            return headings
        case And(parts) | Or(parts):
            # 年份:2021 is true of the report, wherever the text stands.
            of_text = [part for part in parts if not is_property(part)]
            headings_of_each = [within(part) for part in of_text]
            if all(headings_of_each):
                return tuple(dict.fromkeys(sum(headings_of_each, ())))
    return ()


def leaves(
    node: Node | None, negated: bool = False, synonyms: bool = False
) -> Iterator[Words | Phrase | Prefix]:
    """The texts asked for, in order: what a hit shows marked.

    With `negated` those ruled out, which a question may also have; with `synonyms` also
    those of the same meaning.
    """
    match node:
        case Words() | Phrase() | Prefix():
            if not negated:
                yield node
        case Synonymous(asked, others):
            yield from leaves(asked, negated)
            if synonyms:
                for other in others:
                    yield from leaves(other, negated)
        case Not(part):
            yield from leaves(part, not negated, synonyms)
        case Section(_, inner):
            yield from leaves(inner, negated, synonyms)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, negated, synonyms)
