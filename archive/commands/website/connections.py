"""How long a visitor may take, and how much of an answer may wait for one.

Who is slow costs a socket and what has been sent, never a thread: a request comes to a
thread when all of it is there, and the thread is free again before the answer has left.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from contextlib import suppress

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest

from archive.commands.website.refused import Refusal

IDLE = 15.0
"""Seconds a connection may be open without a request."""
HEAD = 15.0
"""Seconds in which the head of a request must have come."""
BODY = 45.0
"""Seconds in which the whole request must have come; forms are small."""
STALLED = 30.0
"""Seconds a visitor may take nothing of an answer."""
ANSWER = 1800.0
"""Seconds in which an answer must have been taken: 50 MB at 28 kB a second."""
LINGER = 2.0
"""Seconds in which somebody who was refused may go on sending. Closed at once with
something unread, the system would throw our answer away before it is read.
"""
MOST_WAITING = 256 * 1024 * 1024
"""Bytes of answers that wait for slow visitors, in a process."""

_LONGEST_LINE = 1024
"""Bytes between the chunks of a body: a number, at most with a word or two."""


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in."""

    completed: bool

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        between = getattr(self.body_rcv, "control_line", b"")
        # Otherwise it is put together anew with every byte, up to the limit of bodies.
        if len(between) > _LONGEST_LINE and not self.completed:
            self.error = BadRequest("the line before a chunk does not end")
            self.completed = True
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError:
            # Python itself refuses a length of thousands of digits.
            raise ParsingError("Content-Length is invalid") from None


class Connection(HTTPChannel):  # type: ignore[misc]
    """A visitor's connection, with a clock for each thing that can take long."""

    parser_class = Request
    error_task_class = Refusal

    opened = 0.0
    """When it was opened, or its last answer was done."""
    began = 0.0
    """When the request that is coming in began; 0 for none."""
    answering = 0.0
    """Since when an answer waits to be taken; 0 for none."""
    moved = 0.0
    """When something was taken of it last."""
    is_refused = False
    """Whether what was sent last is no request of ours, and no other follows."""
    lingers = 0.0
    """Since when what a refused visitor still sends is thrown away; 0 for not."""

    def __init__(self, *arguments: object, **named: object) -> None:
        self.opened = time.monotonic()
        super().__init__(*arguments, **named)

    def readable(self) -> bool:
        return bool(self.lingers) or bool(super().readable())

    def handle_write(self) -> None:
        is_ready = self.is_refused and self.close_when_flushed
        if not is_ready or self.will_close:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if not self.total_outbufs_len:
            self._linger()

    def _linger(self) -> None:
        """Says that no more comes, and waits for the visitor to hear it."""
        self.close_when_flushed = False
        self.lingers = time.monotonic()
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def received(self, data: bytes) -> bool:
        if self.lingers:
            return True
        now = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.began, self.opened = 0.0, now
        elif not self.began:
            self.began = now
        return taken

    def _flush_some(self, do_close: bool = True) -> bool:
        before = self.total_outbufs_len
        flushed: bool = super()._flush_some(do_close=do_close)
        now = time.monotonic()
        if not self.total_outbufs_len:
            self.answering, self.opened = 0.0, now
        elif not self.answering:
            self.answering = self.moved = now
        elif self.total_outbufs_len < before:
            self.moved = now
        return flushed

    def handle_close(self) -> None:
        super().handle_close()
        # What came of a request that never will be whole lies in a file.
        if self.request is not None:
            self.request.close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered, or its answer is on the way."""
        return bool(self.requests) or bool(self.total_outbufs_len)

    def is_late(self, now: float) -> bool:
        """Whether a visitor has taken longer than anybody needs."""
        if self.lingers:
            return now - self.lingers > LINGER
        if self.total_outbufs_len:
            if not self.answering:
                return False
            is_stuck = now - self.moved > STALLED
            return is_stuck or now - self.answering > ANSWER
        if self.requests:
            return False
        if not self.began:
            return now - self.opened > IDLE
        is_head_here = self.request is not None and self.request.headers_finished
        return now - self.began > (BODY if is_head_here else HEAD)


def too_many(connections: Iterable[Connection], room: int) -> list[Connection]:
    """Those to close where there is no room for more: who waits longest without having
    sent a whole request.
    """
    waiting = [one for one in connections if not one.is_busy]
    waiting.sort(key=lambda one: one.began or one.opened)
    return waiting[:room]


def too_much(connections: Iterable[Connection]) -> list[Connection]:
    """Those to close where too much waits to be taken: the largest answers first."""
    slow = [one for one in connections if one.total_outbufs_len]
    slow.sort(key=lambda one: one.total_outbufs_len)
    total, kept = 0, 0
    for one in slow:
        total += one.total_outbufs_len
        if total > MOST_WAITING:
            break
        kept += 1
    return slow[kept:]
