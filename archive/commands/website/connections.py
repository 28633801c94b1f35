"""How long a visitor may take, and how much of an answer may wait for one.

Who is slow costs a socket and what has been sent, never a thread: a request comes to a
thread when all of it is there, and the thread is free again before the answer has left.
"""

from __future__ import annotations

import math
import re
import socket
import time
from bisect import bisect_right
from collections.abc import Iterable
from contextlib import suppress
from itertools import accumulate
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest

from archive.commands.website.refused import Refusal
from archive.commands.website.together import Answer

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

# e.g. b"/search?q=\xe5\x85\xac"
# not b"/search?q=a"
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_LONGEST_LINE = 1024
"""Bytes between the chunks of a body: a number, at most with a word or two."""


def _escaped(found: re.Match[bytes]) -> bytes:
    return quote(found[0]).encode()


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in."""

    completed: bool
    expect_continue: bool

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        between = getattr(self.body_rcv, "control_line", b"")
        # Otherwise it is put together anew with every byte, up to the limit of bodies.
        if len(between) > _LONGEST_LINE and not self.completed:
            self.error = BadRequest("the line before a chunk does not end")
            self.completed = True
        if self.completed:
            # Nothing more is to come: waitress would invite it all the same, and read
            # the next request as more of this one.
            self.expect_continue = False
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        # Browsers escape Chinese in an address; curl sends it as it was typed.
        first, end, others = header_plus.partition(b"\r\n")
        escaped = _NOT_ASCII.sub(_escaped, first)
        try:
            super().parse_header(escaped + end + others)
        except ValueError:
            # Python itself refuses a length of thousands of digits.
            raise ParsingError("Content-Length is invalid") from None
        self._refuse_two_lengths()

    def _refuse_two_lengths(self) -> None:
        """A proxy may go by the other length than we do: what it takes for a body would
        be a request of its own here, behind all that the proxy keeps out.
        """
        # Before HTTP 1.1 there were no chunks, and waitress leaves the word alone.
        is_unheard_of = "TRANSFER_ENCODING" in self.headers
        has_two = self.chunked and "CONTENT_LENGTH" in self.headers
        if is_unheard_of or has_two:
            raise ParsingError("Content-Length and Transfer-Encoding disagree")


class Connection(HTTPChannel):  # type: ignore[misc]
    """A visitor's connection, with a clock for each thing that can take long."""

    parser_class = Request
    task_class = Answer
    error_task_class = Refusal

    since = 0.0
    """When what is waited for began to be."""
    most = IDLE
    """Seconds it may take."""
    answering = math.inf
    """Since when an answer waits to be taken."""
    is_refused = False
    """Whether what was sent last is no request of ours, and no other follows."""
    lingers = False
    """Whether what a refused visitor still sends is thrown away."""
    _held = b""
    """What is to be sent with the next piece."""

    def __init__(self, *arguments: object, **named: object) -> None:
        self._wait(IDLE)
        super().__init__(*arguments, **named)

    def _wait(self, most: float) -> None:
        self.since = time.monotonic()
        self.most = most

    def readable(self) -> bool:
        return self.lingers or bool(super().readable())

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
        self.lingers = True
        self._wait(LINGER)
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def received(self, data: bytes) -> bool:
        if self.lingers:
            return True
        before = self.request
        taken: bool = super().received(data)
        coming = self.request
        if coming is None:
            self._wait(IDLE)
            return taken
        if coming is not before:
            self._wait(HEAD)
        if coming.headers_finished:
            self.most = BODY
        return taken

    def hold(self, head: bytes) -> None:
        """Sends the head of an answer with what follows it."""
        self._held = head

    def let_go(self) -> None:
        """Sends what is held, where nothing has followed."""
        head, self._held = self._held, b""
        if head:
            super().write_soon(head)

    def write_soon(self, data: Any) -> int:
        if not self._held or not data:
            return int(super().write_soon(data))
        head, self._held = self._held, b""
        return int(super().write_soon(head + data)) - len(head)

    def _flush_some(self, do_close: bool = True) -> bool:
        moved: bool = super()._flush_some(do_close=do_close)
        if not self.total_outbufs_len:
            self.answering = math.inf
            self._wait(IDLE)
        elif moved or self.answering == math.inf:
            self._wait(STALLED)
            self.answering = min(self.answering, self.since)
        return moved

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
        is_ours_to_do = self.requests and not self.total_outbufs_len
        if is_ours_to_do:
            return False
        waited = now - self.since
        answered = now - self.answering
        return waited > self.most or answered > ANSWER


def too_many(connections: Iterable[Connection], room: int) -> list[Connection]:
    """Those to close where there is no room for more: who waits longest without having
    sent a whole request.
    """
    waiting = [one for one in connections if not one.is_busy]
    waiting.sort(key=attrgetter("since"))
    return waiting[:room]


def too_much(connections: Iterable[Connection]) -> list[Connection]:
    """Those to close where too much waits to be taken: the largest answers first."""
    slow = sorted(connections, key=attrgetter("total_outbufs_len"))
    sizes = [one.total_outbufs_len for one in slow]
    kept = bisect_right(list(accumulate(sizes)), MOST_WAITING)
    return slow[kept:]
