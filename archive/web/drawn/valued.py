"""Values of many reports, as cells of a table and within a line."""

# What is put in is escaped here, piece by piece.
# ruff: noqa: S704

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup

from archive.catalogue import INDICATOR_GROUPS, Indicator
from archive.store import Valued
from archive.web.drawn.escaping import escape
from archive.web.figures import valued as figures


def valued(one: Valued, key: str) -> Markup:
    """A value within a line, or the state's word."""
    return Markup(_drawn(figures.shown_value(key, one)))


def valued_cell(one: Valued, key: str, href: str = "") -> Markup:
    """The same as the cell of a table, which may lead to where it is printed; a 0 steps
    back.
    """
    shown = figures.shown_value(key, one)
    looks = "num"
    if shown.has_value and one.value == 0 and not one.is_of_few:
        looks = "num zero"
    drawn = _drawn(shown)
    if href:
        drawn = f'<a href="{escape(href)}">{drawn}</a>'
    return Markup(f'<td class="{looks}">{drawn}</td>')


def names_of(keys: Iterable[str]) -> list[str]:
    """What these figures, claims and indicators are called."""
    return [figures.name_of(key) for key in keys]


def choices(keys: Sequence[str]) -> Markup:
    """A box to tick for each indicator; these are ticked."""
    return _choices(tuple(keys))


@lru_cache(maxsize=100)
def _choices(keys: tuple[str, ...]) -> Markup:
    """The same for whoever looks at these; nearly everybody looks at the usual ones."""
    drawn = []
    for title, indicators in INDICATOR_GROUPS.items():
        boxes = "".join([_box(one, one.key in keys) for one in indicators])
        drawn.append(f"<fieldset><legend>{escape(title)}</legend>{boxes}</fieldset>")
    return Markup("".join(drawn))


def _box(one: Indicator, is_ticked: bool) -> str:
    key, ticked = escape(one.key), " checked" if is_ticked else ""
    box = f'<input type="checkbox" id="figure-{key}" name="figure" value="{key}"'
    label = f'<label class="nowrap" for="figure-{key}">'
    return f"{label}{box}{ticked}> {escape(one.label)}</label> "


def _drawn(shown: figures.ShownValue) -> str:
    """What has no value looks other than what has; the reason is read out, too."""
    text = escape(shown.text)
    if shown.mark:
        hint = f'<span class="vh">（{escape(shown.title)}）</span>'
        text += f'<sup aria-hidden="true">{escape(shown.mark)}</sup>{hint}'
    if shown.title:
        looks = "" if shown.has_value else ' class="soft"'
        text = f'<span{looks} title="{escape(shown.title)}">{text}</span>'
    if shown.beside:
        text += f' <small class="soft">{escape(shown.beside)}</small>'
    return text
