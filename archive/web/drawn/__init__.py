"""What stands on a page by the dozen, written as HTML here, since a template takes five
times as long for each, and most of the time of a page goes into them.

1 figures    cells of figures, cells as printed
2 lists      what is told of a report in a list, values of facets
3 hits       the reports of a result list
4 valued     values of many reports, or why there is none
5 compared   figures and paragraphs of two reports
  escaping   what is put in
"""

from flask import Flask

from archive.web.drawn.compared import changes, passages
from archive.web.drawn.escaping import escape
from archive.web.drawn.figures import (
    of_a_year,
    printed,
    request_rows,
    sheet_rows,
    statuses,
    value,
)
from archive.web.drawn.hits import hits, lesser_hits
from archive.web.drawn.lists import (
    about,
    badges,
    facet_rows,
    facets,
    published,
)
from archive.web.drawn.valued import choices, names_of, valued, valued_cell


def equip(app: Flask) -> None:
    """Give the templates these as filters."""
    app.jinja_env.filters.update(
        value=value,
        sheet_rows=sheet_rows,
        request_rows=request_rows,
        of_a_year=of_a_year,
        statuses=statuses,
        printed=printed,
        facet_rows=facet_rows,
        facets=facets,
        about=about,
        published=published,
        hits=hits,
        lesser_hits=lesser_hits,
        changes=changes,
        passages=passages,
        names_of=names_of,
        choices=choices,
        valued=valued,
        valued_cell=valued_cell,
    )
    app.jinja_env.globals.update(badges=badges)


__all__ = ["equip", "escape"]
