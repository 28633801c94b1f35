"""What a visitor can type, and the small tree it becomes.

    words         all of them                    税务 公示
    "quotes"      exactly this text              "息公开工"  “……”  「……」
    -word -"…"    not this (also NOT)            -教育
    a OR b        one of the two (also 或)       复议 OR 诉讼
                  OR binds closer than the blank
    ( … )         what belongs together          (复议 OR 诉讼) -教育
    word*         what begins so                 covid*
    name:value    by a property, see fields      年份:2019..2023 agency:商务局,财政局
    section:…     the rest within such sections  章节:问题 人员不足
    name>number   by a figure, see conditions    申请>100  公开率<50%

Nothing else has a meaning: what looks like more is searched as plain text, and a note
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from archive.catalogue import QUANTITIES, RELEVANCE, figure_order
from archive.search.question.conditions import Found, cut
from archive.search.question.tokens import Sign, Token, tokens_of
from archive.search.question.tree import (
    Counted,
    Node,
    Or,
    Section,
    Words,
    all_of,
    denied,
    is_property,
    without_conditions,
)
from archive.search.question.understanding import (
    AS_ASKED,
    Loosened,
    Understood,
    understand,
)

MAX_CHARACTERS = 500
MAX_TERMS = 32
MAX_DEPTH = 8
MAX_SIZE = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed text. `tree` is None when nothing is asked for (everything is shown)."""

    tree: Node | None
    notes: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    """Conditions on figures that must all hold; they are no part of the tree."""
    found: tuple[Found, ...] = ()
    """Where conditions stand in the text, those of the tree included."""
    whole: Node | None = None
    """All that is asked for, as its brackets have it."""


@dataclass(frozen=True)
class Query:
    """A page of a search: text, chosen facet values (see FACETS), page from 1, hits a
    page, order.

    Values out of range are taken as the nearest allowed ones; nothing a visitor sends
    is an error.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = 20
    sort: str = RELEVANCE
    """Key of an order in the catalogue; an unknown one counts as relevance."""
    where: tuple[Counted, ...] = ()
    """Conditions on figures chosen beside the text, which must all hold."""
    figure: str = ""
    """A figure or indicator whose values are counted in ranges; if empty, the first one
    that a condition or the order is about.
    """
    synonyms: bool = False
    """Search also what the reviewed list calls the same; the notes say so."""
    fold: bool = False
    """Show near-identical reports as one hit; totals and counts stay those of reports.
    """

    asked_on: date | None = None
    """The day it is asked on, from which 去年 is counted; None: nothing is understood,
    the text is searched for as it stands.
    """
    literal: frozenset[str] = frozenset()
    """Parts of the text that are not to be understood."""
    loosened: Loosened = AS_ASKED
    """What of that which was understood is left out, to see what there is instead."""

    @property
    def understood(self) -> Understood:
        """The places, agencies and years that the text names."""
        if self.asked_on is None:
            return Understood(self.text, rest=self.text)
        found = understand(self.text, self.asked_on, self.literal)
        if self.loosened == AS_ASKED:
            return found
        return found.loosened(self.loosened)

    @property
    def tree(self) -> Node | None:
        """What the text asks for; None when it asks for nothing."""
        understood = self.understood
        words = parse(understood.rest).tree
        asked = (understood.condition, words)
        return all_of(list(filter(None, asked)))

    @property
    def looked_at(self) -> str:
        """The figure whose values are counted; empty where none is asked for."""
        if self.figure in QUANTITIES:
            return self.figure
        by_figure = figure_order(self.sort)
        if by_figure:
            return by_figure[0]
        keys = (one.keys for one in self.counted)
        return next((min(some) for some in keys if len(some) == 1), "")

    @property
    def typed(self) -> tuple[Counted, ...]:
        """The conditions of the text that must all hold."""
        return parse(self.understood.rest).counted

    @property
    def counted(self) -> tuple[Counted, ...]:
        """All conditions on figures that must hold: of the text, and chosen."""
        return (*self.typed, *self.where)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was understood otherwise than it may have been meant, in Chinese."""
        understood = self.understood
        return (*parse(understood.rest).notes, *understood.notes)


def parse(text: str) -> Question:
    """Understand what was typed. Never raises."""
    return _parse(text[: MAX_CHARACTERS + 1])


@lru_cache(256)
def _parse(text: str) -> Question:
    """The question in a text, which is used only as far as it is not too long."""
    notes: list[str] = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        notes.append(f"搜索内容过长，只使用了前 {MAX_CHARACTERS} 个字。")
    found, doubts = cut(text)
    notes += [f"{doubt}已按普通文字查找。" for doubt in doubts]
    tokens = list(tokens_of(text, notes, found))
    used = _up_to_last_term(tokens)
    if len(used) < len(tokens):
        notes.append(f"搜索词过多，只使用了前 {MAX_TERMS} 个。")
    whole = _Brackets(notes).tree(used)
    tree, counted = without_conditions(whole)
    return Question(tree, tuple(dict.fromkeys(notes)), counted, found, whole)


