"""How a page's own style sheets and style attributes set each element."""

from __future__ import annotations

from itertools import chain

from archive.reading.page.rules import Compound, Declared, Rule, declarations, rules_of
from archive.reading.page.tree import Element
from archive.reading.unreadable import Unreadable

_MOST_RULES = 5_000
_MOST_STEPS = 5_000_000
"""Of all elements to the rules that may find them, and to what is around them; pages of
portals take some ten thousands.
"""
_TOO_MANY = "网页的样式过于繁杂，读取已停止；请核对网页是否正常。"


class Styles:
    """What is declared for each element of a page."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[str, list[Rule]] = {}
        """The rules by a name that their element must have."""
        self._known: dict[Element, Declared] = {}
        self._fitting: dict[tuple[str, str, str], list[Rule]] = {}
        """Rules by the tag, the classes and the id of the elements they may find."""
        self._attributes: dict[str, tuple[Declared, Declared]] = {}
        """What is declared in style attributes, by their text."""
        self._names: dict[Element, frozenset[str]] = {}
        self._inside: dict[tuple[int, Element], bool] = {}
        """Whether what must be around the elements of a rule is around this one."""
        self._steps = 0
        for number, rule in enumerate(rules_of(root)):
            if number >= _MOST_RULES:
                break
            key = min(rule.itself.names, default=rule.itself.tag)
            self._rules.setdefault(key, []).append(rule)
        self.name_tags = any(key[:1] not in {".", "#"} for key in self._rules)
        """Whether style sheets say anything of elements without classes and ids."""

    def sheets_say(self, element: Element) -> tuple[Declared, Declared]:
        """What style sheets declare for an element, and what of it is `!important`."""
        declared: Declared = {}
        important: Declared = {}
        if not self._rules:
            return declared, important
        rules = self._rules_for(element)
        self._step(len(rules))
        for rule in rules:
            if not rule.around or self._stands_in(element, rule):
                declared |= rule.declared
                important |= rule.important
        return declared, important

    def _stands_in(self, element: Element, rule: Rule) -> bool:
        """Whether what a rule wants around an element is around it.

        It is the same for all elements that lie directly in one.
        """
        parent = element.getparent()
        if parent is None:
            return False
        key = rule.rank[-1], parent
        known = self._inside.get(key)
        if known is None:
            known = self._inside[key] = self._surrounded(parent, rule.around)
        return known

    def _surrounded(self, parent: Element, around: tuple[Compound, ...]) -> bool:
        outer: Element | None = parent
        for compound in around:
            while outer is not None and not compound.fits(outer, self._named(outer)):
                self._step()
                outer = outer.getparent()
            if outer is None:
                return False
            outer = outer.getparent()
        return True

    def _step(self, count: int = 1) -> None:
        """Raises Unreadable for a page whose styles take too long to apply."""
        self._steps += count
        if self._steps > _MOST_STEPS:
            raise Unreadable(_TOO_MANY)

    def _named(self, element: Element) -> frozenset[str]:
        known = self._names.get(element)
        if known is None:
            known = self._names[element] = frozenset(_names(element))
        return known

    def _rules_for(self, element: Element) -> list[Rule]:
        """The rules that may find an element, by their rank, whatever is around it."""
        if not isinstance(element.tag, str):
            return []
        alike = element.tag, element.get("class") or "", element.get("id") or ""
        known = self._fitting.get(alike)
        if known is None:
            names = self._named(element)
            keys = {*names, element.tag, ""} & self._rules.keys()
            fitting = list(chain.from_iterable(self._rules[key] for key in keys))
            self._step(len(fitting))
            found = [rule for rule in fitting if rule.itself.fits(element, names)]
            known = sorted(found, key=lambda rule: rule.rank)
            self._fitting[alike] = known
        return known

    def look_around(self, element: Element) -> bool:
        """Whether style sheets ask what is around an element of its name."""
        if not self._rules:
            return False
        return any(rule.around for rule in self._rules_for(element))

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
            said = self._attributes[style] = declarations(style)
        plain, pressing = said
        return declared | plain | important | pressing


def _names(element: Element) -> set[str]:
    """The classes and the id of an element as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    identity = element.get("id")
    if identity:
        names.add(f"#{identity.strip()}")
    return names
