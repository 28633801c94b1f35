"""Settings of the archive: the only file that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

VERSION = "0.1.0"
"""Of the program. `pyproject.toml` and the fetcher's user agent, which may not import
this file, say the same: tests/commands/test_version.py.
"""


_MEGABYTE = 1024 * 1024
_DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")
_WEB = ("http://", "https://")
_QUEUES = ("redis://", "rediss://", "unix://")
_LONGEST = 9999
"""Hours or days of a session; more would be no limit."""
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_SHORTEST_KEY = 32
_MOST_THREADS = 64
_ON = frozenset({"1", "true", "yes"})
_OFF = frozenset({"", "0", "false", "no"})


class BadSettings(ValueError):
    """A setting that can't be used; the message names the variable and what to do."""


@dataclass(frozen=True)
class Telling:
    """How people are told of troubles; without an address they have to look."""

    smtp_url: str = ""
    """`smtp://user:password@host:587`, which turns to TLS, or `smtps://…`; empty for
    none. It may hold a password.
    """
    mail_from: str = ""
    mail_to: tuple[str, ...] = ()
    webhook_url: str = ""
    """Where a digest is posted as JSON; empty for nowhere."""
    webhook_secret: str = ""
    """Signs what is posted."""
    hour: int = 8
    """Of the day in China from which on the digest of a day is made."""
    always: bool = False
    """Send a digest also where nothing has happened."""


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two installations.

    Handed in, never imported as a global: tests and demonstrations make their own.
    """

    data: Path
    """Folder of originals, index and (by default) the SQLite files."""
    database_url: str
    """SQLAlchemy URL; SQLite under `data` unless told otherwise."""
    jobs_url: str
    """`redis://…`, or empty for a SQLite file under `data`."""
    secret_key: str
    """Signs sessions, forms and what the queue carries; empty for none. Of at least 32
    characters, or guessing it would be worth while.
    """
    allow_private_hosts: bool
    """Let the fetcher reach loopback and private addresses (tests and the
    demonstration).
    """
    contact_url: str
    """Where a portal's webmaster can reach us; part of the user agent."""
    host_pause: float
    """Seconds between two requests to the same host."""
    secure_cookies: bool
    """Send cookies over https only; switched off for http on loopback."""
    max_file_bytes: int
    """Originals above this size are refused."""
    page_seconds: float = 120
    """Seconds for all that is asked for one page of a portal."""
    run_minutes: float = 120
    """How long a run of collecting may take; the next one goes on."""
    search_memory: int = 192 * _MEGABYTE
    """Bytes in which each process keeps what was searched for last; the index itself
    takes about 150 more a report.
    """
    threads: int = 4
    """Runs that a worker does at the same time, each at a host of its own."""
    log_json: bool = False
    """Log answers and events as lines of JSON."""
    metrics: bool = False
    """Answer `/metrics`; whoever reaches the site can read it then."""

    telling: Telling = Telling()
    second_factor: bool = False
    """Whether everybody with an account must log in with a second factor."""
    session_idle_hours: float = 8
    """How long a browser that asks for nothing stays logged in."""
    session_days: float = 7
    """How long a browser stays logged in at all."""
    proxies: int = 0
    """How many proxies of ours every request has come through: what they say of the
    visitor's address is believed, and nobody else.
    """
    hosts: tuple[str, ...] = _LOOPBACK
    """The names the website answers to; `.example.org` stands for all below it."""
    public_url: str = ""
    """What stands before every address we give out, without the last slash. Where it is
    empty they begin with a slash.
    """
    tsa_url: str = ""
    """Of an authority of time (RFC 3161) that stamps each day's hash; empty for none.
    """
    tsa_certificate: Path | None = None
    """Its certificates as PEM, the root among them: an answer must hold by them."""

    @property
    def originals(self) -> Path:
        return self.data / "originals"

    @property
    def index(self) -> Path:
        return self.data / "index"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read `ARCHIVE_…` variables. Raises BadSettings for what can't be used."""
        data = _path("ARCHIVE_DATA", environ.get("ARCHIVE_DATA", "data"))
        database = _url(environ, "ARCHIVE_DATABASE_URL", _DATABASES)
        return cls(
            data=data,
            database_url=database or f"sqlite:///{data / 'archive.sqlite3'}",
            jobs_url=_url(environ, "ARCHIVE_JOBS_URL", _QUEUES),
            secret_key=_secret(environ, "ARCHIVE_SECRET_KEY"),
            allow_private_hosts=_flag(environ, "ARCHIVE_ALLOW_PRIVATE_HOSTS"),
            contact_url=environ.get("ARCHIVE_CONTACT_URL", ""),
            host_pause=_number(environ, "ARCHIVE_HOST_PAUSE", 1.0),
            page_seconds=_duration(environ, "ARCHIVE_PAGE_SECONDS", 120, 1),
            run_minutes=_duration(environ, "ARCHIVE_RUN_MINUTES", 120, 0.01),
            secure_cookies=not _flag(environ, "ARCHIVE_INSECURE_COOKIES"),
            max_file_bytes=_megabytes(environ, "ARCHIVE_MAX_FILE_MB", 50),
            threads=_threads(environ),
            log_json=_choice(environ, "ARCHIVE_LOG", ("text", "json")) == "json",
            metrics=_flag(environ, "ARCHIVE_METRICS"),
            search_memory=_megabytes(environ, "ARCHIVE_SEARCH_MEMORY_MB", 192),
            telling=_telling(environ),
            second_factor=_flag(environ, "ARCHIVE_SECOND_FACTOR"),
            session_idle_hours=_lifetime(environ, "ARCHIVE_SESSION_IDLE_HOURS", 8),
            session_days=_lifetime(environ, "ARCHIVE_SESSION_DAYS", 7),
            proxies=_count(environ, "ARCHIVE_PROXIES"),
            hosts=_hosts(environ),
            public_url=_public_url(environ),
            tsa_url=_url(environ, "ARCHIVE_TSA_URL", _WEB),
            tsa_certificate=_certificate(environ),
        )

    @property
    def is_for_loopback(self) -> bool:
        """Whether only this machine is answered, since no name was set."""
        return self.hosts == _LOOPBACK


