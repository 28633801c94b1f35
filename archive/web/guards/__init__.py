"""What stands around every answer.

hosts      the names we answer to, the proxies we believe, the address we give out
limits     how often one visitor may ask for what is dear
turns      how many dear answers are given at once, and how long each may take
headers    what browsers may do with our pages
errors     errors in plain Chinese, as a page or as JSON
"""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]

from archive.web import freshness
from archive.web.guards import errors, headers, hosts, limits
from archive.web.guards.errors import wants_json
from archive.web.guards.limits import limiter
from archive.web.guards.turns import EXPORTS, TooLong, Turn
from config import Settings

csrf = CSRFProtect()

__all__ = ["EXPORTS", "TooLong", "Turn", "csrf", "limiter", "protect", "wants_json"]


def protect(app: Flask, settings: Settings) -> None:
    """Put the guards around an app."""
    freshness.equip(app)
    # The first to see a request: nothing is done for who asks under a strange name.
    hosts.equip(app, settings)
    csrf.init_app(app)
    limits.equip(app, settings)
    headers.equip(app, https=settings.secure_cookies)
    errors.equip(app)
    freshness.answer_early(app)
