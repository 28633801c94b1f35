"""A page's own style sheets → rules: selectors taken apart, and what they declare.

Only what can hide or strike text is kept. Style sheets in files of their own are not
captured with a page: what they say is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.reading.page.tree import Element

Declared = dict[str, str]
"""Property → value, both in lower case."""

_KEPT = frozenset(
    [
        *("display", "visibility", "opacity", "font-size", "color", "text-indent"),
        *("background", "background-color", "text-decoration", "position"),
        *("text-decoration-line", "left", "top", "right", "width", "height"),
        *("max-width", "max-height", "overflow", "clip", "clip-path", "transform"),
        *("vertical-align", "font"),
    ]
)
_MOST_SIGNS = 1_000_000
"""Of all style sheets of a page; what is behind is not looked at."""

# e.g. "/* 标题 */"
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# e.g. "<!--", "-->"
_HTML_COMMENT = re.compile(r"<!--|-->")
# A style sheet's next brace or, outside of any rule, the end of an @import.
# e.g. "{", "}", ";"
_MARK = re.compile(r"[{};]")
_MIN_WIDTH = r"\(min-width:\d{1,4}(?:px|em|rem)\)"
# A screen as wide as one likes; the printed page and telephones look otherwise.
# e.g. "screen", "all", "onlyscreenand(min-width:768px)", ""
# not "print", "screenand(max-width:600px)"
_SCREEN = re.compile(rf"^(?:only)?(?:screen|all)?(?:and)?(?:{_MIN_WIDTH}(?:and)?)*$")
# e.g. "td", ".hide", "#a.b", "span.x", "*"
# not "a:hover", "[hidden]", "a+b"
_COMPOUND = re.compile(
    r"^(?:[a-z][\w-]*|\*)?(?:[.#][\w\u0080-\uffff-]+)*$", re.IGNORECASE
)
# e.g. ".hide", "#note", "span"
_PART = re.compile(r"[.#]?[\w\u0080-\uffff-]+")


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element must be: its tag (or any), its id, its classes."""

    tag: str
    names: frozenset[str]
    """Classes with a dot, ids with a #."""

    def fits(self, element: Element, names: frozenset[str]) -> bool:
        """Whether an element with these names is meant."""
        if self.tag and element.tag != self.tag:
            return False
        return self.names <= names


@dataclass(frozen=True, slots=True)
class Rule:
    """What is declared for the elements that a selector finds."""

    itself: Compound
    around: tuple[Compound, ...]
    """What must stand around the element, the innermost first."""
    declared: Declared
    important: Declared
    rank: tuple[int, int, int, int]
    """Ids, classes, tags and place: a greater one outdoes a smaller one."""


def rules_of(root: Element) -> Iterator[Rule]:
    """The rules of all style sheets of a page, in order."""
    left = _MOST_SIGNS
    order = 0
    for sheet in root.iter("style"):
        if not _is_for_screens(sheet.get("media") or ""):
            continue
        text = _COMMENT.sub(" ", _HTML_COMMENT.sub(" ", (sheet.text or "")[:left]))
        left -= len(text)
        for selectors, body in _blocks(text):
            plain, important = declarations(body)
            if not plain and not important:
                continue
            for selector in selectors.split(","):
                compounds = _compounds(selector)
                if compounds:
                    order += 1
                    rank = (*_weight(compounds), order)
                    *around, itself = compounds
                    inner_first = tuple(reversed(around))
                    yield Rule(itself, inner_first, plain, important, rank)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that count on a screen."""
    begin = 0
    around: list[bool] = []
    """For each @media that is open, whether it and all around it count."""
    selectors: str | None = None
    for mark in _MARK.finditer(text):
        if mark[0] == ";":
            # Inside of a rule it parts declarations; outside it ends an @import.
            begin = begin if selectors is not None else mark.end()
            continue
        before = text[begin : mark.start()].strip()
        begin = mark.end()
        counts = not around or around[-1]
        if mark[0] == "{":
            if before.startswith("@"):
                around.append(counts and _counts(before))
            else:
                selectors = before
        elif selectors is not None:
            if counts:
                yield selectors, before
            selectors = None
        elif around:
            around.pop()


def _counts(at_rule: str) -> bool:
    """Whether the rules in an @media count; those in @keyframes and others don't."""
    name, _, condition = at_rule.partition(" ")
    if name.lower() != "@media":
        return False
    return _is_for_screens(condition)


def _is_for_screens(media: str) -> bool:
    """Whether one of the media of a list is an ordinary screen."""
    kinds = "".join(media.lower().split()).split(",")
    return any(map(_SCREEN.fullmatch, kinds))


def _compounds(selector: str) -> tuple[Compound, ...]:
    """A selector taken apart; empty for one of a sort that is not understood."""
    found: list[Compound] = []
    for word in selector.replace(">", " ").split():
        if not _COMPOUND.fullmatch(word):
            return ()
        parts = _PART.findall(word)
        names = frozenset(part for part in parts if part[0] in ".#")
        tags = [part.lower() for part in parts if part[0] not in ".#"]
        found.append(Compound(tags[0] if tags else "", names))
    return tuple(found)


def _weight(compounds: Iterable[Compound]) -> tuple[int, int, int]:
    """How many ids, classes and tags a selector has."""
    ids = classes = tags = 0
    for compound in compounds:
        ids += sum(name[0] == "#" for name in compound.names)
        classes += sum(name[0] == "." for name in compound.names)
        tags += bool(compound.tag)
    return ids, classes, tags


def declarations(body: str) -> tuple[Declared, Declared]:
    """What a rule or an attribute declares, and apart what is `!important`."""
    plain: Declared = {}
    important: Declared = {}
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name not in _KEPT:
            continue
        value = " ".join(value.lower().split())
        bare = value.partition("!")[0].strip()
        if bare == value:
            plain[name] = bare
        else:
            important[name] = bare
    return plain, important
