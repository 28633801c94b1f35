"""A time for all of a conversation, however slowly the other side goes on with it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer


@contextmanager
def bounded(
    seconds: float, connection: Callable[[], socket.socket | None]
) -> Iterator[None]:
    """Cuts off after so long what is connected then; whoever waits for it gets an
    OSError.
    """

    def cut() -> None:
        connected = connection()
        if connected is not None:
            # It may be closed already.
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
