"""The second step of logging in: a code of the telephone, or one on paper."""

from __future__ import annotations

import logging
from functools import partial

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from archive.catalogue import Act
from archive.store import (
    Actor,
    Entered,
    Session,
    accounts,
    attempts,
    audit_log,
    factors,
    sessions,
)
from archive.watching import OfVisitor
from archive.web.current import current_archive
from archive.web.pages.admin.gate import address, blueprint, browser, patience
from archive.web.pages.admin.letting_in import (
    end_before,
    let_in,
    own_page,
    told_to_wait,
)

log = logging.getLogger("archive.log-in")

_WRONG = "验证码不正确，或者已经用过。"


@blueprint.get("/login/code")
def code() -> ResponseReturnValue:
    """The form for the second factor, after the right password."""
    following = request.args.get("next", "")
    who = _half_in(following)
    return _form(following) if isinstance(who, Entered) else who


@blueprint.post("/login/code")
def try_code() -> ResponseReturnValue:
    """The second step of logging in."""
    following = request.values.get("next", "")
    who = _half_in(following)
    if not isinstance(who, Entered):
        return who
    store = current_archive().store
    attempt = store.write(lambda db: attempts.by_itself(db, f"code {who.account_id}"))
    if isinstance(attempt, attempts.Wait):
        return told_to_wait(attempt, _form(following, patience(attempt)))
    typed = request.form.get("code", "")[:100]
    token = store.write(partial(_pass, who=who, attempt=attempt, typed=typed))
    if token is None:
        where = OfVisitor(address())
        log.warning("wrong code: account %s, from %s", who.account_id, where)
        return _form(following, _WRONG), 401
    return let_in(token, True, who.account_id, following)


def _half_in(following: str) -> Entered | Response:
    """Who gave the right password and no code yet; where to go on, for others."""
    who: Entered | None = g.person
    if who is None:
        return redirect(url_for("admin.login", next=following))
    if who.passed:
        return redirect(own_page(following))
    return who


def _pass(
    db: Session, who: Entered, attempt: attempts.Attempt, typed: str
) -> str | None:
    """A new session for who typed a right code; None for a wrong one, and when the
    first step no longer holds: it was used, or ended from elsewhere.
    """
    account = accounts.hold_account(db, who.account_id)
    if account is None or account.disabled:
        return None
    if not sessions.is_there(db, who.token_hash):
        return None
    is_spare = not factors.is_code(db, account, typed)
    if is_spare and not factors.is_recovery_code(db, account, typed):
        return None
    attempts.was_right(db, attempt)
    end_before(db)
    token = sessions.begin(db, account.id, address(), browser(), passed=True)
    me = Actor(account.name, address(), account.id)
    if is_spare:
        left = factors.codes_left(db, account.id)
        audit_log.note(db, me, Act.CODE_USED, account.name, f"剩余 {left} 个")
    audit_log.note(db, me, Act.LOGIN, account.name)
    return token


def _form(following: str, trouble: str = "") -> str:
    return render_template("admin/entering/code.html", trouble=trouble, next=following)
