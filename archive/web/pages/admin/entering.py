"""Logging in with name and password, and out."""

from __future__ import annotations

import logging
from functools import partial
from typing import NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue

from archive.catalogue import Act
from archive.store import (
    Actor,
    Session,
    accounts,
    attempts,
    audit_log,
    sessions,
)
from archive.watching import OfVisitor
from archive.web.current import current_archive
from archive.web.pages.admin import cookies
from archive.web.pages.admin.gate import (
    address,
    blueprint,
    browser,
    do,
    is_password,
    patience,
    person,
)
from archive.web.pages.admin.letting_in import (
    end_before,
    leave,
    let_in,
    told_to_wait,
)

log = logging.getLogger("archive.log-in")

_WRONG = "名称或密码不正确。"


class Asked(NamedTuple):
    """Who wants to log in, as an account; nothing of it is proved."""

    account_id: int = 0
    password_hash: str | None = None


@blueprint.get("/login")
def login() -> str:
    """The form."""
    return _form(following=request.args.get("next", ""))


@blueprint.post("/login")
def try_password() -> ResponseReturnValue:
    """Logging in.

    The same answer, after the same time, for a wrong name and a wrong password.
    """
    name = request.form.get("name", "")[: accounts.MAX_NAME].strip()
    following = request.form.get("next", "")
    asked = _asked(name)
    attempt = current_archive().store.write(partial(_attempt, asked=asked, name=name))
    if isinstance(attempt, attempts.Wait):
        return told_to_wait(attempt, _form(name, patience(attempt), following))
    # Asked of nobody's password too: the answer takes as long for an unknown name.
    is_right = is_password(asked.password_hash, request.form.get("password", ""))
    if is_right:
        entered = current_archive().store.write(
            partial(_enter, asked=asked, attempt=attempt)
        )
        if entered is not None:
            return let_in(*entered, asked.account_id, following)
    _note_failure(asked, name, attempt)
    return _form(name, _WRONG, following), 401


def _asked(name: str) -> Asked:
    store = current_archive().store
    store.write(attempts.tidy)
    with store.session() as db:
        account = accounts.find_account(db, name)
        if account is None or account.disabled:
            return Asked()
        return Asked(account.id, account.password_hash)


def _attempt(db: Session, asked: Asked, name: str) -> attempts.Attempt | attempts.Wait:
    """Counts the attempt: a browser that logged in before by itself."""
    device = cookies.device_of(asked.account_id) if asked.account_id else ""
    if device:
        return attempts.by_itself(db, f"device {device}")
    return attempts.log_in(db, request.remote_addr, accounts.as_typed(name))


def _enter(
    db: Session, asked: Asked, attempt: attempts.Attempt
) -> tuple[str, bool] | None:
    """A session for who gave the right password: its token, and whether that is all.

    None when the account was disabled or got another password at this moment.
    """
    account = accounts.hold_account(db, asked.account_id)
    if account is None or account.disabled:
        return None
    if account.password_hash != asked.password_hash:
        return None
    attempts.was_right(db, attempt)
    end_before(db)
    is_all = not account.factor
    token = sessions.begin(db, account.id, address(), browser(), passed=is_all)
    if is_all:
        who = Actor(account.name, address(), account.id)
        audit_log.note(db, who, Act.LOGIN, account.name)
    return token, is_all


def _note_failure(asked: Asked, name: str, attempt: attempts.Attempt) -> None:
    """Tells of a wrong password; the audit log once, when delays begin."""
    # Of an unknown name nothing is told: people type passwords there.
    if not asked.account_id:
        log.warning("log-in failed: unknown name, from %s", OfVisitor(address()))
        return
    where = OfVisitor(address())
    log.warning("log-in failed: account %s, from %s", asked.account_id, where)
    if attempt.failures == attempts.FREE:
        somebody = Actor("", address())
        current_archive().store.write(
            lambda db: audit_log.note(db, somebody, Act.LOGIN_SLOWED, name)
        )


def _form(name: str = "", trouble: str = "", following: str = "") -> str:
    """The log-in form; `following` is the page to go on to."""
    return render_template(
        "admin/entering/login.html", name=name, trouble=trouble, next=following
    )


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Ends the session."""
    token_hash = person().token_hash
    do(lambda db: sessions.end(db, token_hash), Act.LOGOUT, person().name)
    return leave("find.home")
