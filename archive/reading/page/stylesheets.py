"""How a page's own style sheets and style attributes set each element.

Only what can hide or strike text is kept. Style sheets in files of their own are not
captured with a page: what they say is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

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
_MOST_RULES = 5_000
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
class _Compound:
    """What one element must be: its tag (or any), its id, its classes."""

    tag: str
    names: frozenset[str]
    """Classes with a dot, ids with a #."""

    def fits(self, element: Element) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if not self.names:
            return True
        return self.names <= _names(element)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is declared for the elements that a selector finds."""

    compounds: tuple[_Compound, ...]
    """The last is the element itself, those before stand around it."""
    declared: Declared
    important: Declared
    rank: tuple[int, int, int, int]
    """Ids, classes, tags and place: a greater one outdoes a smaller one."""

    def stands_in(self, element: Element) -> bool:
        """Whether what must be around its element is around this one."""
        *around, _ = self.compounds
        outer: Element | None = element
        for compound in reversed(around):
            outer = outer.getparent() if outer is not None else None
            while outer is not None and not compound.fits(outer):
                outer = outer.getparent()
            if outer is None:
                return False
        return True


class Styles:
    """What is declared for each element of a page."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        """The rules by a name that their element must have."""
        self._known: dict[Element, Declared] = {}
        self._fitting: dict[tuple[str, str, str], list[_Rule]] = {}
        """Rules by the tag, the classes and the id of the elements they may find."""
        self._attributes: dict[str, tuple[Declared, Declared]] = {}
        """What is declared in style attributes, by their text."""
        for number, rule in enumerate(_rules_of(root)):
            if number >= _MOST_RULES:
                break
            last = rule.compounds[-1]
            key = min(last.names, default=last.tag)
            self._rules.setdefault(key, []).append(rule)
        self.name_tags = any(key[:1] not in {".", "#"} for key in self._rules)
        """Whether style sheets say anything of elements without classes and ids."""

    def sheets_say(self, element: Element) -> tuple[Declared, Declared]:
        """What style sheets declare for an element, and what of it is `!important`."""
        declared: Declared = {}
        important: Declared = {}
        if not self._rules:
            return declared, important
        for rule in self._rules_for(element):
            if rule.stands_in(element):
                declared |= rule.declared
                important |= rule.important
        return declared, important

    def _rules_for(self, element: Element) -> list[_Rule]:
        """The rules that may find an element, by their rank, whatever is around it."""
        if not isinstance(element.tag, str):
            return []
        alike = element.tag, element.get("class") or "", element.get("id") or ""
        known = self._fitting.get(alike)
        if known is None:
            keys = {*_names(element), element.tag, ""} & self._rules.keys()
            fitting = chain.from_iterable(self._rules[key] for key in keys)
            found = [rule for rule in fitting if rule.compounds[-1].fits(element)]
            known = sorted(found, key=lambda rule: rule.rank)
            self._fitting[alike] = known
        return known

    def own(self, element: Element) -> Declared:
        """All that is declared for an element, its own attribute included."""
        known = self._known.get(element)
        if known is None:
            known = self._known[element] = self._declared(element)
        return known

    def _declared(self, element: Element) -> Declared:
        declared, important = self.sheets_say(element)
        style = element.get("style")
        if not style:
            return declared | important
        said = self._attributes.get(style)
        if said is None:
            said = self._attributes[style] = _declarations(style)
        plain, pressing = said
        return declared | plain | important | pressing


def _names(element: Element) -> set[str]:
    """The classes and the id of an element as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    identity = element.get("id")
    if identity:
        names.add(f"#{identity.strip()}")
    return names


def _rules_of(root: Element) -> Iterator[_Rule]:
    """The rules of all style sheets of a page, in order."""
    left = _MOST_SIGNS
    order = 0
    for sheet in root.iter("style"):
        if not _is_for_screens(sheet.get("media") or ""):
            continue
        text = _COMMENT.sub(" ", _HTML_COMMENT.sub(" ", (sheet.text or "")[:left]))
        left -= len(text)
        for selectors, body in _blocks(text):
            plain, important = _declarations(body)
            if not plain and not important:
                continue
            for selector in selectors.split(","):
                compounds = _compounds(selector)
                if compounds:
                    order += 1
                    rank = (*_weight(compounds), order)
                    yield _Rule(compounds, plain, important, rank)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that count on a screen."""
    begin = 0
    around: list[bool] = []
    """For each @media that is open, whether it counts."""
    selectors: str | None = None
    for mark in _MARK.finditer(text):
        before = text[begin : mark.start()].strip()
        if mark[0] == ";":
            # Inside of a rule it parts declarations; outside it ends an @import.
            begin = begin if selectors is not None else mark.end()
            continue
        begin = mark.end()
        if mark[0] == "{":
            if before.startswith("@"):
                around.append(_counts(before))
            else:
                selectors = before
        elif selectors is not None:
            if all(around):
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
    return any(_SCREEN.fullmatch(kind) for kind in kinds)


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """A selector taken apart; empty for one of a sort that is not understood."""
    found: list[_Compound] = []
    for word in selector.replace(">", " ").split():
        if not _COMPOUND.fullmatch(word):
            return ()
        parts = _PART.findall(word)
        names = frozenset(part for part in parts if part[0] in ".#")
        tags = [part.lower() for part in parts if part[0] not in ".#"]
        found.append(_Compound(tags[0] if tags else "", names))
    return tuple(found)


def _weight(compounds: Iterable[_Compound]) -> tuple[int, int, int]:
    """How many ids, classes and tags a selector has."""
    ids = classes = tags = 0
    for compound in compounds:
        ids += sum(name[0] == "#" for name in compound.names)
        classes += sum(name[0] == "." for name in compound.names)
        tags += bool(compound.tag)
    return ids, classes, tags


def _declarations(body: str) -> tuple[Declared, Declared]:
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
