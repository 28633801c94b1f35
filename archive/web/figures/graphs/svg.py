"""Shapes and words as SVG. Looks are classes of the style sheet; words are escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from html import escape

from archive.web.figures.graphs.plot import Plot, described

_LONGEST = 12
RADIUS = 3.5
"""Of a dot, where there is room."""


def image(plot: Plot, width: float, height: float, parts: Iterable[str]) -> str:
    """The drawing, with its title and a sentence for who does not see it."""
    # Two charts of a page must not share the identifiers of their titles.
    mark = hashlib.sha256(f"{plot.title}{plot.years}".encode()).hexdigest()[:8]
    title, told = f"chart-{mark}-title", f"chart-{mark}-told"
    return (
        f'<svg class="graph" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{title} {told}">'
        f'<title id="{title}">{escape(plot.title)}</title>'
        f'<desc id="{told}">{escape(described(plot))}</desc>{"".join(parts)}</svg>'
    )


def words(x: float, y: float, text: str, looks: str = "", anchor: str = "start") -> str:
    """A line of words; `anchor`: start, middle or end."""
    named = f' class="{looks}"' if looks else ""
    return (
        f'<text{named} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def short(name: str, most: int = _LONGEST) -> str:
    """A name as long as there is room: places begin alike, bodies end alike."""
    if len(name) <= most:
        return name
    return f"{name[: most - 5]}…{name[-4:]}"


def line(x1: float, y1: float, x2: float, y2: float, looks: str) -> str:
    """A straight line."""
    return f'<line class="{looks}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def bar(x: float, y: float, width: float, height: float, told: str) -> str:
    """A bar, with what it says for who points at it."""
    return (
        f'<rect class="bar" x="{x:g}" y="{y:g}" width="{max(width, 0.5):g}" '
        f'height="{height:g}"><title>{escape(told)}</title></rect>'
    )


def dot(x: float, y: float, looks: str, told: str, radius: float) -> str:
    """A point."""
    title = f"<title>{escape(told)}</title>"
    return (
        f'<circle class="{looks}" cx="{x:g}" cy="{y:g}" r="{radius:g}">{title}</circle>'
    )


Place = tuple[float, float]


def path(places: Sequence[Place | None], looks: str) -> str:
    """A line through places; None is a gap, and a place between two has no line."""
    steps: list[str] = []
    before: Place | None = None
    for place in places:
        if place is not None:
            letter = "M" if before is None else "L"
            steps.append(f"{letter}{place[0]:g} {place[1]:g}")
        before = place
    return f'<path class="{looks}" d="{"".join(steps)}"/>'