def _up_to_last_term(tokens: list[Token]) -> list[Token]:
    """The tokens before the first term that is one too many; a sign is no term."""
    terms = 0
    for place, token in enumerate(tokens):
        if isinstance(token.what, Sign):
            continue
        terms += 1
        if terms > MAX_TERMS:
            return tokens[:place]
    return tokens


class _Group:
    """What stands in one pair of brackets."""

    def __init__(self, ruled_out: bool = False) -> None:
        self.ruled_out = ruled_out
        self.joining = False
        """Whether an OR has just been read."""
        self.negating = False
        """Whether a NOT has just been read."""
        self._parts: list[list[Node]] = []
        """All of these, and one of each."""

    def add(self, node: Node, ruled_out: bool = False) -> None:
        """Take in what stands next; `ruled_out`: a minus stands before it."""
        # NOT -教育 rules out what is ruled out: it asks for 教育.
        if ruled_out != self.negating:
            node = denied(node)
        if self.joining and self._parts:
            self._parts[-1].append(node)
        else:
            self._parts.append([node])
        self.joining = self.negating = False

    @property
    def can_join(self) -> bool:
        """Whether an OR may stand here: after something, and not after another OR."""
        if not self._parts:
            return False
        return not self.joining

    def tree(self) -> Node | None:
        """All that stands here; None when that is nothing.

        Where sections are asked for, the texts are asked for within them; properties
        are those of the report.
        """
        headings: list[str] = []
        nodes: list[Node] = []
        for parts in self._parts:
            asked_within = _headings(parts)
            if asked_within:
                headings += asked_within
            else:
                nodes.append(Or(tuple(parts)) if len(parts) > 1 else parts[0])
        if not headings:
            return all_of(nodes)
        # 章节:问题 年份:2021 人员不足: a year is the report's, text the section's.
        properties = [node for node in nodes if is_property(node)]
        inside = [node for node in nodes if not is_property(node)]
        section = Section(tuple(dict.fromkeys(headings)), all_of(inside))
        return all_of([*properties, section])


def _headings(parts: list[Node]) -> list[str]:
    """The headings of `section:…` as typed, to which no text belongs yet.

    None where anything else is an alternative.
    """
    found: list[str] = []
    for part in parts:
        if not isinstance(part, Section) or part.part is not None:
            return []
        found += part.headings
    return found


class _Brackets:
    """Reads tokens into groups.

    What can't be is taken as plain text or left out, with a note.
    """

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes
        self._open = [_Group()]
        self._too_deep = 0
        """Brackets that are open and were not taken for any."""

    def tree(self, tokens: list[Token]) -> Node | None:
        """What all the tokens ask for; None when that is nothing."""
        for token, follower in pairwise([*tokens, Token(Sign.CLOSE)]):
            self._read(token, follower.begins_something)
        if len(self._open) > 1:
            self._notes.append("括号没有成对，已按到末尾为止理解。")
        while len(self._open) > 1:
            self._close_group()
        return self._open[0].tree()

    def _read(self, token: Token, has_more: bool) -> None:
        """`has_more`: whether something to be searched for begins after the token."""
        group = self._open[-1]
        match token.what:
            case Sign.OPEN:
                self._opened(token.ruled_out)
            case Sign.CLOSE:
                self._closed()
            case Sign.NOT if has_more:
                group.negating = True
            case Sign.OR if has_more and group.can_join:
                group.joining = True
            case Sign():
                self._as_plain_text(token)
            case node:
                group.add(node, token.ruled_out)

    def _as_plain_text(self, token: Token) -> None:
        """An operator that has nothing to work on."""
        needs = {
            Sign.NOT: "NOT 的后面要有搜索词，这里的 NOT 已按普通文字查找。",
            Sign.OR: "OR 的前后都要有搜索词，这里的 OR 已按普通文字查找。",
        }
        self._notes += [text for sign, text in needs.items() if sign is token.what]
        self._open[-1].add(Words(token.printed.lower()))

    def _opened(self, ruled_out: bool) -> None:
        """An opening bracket."""
        if len(self._open) <= MAX_DEPTH:
            self._open.append(_Group(ruled_out))
            return
        self._too_deep += 1
        self._notes.append(f"括号最多 {MAX_DEPTH} 层，更深的括号没有使用。")

    def _closed(self) -> None:
        """A closing bracket, or one that closes nothing."""
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._open) > 1:
            self._close_group()
        else:
            self._notes.append("括号没有成对，多出的括号没有使用。")

    def _close_group(self) -> None:
        """The innermost brackets become a node of those around them."""
        group = self._open.pop()
        tree = group.tree()
        if tree:
            self._open[-1].add(tree, group.ruled_out)
