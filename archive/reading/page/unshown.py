"""What a browser would not show goes from a page's tree before its text is read.

Pages hide digits inside of numbers, whole copies of a table, and what a script unfolds
later. The first two are not to be read; a part of the report that waits in a tab is.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple, cast

from lxml import etree

from archive.reading.looks import LEVEL, RAISED, STRUCK_OUT
from archive.reading.page.colours import Colours
from archive.reading.page.content import KEYS
from archive.reading.page.hiding import Look, looks_of
from archive.reading.page.rules import Declared
from archive.reading.page.stylesheets import Styles
from archive.reading.page.tree import Element, strings
from archive.report import Note

UNFOLDED = Note("unfolded")

_STRUCK = frozenset(["del", "s", "strike"])
_RAISED = frozenset(["sup", "sub"])
_NOTHING = "template"
"""The tag of what is taken out: readers pass it over."""
_HOLDERS = frozenset(["div", "section", "article", "main", "table", "ul", "dl", "form"])
"""Elements that may hold a part of a report which a script shows."""
_LEAST_PART = 40
"""Signs without blanks: less is no part of a report."""
_HIDING = {Look.GONE, Look.VOID, Look.BLANK, Look.TINY}
_PLAIN: frozenset[Look] = frozenset()
_TELLING = _HIDING | {Look.STRUCK, Look.RAISED}
"""Looks without which a page is read as it is."""
# Most elements have no attribute at all, which is the quickest question.
_DRESS = ("style", "class", "id", "hidden", "color")
_DRESSED = etree.XPath(
    "descendant::*[@*][@style or @class or @id or @hidden or @color]"
)


class _Around(NamedTuple):
    """How the surroundings of an element look."""

    void: bool = False
    blank: bool = False
    tiny: bool = False
    struck: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether text in them is not read."""
        return any(self)

    def inside(self, looks: Set[Look]) -> _Around:
        """How it looks in an element of theirs."""
        if not looks:
            return self
        # visibility and size, unlike display, can be given back to what is inside.
        return _Around(
            self.void or Look.VOID in looks,
            (self.blank or Look.BLANK in looks) and Look.SEEN not in looks,
            (self.tiny or Look.TINY in looks) and Look.SIZED not in looks,
            self.struck or Look.STRUCK in looks,
        )


def only_shown(content: Element, styles: Styles) -> list[Note]:
    """Takes out of an element what is not shown; gives what is to be said of it.

    What is not displayed goes with its place, so that cells behind it move up; what is
    invisible or struck out leaves its place empty. Raised digits are marked as such.
    Parts of a report that a script would show stay, and so does the element itself.
    """
    page = _Looks(content, styles)
    notes: list[Note] = [UNFOLDED] if page.unfolded else []
    if not page.tell_anything():
        return notes
    struck = False
    waiting = [(content, _Around())]
    while waiting:
        parent, around = waiting.pop()
        for tag in parent if len(parent) else ():
            looks = page.of(tag)
            if Look.GONE in looks:
                _take_out(tag)
            inside = around.inside(looks)
            if inside.is_hidden:
                struck |= inside.struck and _has_words(tag.text)
                tag.text = None
            elif Look.RAISED in looks:
                _mark(tag)
            # What stands behind an element looks like what is around it.
            if around.is_hidden:
                struck |= around.struck and _has_words(tag.tail)
                tag.tail = None
            waiting.append((tag, inside))
    if struck:
        notes.append(STRUCK_OUT)
    return notes


