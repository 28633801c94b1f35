"""Other people: invited, let in, with which role; for admins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import LINK_OFFERS, Act, Role
from archive.store import (
    Account,
    Session,
    accounts,
    attempts,
    audit_log,
    factors,
    links,
    sessions,
)
from archive.web.current import current_archive
from archive.web.pages.admin.gate import actor, blueprint, do, lifetimes, there
from archive.web.pages.admin.gate import person as oneself
from archive.web.pages.admin.letting_in import leave

Result = TypeVar("Result")


@blueprint.get("/people")
def people() -> str:
    """Everybody, and the form to invite somebody."""
    with current_archive().store.session() as db:
        known = accounts.list_accounts(db)
    return render_template("admin/people/people.html", known=known)


@blueprint.post("/people")
def invite() -> ResponseReturnValue:
    """Makes an account without a password, and the link to set one; shown once."""
    role = _role()
    try:
        name = accounts.clean_name(request.form.get("name", ""))
    except accounts.BadName as bad:
        flash(str(bad))
        return redirect(url_for("admin.people"))

    def add(db: Session) -> tuple[int, str, datetime] | None:
        if accounts.find_account(db, name) is not None:
            return None
        account = accounts.add_account(db, name, role)
        audit_log.note(db, who, Act.ACCOUNT_INVITED, name, role.label)
        return account.id, *links.offer(db, account)

    who = actor()
    made = current_archive().store.write(add)
    if made is None:
        flash(f"已经有名为“{name}”的账号。")
        return redirect(url_for("admin.people"))
    return _shown(name, True, *made)


def _shown(
    name: str, is_invited: bool, account_id: int, token: str, expires_at: datetime
) -> str:
    """The page with a new link; nobody sees it a second time."""
    path = url_for("admin.link", token=token)
    # Without a public address: by the name that was asked for, which the guards know.
    site = current_archive().settings.public_url or request.host_url.rstrip("/")
    return render_template(
        "admin/people/link.html",
        name=name,
        is_invited=is_invited,
        account_id=account_id,
        link=site + path,
        expires_at=expires_at,
    )


@blueprint.get("/people/<int:account_id>")
def person(account_id: int) -> str:
    """A person: state, sessions, what was done lately."""
    with current_archive().store.session() as db:
        known = there(accounts.known(db, account_id))
        return render_template(
            "admin/people/person.html",
            known=known,
            sessions=sessions.sessions_of(db, account_id, lifetimes()),
            lines=audit_log.acts_of(db, account_id),
            failures=attempts.failures_of_name(db, known.account.name),
        )


@blueprint.post("/people/<int:account_id>/role")
def person_role(account_id: int) -> ResponseReturnValue:
    """Gives a person another role."""
    role = _role()
    name = _name(account_id)

    def change(db: Session) -> bool:
        return accounts.set_role(db, _account(db, account_id), role)

    if _change(change, Act.ROLE_CHANGED, name, role.label):
        flash(f"{name} 的角色现在是“{role.label}”，原有的登录都已结束。")
    return _back(account_id)


@blueprint.post("/people/<int:account_id>/state")
def person_state(account_id: int) -> ResponseReturnValue:
    """Disables a person's account, or enables it."""
    wanted = request.form.get("state", "")
    if wanted not in {"disabled", "enabled"}:
        abort(400, "没有这种状态。")
    is_off, name = wanted == "disabled", _name(account_id)
    act = Act.ACCOUNT_DISABLED if is_off else Act.ACCOUNT_ENABLED

    def change(db: Session) -> bool:
        return accounts.set_disabled(db, _account(db, account_id), is_off)

    if _change(change, act, name):
        flash(f"{name} 的账号已{'停用' if is_off else '启用'}。")
    return _back(account_id)


@blueprint.post("/people/<int:account_id>/link")
def person_link(account_id: int) -> ResponseReturnValue:
    """Makes a link to set a password, for who was invited or forgot it; shown once."""
    with current_archive().store.session() as db:
        account = _account(db, account_id)
        name, kind = account.name, links.kind_for(account)
        if account.disabled:
            flash("账号已停用；先启用，再发放链接。")
            return redirect(url_for("admin.person", account_id=account_id))
    token, expires_at = do(
        lambda db: links.offer(db, _account(db, account_id)), LINK_OFFERS[kind], name
    )
    return _shown(name, kind == links.INVITE, account_id, token, expires_at)


@blueprint.post("/people/<int:account_id>/factor")
def person_factor(account_id: int) -> ResponseReturnValue:
    """Takes away the second factor of a person who has lost it."""
    name = _name(account_id)

    def remove(db: Session) -> bool:
        return factors.remove(db, _account(db, account_id))

    if _change(remove, Act.FACTOR_REMOVED, name):
        flash(f"{name} 的两步验证已停用。")
    return _back(account_id)


@blueprint.post("/people/<int:account_id>/sessions")
def person_sessions(account_id: int) -> ResponseReturnValue:
    """Logs a person out everywhere."""
    name = _name(account_id)
    do(lambda db: sessions.end_all(db, account_id), Act.SESSIONS_ENDED, name)
    flash(f"{name} 的所有登录都已结束。")
    return _back(account_id)


def _change(
    change: Callable[[Session], bool], act: Act, name: str, detail: str = ""
) -> bool:
    """Does something that may be done already, or must not be; whether it was done.

    Only what was done stands in the audit log.
    """
    who = actor()

    def noted(db: Session) -> bool:
        is_done = change(db)
        if is_done:
            audit_log.note(db, who, act, name, detail)
        return is_done

    try:
        return current_archive().store.write(noted)
    except accounts.LastAdmin as last:
        flash(str(last))
        return False


def _role() -> Role:
    """The role that the form names."""
    wanted = request.form.get("role", "")
    if wanted not in set(Role):
        abort(400, "没有这种角色。")
    return Role(wanted)


def _account(db: Session, account_id: int) -> Account:
    account = accounts.get_account(db, account_id)
    if account is None:
        abort(404, "没有这个账号。")
    return account


def _name(account_id: int) -> str:
    with current_archive().store.session() as db:
        return _account(db, account_id).name


def _back(account_id: int) -> ResponseReturnValue:
    """The person's page; the log-in for who has ended the own session."""
    who = oneself()
    if account_id == who.account_id:
        with current_archive().store.session() as db:
            mine = sessions.sessions_of(db, account_id, lifetimes())
        if who.token_hash not in [row.token_hash for row in mine]:
            return leave("admin.login")
    return redirect(url_for("admin.person", account_id=account_id))
