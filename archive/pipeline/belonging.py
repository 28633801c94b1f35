"""A database and a folder of data that belong together: each has the same key.

The key stands among the originals, so that a copy of them has it too. Somebody who
works on one database with two folders would have originals in both, and neither whole.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from archive.captures import Captures
from archive.store import Store, identity
from config import Settings

FILE = ".identity"
"""Within the folder of originals; hidden, so that no import takes it for a report."""


class NotTogether(Exception):
    """A database and a folder of data that are of two archives.

    The message names both and says what to do.
    """


def require_together(settings: Settings, store: Store) -> None:
    """Raises NotTogether where database and folder of data are of two archives.

    What has no key yet gets the other's, or one that is drawn; a folder that was
    brought back without its key is known by its originals.
    """
    file = settings.originals / FILE
    here = str(settings.data)
    found = _read(file)
    with store.session() as session:
        known = identity.known(session)
        sample = identity.some_originals(session) if not (known and found) else []

    key, folder = known or ("", "")
    if known and found == key:
        if folder != here:
            store.write(lambda session: identity.note_folder(session, here))
        return
    have_two_keys = bool(known and found)
    is_new = not known and not found
    belongs = is_new or _stand_there(settings, sample)
    if have_two_keys or not belongs:
        raise NotTogether(_told(store, settings, key, folder, found))
    settled = store.write(lambda session: identity.settle(session, here, found))
    # A disk that can only be read is asked again next time.
    with suppress(OSError):
        _write(file, settled)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _stand_there(settings: Settings, digests: list[str]) -> bool:
    """Whether one of these originals is in the folder, or there are none at all."""
    captures = Captures(settings.originals)
    return not digests or any(captures.path(digest).exists() for digest in digests)


def _write(file: Path, key: str) -> None:
    """Whole or not at all: others read it meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=FILE, dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.write(f"{key}\n")
        written.flush()
        os.fsync(written.fileno())
    Path(name).rename(file)


def _told(store: Store, settings: Settings, key: str, folder: str, found: str) -> str:
    address = store.engine.url.render_as_string(hide_password=True)
    owner = f"belongs to {folder} (key {key})" if key else "has no key"
    has = f"has the key {found}" if found else "has none, nor the database's originals"
    remedy = f"If they belong together all the same, write {key} into"
    if not key:
        remedy = "If they belong together all the same, remove"
    return (
        f"The database {address} {owner}, the folder of data {settings.data} {has}: "
        "they are of two archives. Set ARCHIVE_DATA or ARCHIVE_DATABASE_URL to what "
        f"belongs together. {remedy} {settings.originals / FILE}."
    )
