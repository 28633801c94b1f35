"""What a visitor can type, and the small tree it becomes.

    words             all of them              税务 公示
    "quotes"          exactly this text        "息公开工"  “……”  「……」
    -word -"quotes"   not this                 -教育
    a OR b            one of the two           复议 OR 诉讼  (binds closer than the blank)

Nothing else has a meaning: what looks like more is searched as plain text, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from archive.search.text import normal

MAX_CHARACTERS = 500
MAX_TERMS = 32
MAX_SIZE = 100

_OPENING = '"“”„＂「『﹁﹃'
_CLOSING = '"“”„＂」』﹂﹄'
_MINUS = "-－−"
_TOKEN = re.compile(rf"([{_MINUS}]?)(?:[{_OPENING}]([^{_CLOSING}]*)[{_CLOSING}]|([^\s{_OPENING}]+))|([{_OPENING}])")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_LOOKS_SPECIAL = re.compile(r"[*?~^\\{}]|\b(?:AND|NOT|NEAR|TO)\b|\|\||&&|[a-z_]+:\S", re.ASCII)


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, already in normal form: all its words."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text in normal form: exactly these characters."""

    text: str


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Words | Phrase | And | Or | Not


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed text. `tree` is None when nothing is asked for (everything is shown)."""

    tree: Node | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A page of a search: text, chosen facet values (see FACETS), page from 1, hits a page, order.

    Values out of range are taken as the nearest allowed ones; nothing a visitor sends is an error.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = 20
    sort: str = "relevance"
    """relevance, year (newest first) or published (newest first)."""

    @property
    def tree(self) -> Node | None:
        return parse(self.text).tree

    @property
    def notes(self) -> tuple[str, ...]:
        """What was understood otherwise than it may have been meant, in Chinese."""
        return parse(self.text).notes


def parse(text: str) -> Question:
    """Understand what was typed. Never raises."""
    return _parse(text[: MAX_CHARACTERS + 1])


@lru_cache(256)
def _parse(text: str) -> Question:
    notes: list[str] = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        notes.append(f"搜索内容过长，只使用了前 {MAX_CHARACTERS} 个字。")
    groups: list[list[Node]] = []
    joining = False
    tokens = list(_tokens(text, notes))
    if len(tokens) > MAX_TERMS:
        tokens = tokens[:MAX_TERMS]
        notes.append(f"搜索词过多，只使用了前 {MAX_TERMS} 个。")
    for at, token in enumerate(tokens):
        if isinstance(token, str):
            if groups and at + 1 < len(tokens) and not joining and not isinstance(tokens[at + 1], str):
                joining = True
                continue
            notes.append("OR 的前后都要有搜索词，这里的 OR 已按普通文字查找。")
            token = Words("or")
        if joining:
            groups[-1].append(token)
        else:
            groups.append([token])
        joining = False
    if _LOOKS_SPECIAL.search(text):
        notes.append("除引号、减号和 OR 外，其他符号没有特殊作用，已按普通文字查找。")
    parts = tuple(Or(tuple(group)) if len(group) > 1 else group[0] for group in groups)
    tree = (And(parts) if len(parts) > 1 else parts[0]) if parts else None
    return Question(tree, tuple(dict.fromkeys(notes)))


def _tokens(text: str, notes: list[str]) -> Iterator[Node | str]:
    """Words, phrases, their negations; OR as the only string."""
    before = 0
    for match in _TOKEN.finditer(text):
        minus, quoted, plain, alone = match.groups()
        if minus and match.start() == before and before:
            minus = ""  # 甲"乙"-丙: no white space before it, so a dash and not a minus
        before = match.end()
        if alone:
            notes.append("引号没有成对，已按普通文字查找。")
            continue
        if plain == "OR" and not minus:
            yield "OR"
            continue
        plain_text = normal(quoted if quoted is not None else plain)
        if quoted is None:
            plain_text = _EDGES.sub("", plain_text)
            if not plain_text and plain.strip(_MINUS):
                notes.append(f"“{plain[:10]}”不含文字或数字，没有用于查找。")
        if not plain_text:
            continue
        node: Node = Words(plain_text) if quoted is None else Phrase(plain_text)
        yield Not(node) if minus else node


def leaves(node: Node | None, negated: bool = False) -> Iterator[Words | Phrase]:
    """The texts asked for (with `negated`: the texts ruled out), in order."""
    match node:
        case Words() | Phrase():
            if not negated:
                yield node
        case Not(part):
            yield from leaves(part, not negated)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, negated)
        case None:
            return
