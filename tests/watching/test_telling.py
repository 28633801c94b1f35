"""Digests that reach people: by a mail server, by a program's address, once."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from archive.jobs import digests as jobs_digests
from archive.jobs.looking_out import Lookout
from archive.pipeline import Archive
from archive.store import digests, needs
from archive.store.rows import DigestRow, RunRow, SourceRow
from archive.watching import HOOK_TROUBLES, MAIL_TROUBLES, hook, mail, post, send_mail
from config import BadSettings, Settings, Telling
from tests.running import Commands

SECRET = "a secret of more than 32 characters"
MORNING = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)
"""Half past eight in China."""


class Box:
    """Keeps the letters that a server takes."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.letters: list[EmailMessage] = []
        self.answer = answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            letter = message_from_bytes(envelope.content, policy=policy.default)
            self.letters.append(letter)  # type: ignore[arg-type]
        return self.answer


@contextmanager
def mail_server(box: Box, **more: Any) -> Iterator[int]:
    """A mail server on this machine; its port."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def by_mail(port: int, scheme: str = "smtp", user: str = "") -> Telling:
    at = f"{user}@" if user else ""
    return Telling(
        smtp_url=f"{scheme}://{at}localhost:{port}",
        mail_from="archive@sample.example",
        mail_to=("a@sample.example", "b@sample.example"),
    )


def test_a_letter() -> None:
    box = Box()
    with mail_server(box) as port:
        send_mail(by_mail(port), "年报档案：\n3 项", "正文\n第二行\n", "1.digest.7")
    (letter,) = box.letters
    assert letter["Subject"] == "年报档案： 3 项"
    assert letter["To"] == "a@sample.example, b@sample.example"
    assert letter["Message-ID"] == "<1.digest.7@sample.example>"
    assert letter.get_content().replace("\r\n", "\n") == "正文\n第二行\n"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of localhost, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    return made, key


@pytest.fixture
def context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*certificate)
    return made


def allow(server: Any, session: Any, envelope: Any, how: str, data: Any) -> AuthResult:
    is_right = (data.login, data.password) == (b"user", b"p@ss:word")
    return AuthResult(success=is_right)


def test_starttls_and_a_password(
    monkeypatch: pytest.MonkeyPatch,
    certificate: tuple[Path, Path],
    context: ssl.SSLContext,
) -> None:
    """A server elsewhere has to turn to TLS, with a certificate that holds."""
    monkeypatch.setattr(mail, "_HERE", frozenset())
    box = Box()
    told = {"authenticator": allow, "auth_require_tls": True, "tls_context": context}
    with mail_server(box, **told) as port:
        telling = by_mail(port, user="user:p%40ss%3Aword")
        with pytest.raises(MAIL_TROUBLES, match="certificate"):
            send_mail(telling, "a", "b", "1")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        send_mail(telling, "a", "b", "2")
        with pytest.raises(MAIL_TROUBLES):
            send_mail(by_mail(port, user="user:wrong"), "a", "b", "3")
    assert len(box.letters) == 1
    with mail_server(box) as port, pytest.raises(MAIL_TROUBLES, match="STARTTLS"):
        send_mail(by_mail(port), "a", "b", "4")


def test_smtps(
    monkeypatch: pytest.MonkeyPatch,
    certificate: tuple[Path, Path],
    context: ssl.SSLContext,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    box = Box()
    with mail_server(box, ssl_context=context, server_hostname="localhost") as port:
        send_mail(by_mail(port, "smtps"), "a", "b", "1")
    assert len(box.letters) == 1


@pytest.mark.parametrize("way", ["mail", "hook"])
def test_a_server_that_drips_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(mail, "WHOLE", 1.0)
    monkeypatch.setattr(hook, "WHOLE", 1.0)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            if way == "mail":
                connection.sendall(b"220 hello\r\n")
            try:
                for _ in range(100):
                    connection.sendall(b"X-A: b\r\n" if way == "hook" else b"250-a\r\n")
                    time.sleep(0.1)
            except OSError:
                return

    thread = Thread(target=drip, daemon=True)
    thread.start()
    started = time.monotonic()

    def tell() -> None:
        if way == "mail":
            send_mail(by_mail(port), "a", "b", "1")
        else:
            post(by_hook(f"http://127.0.0.1:{port}/"), {}, "1")

    with pytest.raises((*MAIL_TROUBLES, *HOOK_TROUBLES)):
        tell()
    assert time.monotonic() - started < 8
    listener.close()
    thread.join(20)


# ---- the hook ----------------------------------------------------------------------


def by_hook(url: str) -> Telling:
    return Telling(webhook_url=url, webhook_secret=SECRET)


class Receiver(BaseHTTPRequestHandler):
    """Takes messages; answers as the path says."""

    taken: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).taken.append((dict(self.headers), body))
        status = int(self.path.strip("/") or 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *told: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """The address of a program that takes messages, and what it has taken."""
    kind = type("Taking", (Receiver,), {"taken": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", kind.taken  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def test_what_is_posted_is_signed(receiver: Any) -> None:
    url, taken = receiver
    post(by_hook(f"{url}/204"), {"subject": "年报"}, "key.digest.1")
    ((headers, body),) = taken
    signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Archive-Signature"] == f"sha256={signed}"
    assert headers["X-Archive-Digest"] == "key.digest.1"
    assert json.loads(body) == {"subject": "年报"}


@pytest.mark.parametrize("status", [302, 404, 500])
def test_no_redirect_is_followed_and_no_refusal_overlooked(
    receiver: Any, status: int
) -> None:
    url, taken = receiver
    with pytest.raises(hook.NotTaken, match=str(status)):
        post(by_hook(f"{url}/{status}"), {}, "1")
    assert len(taken) == 1


def test_too_much_is_not_posted(receiver: Any) -> None:
    url, taken = receiver
    with pytest.raises(HOOK_TROUBLES, match="too many"):
        post(by_hook(url), {"text": "a" * hook.MOST_BYTES}, "1")
    assert taken == []


# ---- the whole of it ---------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    """An archive with a source that fails, by a calendar of its own."""
    settings = Commands(tmp_path / "data", database_url).settings
    settings.data.mkdir(parents=True, exist_ok=True)
    settings = replace(settings, public_url="https://archive.sample.example")
    with Archive(settings, Calendar()) as archive:
        fail(archive, 1)
        yield archive


class Calendar:
    """The time of an archive, moved by hand."""

    def __init__(self) -> None:
        self.moment = MORNING

    def __call__(self) -> datetime:
        return self.moment


def fail(archive: Archive, number: int) -> None:
    with archive.store.session() as session:
        url = f"http://sample.example/{number}"
        session.add(
            SourceRow(
                url=url, key=url, agency=f"示例{number}局\u2028", added_at=MORNING,
                failing_since=archive.clock(),
            )
        )  # fmt: skip


def with_telling(archive: Archive, telling: Telling) -> Lookout:
    archive.settings = replace(archive.settings, telling=telling)
    return Lookout(archive)


def rows(archive: Archive) -> list[DigestRow]:
    with archive.store.session() as session:
        return session.query(DigestRow).order_by(DigestRow.id).all()


def test_once_a_day_and_each_event_once(archive: Archive, receiver: Any) -> None:
    url, taken = receiver
    box = Box()
    with mail_server(box) as port:
        hooked = replace(by_mail(port), webhook_url=url, webhook_secret=SECRET)
        lookout = with_telling(archive, hooked)
        archive.clock.moment -= timedelta(hours=1)  # type: ignore[attr-defined]
        lookout.look()
        assert rows(archive) == []
        archive.clock.moment = MORNING  # type: ignore[attr-defined]
        for _ in range(3):
            lookout.look()
            # As after a kill: whoever comes next knows nothing but the rows.
            lookout = Lookout(archive)
        assert len(box.letters) == len(taken) == len(rows(archive)) == 1
        # Nothing happens on the next day, and something on the third.
        archive.clock.moment += timedelta(days=1)  # type: ignore[attr-defined]
        lookout.look()
        assert len(box.letters) == 1
        fail(archive, 2)
        archive.clock.moment += timedelta(days=1)  # type: ignore[attr-defined]
        lookout.look()
        lookout.look()
    assert [row.slot for row in rows(archive)] == [
        "2026-03-10", "2026-03-11", "2026-03-12",
    ]  # fmt: skip
    assert len(box.letters) == len(taken) == 2
    first, second = (letter.get_content() for letter in box.letters)
    assert "【采集失败】1" in first
    assert "https://archive.sample.example/admin/sources/1" in first
    assert "示例2局" in second
    assert "示例1局" not in second
    assert "现在需要处理的：采集失败 2" in second
    told = json.loads(taken[1][1])
    assert [one["source"] for one in told["fresh"]] == [2]
    assert told["text"].splitlines() == second.splitlines()


def test_nothing_is_sent_where_nothing_happened_unless_wanted(
    archive: Archive,
) -> None:
    box = Box()
    with mail_server(box) as port:
        lookout = with_telling(archive, replace(by_mail(port), always=True))
        lookout.look()
        archive.clock.moment += timedelta(days=1)  # type: ignore[attr-defined]
        lookout.look()
    assert "没有新的情况。" in box.letters[1].get_content()


def test_what_could_not_be_sent_is_tried_again_and_shown(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box("451 later")
    with mail_server(box) as port:
        lookout = with_telling(archive, by_mail(port))
        lookout.look()
        lookout.look()
        (row,) = rows(archive)
        assert (row.waits_for, row.tries, row.sent_at) == ("mail", 1, None)
        with archive.store.session() as session:
            (shown,) = needs.of_archive(session)
            assert "邮件未能发出" in shown.told
        later = datetime.now(UTC) + timedelta(minutes=6)
        monkeypatch.setattr("archive.store.sources.digests.now", lambda: later)
        box.answer = "250 OK"
        lookout.look()
    (row,) = rows(archive)
    assert (row.waits_for, row.trouble) == ("", "")
    assert row.sent_at
    assert len(box.letters) == 1


def test_a_way_that_is_no_longer_set_is_given_up(archive: Archive) -> None:
    with_telling(archive, by_mail(free_port())).look()
    later = rows(archive)[0]
    archive.store.write(
        lambda session: setattr(session.get_one(DigestRow, later.id), "try_at", MORNING)
    )
    with_telling(archive, Telling()).look()
    assert rows(archive)[0].waits_for == ""


def test_a_time_without_a_worker_is_told(archive: Archive) -> None:
    beat = archive.settings.data / "worker.beat"
    beat.touch()
    ago = time.time() - 5 * 3600
    os.utime(beat, (ago, ago))
    (away,) = jobs_digests.silence(archive.settings, archive.clock())
    assert "5.0 小时" in away.told
    archive.clock.moment = datetime.now(UTC) - timedelta(hours=6)  # type: ignore[attr-defined]
    jobs_digests.make(archive, "before")
    jobs_digests.note_absence(archive)
    archive.clock.moment = datetime.now(UTC)  # type: ignore[attr-defined]
    found, _ = jobs_digests.news(archive)
    assert [one.told for one in found.fresh] == [
        "后台进程停止了 5.0 小时，其间没有采集"
    ]


def test_the_command(archive: Archive, tmp_path: Path, receiver: Any) -> None:
    commands = Commands(tmp_path / "data", archive.settings.database_url)
    printed = commands.run("digest")
    assert "【采集失败】1" in printed
    assert rows(archive) == []
    refused = commands.run("digest", "--send", status=1)
    assert "set ARCHIVE_SMTP_URL or ARCHIVE_WEBHOOK_URL" in refused
    assert "示例1局" in commands.run("digest", "--since", "2026-03-10")
    assert "示例1局" not in commands.run("digest", "--since", "2026-03-11")
    assert "2026-03-01" in commands.run("digest", "--since", "x", status=2)


def test_a_quiet_history_is_pruned(archive: Archive, tmp_path: Path) -> None:
    old = datetime.now(UTC) - timedelta(days=365)
    with archive.store.session() as session:
        for hours in range(6):
            session.add(
                RunRow(
                    kind="collect", source_id=1, state="done", queued_at=old,
                    finished_at=old + timedelta(hours=hours) / 10,
                )
            )  # fmt: skip
    commands = Commands(tmp_path / "data", archive.settings.database_url)
    assert "5 runs would be given up." in commands.run("prune", "--dry-run")
    archive.clock.moment = datetime.now(UTC)  # type: ignore[attr-defined]
    Lookout(archive).look()
    assert "0 runs were given up." in commands.run("prune")


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"ARCHIVE_SMTP_URL": "http://a"}, "ARCHIVE_SMTP_URL"),
        ({"ARCHIVE_SMTP_URL": "smtp://a"}, "ARCHIVE_MAIL_FROM"),
        (
            {"ARCHIVE_SMTP_URL": "smtp://a", "ARCHIVE_MAIL_FROM": "a@b"},
            "ARCHIVE_MAIL_TO",
        ),
        ({"ARCHIVE_WEBHOOK_URL": "https://a"}, "ARCHIVE_WEBHOOK_SECRET"),
        (
            {"ARCHIVE_WEBHOOK_URL": "https://a", "ARCHIVE_WEBHOOK_SECRET": "short"},
            "ARCHIVE_WEBHOOK_SECRET",
        ),
        ({"ARCHIVE_DIGEST_HOUR": "24"}, "ARCHIVE_DIGEST_HOUR"),
        ({"ARCHIVE_DIGEST_HOUR": "7.5"}, "ARCHIVE_DIGEST_HOUR"),
    ],
)
def test_half_of_the_settings(given: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadSettings, match=wrong):
        Settings.from_environment(given)


def test_digests_that_are_old_are_forgotten_but_for_those_that_wait(
    archive: Archive,
) -> None:
    jobs_digests.make(archive, "old")
    with archive.store.session() as session:
        digests.forget_old(session, MORNING + timedelta(days=401))
    assert rows(archive) == []
