"""What Word does not show goes from a document: hidden, struck-out, unseen text.

A run tells how it looks itself, or by its style, or by that of its paragraph; a style
builds on another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.reading.office.word_text import W
from archive.reading.package import is_on

_PRINTED = tuple(W + name for name in ("t", "tab", "br", "cr", "noBreakHyphen", "sym"))
_PROPERTIES = tuple(W + name for name in ("pPr", "tcPr", "tblPr"))
# Styles that are looked at: one builds on another, damaged ones in a ring.
_MAX_BASES = 10
_LEAST_SIZE = 2
"""Half points: letters of one point are a dot."""
# e.g. "8", "1,204 "
# not "合计"
_DIGITS = re.compile(r"[\d\s,.]+")
# e.g. "2", "21"
# not "-1", "x"
_NUMBER = re.compile(r"^\d{1,4}$")
_WHITE = "FFFFFF"
_NO_GROUND = frozenset(["", "auto", _WHITE])


def only_shown(document: etree._Element, styles: etree._Element | None) -> bool:
    """Takes what is not shown out of a document; whether something was struck out."""
    looks = _Looks(styles)
    struck = False
    runs = list(document.iter(f"{W}r"))
    # All are looked at before any is emptied: white digits are told by those beside.
    crossed = [run for run in runs if looks.strikes(run)]
    unseen = [run for run in runs if looks.hides(run)]
    for run in crossed:
        struck = struck or bool(run.findtext(f"{W}t"))
    for run in (*crossed, *unseen):
        for printed in list(run.iterchildren(*_PRINTED)):
            run.remove(printed)
    return struck


class _Looks:
    """Knows how runs look, by the styles of a file."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        if styles is not None:
            for style in styles.iterfind(f"{W}style"):
                self._styles[style.get(f"{W}styleId", "")] = style

    def strikes(self, run: etree._Element) -> bool:
        """Whether a run is struck out, with one line or with two."""
        if is_on(self._said(run, "strike")):
            return True
        return is_on(self._said(run, "dstrike"))

    def hides(self, run: etree._Element) -> bool:
        """Whether a run is hidden text, without size, or in the colour of paper."""
        if is_on(self._said(run, "vanish")):
            return True
        size = _value(self._said(run, "sz"))
        if _NUMBER.fullmatch(size) and int(size) <= _LEAST_SIZE:
            return True
        colour = _value(self._said(run, "color")).upper()
        if colour != _WHITE:
            return False
        return self._is_on_paper(run)

    def _is_on_paper(self, run: etree._Element) -> bool:
        """Whether nothing darkens the ground of a run.

        The style of a table may: there only digits beside other text are taken for
        unseen.
        """
        if (
            _has_ground(self._said(run, "shd"))
            or self._said(run, "highlight") is not None
        ):
            return False
        in_styled_table = False
        for around in run.iterancestors():
            for properties in around.iterchildren(*_PROPERTIES):
                if _has_ground(properties.find(f"{W}shd")):
                    return False
                if properties.find(f"{W}tblStyle") is not None:
                    in_styled_table = True
        if not in_styled_table:
            return True
        return _is_among_others(run)

    def _said(self, run: etree._Element, name: str) -> etree._Element | None:
        """What is told of a run: by itself, its style, or its paragraph's style."""
        for properties in self._properties(run):
            said = properties.find(f"{W}{name}")
            if said is not None:
                return said
        return None

    def _properties(self, run: etree._Element) -> Iterator[etree._Element]:
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from self._styled(_value(own.find(f"{W}rStyle")))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield from self._styled(_value(paragraph.find(f"{W}pPr/{W}pStyle")))

    def _styled(self, name: str) -> Iterator[etree._Element]:
        """What a style tells of letters, then the styles that it builds on."""
        for _ in range(_MAX_BASES):
            style = self._styles.get(name)
            if style is None:
                return
            properties = style.find(f"{W}rPr")
            if properties is not None:
                yield properties
            name = _value(style.find(f"{W}basedOn"))


def _value(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return element.get(f"{W}val", "")


def _has_ground(shading: etree._Element | None) -> bool:
    """Whether a shading is of another colour than paper."""
    if shading is None:
        return False
    return shading.get(f"{W}fill", "").replace("auto", "").upper() not in _NO_GROUND


def _is_among_others(run: etree._Element) -> bool:
    """Whether a run holds some digits of a cell that has other text as well."""
    own = _text(run)
    if not _DIGITS.fullmatch(own):
        return False
    around = next(run.iterancestors(f"{W}tc"), None)
    if around is None:
        return False
    return len(_text(around)) > len(own)


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
