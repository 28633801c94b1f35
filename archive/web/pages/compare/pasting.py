"""Names from a spreadsheet, taken into a question: what is sure at once, what is not
after a person has chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.store import comparing
from archive.web.current import current_archive
from archive.web.pages.compare import reading, short
from archive.web.pages.compare.asked import Asked, written


def page() -> str | WerkzeugResponse:
    """Takes names or chosen keys; leads to the table, or asks about the rest."""
    question = request.form.get("question", "")
    asked, _ = reading.asked(short.question_in(question))
    if "names" in request.form:
        return _named(asked, request.form["names"])
    sure = request.form.get("sure", "").split()
    return _led_on(asked, [*sure, *request.form.getlist("key")])


def _named(asked: Asked, text: str) -> str | WerkzeugResponse:
    try:
        named = comparing.names_in(text)
    except comparing.TooMuch as much:
        abort(413, f"{much}。请只粘贴名称一列，或者分几次粘贴。")
    with current_archive().store.asking() as session:
        found = comparing.matched(named, comparing.directory(session))
    by_how: defaultdict[str, list[comparing.Match]] = defaultdict(list)
    for one in found:
        by_how[one.how].append(one)
    sure = by_how["exact"]
    keys = list(dict.fromkeys(one.entries[0].key for one in sure))
    if found and len(sure) == len(found):
        return _led_on(asked, keys)
    return render_template(
        "compare/matched.html",
        question=written(asked),
        sure=sure,
        keys=keys,
        likely=by_how["one"],
        several=by_how["several"],
        unknown=by_how["none"],
        total=len(found),
    )


def _led_on(asked: Asked, keys: Sequence[str]) -> WerkzeugResponse:
    """To the table with these agencies."""
    known = [key for key in keys if key and len(key) <= 200]
    return redirect(short.with_agencies(asked, known), 303)
