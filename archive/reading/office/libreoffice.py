"""LibreOffice as a converter: an older Office file → a newer one.

LibreOffice is started for each file, with settings under which no macro runs and no
link is followed, a bare environment, and limits of time, memory and output; it ends
with the process that started it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from archive.reading.office.profiles import free_profile
from archive.reading.unreadable import Unreadable

SECONDS = 60
MEMORY = 2 * 1024**3
_OUTPUT = 200 * 1024**2
_STARTERS = ("prlimit", "setpriv", "timeout")
# What is wanted → the part of LibreOffice that makes it, and that part's library.
_PARTS = {"xlsx": ("calc", "libsclo.so"), "docx": ("writer", "libswlo.so")}
# The status of a process that `timeout` had to kill: the signal's number, or the
# shell's way of telling it.
_KILLED = (-9, 137)
_QUIET = (
    "--headless",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
)


def converted(body: bytes, ending: str, name: str, wanted: str) -> bytes:
    """A file whose name ends in `ending` as one that ends in `wanted` (docx or xlsx).

    `name` is what the format is called in errors. Raises Unreadable when LibreOffice is
    missing, takes too long, or can't read the file.
    """
    package = _missing(wanted)
    if package:
        raise Unreadable(
            f"读取{name}需要安装 {package}；也可另存为 .{wanted} 后再导入。"
        )
    with free_profile() as profile:
        original = profile.files / f"original.{ending}"
        made = profile.files / "made" / f"original.{wanted}"
        original.write_bytes(body)
        command = _command(profile.folder, original, made)
        status = _run(command, profile.folder, profile.lock)
        # LibreOffice ends well also when it could not read the file
        if made.is_file():
            return made.read_bytes()
        # what broke off may have left its settings in disorder
        shutil.rmtree(profile.folder, ignore_errors=True)
    if status in _KILLED:
        raise Unreadable(
            f"{name}转换超过 {SECONDS} 秒，已停止；请另存为 .{wanted} 后再导入。"
        )
    raise Unreadable(
        f"{name}已损坏或有密码保护，无法打开；请核对后另存为 .{wanted} 再导入。"
    )


def _missing(wanted: str) -> str:
    """The package that still has to be installed; LibreOffice comes in parts."""
    part, library = _PARTS[wanted]
    office = shutil.which("soffice")
    if not office or not (Path(office).resolve().parent / library).exists():
        return f"LibreOffice（Debian 软件包 libreoffice-{part}-nogui）"
    return "、".join(name for name in _STARTERS if shutil.which(name) is None)


def _command(profile: Path, original: Path, made: Path) -> list[str]:
    """`setpriv` tells `timeout` when this process dies, and `timeout` ends LibreOffice
    with all it has started.
    """
    return [
        *("prlimit", f"--as={MEMORY}", f"--fsize={_OUTPUT}", "--core=0"),
        *("setpriv", "--pdeathsig", "TERM"),
        *("timeout", "--signal=KILL", "--kill-after=1", str(SECONDS)),
        str(shutil.which("soffice")),
        f"-env:UserInstallation={profile.as_uri()}",
        *_QUIET,
        *("--convert-to", made.suffix[1:]),
        *("--outdir", str(made.parent)),
        str(original),
    ]


def _run(command: list[str], profile: Path, lock: int) -> int:
    """Runs LibreOffice in a bare environment; it holds the lock of its profile too."""
    folder = profile / "files"
    environment = {
        "HOME": str(profile),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
    }
    return subprocess.run(  # noqa: S603  our own words; a document is a file name
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        pass_fds=(lock,),
        check=False,
    ).returncode
