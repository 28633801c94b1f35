"""How long an answer may be kept and by whom, how a browser asks whether it changed,
and compression: in one place for every answer.

unchanged  who has a page as it is now is told so before anything is done for it
packing    compression
"""

from __future__ import annotations

import hashlib

from flask import Flask, Response, request

from archive.web.freshness.packing import pack, tell_of_packing
from archive.web.freshness.unchanged import answer_early, remember

__all__ = ["FOR_ALL", "FOR_GOOD", "FOR_NOBODY", "FOR_ONE", "answer_early", "equip"]

FOR_ALL = "public, max-age=60"
"""Every public page and its data: new reports come by the day, and a page that is asked
for again within a minute is seldom another one. Then the browser asks with the ETag.
"""
FOR_ONE = "private, no-store"
"""Pages of people with an account: what they see must not stay behind in a cache."""
FOR_NOBODY = "no-store"
"""Errors: the next answer may be a good one. A probe asks about this moment."""
FOR_GOOD = "public, max-age=31536000, immutable"
"""What has the digest of its bytes in its address: other bytes have another address."""

_PEOPLE = "admin"
"""The blueprint of people with an account; no other looks at the session."""
_NOW = "health"
"""The blueprint of probes."""
_STATIC = "static"
_SENT_AS_THEY_ARE = frozenset(
    {
        "reports.original",
        "evidence.proof",
        # Made while they are sent: nobody knows yet what will stand at their end.
        "find.search_export",
        "agencies.agencies_export",
    }
)


def equip(app: Flask) -> None:
    """Every answer says how long it may be kept, tells its version, and is packed."""

    @app.after_request
    def finish(response: Response) -> Response:
        """The last to see an answer before it is sent."""
        _say_how_long(response)
        if request.endpoint == _STATIC and response.status_code == 304:
            tell_of_packing(response)
        is_file = request.endpoint in _SENT_AS_THEY_ARE
        is_page = response.status_code == 200 and not is_file
        if not is_page or request.blueprint == _PEOPLE:
            # Packed together with what a visitor typed, the token of a form could be
            # guessed from the size (BREACH): pages of people are sent as they are.
            return response
        if request.endpoint != _STATIC:
            _tell_version(response)
            remember(response)
        if response.status_code == 200:
            pack(response)
        return response


def _say_how_long(response: Response) -> None:
    """`Cache-Control`, where a view has not set it itself."""
    is_error = response.status_code >= 400
    if request.endpoint == _STATIC and "v" in request.args and not is_error:
        response.headers["Cache-Control"] = FOR_GOOD
    response.headers.setdefault("Cache-Control", _may_be_kept(response))


def _may_be_kept(response: Response) -> str:
    """Who may keep an answer, and how long."""
    if request.blueprint == _PEOPLE:
        return FOR_ONE
    if response.status_code >= 400 or request.blueprint == _NOW:
        return FOR_NOBODY
    return FOR_ALL


def _tell_version(response: Response) -> None:
    """A weak ETag of the body; 304 without a body for who has this version already.

    Weak: packed and unpacked are the same page.
    """
    digest = hashlib.blake2b(response.get_data(), digest_size=12).hexdigest()
    response.set_etag(digest, weak=True)
    # Packed or not is the same page, so this stands on the 304 too.
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
