"""Originals are kept whole, once, for ever."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from archive.captures import Captures, DamagedOriginal

BODY = "示例报告".encode()


def test_kept_under_its_hash_and_given_back(tmp_path: Path) -> None:
    captures = Captures(tmp_path / "originals")
    digest = captures.keep(BODY)
    assert digest == hashlib.sha256(BODY).hexdigest()
    assert (
        captures.path(digest)
        == tmp_path / "originals" / digest[:2] / digest[2:4] / digest
    )
    assert captures.open(digest) == BODY
    assert list(captures.iterate()) == [digest]


def test_many_have_their_names_when_all_of_them_are_written(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    with captures.together() as keep:
        digests = [keep(body) for body in (b"one", b"two", b"one")]
        assert list(captures.iterate()) == []
    assert list(captures.iterate()) == sorted(set(digests))
    assert [captures.open(digest) for digest in digests] == [b"one", b"two", b"one"]


def test_where_one_can_not_be_kept_none_is_left_unfinished(tmp_path: Path) -> None:
    captures = Captures(tmp_path)

    def fill_the_disk() -> None:
        with captures.together() as keep:
            keep(b"one")
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        fill_the_disk()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_keeping_again_leaves_the_file_alone(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    path = captures.path(captures.keep(BODY))
    before = path.stat()
    captures.keep(BODY)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )
    assert path.stat().st_mode & 0o222 == 0


def test_a_changed_or_missing_original_is_named(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    digest = captures.keep(BODY)
    path = captures.path(digest)
    path.chmod(0o644)
    path.write_bytes(BODY[:-1])
    with pytest.raises(DamagedOriginal, match=f"{digest}.*校验值不符"):
        captures.open(digest)
    path.unlink()
    with pytest.raises(DamagedOriginal, match=f"{digest}.*无法读取"):
        captures.open(digest)


def test_what_a_kill_left_unfinished_does_no_harm(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    digest = hashlib.sha256(BODY).hexdigest()
    folder = captures.path(digest).parent
    folder.mkdir(parents=True)
    (folder / ".unfinished-abc").write_bytes(BODY[:3])
    assert list(captures.iterate()) == []
    assert captures.keep(BODY) == digest
    assert captures.open(digest) == BODY
    assert list(captures.iterate()) == [digest]


def test_no_room_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    captures = Captures(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        captures.keep(BODY)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "digest", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"]
)
def test_only_hashes_are_paths(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Captures(tmp_path).path(digest)


@pytest.mark.parametrize("damage", [BODY[:-1], BODY[:-1] + b"!", b""])
def test_a_damaged_original_heals_when_it_is_met_again(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    captures = Captures(tmp_path)
    digest = captures.keep(BODY)
    path = captures.path(digest)
    path.chmod(0o644)
    path.write_bytes(damage)
    assert captures.keep(BODY) == digest
    assert captures.open(digest) == BODY
    assert path.stat().st_mode & 0o222 == 0
    assert list(captures.iterate()) == list(captures.healed()) == [digest]
    assert (path.parent / f".damaged-{digest}").read_bytes() == damage
    assert f"{digest} was damaged" in caplog.text
