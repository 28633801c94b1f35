"""Text in the colour of its ground, which nobody sees."""

from __future__ import annotations

import re

from archive.reading.page.rules import Declared
from archive.reading.page.stylesheets import Styles
from archive.reading.page.tree import Element, strings

_WHITE = "#ffffff"
_CLEAR = "transparent"
_NAMES = {"white": _WHITE, "black": "#000000", "red": "#ff0000", _CLEAR: _CLEAR}
# e.g. "#fff", "#f0f0f0"
_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
_PART = r" ?(\d{1,3}) ?"
# e.g. "rgb(255, 255, 255)", "rgba(0,0,0,0)"
_RGB = re.compile(rf"rgba?\({_PART},{_PART},{_PART}(?:,\s*(\d?\.?\d{{1,3}}) ?)?\)")
# e.g. "8", " 1,204"
# not "合计"
_DIGITS = re.compile(r"[\d\s,.]+")
_NEARLY_WHITE = 250
_WITHIN_LINES = frozenset(
    ["span", "font", "i", "b", "em", "strong", "u", "ins", "a", "small", "big", "sup"]
)


class Colours:
    """Knows what ground the elements of a page stand on."""

    def __init__(self, content: Element, styles: Styles) -> None:
        self._content = content
        self._styles = styles
        self._lengths: dict[Element, int] = {}
        """How much text the lines with digits in white hold."""

    def hide(self, tag: Element, declared: Declared) -> bool:
        """Whether an element sets its text in the colour of its ground.

        Where no ground is declared it is white as a rule, but style sheets in other
        files may say otherwise: then only digits beside visible text are taken for
        hidden.
        """
        colour = _colour(declared.get("color") or _attribute(tag, "color"))
        if not colour:
            return False
        if colour == _CLEAR:
            return True
        ground = self._ground(tag, declared)
        if ground:
            return ground == colour
        if colour != _WHITE:
            return False
        return self._is_among_others(tag)

    def _is_among_others(self, tag: Element) -> bool:
        """Whether an element holds some digits of a line that has other text too."""
        own = "".join(strings(tag))
        if tag.tag not in _WITHIN_LINES or not _DIGITS.fullmatch(own):
            return False
        around = tag.getparent()
        while around is not None and around.tag in _WITHIN_LINES:
            around = around.getparent()
        if around is None:
            return False
        if around not in self._lengths:
            self._lengths[around] = _length(around)
        return self._lengths[around] > len("".join(own.split()))

    def _ground(self, tag: Element, declared: Declared) -> str:
        """The colour that is declared for the ground; empty where none is."""
        element: Element | None = tag
        while element is not None:
            said = declared if element is tag else self._styles.own(element)
            ground = said.get("background-color") or said.get("background")
            ground = ground or _attribute(element, "bgcolor")
            if ground and ground not in {_CLEAR, "none", "inherit", "initial"}:
                # A picture or a gradient has no colour that could be compared.
                return _colour(ground.split()[0]) or ground
            element = element.getparent()
        return ""


def _attribute(tag: Element, name: str) -> str:
    return (tag.get(name) or "").strip().lower()


def _colour(text: str) -> str:
    """A colour as #rrggbb, one that is all but white as white; empty if not known."""
    text = text.strip()
    if not text:
        return ""
    if text in _NAMES:
        return _NAMES[text]
    if _HEX.fullmatch(text):
        return _named(_parts(text[1:]))
    found = _RGB.fullmatch(text)
    if not found:
        return ""
    if found[4] is not None and float(found[4]) == 0:
        return _CLEAR
    return _named([min(int(part), 255) for part in found.groups()[:3]])


def _parts(digits: str) -> list[int]:
    """Red, green and blue of three or six hexadecimal digits: #fff is #ffffff."""
    size = len(digits) // 3
    begins = range(0, len(digits), size)
    written = [digits[at : at + size] * (2 // size) for at in begins]
    return [int(part, 16) for part in written]


def _named(parts: list[int]) -> str:
    if min(parts) >= _NEARLY_WHITE:
        return _WHITE
    return "#" + "".join(f"{part:02x}" for part in parts)


def _length(tag: Element) -> int:
    """How many signs without blanks an element holds."""
    return len("".join("".join(strings(tag)).split()))
