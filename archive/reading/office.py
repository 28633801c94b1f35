"""Older Word files (.doc, .wps), .rtf, .odt and Word's XML of 2003 → Document:
LibreOffice makes a .docx of them.

LibreOffice is started for each file, with settings under which no macro runs and no
link is followed, a bare environment, and limits of time, memory and output; it ends
with the process that started it. The folder of its settings costs more to make than a
file to convert, so it is kept in the system's temporary folder. One process at a time
may use such a folder: there are several, each with a lock that LibreOffice holds too.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive.catalogue import DOC, ODT, RTF, WORD_XML
from archive.reading.sniff import sniff
from archive.reading.unreadable import Unreadable
from archive.reading.word import read_docx
from archive.report import Document, Hints

SECONDS = 60
MEMORY = 2 * 1024**3
_OUTPUT = 200 * 1024**2
_STARTERS = ("prlimit", "setpriv", "timeout")
KINDS = {
    DOC: ("doc", "旧版 Word 文件（.doc、.wps）"),
    RTF: ("rtf", "RTF 文件"),
    ODT: ("odt", "OpenDocument 文件（.odt）"),
    WORD_XML: ("xml", "Word XML 文件"),
}
"""What is read here: the name's end that LibreOffice knows it by, and its name in
Chinese.
"""
_PROFILES = 64

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "CheckDocumentEvents", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no updating of links (2: never), and whatever would go out goes to a port
where nobody answers.
"""


def read_office(body: bytes, hints: Hints) -> Document:
    """Reads what LibreOffice Writer opens. Raises Unreadable: also when LibreOffice is
    missing or takes too long.
    """
    media_type = sniff(body)
    return replace(
        read_docx(converted(body, *KINDS[media_type], "docx"), hints),
        media_type=media_type,
    )


def converted(body: bytes, suffix: str, kind: str, wanted: str) -> bytes:
    """A file whose name ends in `suffix`, called `kind` in errors, as one that ends in
    `wanted`.

    LibreOffice ends well also when it could not read the file, so the output decides.
    Raises Unreadable.
    """
    package = _missing(wanted)
    if package:
        raise Unreadable(
            f"读取{kind}需要安装 {package}；也可另存为 .{wanted} 后再导入。"
        )
    with _profile() as (profile, lock):
        folder = profile / "files"
        original, made = (
            folder / f"original.{suffix}",
            folder / "made" / f"original.{wanted}",
        )
        original.write_bytes(body)
        status = subprocess.run(
            _command(profile, original, made),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                "HOME": str(profile),
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "TMPDIR": str(folder),
            },
            cwd=folder,
            pass_fds=(lock,),
            check=False,
        ).returncode
        if made.is_file():
            return made.read_bytes()
        shutil.rmtree(
            profile, ignore_errors=True
        )  # what broke off may have left it in disorder
    if status in (-9, 137):
        raise Unreadable(
            f"{kind}转换超过 {SECONDS} 秒，已停止；请另存为 .{wanted} 后再导入。"
        )
    raise Unreadable(
        f"{kind}已损坏或有密码保护，无法打开；请核对后另存为 .{wanted} 再导入。"
    )


def _missing(wanted: str) -> str:
    """The package that still has to be installed; LibreOffice comes in parts, each with
    a library.
    """
    office = shutil.which("soffice")
    part, library = (
        ("calc", "libsclo.so") if wanted == "xlsx" else ("writer", "libswlo.so")
    )
    if not office or not (Path(office).resolve().parent / library).exists():
        return f"LibreOffice（Debian 软件包 libreoffice-{part}-nogui）"
    return "、".join(name for name in _STARTERS if shutil.which(name) is None)


def _command(profile: Path, original: Path, made: Path) -> list[str]:
    """`setpriv` tells `timeout` when this process dies, and `timeout` ends LibreOffice
    with all it has started.
    """
    limits = ["prlimit", f"--as={MEMORY}", f"--fsize={_OUTPUT}", "--core=0"]
    ends = [
        "setpriv",
        "--pdeathsig",
        "TERM",
        "timeout",
        "--signal=KILL",
        "--kill-after=1",
        str(SECONDS),
    ]
    quiet = [
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--nofirststartwizard",
    ]
    office = [
        str(shutil.which("soffice")),
        f"-env:UserInstallation={profile.as_uri()}",
        *quiet,
    ]
    return [
        *limits,
        *ends,
        *office,
        "--convert-to",
        made.suffix[1:],
        "--outdir",
        str(made.parent),
        str(original),
    ]


@contextmanager
def _profile() -> Iterator[tuple[Path, int]]:
    """A folder of settings that no other process uses, with an empty folder `files` in
    it, and its lock.
    """
    root = Path(tempfile.gettempdir(), f"archive-libreoffice-{os.getuid()}")
    root.mkdir(mode=0o700, exist_ok=True)
    if root.is_symlink() or root.stat().st_uid != os.getuid():
        raise Unreadable(
            f"临时文件夹 {root.name} 不属于本程序，不能转换旧版 Office 文件。"
        )
    number, lock = _locked(root)
    profile = root / str(number)
    files = profile / "files"
    try:
        shutil.rmtree(files, ignore_errors=True)
        files.mkdir(parents=True)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True, exist_ok=True)
        kept = settings.read_text(encoding="utf-8") if settings.is_file() else ""
        if not all(
            f'"{name}"' in kept for _, name, _ in _SETTINGS
        ):  # LibreOffice adds its own to them
            settings.write_text(_settings(), encoding="utf-8")
        yield profile, lock
        shutil.rmtree(files, ignore_errors=True)
    finally:
        os.close(lock)


def _locked(root: Path) -> tuple[int, int]:
    """The first number whose lock is free, and the lock; it is free again when nobody
    has it open.
    """
    for number in range(_PROFILES):
        lock = os.open(
            root / f"{number}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600
        )
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return number, lock
    raise Unreadable("同时转换的文件过多，请稍后重试。")


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" '
        f'oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    names = (
        'xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {names}>{items}'
        "</oor:items>\n"
    )
