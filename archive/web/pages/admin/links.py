"""One-time links: who was invited, or forgot the password, sets a new one."""

from __future__ import annotations

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import LINK_KINDS
from archive.store import (
    Actor,
    Session,
    accounts,
    attempts,
    audit_log,
    links,
    passwords,
)
from archive.web.current import current_archive
from archive.web.pages.admin.gate import address, blueprint, hashed

DIFFERENT = "两次输入的密码不同。"
_VOID = "这个链接已经用过，或者已经过期。请向管理员要一个新的。"


@blueprint.get("/link/<token>")
def link(token: str) -> str:
    """The form for a new password. Looking does not use the link up: programs that
    preview messages look too.
    """
    return _form(*_of_whom(token))


@blueprint.post("/link/<token>")
def set_password(token: str) -> ResponseReturnValue:
    """Setting the new password."""
    name, kind = _of_whom(token)
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        return _form(name, kind, DIFFERENT), 400
    try:
        kept = hashed(name, password)
    except passwords.WeakPassword as weak:
        return _form(name, kind, str(weak)), 400
    is_first = current_archive().store.write(partial(_use, token=token, kept=kept))
    if not is_first:
        abort(404, _VOID)
    flash("密码已设好，请登录。")
    return redirect(url_for("admin.login"))


def _of_whom(token: str) -> tuple[str, str]:
    """Whose link it is, and of which kind; 404 for one that is used up."""
    with current_archive().store.session() as db:
        found = links.look_up(db, token)
        if found is None:
            abort(404, _VOID)
        return found[1].name, found[0].kind


def _use(db: Session, token: str, kept: str) -> bool:
    """Uses the link up for this password; False when it was used meanwhile."""
    used = links.use(db, token)
    if used is None:
        return False
    kind, account = used
    accounts.set_password(db, account, kept)
    attempts.forget_name(db, account.name)
    who = Actor(account.name, address(), account.id)
    audit_log.note(db, who, LINK_KINDS[kind], account.name)
    return True


def _form(name: str, kind: str, trouble: str = "") -> str:
    return render_template(
        "admin/entering/link.html",
        name=name,
        is_invited=kind == links.INVITE,
        trouble=trouble,
        least=passwords.MIN_PASSWORD,
    )
