"""Word's automatic numbers and heading styles: what Word prints but the text does not
hold.

A paragraph names a list and a level in it (or has them from its style); the list names
an "abstract" one, whose levels say how numbers look and where they begin. Lists that
share an abstract one count on together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from archive.reading.office.list_numbers import printed_number
from archive.reading.office.word_text import W
from archive.reading.package import is_on

# Levels of an outline that are headings; deeper ones are text.
_OUTLINED = frozenset("012345")
# Styles that are looked at: one builds on another, damaged ones in a ring.
_MAX_BASES = 10
_LARGEST = 10_000
# The name of a style for headings, with its level.
# e.g. "heading 1", "标题 2", "标题3"
# not "heading 7"
_HEADING = re.compile(r"(?:heading|标题) ?([1-6])")
# Where in the pattern of a level the number of a level stands.
# e.g. "%1、", "（%2）", "%1.%2"
_PLACE_OF_NUMBER = re.compile(r"%(\d)")
# e.g. "3", "12"
# not "²"
_NUMBER = re.compile(r"\d{1,9}")

# The number of a list, and a level in it, from 0.
_ListLevel = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Level:
    pattern: str
    style: str
    start: int
    in_digits: bool
    """All numbers of the pattern in digits, whatever their own style ("legal")."""


@dataclass(slots=True)
class _Abstract:
    """An abstract list, and how far it has been counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)
    style: str = ""
    """It has no levels of its own but those of the list that this style names."""


@dataclass(slots=True)
class _List:
    abstract: str
    restarts: dict[int, int]
    """Level → where it begins when the list is first used."""


@dataclass(frozen=True, slots=True)
class _Style:
    heading: int
    based_on: str
    number: _ListLevel | None


class Numbering:
    """Counts through a document; ask once for every paragraph, in order."""

    def __init__(
        self, numbering: etree._Element | None, styles: etree._Element | None
    ) -> None:
        self._abstracts: dict[str, _Abstract] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def of(self, paragraph: etree._Element) -> tuple[str, int]:
        """The number Word prints before the paragraph, and its heading level.

        The number is empty and the level 0 where there is none. What a paragraph tells
        itself counts before what its style tells.
        """
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        heading, number = self._styled(style)
        heading = _outlined(paragraph) or heading
        own_number = paragraph.find(f"{W}pPr/{W}numPr")
        if own_number is not None:
            number = _list_level(own_number)
        if number is None:
            return "", heading
        return self._next(*number), heading

    def _styled(self, name: str) -> tuple[int, _ListLevel | None]:
        """Heading level and list of a style, else of the styles that it builds on."""
        heading, number = 0, None
        for _ in range(_MAX_BASES):
            style = self._styles.get(name)
            if style is None:
                break
            heading = heading or style.heading
            number = number or style.number
            name = style.based_on
        return heading, number

    def _next(self, list_id: str, level: int) -> str:
        """Counts a level of a list on, and gives its number as printed."""
        abstract = self._abstract_of(list_id)
        if abstract is None or level not in abstract.levels:
            return ""
        own = self._lists[list_id]
        counters = abstract.counters
        for which, start in own.restarts.items():
            counters[which] = start - 1
        own.restarts = {}
        before = counters.get(level)
        if before is None:
            before = abstract.levels[level].start - 1
        counters[level] = before + 1
        # below a new number the deeper levels begin anew
        for which in list(counters):
            if which > level:
                del counters[which]
        return _filled_in(abstract, level)

    def _abstract_of(self, list_id: str) -> _Abstract | None:
        """The levels of a list; None when the file does not tell them.

        An abstract list may have none of its own: it names a style, the style a list,
        and that list's levels are its own. So Word keeps the lists of styles.
        """
        own = self._lists.get(list_id)
        if own is None:
            return None
        abstract = self._abstracts.get(own.abstract)
        if abstract is None or abstract.levels:
            return abstract
        style = self._styles.get(abstract.style)
        if style is None or style.number is None:
            return None
        linked = self._lists.get(style.number[0])
        if linked is None:
            return None
        return self._abstracts.get(linked.abstract)

    def _read_numbering(self, root: etree._Element) -> None:
        """Reads the abstract lists with their levels, and the lists that name them."""
        for element in root.iterfind(f"{W}abstractNum"):
            number = element.get(f"{W}abstractNumId", "")
            abstract = self._abstracts.setdefault(number, _Abstract())
            abstract.style = _value(element.find(f"{W}numStyleLink"))
            for level in element.iterfind(f"{W}lvl"):
                abstract.levels[_integer(level.get(f"{W}ilvl", "0"))] = _level(level)
        for element in root.iterfind(f"{W}num"):
            abstract_id = _value(element.find(f"{W}abstractNumId"))
            number = element.get(f"{W}numId", "")
            self._lists[number] = _List(abstract_id, _restarts(element))

    def _read_styles(self, root: etree._Element) -> None:
        """Reads the styles: a heading by its name, else by its level in the outline."""
        for style in root.iterfind(f"{W}style"):
            name = _value(style.find(f"{W}name")).lower()
            named = _HEADING.fullmatch(name)
            number = style.find(f"{W}pPr/{W}numPr")
            self._styles[style.get(f"{W}styleId", "")] = _Style(
                heading=int(named[1]) if named else _outlined(style),
                based_on=_value(style.find(f"{W}basedOn")),
                number=None if number is None else _list_level(number),
            )


