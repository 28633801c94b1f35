"""A public archive of China's government-information-disclosure annual reports.

`create_app` is the website; `later` keeps a door shut until somebody knocks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config import BadSettings, Settings

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parents[1]


def later(door: str, *rooms: str) -> Callable[[str], Any]:
    """The `__getattr__` of a door: what these rooms behind it give is loaded when it is
    first named. A command that imports files need not load what only pages ask.
    """

    def named(name: str) -> Any:
        here = sys.modules[door]
        is_known = name in vars(here).get("__all__", ())
        # A file of the room itself is found without any of them.
        is_behind = is_known and not find_spec(f"{door}.{name}")
        for room in rooms if is_behind else ():
            found = __import__(f"{door}.{room}", fromlist=[name])
            if hasattr(found, name):
                setattr(here, name, getattr(found, name))
                return getattr(found, name)
        raise AttributeError(f"module {door!r} has no attribute {name!r}")

    return named


def create_app(settings: Settings) -> Flask:
    """The whole website.

    Raises BadSettings without a secret key: forms and sessions could be forged.
    """
    # Imported here: readers, scrapers and commands are parts of this package and do
    # without a website.
    from flask import Flask

    from archive.captures import Captures
    from archive.search import Index
    from archive.store import VISITOR_WAITS, Store, index_entries
    from archive.watching import log_as_json
    from archive.web import OpenArchive

    if not settings.secret_key:
        raise BadSettings(
            "ARCHIVE_SECRET_KEY is not set: write a long random text, kept secret"
            " and the same for all"
        )
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder="web/static"
    )
    _configure(app, settings)
    if settings.log_json:
        log_as_json()

    store = Store(settings.database_url, waits=VISITOR_WAITS, may_make=False)
    app.extensions["archive"] = OpenArchive(
        settings=settings,
        store=store,
        index=Index(
            settings.index, index_entries.texts_of(store), settings.search_memory
        ),
        captures=Captures(settings.originals),
    )
    _equip(app, settings)
    return app


def _equip(app: Flask, settings: Settings) -> None:
    """The pages, and what stands around every answer."""
    from archive.web import BLUEPRINTS, admin, drawn, guards, measures, shown

    # First of all, so that its seconds are those of everything else.
    measures.equip(app)
    guards.protect(app, settings)
    shown.equip(app)
    drawn.equip(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    admin.equip(app)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # Of forms and messages; who is logged in stands in a cookie of its own.
        SESSION_COOKIE_NAME="__Host-forms" if settings.secure_cookies else "forms",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.max_file_bytes,
        SEND_FILE_MAX_AGE_DEFAULT=86400,
    )
    # Chinese stays readable in JSON, and its members in the order of the contract.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
