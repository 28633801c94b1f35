"""A time for all of a conversation, however slowly the other side goes on with it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer


@contextmanager
def bounded(seconds: float, connection: socket.socket | None) -> Iterator[None]:
    """Cuts a connection off after so long; whoever waits for it gets an OSError."""

    def cut() -> None:
        if connection is not None:
            # It may be closed already.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
