"""Folders of LibreOffice's settings ("profiles"), each for one process at a time.

Such a folder costs more to make than a file to convert, so it is kept in the system's
temporary folder. There are several, each with a lock that LibreOffice holds too: it is
free again when nobody has it open, also after a crash.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.reading.unreadable import Unreadable

_PROFILES = 64
_PROXY = "127.0.0.1"
_CLOSED_PORT = "9"
# No macros, no updating of links (2: never), and whatever would go out goes to a port
# where nobody answers.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "CheckDocumentEvents", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", _PROXY),
    ("Inet/Settings", "ooInetHTTPProxyPort", _CLOSED_PORT),
    ("Inet/Settings", "ooInetHTTPSProxyName", _PROXY),
    ("Inet/Settings", "ooInetHTTPSProxyPort", _CLOSED_PORT),
)
_NAMES = (
    'xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder of settings that no other process uses."""

    folder: Path
    files: Path
    """An empty folder in it, for what is converted."""
    lock: int
    """The open file that holds the lock."""


@contextmanager
def free_profile() -> Iterator[Profile]:
    """A profile with its settings written, which is free again afterwards.

    Raises Unreadable when all are taken, or when the folder is somebody else's.
    """
    root = _root()
    number, lock = _locked(root)
    folder = root / str(number)
    profile = Profile(folder, folder / "files", lock)
    try:
        shutil.rmtree(profile.files, ignore_errors=True)
        profile.files.mkdir(parents=True)
        _write_settings(folder)
        yield profile
        shutil.rmtree(profile.files, ignore_errors=True)
    finally:
        os.close(lock)


def _root() -> Path:
    """The folder of all profiles of this user."""
    root = Path(tempfile.gettempdir(), f"archive-libreoffice-{os.getuid()}")
    root.mkdir(mode=0o700, exist_ok=True)
    if root.is_symlink() or root.stat().st_uid != os.getuid():
        raise Unreadable(
            f"临时文件夹 {root.name} 不属于本程序，不能转换旧版 Office 文件。"
        )
    return root


def _locked(root: Path) -> tuple[int, int]:
    """The first number whose lock is free, and the lock."""
    for number in range(_PROFILES):
        path = root / f"{number}.lock"
        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return number, lock
    raise Unreadable("同时转换的文件过多，请稍后重试。")


def _write_settings(profile: Path) -> None:
    """Writes the settings, unless they are there: LibreOffice adds its own to them."""
    path = profile / "user" / "registrymodifications.xcu"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not all(f'"{name}"' in kept for _, name, _ in _SETTINGS):
        path.write_text(_settings(), encoding="utf-8")


def _settings() -> str:
    items = "".join(_item(*setting) for setting in _SETTINGS)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {_NAMES}>{items}'
        "</oor:items>\n"
    )


def _item(path: str, name: str, value: str) -> str:
    return (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" '
        f'oor:op="fuse"><value>{value}</value></prop></item>'
    )
