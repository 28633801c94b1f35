"""What was typed, cut into what is asked for and the signs between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from archive.search.question.conditions import Found
from archive.search.question.fields import FIELD, SECTION, years
from archive.search.question.left import left_over
from archive.search.question.tree import (
    Counted,
    Field,
    Node,
    Phrase,
    Prefix,
    Section,
    Words,
)
from archive.search.text import normal

# Input methods for Chinese type full-width signs, and each has quotation marks of its
# own: all of them are taken for what they look like.
_OPENING = '"“”„＂「『﹁﹃'
_CLOSING = '"“”„＂」』﹂﹄'
_MINUS = "-－−"
# Longer names first: an alternation takes the first that fits.
_FIELD_NAMES = "|".join(sorted(FIELD, key=len, reverse=True))
_QUOTED = f"[{_OPENING}](?P<quoted>[^{_CLOSING}]*)[{_CLOSING}]"
# Brackets within a word belong to it: 公开（试行）.
_SIGN = rf"[^\s{_OPENING}()（）]"
_PLAIN = rf"(?P<plain>(?: {_SIGN} | [(（]{_SIGN}*[)）] )+)"

# e.g. "税务", "-教育", "年份:2021", "“信息 公开”", "(", ")"
# not "  "
_TOKEN = re.compile(
    rf"""(?P<minus>[{_MINUS}]?)(?:
        (?P<opening>[(（])
        | (?:(?P<name>{_FIELD_NAMES})[:：])?
          (?: {_QUOTED} | {_PLAIN} )
    ) | (?P<closing>[)）]) | (?P<alone>[{_OPENING}])""",
    re.VERBOSE | re.IGNORECASE,
)
# e.g. "，税务", "税务。"
# not "税，务"
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# What other search engines understand, so that people type it: wildcards, weights,
# ranges, operators and fields.
# e.g. "税?务", "税务~2", "[2019", "NEAR", "a||b", "a&&b", "title:税务"
# not "http://www.example.com", "税务"
_LOOKS_SPECIAL = re.compile(
    r"[*?~^\\{}\[\]]|^(?:NEAR|TO)$|\|\||&&|^[a-z_]+[:：](?!//)\S", re.ASCII
)
# e.g. "商务局,财政局", "商务局、财政局"
_LISTED = re.compile("[,，、|]")
# e.g. "covid"
# not "局", "c"
_LATIN = re.compile("[a-z0-9]{2,}")


class Sign(Enum):
    """What stands between the texts asked for."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    NOT = auto()


_OPERATORS = {"OR": Sign.OR, "或": Sign.OR, "NOT": Sign.NOT}
_ALL_OF = {"AND", "且"}
"""These mean what a blank means."""


@dataclass(frozen=True, slots=True)
class Token:
    """A node or a sign."""

    what: Node | Sign
    ruled_out: bool = False
    """Whether a minus stands before it."""
    printed: str = ""
    """Of a sign that is a word, as typed."""

    @property
    def begins_something(self) -> bool:
        """Whether something to be searched for begins here."""
        return self.what not in (Sign.CLOSE, Sign.OR)


def tokens_of(
    text: str, notes: list[str], found: Sequence[Found] = ()
) -> Iterator[Token]:
    """The tokens of a text as typed, `found` the conditions on figures in it.

    What was understood otherwise than it may have been meant is added to `notes`, in
    Chinese.
    """
    first, *others = left_over(text, found)
    yield from _tokens_of(first, notes)
    for one, piece in zip(found, others, strict=True):
        yield Token(Counted(one.conditions), one.ruled_out)
        yield from _tokens_of(piece, notes)


def _tokens_of(text: str, notes: list[str]) -> Iterator[Token]:
    """The tokens of a text without conditions."""
    end = 0
    for match in _TOKEN.finditer(text):
        ruled_out = bool(match["minus"]) and not _is_glued(match, end)
        end = match.end()
        token = _token(match, ruled_out, notes)
        if token:
            yield token


def _is_glued(match: re.Match[str], end: int) -> bool:
    """Whether a token follows the one that ends at `end` without white space.

    Then its minus is a dash: 甲"乙"-丙. Behind an opening bracket it is a minus.
    """
    follows_another = match.start() == end and end > 0
    if not follows_another:
        return False
    return match.string[end - 1] not in "(（"


def _token(match: re.Match[str], ruled_out: bool, notes: list[str]) -> Token | None:
    """What one match of _TOKEN stands for.

    None for what asks for nothing, like a quotation mark without its other half.

    OR, NOT and AND are such only where they stand alone, in capitals: `-OR` and
    `机关:OR` are text.
    """
    if match["opening"]:
        return Token(Sign.OPEN, ruled_out)
    if match["closing"]:
        return Token(Sign.CLOSE)
    if match["alone"]:
        notes.append("引号没有成对，已按普通文字查找。")
        return None
    plain = match["plain"] or ""
    is_bare = not match["minus"] and not match["name"]
    if is_bare and plain in _OPERATORS:
        return Token(_OPERATORS[plain], printed=plain)
    if is_bare and plain in _ALL_OF:
        return None
    node = _node(match["name"], match["quoted"], plain, notes)
    if node:
        return Token(node, ruled_out)
    return None


def _node(
    name: str | None, quoted: str | None, plain: str, notes: list[str]
) -> Node | None:
    """What a token asks for: `name` stands before a colon, and after it or alone either
    something `quoted` or something `plain`.
    """
    if name:
        given = _LISTED.split(plain) if quoted is None else [quoted]
        node = _property(FIELD[name.lower()], given)
        if node:
            return node
        notes.append(f"“{name}:”后面的内容看不懂，已按普通文字查找。")
        plain = f"{name} {plain}"
    if quoted is None:
        return _beginning(plain) or _words(plain, notes)
    text = normal(quoted)
    if text:
        return Phrase(text)
    return None


def _property(facet: str, given: list[str]) -> Node | None:
    """What `name:value` asks for: a property, or sections in which the rest must stand.

    None when no value can be understood: 年份:去年.
    """
    texts = tuple(dict.fromkeys(filter(None, map(normal, given))))
    if not texts:
        return None
    if facet == SECTION:
        return Section(texts)
    if facet == "year" and not all(map(years, texts)):
        return None
    return Field(facet, texts)


def _beginning(plain: str) -> Node | None:
    """What `word*` asks for; None for anything else.

    A beginning is at least two letters or digits; one letter begins any word.
    """
    if not plain.endswith("*"):
        return None
    beginning = normal(plain[:-1])
    if not beginning or not beginning[-1].isalnum():
        return None
    text = _EDGES.sub("", beginning)
    if _LATIN.fullmatch(text):
        return Prefix(text)
    # Chinese words have no borders: whatever begins so contains it.
    if text.isascii():
        return None
    return Phrase(text)


def _words(plain: str, notes: list[str]) -> Node | None:
    """Plain text; None when it has neither letters nor digits."""
    if _LOOKS_SPECIAL.search(plain):
        notes.append("这里的符号没有特殊作用，已按普通文字查找；可用的写法见检索说明。")
    text = _EDGES.sub("", normal(plain))
    if text:
        return Words(text)
    if plain.strip(_MINUS):
        notes.append(f"“{plain[:10]}”不含文字或数字，没有用于查找。")
    return None
