"""What a browser keeps: the token of its session, and that it logged in before.

Both are for this host and the pages of people only; public pages never look at them.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from archive.web.current import current_archive

_SESSION, _DEVICE = "person", "device"
_DEVICE_HOLDS = timedelta(days=400)
"""As long as browsers keep any cookie."""


def token() -> str:
    """The token of the session, or nothing."""
    return request.cookies.get(_name(_SESSION), "")


def hand_out(response: Response, token: str) -> None:
    """Gives a browser the token of its session, until it is closed.

    Sent along also by who follows a link to us: no GET changes anything.
    """
    response.set_cookie(
        _name(_SESSION), token, secure=_is_https(), httponly=True, samesite="Lax"
    )


def take_back(response: Response) -> None:
    """Makes a browser forget its session."""
    response.delete_cookie(
        _name(_SESSION), secure=_is_https(), httponly=True, samesite="Lax"
    )


def device_of(account_id: int) -> str:
    """The number of this browser, where this very account logged in with it before.

    Whoever steals it gains no more than attempts of their own.
    """
    signed = request.cookies.get(_name(_DEVICE), "")
    try:
        known = _signer().loads(signed, max_age=int(_DEVICE_HOLDS.total_seconds()))
    except BadSignature:
        return ""
    is_theirs = isinstance(known, list) and known[:1] == [account_id]
    return str(known[1]) if is_theirs else ""


def know_device(response: Response, account_id: int) -> None:
    """Notes in a browser that an account has logged in with it."""
    number = device_of(account_id) or secrets.token_hex(16)
    response.set_cookie(
        _name(_DEVICE),
        str(_signer().dumps([account_id, number])),
        max_age=_DEVICE_HOLDS,
        secure=_is_https(),
        httponly=True,
        samesite="Strict",
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="device")


def _is_https() -> bool:
    return current_archive().settings.secure_cookies


def _name(cookie: str) -> str:
    """Browsers take `__Host-` from this very host over https only."""
    return f"__Host-{cookie}" if _is_https() else cookie