def _level(element: etree._Element) -> _Level:
    """A level of an abstract list; without a start it begins with 1."""
    start = _value(element.find(f"{W}start"))
    return _Level(
        pattern=_value(element.find(f"{W}lvlText")),
        style=_value(element.find(f"{W}numFmt")),
        start=_integer(start) if start else 1,
        in_digits=is_on(element.find(f"{W}isLgl")),
    )


def _restarts(element: etree._Element) -> dict[int, int]:
    """The levels of a list that begin anew, and where."""
    found = {}
    for override in element.iterfind(f"{W}lvlOverride"):
        start = override.find(f"{W}startOverride")
        if start is not None:
            found[_integer(override.get(f"{W}ilvl", "0"))] = _integer(_value(start))
    return found


def _filled_in(abstract: _Abstract, level: int) -> str:
    """The pattern of a level with the numbers of the levels that it names."""
    in_digits = abstract.levels[level].in_digits

    def printed(match: re.Match[str]) -> str:
        which = int(match[1]) - 1
        named = abstract.levels.get(which)
        if named is None:
            return ""
        number = abstract.counters.get(which, named.start)
        return printed_number(number, "decimal" if in_digits else named.style)

    return _PLACE_OF_NUMBER.sub(printed, abstract.levels[level].pattern)


def _outlined(element: etree._Element) -> int:
    """The heading level that a paragraph or a style tells itself; 0 for none.

    Levels of the outline are counted from 0, headings from 1.
    """
    outline = _value(element.find(f"{W}pPr/{W}outlineLvl"))
    if outline not in _OUTLINED:
        return 0
    return int(outline) + 1


def _list_level(element: etree._Element) -> _ListLevel | None:
    """The list and the level that a paragraph or a style names; list 0 is none."""
    list_id = _value(element.find(f"{W}numId"))
    if not list_id or list_id == "0":
        return None
    return list_id, _integer(_value(element.find(f"{W}ilvl")))


def _value(element: etree._Element | None) -> str:
    """What an element says by its attribute `val`; empty without one."""
    if element is None:
        return ""
    return element.get(f"{W}val", "")


def _integer(text: str) -> int:
    """A number of a file, at most so large that it can be one; 0 for what is none."""
    if not _NUMBER.fullmatch(text):
        return 0
    return min(int(text), _LARGEST)
