"""What a machine can lack (room, permission, a database) said in one line, and what the
program makes kept to whoever runs it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from config import Settings

_ONLY_OURS = 0o077
_NOT_OURS = "no permission: check whom the folder belongs to, or set ARCHIVE_DATA"
_A_FILE = "a file stands where a folder should be: set ARCHIVE_DATA"
_NO_FOLDER = "no folder can be made there: set ARCHIVE_DATA"
_REMEDIES = {
    errno.ENOSPC: "the disk is full: make room and run it again",
    errno.EDQUOT: "the disk quota is used up: make room and run it again",
    errno.EFBIG: "the file would be larger than allowed (ulimit -f)",
    errno.EROFS: "the disk can only be read: mount it writable or set ARCHIVE_DATA",
    errno.EACCES: _NOT_OURS,
    errno.EPERM: _NOT_OURS,
    errno.ENOTDIR: _A_FILE,
    errno.EEXIST: _A_FILE,
    errno.ENAMETOOLONG: "the name is longer than the disk allows: set ARCHIVE_DATA",
    errno.ELOOP: "a link leads to itself: mend it or set ARCHIVE_DATA",
    errno.EIO: "the disk could not be read or written: look into the system's log",
    errno.EMFILE: "too many open files: allow more (ulimit -n)",
}
# As SQLite words it.
_OF_SQLITE = {
    "database or disk is full": _REMEDIES[errno.ENOSPC],
    "disk I/O error": "the disk is full or could not be written: nothing was lost",
    "readonly database": "the database can only be read: make file and folder writable",
    "unable to open database file": "the database's folder can't be written or is gone",
    "file is not a database": "this file is no database: check ARCHIVE_DATABASE_URL",
    "malformed": "the database is damaged: bring back a copy of it",
}


def keep_to_ourselves(settings: Settings) -> None:
    """From now on files are for whoever runs the program, and folders too.

    What an older version left open to others is closed: the folder of data, which
    covers all that lies in it, and a SQLite file that lies elsewhere.
    """
    os.umask(_ONLY_OURS)
    file = settings.database_url.partition("sqlite:///")[2]
    beside = [Path(f"{file}{end}") for end in ("", "-wal", "-shm")]
    # Neither a device nor whatever else was named by mistake is ours to close.
    folders = filter(Path.is_dir, [settings.data])
    databases = filter(Path.is_file, beside)
    for path in [*folders, *databases]:
        _close(path)


def _close(path: Path) -> None:
    # Somebody else's folder, or a disk without permissions: theirs to decide.
    with suppress(OSError):
        mode = path.stat().st_mode & 0o777
        if mode & _ONLY_OURS:
            path.chmod(mode & ~_ONLY_OURS)


def in_a_line(error: BaseException) -> str:
    """What is wrong with the machine, and what to do; empty for any other error."""
    told = filter(None, map(_told, _causes(error)))
    return next(told, "")


def _told(one: BaseException) -> str:
    if isinstance(one, FileNotFoundError) and _is_of_folder(one):
        return f"Error: {one.filename}: {_NO_FOLDER}."
    if isinstance(one, OSError) and one.errno in _REMEDIES:
        remedy = _REMEDIES[one.errno]
        return f"Error: {one.filename or 'the disk'}: {remedy}."
    if not isinstance(one, sqlite3.Error):
        return _told_of_server(one)
    said = str(one)
    known = next(filter(said.__contains__, _OF_SQLITE), "")
    remedy = _OF_SQLITE.get(known, "")
    return remedy and f"Error: {remedy} ({said})."


def _is_of_folder(one: FileNotFoundError) -> bool:
    """Whether a folder was to be made. Those above it are made too, so that only a disk
    which holds no folders (/proc) refuses it as missing; any other missing file is a
    fault of ours.
    """
    steps = traceback.extract_tb(one.__traceback__)
    return bool(steps) and steps[-1].name == "mkdir"


def _told_of_server(one: BaseException) -> str:
    """What is wrong where PostgreSQL did not even answer."""
    # Known by its name: few commands have its driver loaded.
    is_of_driver = type(one).__module__.partition(".")[0] == "psycopg"
    if not is_of_driver or getattr(one, "sqlstate", "") is not None:
        return ""
    said = str(one).partition("\n")[0]
    remedy = "check ARCHIVE_DATABASE_URL, and whether PostgreSQL runs"
    return f"Error: the database does not answer: {remedy} ({said})."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those it came of, the deepest first."""
    if error is None:
        return
    yield from _causes(error.__cause__ or error.__context__)
    yield error


def say_and_leave(error: Exception) -> None:
    """Ends the program with one line where the machine is to blame."""
    line = in_a_line(error)
    if not line:
        raise error
    # Even this may find no room.
    with suppress(OSError):
        print(line, file=sys.stderr)
    sys.exit(1)
