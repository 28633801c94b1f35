"""A letter to the people who look after the archive, by a mail server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from archive.watching.bounded import bounded
from config import Telling

WAIT = 20.0
"""Seconds for each answer of the server."""
WHOLE = 90.0
"""Seconds for all of it: a server may drip."""
_PORTS = {"smtp": 587, "smtps": 465}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""A server on this machine needs no TLS: nobody listens in between."""
MAIL_TROUBLES = (OSError, smtplib.SMTPException, ValueError)
"""What a server, its certificate or its address can do to a letter."""


def send_mail(telling: Telling, subject: str, text: str, number: str) -> None:
    """Sends a letter to everybody of the settings; one of MAIL_TROUBLES where it can't.

    `number` names the letter: one that is sent twice is the same to mail programs.
    """
    letter = EmailMessage()
    letter["Subject"] = " ".join(subject.split())
    letter["From"] = telling.mail_from
    letter["To"] = ", ".join(telling.mail_to)
    letter["Date"] = formatdate(localtime=False)
    host = telling.mail_from.rpartition("@")[2]
    letter["Message-ID"] = f"<{number}@{host}>"
    # Answered by no machine, such as one that says its reader is on holiday.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="base64")
    server = _server(telling.smtp_url)
    try:
        with bounded(WHOLE, lambda: server.sock):
            _connect(server, telling.smtp_url)
            _log_in(server, telling.smtp_url)
            refused = server.send_message(letter)
            server.quit()
    finally:
        server.close()
    if refused:
        raise smtplib.SMTPRecipientsRefused(refused)


def _server(url: str) -> smtplib.SMTP:
    """A mail server, not yet connected: its greeting may drip as well."""
    parts = urlsplit(url)
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=WAIT, context=context)
    else:
        server = smtplib.SMTP(timeout=WAIT)
    # Whom its certificate has to name; set by the constructor, which would connect.
    server._host = parts.hostname or ""  # type: ignore[attr-defined]
    return server


def _connect(server: smtplib.SMTP, url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    server.connect(host, parts.port or _PORTS[parts.scheme])
    server.ehlo()
    if parts.scheme == "smtps" or host in _HERE:
        return
    # Raises where the server offers none: nothing goes out in the clear.
    server.starttls(context=ssl.create_default_context())
    server.ehlo()


def _log_in(server: smtplib.SMTP, url: str) -> None:
    parts = urlsplit(url)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
