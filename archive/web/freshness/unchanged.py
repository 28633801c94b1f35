"""Who has a page as it is now is told so before anything is done for it.

What a page shows follows from the database, the index and the day. As long as these are
what they were when it was made, so is the page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from flask import Flask, Response, current_app, g, request

from archive.search import IndexTrouble
from archive.store import DatabaseTrouble
from archive.web.asking import today
from archive.web.current import current_archive

MOST = 2_000
"""Pages of which a process knows the version."""
_LONGEST = 2_000
"""Signs of an address up to which its version is kept."""
_OTHERWISE = frozenset({None, "admin", "health", "status"})
"""Blueprints with pages that tell of visitors, of this moment, or of the worker; None
is that of files and of addresses that do not exist.
"""
_WHOLE = frozenset({"text/html", "application/json"})
"""Media types of pages; a file to be taken home says when it was asked for."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A page as it was made, and of what."""

    state: Hashable
    tag: str
    """Without quotes and `W/`."""
    kept: str
    """Its `Cache-Control`."""
    vary: str


class _Versions:
    """Address → its version; which was not asked for longest goes first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Version] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str) -> _Version | None:
        with self._lock:
            found = self._known.get(address)
            if found is not None:
                self._known.move_to_end(address)
            return found

    def keep(self, address: str, version: _Version) -> None:
        with self._lock:
            self._known[address] = version
            self._known.move_to_end(address)
            if len(self._known) > MOST:
                self._known.popitem(last=False)


def answer_early(app: Flask) -> None:
    """Looked for before a view is asked, behind all that refuses a request."""
    app.extensions["versions"] = _Versions()

    @app.before_request
    def answer_who_has_it() -> Response | None:
        address = _address()
        if not address:
            return None
        # Before the page is made: what is changed meanwhile makes another state.
        g.state = _state()
        known = _versions().get(address)
        if known is None or known.state != g.state:
            return None
        if not request.if_none_match.contains_weak(known.tag):
            return None
        return _unchanged(known)


def remember(response: Response) -> None:
    """Notes the version of a page that has been made."""
    state, (tag, _) = g.get("state"), response.get_etag()
    if state is None or tag is None or response.mimetype not in _WHOLE:
        return
    kept, vary = response.headers["Cache-Control"], response.headers["Vary"]
    _versions().keep(_address(), _Version(state, tag, kept, vary))


def _unchanged(version: _Version) -> Response:
    """The answer without a body."""
    answer = Response(status=304)
    answer.set_etag(version.tag, weak=True)
    answer.headers["Cache-Control"] = version.kept
    answer.headers["Vary"] = version.vary
    return answer


def _address() -> str:
    """What was asked for; empty for what is not one of these pages."""
    if request.method not in {"GET", "HEAD"} or request.blueprint in _OTHERWISE:
        return ""
    address = f"{request.script_root}{request.full_path}"
    return address if len(address) <= _LONGEST else ""


def _state() -> Hashable:
    """What all pages are made of; None where that cannot be said."""
    archive = current_archive()
    try:
        return archive.store.state(), archive.index.state(), today()
    except (DatabaseTrouble, IndexTrouble):
        # Which page needs what, its view knows.
        return None


def _versions() -> _Versions:
    found: _Versions = current_app.extensions["versions"]
    return found
