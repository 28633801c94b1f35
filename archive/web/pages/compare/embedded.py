"""The chart or the table of a question as other sites may frame it: nothing else of us
may be framed.
"""

from __future__ import annotations

from flask import render_template
from werkzeug.datastructures import MultiDict

from archive.web.current import current_archive
from archive.web.pages.compare import charted, lines, many, reading
from archive.web.pages.compare.gathered import gathered, lost, told_of_lost
from archive.web.pages.compare.links import first_page, public_link

MOST_LINES = 100
"""Rows of a framed table."""


def page(args: MultiDict[str, str]) -> str:
    """`show=table` shows the table, anything else the chart; where nothing can be drawn
    the table, too.
    """
    asked, notes = reading.asked(args)
    found = gathered(asked)
    chart = None
    if args.get("show") != "table":
        chart = charted.chart(found)
    shown = found.table.lines[:MOST_LINES]
    unreadable = {}
    if chart is None:
        with current_archive().store.asking() as session:
            unreadable = lost(session, shown, lately=True)
    return render_template(
        "compare/embed.html",
        found=found,
        title=many.whole_title(found),
        notes=(*notes, *found.notes, *told_of_lost(unreadable.values())),
        chart=chart,
        heads=[many.head(found.asked, one) for one in found.table.columns],
        rows=lines.lines(shown, unreadable),
        most=MOST_LINES,
        source=public_link("compare.page", first_page(found.asked)),
    )
