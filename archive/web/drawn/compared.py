"""Two reports side by side: their figures a row each, and their paragraphs."""

# What is put in is escaped here, piece by piece.
# ruff: noqa: S704

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from archive.report import Change, Figure, Passage, PassageKind, Piece
from archive.web import labels
from archive.web.drawn.escaping import escape
from archive.web.drawn.figures import beside
from archive.web.shown import signed


def changes(rows: Iterable[Change]) -> Markup:
    """Figures of both reports, a row each."""
    return Markup("".join(map(_change, rows)))


def _change(change: Change) -> str:
    """A figure of both, the difference, and that in percent; what is 0 steps back."""
    percent = "" if change.percent is None else f"{signed(change.percent)}%"
    looks = " up" if change.difference else " zero"
    of_percent = "" if change.percent else " zero"
    return (
        f'<tr><th scope="row" class="depth-1">{escape(labels.figure_label(change.key))}'
        f"</th>{_side(change.before)}{_side(change.after)}"
        f'<td class="num{looks}">{signed(change.difference)}</td>'
        f'<td class="num{of_percent}">{percent}</td></tr>'
    )


def _side(figure: Figure | None) -> str:
    """A figure of one of the two."""
    is_zero = figure is not None and figure.value == 0
    looks = "num zero" if is_zero else "num"
    return f'<td class="{looks}">{beside(figure)}</td>'


def passages(of_section: Iterable[Passage], old: Markup, new: Markup) -> Markup:
    """The paragraphs of a section; `old` and `new` is what the reports are called."""
    return Markup("".join([_passage(one, old, new) for one in of_section]))


def _passage(passage: Passage, old: Markup, new: Markup) -> str:
    """A paragraph of both, or the one beside the other."""
    if passage.kind is PassageKind.SAME:
        text = "".join([piece.text for piece in passage.before])
        return f'<div class="same"><p>{escape(text)}</p></div>'
    before = _wording(passage.before, "del", old)
    after = _wording(passage.after, "ins", new)
    return f'<div class="pair">{before}{after}</div>'


def _wording(pieces: Iterable[Piece], changed: str, of: Markup) -> str:
    """The wording of one report; `changed` is the element for what only it has."""
    drawn = [
        f"<{changed}>{escape(piece.text)}</{changed}>"
        if piece.changed
        else escape(piece.text)
        for piece in pieces
    ]
    if drawn:
        return f'<p><span class="which">{of}：</span>{"".join(drawn)}</p>'
    return f'<p><span class="none">（{of} 没有这一段）</span></p>'
