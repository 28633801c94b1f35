"""The first page for people, and all sources, by filters and pages."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, render_template, request

from archive.catalogue import Need, SourceCondition
from archive.jobs import digests, family_titles
from archive.store import SourceWish, desk, needs, runs, sources
from archive.web.addresses import page_asked, pages_of
from archive.web.current import current_archive
from archive.web.pages.admin.gate import blueprint
from archive.web.pages.admin.sources.asking import in_words, parameters, wish_asked

_MOST = 20
"""Sources that need a person, on the first page."""
_LATELY = timedelta(days=1)
"""So long it is said there that the worker was away."""
_STATE_OF = {
    Need.VANISHED: "",
    Need.PAUSED: SourceCondition.PAUSED,
    Need.FAILING: SourceCondition.FAILING,
    Need.INCOMPLETE: SourceCondition.INCOMPLETE,
    Need.STALE: SourceCondition.STALE,
}
"""What needs a person → the condition by which lists of sources show it."""


@blueprint.get("/")
def home() -> str:
    """How much there is and waits, what needs a person, and the latest runs."""
    moment = runs.now()
    silent = digests.silence(current_archive().settings, moment)
    with current_archive().store.session() as db:
        standing = needs.of_archive(db, moment - _LATELY)
        standing += needs.of_sources(db, moment, _MOST)
        return render_template(
            "admin/home.html",
            numbers=sources.numbers(db, SourceWish()),
            standing=[*silent, *standing],
            counts=needs.counts(db, moment),
            needs=Need,
            states=_STATE_OF,
            twins=sources.twins(db),
            runs=desk.runs(db),
            waiting=desk.waiting(db),
            families=family_titles(),
        )


@blueprint.get("/sources")
def list_sources() -> str:
    """A page of the sources that the address asks for, and how many of each kind."""
    wish, number = wish_asked(), page_asked(request.args)
    with current_archive().store.session() as db:
        counted = sources.numbers(db, wish)
        pages = pages_of(counted.total, sources.PAGE_OF_SOURCES)
        number = min(number, pages)
        return render_template(
            "admin/sources/list.html",
            chosen=sources.chosen(db, wish, number),
            numbers=counted,
            wish=wish,
            asked=parameters(wish),
            words=in_words(wish),
            page=number,
            pages=pages,
            states=SourceCondition,
            orders=sources.ORDERS,
            no_group=sources.NO_GROUP,
            families=family_titles(),
        )


@blueprint.get("/sources/export")
def export_sources() -> Response:
    """The sources that the address asks for, as a CSV file."""
    with current_archive().store.session() as db:
        data = sources.sheet_of(sources.listed(db, wish_asked()))
    answer = Response(data, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="sources.csv"'
    return answer
