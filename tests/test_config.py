"""Settings that can't be used are named, with what to write instead."""

from __future__ import annotations

import pytest

from config import BadSettings, Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARCHIVE_DATABASE_URL", "foo"),
        ("ARCHIVE_DATABASE_URL", "mysql://somebody:secret@localhost/archive"),
        ("ARCHIVE_DATABASE_URL", "sqlite:///"),
        ("ARCHIVE_DATABASE_URL", "sqlite:///:memory:"),
        ("ARCHIVE_DATABASE_URL", "sqlite:////tmp/a.sqlite3?mode=ro"),
        ("ARCHIVE_DATABASE_URL", "postgresql://u:secret@h:abc/d"),
        ("ARCHIVE_DATABASE_URL", "postgresql://[::1/d"),
        ("ARCHIVE_JOBS_URL", "localhost:6379"),
        ("ARCHIVE_JOBS_URL", "redis://h:99999"),
        ("ARCHIVE_DATA", ""),
        ("ARCHIVE_DATA", " "),
        ("ARCHIVE_HOST_PAUSE", "-1"),
        ("ARCHIVE_HOST_PAUSE", "soon"),
        ("ARCHIVE_INSECURE_COOKIES", "perhaps"),
        ("ARCHIVE_SECOND_FACTOR", "sometimes"),
        ("ARCHIVE_SESSION_IDLE_HOURS", "0"),
        ("ARCHIVE_SESSION_DAYS", "-1"),
        ("ARCHIVE_SESSION_DAYS", "10000"),
        ("ARCHIVE_SECRET_KEY", "31 characters and one secret..."),
        ("ARCHIVE_PROXIES", "-1"),
        ("ARCHIVE_PROXIES", "all"),
        ("ARCHIVE_HOSTS", "*"),
        ("ARCHIVE_HOSTS", "example.org:443"),
        ("ARCHIVE_HOSTS", "https://example.org"),
        ("ARCHIVE_HOSTS", "."),
        ("ARCHIVE_HOSTS", "a.example b.example"),
        ("ARCHIVE_HOSTS", "somebody@example.org"),
        ("ARCHIVE_PUBLIC_URL", "https://[::1"),
        ("ARCHIVE_PUBLIC_URL", "https://example.org:99999"),
        ("ARCHIVE_PUBLIC_URL", "https://somebody@example.org"),
        ("ARCHIVE_PUBLIC_URL", "https://example.org\nX-A: b"),
        ("ARCHIVE_PUBLIC_URL", "example.org"),
        ("ARCHIVE_PUBLIC_URL", "https://example.org/archive"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name) as refused:
        Settings.from_environment({name: value})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["sqlite:////tmp/a.sqlite3", "postgresql://localhost/archive", "postgres://h/d"],
)
def test_databases_that_can_be_used(url: str) -> None:
    assert Settings.from_environment({"ARCHIVE_DATABASE_URL": url}).database_url == url
