"""Originals by SHA-256, byte for byte, for ever: nothing here deletes or overwrites.

An original with the hash `abcdef…` stands in `ab/cd/abcdef…` below the folder. It is
written whole under another name, flushed to the disk and then renamed. Where a disk has
changed it since, it heals when the same bytes are met again; what the disk had made of
it stays beside it, as `.damaged-abcdef…`.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

# e.g. "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
# not "../../etc/passwd"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".unfinished-"
_DAMAGED = ".damaged-"
_READ_ONLY = 0o400
log = logging.getLogger("archive.captures")


class DamagedOriginal(Exception):
    """An original that is not there or no longer has its hash.

    The message says which, in Chinese.
    """


class Captures:
    """The folder of originals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, body: bytes) -> str:
        """Keeps the bytes and returns their SHA-256 in hex.

        Keeping them again changes nothing, unless what is there is damaged: then it is
        replaced.

        When this returns, the bytes are on the disk. Raises OSError (no room, no
        permission).
        """
        with self.together() as keep:
            return keep(body)

    @contextlib.contextmanager
    def together(self) -> Iterator[Callable[[bytes], str]]:
        """Keeps many: gives a function that takes the bytes of one as `keep` does.

        When the block ends, all of them are on the disk; none has its name before. A
        disk that is waited for once for all of them has most of the rest written
        already. Raises OSError.
        """
        written: dict[Path, Path] = {}
        folders: set[Path] = set()

        def keep(body: bytes) -> str:
            digest = hashlib.sha256(body).hexdigest()
            target = self.path(digest)
            is_there = target in written or _holds(target, body)
            if not is_there:
                folders.update(self._make_folder(target.parent))
                written[target] = _write(target.parent, body)
            return digest

        try:
            yield keep
            for file in written.values():
                _flush(file)
            for target, file in written.items():
                self._name(file, target)
        except BaseException:
            for file in written.values():
                with contextlib.suppress(OSError):
                    file.unlink()
            raise
        # A new name is in its folder only once the folder is on the disk.
        for folder in folders:
            _flush(folder)

    def _name(self, written: Path, target: Path) -> None:
        """Gives what is written its name, in the place of what a disk has damaged."""
        is_damaged = target.exists() and not _holds(target, written.read_bytes())
        if is_damaged:
            self._set_damaged_aside(target)
        # Two processes that keep the same bytes at once replace like with like.
        written.rename(target)
        if is_damaged:
            log.warning("the original %s was damaged, and is whole again", target.name)

    def _set_damaged_aside(self, target: Path) -> None:
        """Leaves what a disk has made of an original beside it, for whoever looks for
        the cause; the original has its name until it is replaced.
        """
        aside = target.parent / f"{_DAMAGED}{target.name}"
        # One that was damaged twice is noted already.
        with contextlib.suppress(OSError):
            aside.hardlink_to(target)

    def healed(self) -> Iterator[str]:
        """The hashes of originals that were damaged once and are whole again."""
        for path in sorted(self.folder.glob(f"??/??/{_DAMAGED}*")):
            yield path.name.removeprefix(_DAMAGED)

    def open(self, digest: str) -> bytes:
        """The bytes of an original.

        Raises DamagedOriginal when they are not there or not what was kept.
        """
        try:
            body = self.path(digest).read_bytes()
        except OSError as error:
            raise DamagedOriginal(
                f"原件 {digest} 无法读取：{error.strerror}。请从备份恢复。"
            ) from error
        if hashlib.sha256(body).hexdigest() != digest:
            raise DamagedOriginal(
                f"原件 {digest} 的内容与其校验值不符，文件已损坏。请从备份恢复。"
            )
        return body

    def path(self, digest: str) -> Path:
        """Where an original stands. Raises ValueError for what is no SHA-256 in hex."""
        # Two levels of folders: one folder of a million files is slow to list and copy.
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256 in lower-case hex: {digest!r}")
        return self.folder / digest[:2] / digest[2:4] / digest

    def iterate(self) -> Iterator[str]:
        """The hashes of all originals in order.

        Files a kill left unfinished are not among them.
        """
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("??/??/*")):
            if _DIGEST.fullmatch(path.name) and path == self.path(path.name):
                yield path.name

    def _make_folder(self, folder: Path) -> set[Path]:
        """Makes the two levels of folders; those that have to be flushed, so that what
        is in them survives a loss of power.
        """
        changed = {folder}
        for level in (self.folder, folder.parent, folder):
            if not level.is_dir():
                level.mkdir(parents=True, exist_ok=True)
                changed.add(level.parent)
        return changed


def _holds(file: Path, body: bytes) -> bool:
    """Whether a file holds these bytes; not one that the disk can't give back."""
    try:
        return file.read_bytes() == body
    except OSError:
        return False


def _write(folder: Path, body: bytes) -> Path:
    """The bytes under a name of their own, not yet on the disk."""
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            os.fchmod(file.fileno(), _READ_ONLY)
    except BaseException:
        with contextlib.suppress(OSError):
            written.unlink()
        raise
    return written


def _flush(path: Path) -> None:
    """Waits until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
