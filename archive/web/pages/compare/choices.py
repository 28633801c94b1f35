"""What the form of a question offers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from archive.catalogue import (
    CLAIMS,
    FIGURES,
    GLANCE,
    INDICATOR_GROUPS,
    LEVELS,
    SECTORS,
    FigureRecord,
)
from archive.web.drawn import escape
from archive.web.pages.compare.asked import SIGNS, Asked, spans, written
from archive.web.pages.compare.columns import column

Offered = tuple[tuple[str, str], ...]
"""Keys with their names."""


@cache
def figure_groups() -> tuple[tuple[str, Offered], ...]:
    """Figures that can be ticked, under headings; any other is named by its key."""
    groups = [("常用数据", tuple((key, column(key).heading) for key in GLANCE))]
    for title, indicators in INDICATOR_GROUPS.items():
        offered = tuple((one.key, one.label) for one in indicators)
        groups.append((f"指标：{title}", offered))
    stated = tuple((key, one.label) for key, one in CLAIMS.items() if key not in GLANCE)
    groups.append(("正文所述数字", stated))
    groups += [(title, tuple(_totals(title))) for title in ("依申请公开", "复议诉讼")]
    return tuple(groups)


@cache
def _offered() -> frozenset[str]:
    """The keys that can be ticked."""
    return frozenset(key for _, offered in figure_groups() for key, _ in offered)


def _totals(table: str) -> Iterator[tuple[str, str]]:
    """The rows of a table, by their column of totals."""
    for key, record in FIGURES.items():
        is_total = record.table == table and key.endswith(".total")
        if is_total and key not in GLANCE:
            yield key, _name(record)


def _name(record: FigureRecord) -> str:
    return record.label.removesuffix(" · 总计")


@lru_cache(maxsize=50)
def ticks(figures: tuple[str, ...]) -> Markup:
    """A box to tick for each of them; these are ticked. Nearly everybody looks at the
    usual figures, and the boxes are a fifth of the page.
    """
    drawn = []
    for title, offered in figure_groups():
        boxes = "".join([_box(key, label, key in figures) for key, label in offered])
        legend = f"<legend>{escape(title)}</legend>"
        drawn.append(f'<fieldset class="ticks">{legend}{boxes}</fieldset>')
    # Made of pieces that are escaped, each by itself.
    return Markup("".join(drawn))  # noqa: S704


def _box(key: str, label: str, is_ticked: bool) -> str:
    key, ticked = escape(key), " checked" if is_ticked else ""
    box = f'<input type="checkbox" id="f-{key}" name="figure" value="{key}"{ticked}>'
    return f'<p>{box}<label for="f-{key}">{escape(label)}</label></p>'


def choices(asked: Asked | None = None) -> dict[str, Any]:
    """What the templates of the form need; `asked` is what stands in it already."""
    known = asked or Asked()
    offered = _offered()
    return {
        "asked": known,
        "question": written(known),
        "span_words": ",".join(spans(known.years)),
        "ticks": ticks(known.figures),
        "other_figures": [
            (key, column(key).label) for key in known.figures if key not in offered
        ],
        "signs": SIGNS,
        "levels": LEVELS,
        "sectors": SECTORS,
    }
