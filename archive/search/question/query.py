"""What a visitor can type, and the small tree it becomes.

    words             all of them                     税务 公示
    "quotes"          exactly this text               "息公开工"  “……”  「……」
    -word -"quotes"   not this (also NOT)             -教育
    a OR b one of the two (also 或) 复议 OR 诉讼 (binds closer than the blank)
    ( … )             what belongs together           (复议 OR 诉讼) -教育
    word*             what begins so                  covid*
    name:value by a property, see fields.NAMES 年份:2019..2023 agency:商务局,财政局
    section:heading   the rest within such sections   章节:问题 人员不足

Nothing else has a meaning: what looks like more is searched as plain text, and a note
says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from archive.search.question.fields import FIELD, SECTION, years
from archive.search.text import normal

MAX_CHARACTERS = 500
MAX_TERMS = 32
MAX_DEPTH = 8
MAX_SIZE = 100

_OPENING = '"“”„＂「『﹁﹃'
_CLOSING = '"“”„＂」』﹂﹄'
_MINUS = "-－−"
_TOKEN = re.compile(
    rf"""([{_MINUS}]?)(?:
        ([(（])
        | (?:({"|".join(sorted(FIELD, key=len, reverse=True))})[:：])?
          (?: [{_OPENING}]([^{_CLOSING}]*)[{_CLOSING}]
          | ((?: [^\s{_OPENING}()（）] | [(（][^\s{_OPENING}()（）]*[)）] )+) )
    ) | ([)）]) | ([{_OPENING}])""",
    re.VERBOSE | re.IGNORECASE,
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_LOOKS_SPECIAL = re.compile(
    r"[*?~^\\{}\[\]]|^(?:NEAR|TO)$|\|\||&&|^[a-z_]+[:：](?!//)\S", re.ASCII
)
_LISTED = re.compile("[,，、|]")
_LATIN = re.compile("[a-z0-9]{2,}")


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
class Alike:
    """Plain text with other texts of the same meaning, any of which will do."""

    asked: Words
    others: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A property: a facet's key, and texts (in normal form) of which one must mean a
    value.
    """

    facet: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Sections whose heading has one of these texts (or whose number is one); `part`
    must hold within one of them.
    """

    headings: tuple[str, ...]
    part: Node | None = None


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Words | Phrase | Prefix | Alike | Field | Section | And | Or | Not


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed text. `tree` is None when nothing is asked for (everything is shown)."""

    tree: Node | None
    notes: tuple[str, ...] = ()


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
    sort: str = "relevance"
    """relevance, year (newest first), published (newest first) or agency (by region and
    name).
    """
    synonyms: bool = False
    """Search also what the reviewed list calls the same; the notes say so."""
    fold: bool = False
    """Show near-identical reports as one hit; totals and counts stay those of reports.
    """

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
    tokens = list(_tokens(text, notes))
    terms = [at for at, (_, token) in enumerate(tokens) if not isinstance(token, str)]
    if len(terms) > MAX_TERMS:
        tokens = tokens[: terms[MAX_TERMS]]
        notes.append(f"搜索词过多，只使用了前 {MAX_TERMS} 个。")
    return Question(_tree(tokens, notes), tuple(dict.fromkeys(notes)))


Token = tuple[bool, "Node | str"]
"""Whether it is ruled out, and a node; or one of the words OR and NOT, or a bracket."""


class _Group:
    """What stands in one pair of brackets."""

    def __init__(self, ruled_out: bool = False) -> None:
        self.ruled_out = ruled_out
        self.joining = self.negating = False
        self._parts: list[list[Node]] = []

    def add(self, node: Node, ruled_out: bool) -> None:
        node = Not(node) if ruled_out != self.negating else node
        self.negating = False
        if self.joining and self._parts:
            self._parts[-1].append(node)
        else:
            self._parts.append([node])
        self.joining = False

    @property
    def is_empty(self) -> bool:
        return not self._parts

    def tree(self) -> Node | None:
        nodes: list[Node] = []
        headings: list[str] = []
        for parts in self._parts:
            if all(isinstance(part, Section) and part.part is None for part in parts):
                headings += [
                    text
                    for part in parts
                    if isinstance(part, Section)
                    for text in part.headings
                ]
            else:
                nodes.append(Or(tuple(parts)) if len(parts) > 1 else parts[0])
        if headings:  # the rest is asked for within the sections; properties are those of the report
            within = [node for node in nodes if not _is_property(node)]
            nodes = [node for node in nodes if _is_property(node)]
            nodes.append(Section(tuple(dict.fromkeys(headings)), _all(within)))
        return _all(nodes)


