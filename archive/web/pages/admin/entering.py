"""Logging in and out."""

from __future__ import annotations

import logging
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import (
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as form_session
from flask.typing import ResponseReturnValue

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
from archive.web.pages.admin import cookies
from archive.web.pages.admin.gate import (
    address,
    blueprint,
    browser,
    do,
    is_password,
    lifetimes,
    person,
)

log = logging.getLogger("archive.log-in")

_WRONG = "名称或密码不正确。"
_WRONG_CODE = "验证码不正确，或者已经用过。"
_WAIT = "失败次数较多，请 {} 秒后再试。"


class Asked(NamedTuple):
    """Who wants to log in, as an account; nothing of it is proved."""

    account_id: int = 0
    password_hash: str | None = None


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """The form, and logging in.

    The same answer, after the same time, for a wrong name and a wrong password.
    """
    if request.method == "GET":
        return _form(following=request.args.get("next", ""))
    name = request.form.get("name", "")[: accounts.MAX_NAME].strip()
    following = request.form.get("next", "")
    asked = _asked(name)
    attempt = current_archive().store.write(partial(_attempt, asked=asked, name=name))
    if isinstance(attempt, attempts.Wait):
        return _wait(attempt, _form(name, _WAIT.format(attempt.seconds), following))
    # Asked of nobody's password too: the answer takes as long for an unknown name.
    is_right = is_password(asked.password_hash, request.form.get("password", ""))
    if is_right:
        entered = current_archive().store.write(
            partial(_enter, asked=asked, attempt=attempt)
        )
        if entered is not None:
            return _let_in(*entered, asked.account_id, following)
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
    account = accounts.get_account(db, asked.account_id)
    if account is None or account.disabled:
        return None
    if account.password_hash != asked.password_hash:
        return None
    attempts.was_right(db, attempt)
    _end_before(db)
    is_all = not account.factor
    token = sessions.begin(db, account.id, address(), browser(), passed=is_all)
    if is_all:
        who = Actor(account.name, address(), account.id)
        audit_log.note(db, who, Act.LOGIN, account.name)
    return token, is_all


def _end_before(db: Session) -> None:
    """The session of this browser from before, if it had one."""
    sessions.forget_old(db, lifetimes())
    before: Entered | None = g.person
    if before is not None:
        sessions.end(db, before.token_hash)


def _let_in(
    token: str, is_all: bool, account_id: int, following: str
) -> ResponseReturnValue:
    """The answer to the right password, or to the right code after it."""
    # Forms begin anew: the token of before may have been planted by somebody else.
    form_session.clear()
    if not is_all:
        response = make_response(redirect(url_for("admin.code", next=following)))
    else:
        response = make_response(redirect(_own_page(following)))
        cookies.know_device(response, account_id)
    cookies.hand_out(response, token)
    return response


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


@blueprint.route("/login/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second factor, after the right password."""
    who: Entered | None = g.person
    following = request.values.get("next", "")
    if who is None:
        return redirect(url_for("admin.login", next=following))
    if who.passed:
        return redirect(_own_page(following))
    if request.method == "GET":
        return _code_form(following)
    store = current_archive().store
    attempt = store.write(lambda db: attempts.by_itself(db, f"code {who.account_id}"))
    if isinstance(attempt, attempts.Wait):
        return _wait(attempt, _code_form(following, _WAIT.format(attempt.seconds)))
    typed = request.form.get("code", "")[:100]
    token = store.write(partial(_pass, who=who, attempt=attempt, typed=typed))
    if token is None:
        where = OfVisitor(address())
        log.warning("wrong code: account %s, from %s", who.account_id, where)
        return _code_form(following, _WRONG_CODE), 401
    return _let_in(token, True, who.account_id, following)


def _pass(
    db: Session, who: Entered, attempt: attempts.Attempt, typed: str
) -> str | None:
    """A new session for who typed a right code; None for a wrong one."""
    account = accounts.get_account(db, who.account_id)
    if account is None:
        return None
    is_spare = False
    if not factors.is_code(db, account, typed):
        is_spare = factors.is_recovery_code(db, account, typed)
        if not is_spare:
            return None
    attempts.was_right(db, attempt)
    _end_before(db)
    token = sessions.begin(db, account.id, address(), browser(), passed=True)
    me = Actor(account.name, address(), account.id)
    if is_spare:
        left = factors.codes_left(db, account.id)
        audit_log.note(db, me, Act.CODE_USED, account.name, f"剩余 {left} 个")
    audit_log.note(db, me, Act.LOGIN, account.name)
    return token


def _form(name: str = "", trouble: str = "", following: str = "") -> str:
    """The log-in form; `following` is the page to go on to."""
    return render_template(
        "admin/entering/login.html", name=name, trouble=trouble, next=following
    )


def _code_form(following: str, trouble: str = "") -> str:
    return render_template("admin/entering/code.html", trouble=trouble, next=following)


def _wait(wait: attempts.Wait, page: str) -> Response:
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _own_page(following: str) -> str:
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


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Ends the session."""
    token_hash = person().token_hash
    do(lambda db: sessions.end(db, token_hash), Act.LOGOUT, person().name)
    return leave("find.home")


def leave(page: str) -> Response:
    """Leads to a page, in a browser that is nobody's any more."""
    form_session.clear()
    response = make_response(redirect(url_for(page)))
    cookies.take_back(response)
    return response
