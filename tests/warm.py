"""A process that has loaded the program, and is copied for each command of the tests.

To load it takes longer than most of these commands do. The copy is a process of its
own, as `python -m archive` is one.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

LONGEST = 120
"""Seconds after which a command that hangs is ended."""
_REPORT = Path(__file__).parent / "reports" / "html_plain.html"
_LOADED = (
    "archive.collecting",
    "archive.jobs",
    "archive.pipeline",
    "archive.search",
    "archive.store",
    "archive.web",
    "scrapers",
)


def main() -> None:
    """A line of JSON for each command on standard input; its status on standard output.

    The line has `arguments`, `environment`, `folder`, and the files `stdin`, `stdout`
    and `stderr`.
    """
    _load()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(asked)
        _, ended = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(ended), flush=True)


def _load() -> None:
    """Loads what commands load, and keeps it out of the way of their looks for circles."""
    from archive.commands.group import COMMANDS

    for file, _ in COMMANDS.values():
        import_module(f"archive.commands.{file}")
    for room in _LOADED:
        import_module(room)
    _make_tables()
    gc.freeze()


def _make_tables() -> None:
    """What a process makes once of the lists of places and words, and of our tables."""
    from sqlalchemy.orm import configure_mappers

    from archive.interpreting import interpret, readers
    from archive.regions import government_at
    from archive.search.dictionary import cutter, dictionary
    from archive.search.engine.schema import made_by

    configure_mappers()
    government_at("110000")
    dictionary()
    cutter()
    made_by()
    readers()
    interpret(_REPORT.read_bytes())


def _become(asked: dict[str, Any]) -> NoReturn:
    """Makes this copy the command, to its end."""
    signal.alarm(LONGEST)
    random.seed()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    written = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for number, (name, mode) in enumerate(
        (("stdin", os.O_RDONLY), ("stdout", written), ("stderr", written))
    ):
        os.dup2(os.open(asked[name], mode), number)
    sys.argv = ["archive", *asked["arguments"]]

    from archive.commands import main as command

    command()
    sys.exit(0)


if __name__ == "__main__":
    main()
