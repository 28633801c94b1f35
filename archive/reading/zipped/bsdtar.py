"""bsdtar (of libarchive) as an unpacker of .rar and .7z.

It is started for each archive with a bare environment and limits of time and memory,
reads the archive from an open file without a name, and writes to a pipe alone: a limit
on files keeps it from making any. It makes a tar, which tells the members apart. So
made, they are not checked: those of a .rar are held against its headers here, a .7z is
unpacked once more, which checks it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from typing import IO

from archive.reading.unreadable import Unreadable
from archive.reading.zipped.rar_headers import Entry, entries_of

SECONDS = 30
MEMORY = 1024**3
_MESSAGES = 64 * 1024
"""Bytes of what it says; nothing else may it write to a file."""
_STARTERS = ("prlimit", "setpriv", "timeout")
_HEADERS = 2 * 1024**2
"""Bytes of a tar besides its members."""
_BOMB = "压缩包解压后异常巨大，疑似压缩炸弹，已拒绝读取。"
_DAMAGED = "压缩包已损坏，无法解压，请重新下载。"
_PROTECTED = "压缩包有密码保护，无法读取；请取得没有密码的文件后再导入。"
_INCOMPLETE = (
    "压缩包不完整，可能是分卷中的一卷，或没有下载完；请取得完整的文件后再导入。"
)
_TOO_LONG = f"压缩包解压超过 {SECONDS} 秒，已停止；请解压后再导入。"
_UNKNOWN = "压缩包用了不能识别的压缩方式，无法读取；请解压后再导入。"
_TOO_HUNGRY = "压缩包解压需要的内存过多，已停止；请解压后再导入。"
_KILLED = (-9, 137)
_NOT_SUPPORTED = ("unavailable", "unsupported", "not supported")
"""What bsdtar says of solid archives of older WinRAR, and of rare ways to pack."""
_SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
_START_HEADER = 32
"""Bytes of the header at the begin of a .7z: where the one at its end stands."""


def unpacked_by_bsdtar(body: bytes, budget: int) -> list[tuple[str, bytes]]:
    """The files of a .rar or .7z with their names, of `budget` bytes at most.

    Raises Unreadable when bsdtar is missing, and for what is damaged, protected, one of
    several volumes, or a bomb.
    """
    missing = _missing()
    if missing:
        raise Unreadable(f"读取 .rar、.7z 压缩包需要安装 {missing}；也可解压后再导入。")
    if body.startswith(_SEVEN_ZIP):
        _refuse_incomplete(body)
        return _made_of(body, budget, is_checked=True)
    entries = entries_of(body)
    if sum(entry.size for entry in entries) > budget:
        raise Unreadable(_BOMB)
    lacks_checksums = any(entry.checksum is None for entry in entries)
    members = _made_of(body, budget, is_checked=lacks_checksums)
    return _named(members, entries)


def _made_of(body: bytes, budget: int, *, is_checked: bool) -> list[tuple[str, bytes]]:
    """The members that bsdtar finds, once everything was unpacked to be checked."""
    with tempfile.TemporaryFile() as archive:
        archive.write(body)
        if is_checked:
            _run(archive, ("-x", "-O", "-f", "-"), budget)
        as_tar = ("-c", "-f", "-", "--format=pax", "@-")
        return _members(_run(archive, as_tar, budget + _HEADERS))


def _missing() -> str:
    """What still has to be installed; empty when nothing is missing."""
    if shutil.which("bsdtar") is None:
        return "bsdtar（Debian 软件包 libarchive-tools）"
    return "、".join(name for name in _STARTERS if shutil.which(name) is None)


def _refuse_incomplete(body: bytes) -> None:
    """Raises Unreadable when a .7z ends before the header that its begin names."""
    offset = int.from_bytes(body[12:20], "little")
    size = int.from_bytes(body[20:28], "little")
    if len(body) < _START_HEADER or _START_HEADER + offset + size > len(body):
        raise Unreadable(_INCOMPLETE)


def _command(arguments: Sequence[str]) -> list[str]:
    """`setpriv` tells `timeout` when this process dies, and `timeout` ends bsdtar."""
    return [
        *("prlimit", f"--as={MEMORY}", f"--fsize={_MESSAGES}", "--core=0"),
        *("setpriv", "--no-new-privs", "--pdeathsig", "TERM"),
        *("timeout", "--signal=KILL", "--kill-after=1", str(SECONDS)),
        *("bsdtar", *arguments),
    ]


def _run(archive: IO[bytes], arguments: Sequence[str], limit: int) -> bytes:
    """What bsdtar writes.

    Raises Unreadable when it fails, and when it writes more than `limit` bytes.
    """
    archive.seek(0)
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(  # noqa: S603  our own words; the archive is stdin
            _command(arguments),
            stdin=archive,
            stdout=subprocess.PIPE,
            stderr=messages,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            cwd="/",
        )
        with process:
            assert process.stdout is not None
            made = process.stdout.read(limit + 1)
            if len(made) > limit:
                process.terminate()
                raise Unreadable(_BOMB)
        messages.seek(0)
        said = messages.read(_MESSAGES).decode("utf-8", "replace")
    if process.returncode:
        raise Unreadable(_why(process.returncode, said))
    return made


def _why(status: int, said: str) -> str:
    """What is said of an archive with which bsdtar could not go on."""
    if status in _KILLED:
        return _TOO_LONG
    words = said.lower()
    if "encrypt" in words or "passphrase" in words:
        return _PROTECTED
    # A 7z names the memory that its unpacking takes: up to 4 GB, bombs or not.
    if "allocate" in words:
        return _TOO_HUNGRY
    is_unknown = any(word in words for word in _NOT_SUPPORTED)
    if is_unknown:
        return _UNKNOWN
    return _DAMAGED


def _members(made: bytes) -> list[tuple[str, bytes]]:
    """The files of a tar; folders and links are none."""
    members: list[tuple[str, bytes]] = []
    try:
        with tarfile.open(fileobj=io.BytesIO(made), mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isfile() else None
                if content is not None:
                    members.append((entry.name, content.read()))
    except (tarfile.TarError, ValueError):
        raise Unreadable(_DAMAGED) from None
    return members


def _named(
    members: Sequence[tuple[str, bytes]], entries: Sequence[Entry]
) -> list[tuple[str, bytes]]:
    """The members, each of which has to be what its header tells.

    Where bsdtar could not read a name (GBK in archives of older WinRAR), that of the
    header. Raises Unreadable where one is missing or is not what was packed.
    """
    if len(members) != len(entries):
        raise Unreadable(_DAMAGED)
    named = []
    for (name, content), entry in zip(members, entries, strict=True):
        is_as_packed = len(content) == entry.size and entry.is_of(content)
        if not is_as_packed:
            raise Unreadable(_DAMAGED)
        named.append((name if _is_clean(name) else entry.name, content))
    return named


def _is_clean(name: str) -> bool:
    """Whether every byte of a name could be read."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
