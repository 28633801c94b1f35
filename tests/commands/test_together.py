"""The head of an answer leaves with the beginning of its body."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from archive.commands.website.connections import Connection
from tests.commands.test_website import Running

ANSWERS: dict[str, tuple[str, list[tuple[str, str]], list[bytes]]] = {
    "/page": ("200 OK", [("Content-Length", "4")], [b"page"]),
    "/empty": ("200 OK", [("Content-Length", "0")], []),
    # What says that it has no body, and gives one all the same.
    "/unchanged": ("304 NOT MODIFIED", [], [b"page"]),
    "/too-much": ("200 OK", [("Content-Length", "0")], [b"page"]),
    "/pieces": ("200 OK", [("Content-Length", "6")], [b"on", b"", b"et", b"wo"]),
    "/unknown": ("200 OK", [], [b"one", b"two"]),
}


def answered(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
    status, headers, pieces = ANSWERS[environ["PATH_INFO"]]
    start(status, headers)
    return iter(pieces)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was given to the system, call by call."""
    pieces: list[bytes] = []
    send = Connection.send

    def note(self: Connection, data: bytes, do_close: bool = True) -> int:
        pieces.append(bytes(data))
        return int(send(self, data, do_close=do_close))

    monkeypatch.setattr(Connection, "send", note)
    return pieces


@pytest.mark.parametrize(
    ("path", "first", "others"),
    [
        ("/page", b"page", []),
        ("/empty", b"", []),
        ("/unchanged", b"", []),
        ("/too-much", b"", []),
        ("/pieces", b"on", [b"et", b"wo"]),
        ("/unknown", b"3\r\none\r\n", [b"3\r\ntwo\r\n", b"0\r\n\r\n"]),
    ],
)
def test_the_head_leaves_with_the_first_piece(
    path: str, first: bytes, others: list[bytes], sent: list[bytes]
) -> None:
    asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    with closing(Running(answered)) as running:
        came = running.ask(asked)
    assert came == b"".join(sent)
    head, end, body = sent[0].partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {ANSWERS[path][0]}".encode())
    assert end
    assert body == first
    assert sent[1:] == others