_MEASURES = "PROMETHEUS_MULTIPROC_DIR"


def measure_together(folder: Path) -> None:
    """From now on all processes of the website count in this folder, each its own.

    prometheus_client reads it from the environment, before it is loaded.
    """
    os.environ[_MEASURES] = str(folder)


def measured_together() -> bool:
    """Whether several processes count together."""
    return _MEASURES in os.environ


def one_thread_for_arrays() -> None:
    """Keeps numpy, which is loaded later, from starting a thread a core: each of them
    waits busily for products of large matrices, of which there are none here.

    Its library of linear algebra reads that from the environment when it is loaded.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _url(environ: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    value = environ.get(name, "").strip()
    if value and not value.startswith(schemes):
        # The address itself is not repeated: it may hold a password.
        raise BadSettings(f"{name}: begin with one of {', '.join(schemes)}")
    if value.startswith("sqlite:"):
        _require_file(value, name)
    elif value and not _has_sound_host(value):
        raise BadSettings(f"{name}: host or port can't be read, write host:port")
    return value


def _require_file(value: str, name: str) -> None:
    """Raises BadSettings: a database in memory would be another one for each thread."""
    path = value.removeprefix("sqlite:///")
    if path in {"", ":memory:"} or "?" in path:
        raise BadSettings(f"{name}: write the path of a file, sqlite:////PATH")


def _has_sound_host(url: str) -> bool:
    """Whether the host and port of an address can be read at all."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _telling(environ: Mapping[str, str]) -> Telling:
    """How people are told. Raises BadSettings for half of what is needed."""
    smtp = _url(environ, "ARCHIVE_SMTP_URL", ("smtp://", "smtps://"))
    sender = environ.get("ARCHIVE_MAIL_FROM", "").strip()
    named = environ.get("ARCHIVE_MAIL_TO", "").split(",")
    readers = tuple(filter(None, map(str.strip, named)))
    for name, some in (("ARCHIVE_MAIL_FROM", (sender,)), ("ARCHIVE_MAIL_TO", readers)):
        if smtp and not (some and all(map(_is_mail_address, some))):
            raise BadSettings(f"{name}: write name@example.org, for ARCHIVE_SMTP_URL")
    hook = _url(environ, "ARCHIVE_WEBHOOK_URL", ("https://", "http://"))
    secret = _secret(environ, "ARCHIVE_WEBHOOK_SECRET")
    if hook and not secret:
        raise BadSettings("ARCHIVE_WEBHOOK_SECRET: what is posted has to be signed")
    hour = _number(environ, "ARCHIVE_DIGEST_HOUR", 8)
    if hour not in range(24):
        raise BadSettings(f"ARCHIVE_DIGEST_HOUR={hour:g}: write an hour, 0 to 23")
    always = _flag(environ, "ARCHIVE_DIGEST_ALWAYS")
    return Telling(smtp, sender, readers, hook, secret, int(hour), always)


def _is_mail_address(text: str) -> bool:
    """Whether a text is one plain address, without a name beside it."""
    name, _, host = text.partition("@")
    is_plain = text.isascii() and text.isprintable()
    return is_plain and bool(name and host) and not set(text) & set(" <>,;")


