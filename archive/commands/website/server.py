"""Gunicorn, which starts the processes of the website, watches and ends them."""

from __future__ import annotations

import errno
import gc
import socket
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gunicorn.app.base import BaseApplication

from archive.commands.website.worker import BufferingWorker
from config import Settings, measure_together

THREADS = 4
"""Of each process."""
_LAST_PORT, _NO_NAME = 65_535, -1
CIRCLES = (2_000, 20, 100)
"""After how many new things Python looks for circles among them; after how many such
looks among those that stayed; after how many of these among all. By its own numbers it
looks every few seconds through all that a process keeps of readings, texts and counts,
where there is nothing to find: a sixth of a page's time on average, at once.
"""


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings instead of its command line."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from archive import create_app

        return create_app(self._settings)


def _prepare(settings: Settings) -> None:
    """Loads what all processes then share.

    The dictionary, the forms of characters, what can be suggested and misspelt.
    """
    from archive.search import Index, IndexTrouble, Query, prepare
    from archive.store import Store, index_entries

    # Memory that is filled before gunicorn forks is shared by all its processes; after
    # it each would have 80 MB of its own, and be slow to answer its first question.
    prepare()
    store = Store(settings.database_url, may_make=False)
    index = Index(settings.index, index_entries.texts_of(store))
    with suppress(IndexTrouble):
        index.search(Query("xiamen 公开", asked_on=date(2024, 1, 1)))
        index.suggest("商务局")
    index.close()
    store.close()
    # Nor is it looked through for circles again and again, which would write to it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*CIRCLES)


_IN_USE = (
    "Port {port} is in use: stop what runs there, or choose another (--port {other})."
)
_STRANGE = (
    "{host} is no address of this machine: give --host one of its own, or 0.0.0.0 for "
    "all of them."
)
_NOT_OURS = "Port {port} is not for everybody: choose one from 1024 on, behind a proxy."
_WHY = {
    errno.EADDRINUSE: _IN_USE,
    errno.EADDRNOTAVAIL: _STRANGE,
    errno.EACCES: _NOT_OURS,
}


class CannotListen(Exception):
    """Nobody could be served there; says what to do."""


def require_free(host: str, port: int) -> None:
    """Raises CannotListen for an address that is taken, or not ours.

    Gunicorn would say so five times, and only after all was loaded.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, UnicodeError) as refused:
        number = getattr(refused, "errno", None) or _NO_NAME
        other = port + 1 if port < _LAST_PORT else port - 1
        why = _WHY.get(number, "{host}:{port}: {refused}")
        # A name that leads nowhere has a number of its own kind, below zero.
        why = _STRANGE if number < 0 else why
        told = why.format(host=host, port=port, other=other, refused=refused)
        raise CannotListen(told) from None


def serve_forever(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serves until a signal ends it.

    The dictionary of the search is loaded once, before processes part.
    """
    with TemporaryDirectory(prefix="archive-measures-") as folder:
        measure_together(Path(folder))
        _serve(settings, host, port, workers)


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    _prepare(settings)
    # An IPv6 address needs brackets, or its colons look like that of the port.
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {
        "bind": address,
        "workers": workers,
        "threads": THREADS,
        "worker_class": BufferingWorker,
        "timeout": 60,
        "graceful_timeout": 10,
        "loglevel": "warning",
        # Nobody is to steer the processes but by signals.
        "control_socket_disable": True,
    }
    _Server(settings, options).run()
