"""One's own second factor: set up, taken away, its recovery codes."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from archive.catalogue import Act
from archive.store import Session, accounts, attempts, audit_log, factors, sessions
from archive.web.current import current_archive
from archive.web.pages.admin.gate import (
    actor,
    blueprint,
    do,
    must_set_up,
    patience,
    person,
)
from archive.web.pages.admin.own import proves_itself

_QUIET_ZONE = 4
"""Modules of white around the picture, which readers need."""


@blueprint.get("/own/factor")
def factor() -> ResponseReturnValue:
    """What there is, and what can be done: set up, confirm, take away."""
    with current_archive().store.session() as db:
        account = accounts.get_account(db, person().account_id)
        assert account is not None
        secret = factors.secret_of(account)
        address = factors.address_of(account) if secret else ""
        left = factors.codes_left(db, account.id)
    return render_template(
        "admin/own/factor.html",
        secret=secret,
        address=address,
        picture=_picture(address),
        codes_left=left,
        must=must_set_up(person()),
        compulsory=current_archive().settings.second_factor,
    )


def _picture(address: str) -> Markup:
    """The address as a QR code; drawn here, so that no other site learns the secret."""
    if not address:
        return Markup()
    drawn = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704  drawn by us: squares, and no text
        drawn.svg_inline(scale=4, border=_QUIET_ZONE, light="#fff", dark="#000")
    )


@blueprint.post("/own/factor")
def factor_begin() -> ResponseReturnValue:
    """Makes a secret, to be confirmed by a code."""
    back = redirect(url_for("admin.factor"))
    if person().has_factor or not proves_itself():
        return back
    account_id = person().account_id

    def offer(db: Session) -> None:
        account = accounts.get_account(db, account_id)
        if account is not None:
            factors.offer(db, account)

    current_archive().store.write(offer)
    return back


@blueprint.post("/own/factor/confirm")
def factor_confirm() -> ResponseReturnValue:
    """Takes the secret into use, and shows the recovery codes, once."""
    who, acting = person(), actor()
    back = redirect(url_for("admin.factor"))
    store = current_archive().store
    attempt = store.write(lambda db: attempts.by_itself(db, f"code {who.account_id}"))
    if isinstance(attempt, attempts.Wait):
        flash(patience(attempt))
        return back

    def accept(db: Session) -> Sequence[str] | None:
        account = accounts.get_account(db, who.account_id)
        if account is None or account.factor:
            return None
        codes = factors.accept(db, account, request.form.get("code", "")[:20])
        if codes is None:
            return None
        attempts.was_right(db, attempt)
        sessions.end_all(db, who.account_id, but=who.token_hash)
        audit_log.note(db, acting, Act.FACTOR_SET, who.name)
        return codes

    codes = store.write(accept)
    if codes is None:
        flash("验证码不正确。请核对手机的时间，再输入现在显示的验证码。")
        return back
    return render_template("admin/own/codes.html", codes=codes, is_new=True)


@blueprint.post("/own/factor/codes")
def factor_codes() -> ResponseReturnValue:
    """Makes new recovery codes, and shows them, once."""
    who = person()
    if not who.has_factor or not proves_itself():
        return redirect(url_for("admin.factor"))

    def renew(db: Session) -> Sequence[str]:
        account = accounts.get_account(db, who.account_id)
        if account is None or not account.factor:
            abort(404)
        return factors.new_codes(db, account)

    codes = do(renew, Act.CODES_RENEWED, who.name)
    return render_template("admin/own/codes.html", codes=codes, is_new=False)


@blueprint.post("/own/factor/remove")
def factor_remove() -> ResponseReturnValue:
    """Takes the second factor away; all other sessions end."""
    who = person()
    back = redirect(url_for("admin.factor"))
    if not who.has_factor or not proves_itself():
        return back

    def remove(db: Session) -> None:
        account = accounts.get_account(db, who.account_id)
        if account is not None:
            factors.remove(db, account, but=who.token_hash)

    do(remove, Act.FACTOR_REMOVED, who.name)
    flash("两步验证已停用。")
    return back
