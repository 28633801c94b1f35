"""What a browser gets that has proved whose it is, and what is taken from it again."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, g, make_response, redirect, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue

from archive.store import Entered, Session, attempts, sessions
from archive.web.pages.admin import cookies
from archive.web.pages.admin.gate import lifetimes


def end_before(db: Session) -> None:
    """The session of this browser from before, if it had one."""
    sessions.forget_old(db, lifetimes())
    before: Entered | None = g.person
    if before is not None:
        sessions.end(db, before.token_hash)


def let_in(
    token: str, is_all: bool, account_id: int, following: str
) -> ResponseReturnValue:
    """The answer to the right password, or to the right code after it."""
    # Forms begin anew: the token of before may have been planted by somebody else.
    form_session.clear()
    if not is_all:
        response = make_response(redirect(url_for("admin.code", next=following)))
    else:
        response = make_response(redirect(own_page(following)))
        cookies.know_device(response, account_id)
    cookies.hand_out(response, token)
    return response


def own_page(following: str) -> str:
    """A page of this site to go on to.

    Anything else would lead people astray after logging in.
    """
    try:
        parts = urlsplit(following)
    except ValueError:
        return url_for("admin.home")
    leads_out = parts.netloc or parts.scheme or "\\" in following
    # Line breaks and the like are no part of an address.
    is_address = following.startswith("/admin") and following.isprintable()
    if leads_out or not is_address:
        return url_for("admin.home")
    return following


def leave(page: str) -> Response:
    """Leads to a page, in a browser that is nobody's any more."""
    form_session.clear()
    response = make_response(redirect(url_for(page)))
    cookies.take_back(response)
    return response


def told_to_wait(wait: attempts.Wait, page: str) -> Response:
    """A page for who may not try yet, and how long that is for programs."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response