def _all(nodes: list[Node]) -> Node | None:
    return And(tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None


def _is_property(node: Node) -> bool:
    match node:
        case Field():
            return True
        case Not(part):
            return _is_property(part)
        case And(parts) | Or(parts):
            return all(map(_is_property, parts))
    return False


def _tree(tokens: list[Token], notes: list[str]) -> Node | None:
    open_groups = [_Group()]
    too_deep = 0
    for at, (ruled_out, token) in enumerate(tokens):
        group = open_groups[-1]
        if not isinstance(token, str):
            group.add(token, ruled_out)
        elif token == "(":
            if len(open_groups) > MAX_DEPTH:
                too_deep += 1
                notes.append(f"括号最多 {MAX_DEPTH} 层，更深的括号没有使用。")
            else:
                open_groups.append(_Group(ruled_out))
        elif token == ")":
            if too_deep:
                too_deep -= 1
            elif len(open_groups) > 1:
                _close(open_groups)
            else:
                notes.append("括号没有成对，多出的括号没有使用。")
        elif token == "NOT" and not _begins_something(tokens[at + 1 :]):
            notes.append("NOT 的后面要有搜索词，这里的 NOT 已按普通文字查找。")
            group.add(Words(token.lower()), False)
        elif token == "NOT":
            group.negating = True
        elif group.is_empty or group.joining or not _begins_something(tokens[at + 1 :]):
            notes.append("OR 的前后都要有搜索词，这里的 OR 已按普通文字查找。")
            group.add(Words(token.lower()), False)
        else:
            group.joining = True
    if len(open_groups) > 1:
        notes.append("括号没有成对，已按到末尾为止理解。")
    while len(open_groups) > 1:
        _close(open_groups)
    return open_groups[0].tree()


def _close(open_groups: list[_Group]) -> None:
    group = open_groups.pop()
    if tree := group.tree():
        open_groups[-1].add(tree, group.ruled_out)


def _begins_something(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0][1] not in (")", "OR", "或")


def _tokens(text: str, notes: list[str]) -> Iterator[Token]:
    before = 0
    for match in _TOKEN.finditer(text):
        minus, opening, name, quoted, plain, closing, alone = match.groups()
        glued = match.start() == before and before and text[before - 1] not in "(（"
        ruled_out = (
            bool(minus) and not glued
        )  # 甲"乙"-丙: no white space before it, so a dash and not a minus
        before = match.end()
        if opening or closing:
            yield ruled_out, "(" if opening else ")"
        elif alone:
            notes.append("引号没有成对，已按普通文字查找。")
        elif plain in ("OR", "或", "NOT") and not minus and not name:
            yield False, plain
        elif plain in ("AND", "且") and not minus and not name:
            continue  # is what a blank means
        elif node := _node(name, quoted, plain, notes):
            yield ruled_out, node


def _node(
    name: str | None, quoted: str | None, plain: str | None, notes: list[str]
) -> Node | None:
    if name:
        node = _field(
            FIELD[name.lower()],
            [quoted] if quoted is not None else _LISTED.split(plain or ""),
        )
        if node:
            return node
        notes.append(f"“{name}:”后面的内容看不懂，已按普通文字查找。")
        plain = None if plain is None else f"{name} {plain}"
    if quoted is not None:
        text = normal(quoted)
        return Phrase(text) if text else None
    plain = plain or ""
    beginning = plain.endswith("*") and normal(plain[:-1])
    if beginning and beginning[-1].isalnum():
        text = _EDGES.sub("", beginning)
        if _LATIN.fullmatch(text):
            return Prefix(text)
        if not text.isascii():
            return Phrase(
                text
            )  # Chinese words have no borders: whatever begins so contains it
    if _LOOKS_SPECIAL.search(plain):
        notes.append("这里的符号没有特殊作用，已按普通文字查找；可用的写法见检索说明。")
    text = _EDGES.sub("", normal(plain))
    if not text and plain.strip(_MINUS):
        notes.append(f"“{plain[:10]}”不含文字或数字，没有用于查找。")
    return Words(text) if text else None


def _field(facet: str, given: list[str]) -> Node | None:
    texts = tuple(dict.fromkeys(text for text in map(normal, given) if text))
    if not texts or (facet == "year" and not all(map(years, texts))):
        return None
    return Section(texts) if facet == SECTION else Field(facet, texts)


def within(node: Node | None) -> tuple[str, ...]:
    """The headings of the sections in which all that is asked for must stand; none when
    some may stand anywhere.
    """
    match node:
        case Section(headings, _):
            return headings
        case And(parts) | Or(parts):
            asked = [part for part in parts if not _is_property(part)]
            found = [within(part) for part in asked]
            return (
                tuple(dict.fromkeys(heading for one in found for heading in one))
                if all(found)
                else ()
            )
    return ()


def leaves(
    node: Node | None, negated: bool = False, alike: bool = False
) -> Iterator[Words | Phrase | Prefix]:
    """The texts asked for (with `negated`: those ruled out), in order; with `alike`
    also those of the same meaning.
    """
    match node:
        case Words() | Phrase() | Prefix():
            if not negated:
                yield node
        case Alike(asked, others):
            if not negated:
                yield asked
                yield from others if alike else ()
        case Not(part):
            yield from leaves(part, not negated, alike)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, negated, alike)
        case Section(_, inner):
            yield from leaves(inner, negated, alike)
