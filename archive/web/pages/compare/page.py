"""The addresses of the comparison: of two reports, or of many as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestURITooLarge
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.web.guards import csrf, limiter
from archive.web.pages.compare import (
    embedded,
    exports,
    many,
    pasting,
    reading,
    short,
    sides,
)
from archive.web.pages.compare.links import link

blueprint = Blueprint("compare", __name__)

_LONGEST = 400_000
"""Bytes of a question, where another server than ours lets so much come."""
_SENT = "go"
"""What the form adds to its address, so that it is put in order."""
_TAKEN_OFF = "without"
"""What the names of agencies add: the key of one that is no longer meant."""


def _is_of_two() -> bool:
    """Whether the address names reports, or asks for nothing at all."""
    names_report = request.args.get("a") or request.args.get("b")
    return bool(names_report) or not reading.is_asked(request.args)


@blueprint.before_request
def refuse_long_questions() -> None:
    """Before anything of it is looked at."""
    if len(request.query_string) > _LONGEST:
        raise RequestURITooLarge(
            "问题太长。请在“比较多个机关”页粘贴名称，由本站保存成短码。"
        )


@blueprint.get("/compare")
def page() -> str | WerkzeugResponse:
    """Two reports side by side, a table of many, or the forms that choose."""
    if _is_of_two():
        return sides.page()
    if _SENT in request.args:
        # What a form sends has empty fields, and a condition in three of them.
        args = MultiDict(request.args)
        args.update(_typed(args))
        asked, notes = reading.asked(args)
        if not notes:
            return redirect(link("compare.page", replace(asked, page=1)))
        return many.page(args)
    if _TAKEN_OFF in request.args:
        asked, _ = reading.asked(request.args)
        rest = many.without_agencies(asked, request.args.getlist(_TAKEN_OFF))
        return redirect(link("compare.page", rest))
    return many.page(request.args)


def _typed(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was typed in fields of its own: a condition, figures by name."""
    found = MultiDict[str, str]()
    name = args.get("where_key", "").strip()
    value = args.get("where_value", "").strip()
    if value:
        found.add("where", f"{name}{args.get('where_sign', '>')}{value}")
    elif name:
        found.add("where", name)
    for name in _pieces(args.get("figures", "")):
        found.add("figure", name)
    for years in _pieces(args.get("years", "")):
        found.add("year", years)
    return found


def _pieces(text: str) -> Iterator[str]:
    """What stands between commas, Chinese ones too."""
    pieces = text.replace("，", ",").split(",")
    return filter(None, map(str.strip, pieces))


@blueprint.get("/compare.json")
def page_json() -> tuple[Response, int] | Response:
    """The same as data."""
    if _is_of_two():
        return sides.page_json()
    return exports.as_json()


@blueprint.get("/compare.<any(csv, xlsx):kind>")
@limiter.limit("60 per minute")
def page_export(kind: str) -> tuple[Response, int] | Response:
    """The same for a spreadsheet."""
    if _is_of_two():
        return sides.page_export(kind)
    return exports.as_table(kind)


@blueprint.get("/embed/compare")
def embed() -> str:
    """The chart or the table of a question, to be framed by other sites."""
    return embedded.page(request.args)


@blueprint.get("/embed/c/<code>")
def embed_kept(code: str) -> str:
    """The same of a kept question."""
    args = short.args_of(code)
    args.update(request.args)
    return embedded.page(args)


@blueprint.get("/c/<code>")
def kept(code: str) -> WerkzeugResponse:
    """The short address of a question."""
    return redirect(short.address_of(code))


# The two below need no token, which would need a cookie: nobody is logged in here, and
# a question is kept under a code that follows from it, whoever sends it.
@blueprint.post("/c")
@limiter.limit("20 per minute")
def keep() -> WerkzeugResponse:
    """Keeps the question of a page, and leads back to it."""
    return redirect(short.keep(request.form.get("question", "")), 303)


@blueprint.post("/compare/agencies")
@limiter.limit("20 per minute")
def agencies() -> str | WerkzeugResponse:
    """Takes names from a spreadsheet, and asks about those that are not sure."""
    return pasting.page()


csrf.exempt(keep)
csrf.exempt(agencies)