class _Looks:
    """How the elements of a page look, but for those that are parts of the report."""

    def __init__(self, content: Element, styles: Styles) -> None:
        self._styles = styles
        self._colours = Colours(content, styles)
        self._by_style: dict[tuple[tuple[str, str], ...], frozenset[Look]] = {}
        """What is declared → how it looks: a page repeats a few dozen styles."""
        self._alike: dict[tuple[str | None, ...], Set[Look]] = {}
        """Name and dress of elements → how all of them look, wherever they stand."""
        self._found: dict[Element, Set[Look]] = {}
        for tag in _looking(content, styles):
            looks = self._look_at(tag)
            if looks:
                self._found[tag] = looks
        self.unfolded = _parts(content, self._hidden(), styles)
        """Elements that are hidden and nevertheless read."""
        for tag in self.unfolded:
            self._found[tag] = self._found[tag] - _HIDING

    def of(self, tag: Element) -> Set[Look]:
        return self._found.get(tag, _PLAIN)

    def tell_anything(self) -> bool:
        """Whether any element is read otherwise than it is written."""
        return any(not looks.isdisjoint(_TELLING) for looks in self._found.values())

    def _look_at(self, tag: Element) -> Set[Look]:
        """How an element looks: as others of the same name and dress, as a rule."""
        alike = (tag.tag, *map(tag.get, _DRESS))
        looks = self._alike.get(alike)
        if looks is not None:
            return looks
        declared = self._styles.own(tag)
        looks = self._looks_of(tag, declared)
        # What stands in a colour is read by its ground, which is around it.
        is_coloured = bool(declared.get("color") or tag.get("color"))
        looks_around = is_coloured or self._styles.look_around(tag)
        if not looks_around:
            self._alike[alike] = looks
        return looks

    def _looks_of(self, tag: Element, declared: Declared) -> Set[Look]:
        """How an element looks, by its name and what is declared for it."""
        looks = self._declared_looks(declared)
        if tag.get("hidden") is not None:
            looks |= {Look.GONE}
        if tag.tag in _STRUCK:
            looks |= {Look.STRUCK}
        elif tag.tag in _RAISED:
            looks |= {Look.RAISED}
        if self._colours.hide(tag, declared):
            looks |= {Look.VOID}
        return looks

    def _declared_looks(self, declared: Declared) -> Set[Look]:
        """How an element looks by what is declared for it."""
        if not declared:
            return _PLAIN
        style = tuple(declared.items())
        looks = self._by_style.get(style)
        if looks is None:
            looks = self._by_style[style] = frozenset(looks_of(declared))
        return looks

    def _hidden(self) -> list[Element]:
        """The outermost elements that are not shown, in page order."""
        found: list[Element] = []
        within: set[Element] = set()
        for tag, looks in self._found.items():
            if not looks & _HIDING:
                continue
            if within.isdisjoint(tag.iterancestors()):
                found.append(tag)
            within.add(tag)
        return found


def _looking(content: Element, styles: Styles) -> Iterable[Element]:
    """The elements inside another one that may have looks of their own.

    In page order, but for those that have them by nothing but their name.
    """
    if styles.name_tags:
        return content.iterdescendants("*")
    # Most elements have no style, and no class or id that a style sheet could mean.
    dressed = cast(list[Element], _DRESSED(content))
    return [*dressed, *content.iterdescendants(*_STRUCK, *_RAISED)]


def _parts(content: Element, hidden: list[Element], styles: Styles) -> list[Element]:
    """The hidden elements that are a part of the report nevertheless.

    They are those of whose phrases of the form a third or more is printed nowhere else
    on the page: others are copies. What a style sheet hides, and not the element's own
    attribute, is a part as well if it is long: scripts unfold what is set in this way.
    """
    holders = [tag for tag in hidden if tag.tag in _HOLDERS]
    texts = {tag: _compact(tag) for tag in holders}
    long = [tag for tag in holders if len(texts[tag]) >= _LEAST_PART]
    if not long:
        return []
    whole = _compact(content)
    hidden_text = "\n".join(texts[tag] for tag in long)
    only_hidden = {key for key in KEYS if whole.count(key) == hidden_text.count(key)}
    """Phrases that are printed in hidden elements alone."""
    said: set[str] = set()
    found: list[Element] = []
    for tag in long:
        own = {key for key in KEYS if key in texts[tag]}
        alone = own & only_hidden
        by_sheet = not own and looks_of(styles.sheets_say(tag)[0]) & _HIDING
        is_new = bool(alone - said) and 3 * len(alone) >= len(own)
        if is_new or by_sheet:
            found.append(tag)
        said |= alone
    return found


def _compact(tag: Element) -> str:
    return "".join("".join(strings(tag)).split())


def _take_out(tag: Element) -> None:
    """Empties an element and makes it one that readers pass over; its tail stays."""
    tail = tag.tail
    tag.clear()
    tag.tag, tag.tail = _NOTHING, tail


def _has_words(text: str | None) -> bool:
    """Whether a piece of text is more than blanks."""
    return bool(text and text.strip())


def _mark(tag: Element) -> None:
    """Sets signs around raised text, so that it is told from the digits beside it."""
    tag.text = RAISED + (tag.text or "")
    if not len(tag):
        tag.text += LEVEL
        return
    last = tag[-1]
    last.tail = (last.tail or "") + LEVEL
