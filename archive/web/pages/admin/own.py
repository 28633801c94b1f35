"""One's own account: password, where one is logged in, what one did."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act
from archive.store import (
    Session,
    accounts,
    attempts,
    audit_log,
    factors,
    feeds,
    passwords,
    sessions,
)
from archive.web.current import current_archive
from archive.web.pages.admin.gate import (
    blueprint,
    do,
    hashed,
    is_password,
    lifetimes,
    patience,
    person,
)
from archive.web.pages.admin.letting_in import leave
from archive.web.pages.admin.links import DIFFERENT


@blueprint.get("/own")
def own() -> str:
    """All of it on one page."""
    who = person()
    with current_archive().store.session() as db:
        return render_template(
            "admin/own/own.html",
            sessions=sessions.sessions_of(db, who.account_id, lifetimes()),
            codes_left=factors.codes_left(db, who.account_id),
            feed_since=feeds.made_at(db, who.account_id),
            lines=audit_log.acts_of(db, who.account_id),
            least=passwords.MIN_PASSWORD,
        )


@blueprint.post("/own/password")
def own_password() -> ResponseReturnValue:
    """Changes the password; asks for the present one, and ends all other sessions."""
    who = person()
    back = redirect(url_for("admin.own"))
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        flash(DIFFERENT)
        return back
    if not proves_itself():
        return back
    try:
        kept = hashed(who.name, password)
    except passwords.WeakPassword as weak:
        flash(str(weak))
        return back

    def change(db: Session) -> None:
        account = accounts.get_account(db, who.account_id)
        if account is not None:
            accounts.set_password(db, account, kept, but=who.token_hash)

    do(change, Act.PASSWORD_CHANGED, who.name)
    flash("密码已修改，其他地方的登录都已结束。")
    return back


@blueprint.post("/own/sessions")
def own_sessions() -> ResponseReturnValue:
    """Logs out everywhere, here too."""
    account_id = person().account_id
    do(lambda db: sessions.end_all(db, account_id), Act.SESSIONS_ENDED, person().name)
    return leave("admin.login")


def proves_itself() -> bool:
    """Whether the form has one's own password: what matters most is asked for again.

    Says so where it has not.
    """
    account_id = person().account_id
    store = current_archive().store
    attempt = store.write(lambda db: attempts.by_itself(db, f"own {account_id}"))
    if isinstance(attempt, attempts.Wait):
        flash(patience(attempt))
        return False
    with store.session() as db:
        account = accounts.get_account(db, account_id)
        known_hash = account.password_hash if account else None
    if not is_password(known_hash, request.form.get("current", "")):
        flash("现在的密码不正确，没有任何改动。")
        return False
    store.write(lambda db: attempts.was_right(db, attempt))
    return True