def _secret(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    # The key itself is not repeated.
    if value and len(value) < _SHORTEST_KEY:
        raise BadSettings(
            f"{name}: {len(value)} characters are too few, write at least "
            f"{_SHORTEST_KEY}. A good one: "
            "`openssl rand -base64 48`"
        )
    return value


def _hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The names that are set, and that of the public address; else loopback."""
    name = "ARCHIVE_HOSTS"
    named = [one.strip() for one in environ.get(name, "").split(",") if one.strip()]
    for one in named:
        # A bracket closes an IPv6 address; after it a port would stand.
        has_port = ":" in one.rpartition("]")[2]
        is_name = bool(one.strip(".")) and one.isprintable()
        has_more = any(sign in one for sign in "/@ ?#")
        if has_more or has_port or one == "*" or not is_name:
            raise BadSettings(
                f"{name}: write names without http:// and without a port, such as "
                f"archive.example.org, not {one!r}"
            )
    named = [_as_asked(one, name) for one in named]
    public = urlsplit(_public_url(environ)).hostname
    if public:
        named.append(f"[{public}]" if ":" in public else public)
    return tuple(dict.fromkeys(named)) or _LOOPBACK


def _as_asked(host: str, name: str) -> str:
    """A name as browsers send it."""
    try:
        known = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise BadSettings(f"{name}: {host!r} is no name of a host") from None
    return known.lower()


def _public_url(environ: Mapping[str, str]) -> str:
    name = "ARCHIVE_PUBLIC_URL"
    value = environ.get(name, "").strip().rstrip("/")
    if not value:
        return ""
    # Python takes line breaks out of what it splits; a header would keep them.
    is_one_word = value.isprintable() and " " not in value
    if not is_one_word or not _has_sound_host(value):
        raise BadSettings(f"{name}={value!r}: write https://… as visitors see it")
    parts = urlsplit(value)
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    has_more = bool(parts.path or parts.query or parts.fragment)
    if not is_web or has_more or "@" in parts.netloc:
        raise BadSettings(f"{name}={value!r}: write https://… as visitors see it")
    return value


def _certificate(environ: Mapping[str, str]) -> Path | None:
    name = "ARCHIVE_TSA_CERTIFICATE"
    value = environ.get(name, "").strip()
    if environ.get("ARCHIVE_TSA_URL", "").strip() and not value:
        raise BadSettings(f"{name} is not set: answers of the authority need its root")
    return _path(name, value) if value else None


def _path(name: str, value: str) -> Path:
    """A file or folder, as named from the root. Raises BadSettings."""
    if not value.strip():
        # It would be the folder that the program is started in.
        raise BadSettings(f"{name} is empty: write a folder, or do not set it")
    try:
        return Path(value).resolve()
    except (RuntimeError, ValueError):
        # A link to itself, by versions of Python before 3.13; a zero byte.
        raise BadSettings(f"{name}={value!r} leads nowhere: write a folder") from None


def _count(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "").strip() or "0"
    is_small = value.isascii() and value.isdigit() and len(value) == 1
    if not is_small:
        raise BadSettings(f"{name}={value!r}: write how many proxies, 0 to 9")
    return int(value)


def _threads(environ: Mapping[str, str]) -> int:
    name = "ARCHIVE_THREADS"
    value = environ.get(name, "").strip() or "4"
    is_number = value.isascii() and value.isdigit() and len(value) < 3
    if not is_number or not 1 <= int(value) <= _MOST_THREADS:
        raise BadSettings(f"{name}={value!r}: write a number, 1 to {_MOST_THREADS}")
    return int(value)


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in _ON | _OFF:
        raise BadSettings(f"{name}={value!r}: write 1 or 0")
    return value in _ON


def _choice(environ: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """One of a few words; the first where nothing is said."""
    value = environ.get(name, "").strip().lower() or known[0]
    if value not in known:
        raise BadSettings(f"{name}={value!r}: write {' or '.join(known)}")
    return value


def _megabytes(environ: Mapping[str, str], name: str, default: float) -> int:
    return int(_number(environ, name, default) * _MEGABYTE)


def _lifetime(environ: Mapping[str, str], name: str, default: float) -> float:
    value = _number(environ, name, default)
    if not 0 < value <= _LONGEST:
        raise BadSettings(
            f"{name}={value:g}: write a number above 0, {_LONGEST} at most"
        )
    return value


def _duration(
    environ: Mapping[str, str], name: str, default: float, least: float
) -> float:
    value = _number(environ, name, default)
    if not least <= value <= _LONGEST:
        raise BadSettings(
            f"{name}={value:g}: write a number from {least:g} to {_LONGEST}"
        )
    return value


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    value = environ.get(name, "").strip()
    try:
        number = float(value) if value else default
    except ValueError:
        raise BadSettings(f"{name}={value!r}: write a number") from None
    if not 0 <= number < 1e9:
        raise BadSettings(f"{name}={value!r}: write a number from 0 to 1000000000")
    return number
