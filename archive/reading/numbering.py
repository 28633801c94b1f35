"""Word's automatic numbers and heading styles: what Word prints but the text does not
hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from archive.reading.package import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OUTLINED = frozenset("012345")
"""Levels of an outline that are headings; deeper ones are text."""
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "japaneseDigitalTenThousand",
    "chineseLegalSimplified",
}


@dataclass(frozen=True, slots=True)
class _Level:
    pattern: str
    style: str
    start: int
    legal: bool
    """All numbers of the pattern in digits, whatever their own style."""


@dataclass(frozen=True, slots=True)
class _Style:
    heading: int
    based_on: str
    number: tuple[str, int] | None


class Numbering:
    """Counts through a document; ask once for every paragraph, in order."""

    def __init__(
        self, numbering: etree._Element | None, styles: etree._Element | None
    ) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._links: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles: dict[str, _Style] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def of(self, paragraph: etree._Element) -> tuple[str, int]:
        """The number Word prints before the paragraph, and its heading level (0 for
        none).
        """
        style_id = _val(paragraph.find(f"{W}pPr/{W}pStyle"))
        heading, number = self._styled(style_id)
        outline = _val(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if outline in _OUTLINED:
            heading = int(outline) + 1
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            number = _number_of(own)
        return (self._next(*number) if number else ""), heading

    def _styled(self, style_id: str) -> tuple[int, tuple[str, int] | None]:
        heading, number = 0, None
        for _ in range(10):  # styles build on styles; a circle ends here
            style = self._styles.get(style_id)
            if style is None:
                break
            heading = heading or style.heading
            number = number or style.number
            style_id = style.based_on
        return heading, number

    def _next(self, list_id: str, level: int) -> str:
        abstract = self._abstract(list_id)
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        for which, start in self._restarts.pop(list_id, {}).items():
            counters[which] = start - 1
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [deeper for deeper in counters if deeper > level]:
            del counters[deeper]

        def printed(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            found = levels.get(which)
            if found is None:
                return ""
            return _format(
                counters.get(which, found.start),
                "decimal" if levels[level].legal else found.style,
            )

        return re.sub(r"%(\d)", printed, levels[level].pattern)

    def _abstract(self, list_id: str) -> str:
        """The list's levels; a list may only point to a style that has them."""
        abstract = self._lists.get(list_id, "")
        linked = self._styles.get(self._links.get(abstract, ""))
        if linked and linked.number and not self._levels.get(abstract):
            return self._lists.get(linked.number[0], "")
        return abstract

    def _read_numbering(self, root: etree._Element) -> None:
        for abstract in root.iterfind(f"{W}abstractNum"):
            levels = self._levels.setdefault(abstract.get(f"{W}abstractNumId", ""), {})
            self._links[abstract.get(f"{W}abstractNumId", "")] = _val(
                abstract.find(f"{W}numStyleLink")
            )
            for level in abstract.iterfind(f"{W}lvl"):
                start = _val(level.find(f"{W}start"))
                levels[_int(level.get(f"{W}ilvl", "0"))] = _Level(
                    pattern=_val(level.find(f"{W}lvlText")),
                    style=_val(level.find(f"{W}numFmt")),
                    start=_int(start) if start else 1,
                    legal=is_on(level.find(f"{W}isLgl")),
                )
        for number in root.iterfind(f"{W}num"):
            list_id = number.get(f"{W}numId", "")
            self._lists[list_id] = _val(number.find(f"{W}abstractNumId"))
            self._restarts[list_id] = {
                _int(override.get(f"{W}ilvl", "0")): _int(
                    _val(override.find(f"{W}startOverride"))
                )
                for override in number.iterfind(f"{W}lvlOverride")
                if override.find(f"{W}startOverride") is not None
            }

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.iterfind(f"{W}style"):
            name = _val(style.find(f"{W}name")).lower()
            found = re.fullmatch(r"(?:heading|标题) ?([1-6])", name)
            outline = _val(style.find(f"{W}pPr/{W}outlineLvl"))
            heading = (
                int(found[1])
                if found
                else int(outline) + 1
                if outline in _OUTLINED
                else 0
            )
            own = style.find(f"{W}pPr/{W}numPr")
            self._styles[style.get(f"{W}styleId", "")] = _Style(
                heading,
                _val(style.find(f"{W}basedOn")),
                _number_of(own) if own is not None else None,
            )


def _number_of(element: etree._Element) -> tuple[str, int] | None:
    list_id = _val(element.find(f"{W}numId"))
    return (
        (list_id, _int(_val(element.find(f"{W}ilvl"))))
        if list_id and list_id != "0"
        else None
    )


def _val(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _int(text: str) -> int:
    return min(int(text), 10_000) if re.fullmatch(r"\d{1,9}", text) else 0


def _format(number: int, style: str) -> str:
    if style in _CHINESE:
        return chinese(number)
    if style == "ideographTraditional" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if style in {"bullet", "none"}:
        return ""
    if style == "decimalEnclosedCircle" and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if style == "lowerLetter" and 0 < number <= 26:
        return chr(96 + number)
    if style == "upperLetter" and 0 < number <= 26:
        return chr(64 + number)
    return str(number)


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五; plain digits from 1000 on."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
