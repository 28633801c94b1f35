"""What the views work with: settings, store, index, originals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from archive.captures import Captures
from archive.search import Index
from archive.store import Store
from config import Settings


@dataclass(frozen=True)
class OpenArchive:
    """The archive as the website reads it; opened once per app."""

    settings: Settings
    store: Store
    index: Index
    captures: Captures


def current_archive() -> OpenArchive:
    """The archive of the app that answers the current request."""
    return cast(OpenArchive, current_app.extensions["archive"])
