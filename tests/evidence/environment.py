"""The environment of its own that others' programs stand in, made when it is needed.

python -m tests.evidence.environment
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WANTED = ROOT / "tests" / "evidence" / "others.txt"
FOLDER = ROOT / ".venv-bench" / "evidence"
OTHERS = ROOT / "tests" / "evidence" / "others.py"


class Missing(Exception):
    """It can't be had here; the message is what pip said."""


def programs() -> Path:
    """The folder of its programs. Raises Missing."""
    FOLDER.parent.mkdir(exist_ok=True)
    wanted = WANTED.read_text(encoding="utf-8")
    filled = FOLDER / "filled"
    # Two who test at once make one.
    with (FOLDER.parent / "evidence.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists() or filled.read_text(encoding="utf-8") != wanted:
            print("Installing pywb and others beside us …", file=sys.stderr)
            _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
            _run(str(FOLDER / "bin" / "pip"), "install", "-q", "-r", str(WANTED))
            filled.write_text(wanted, encoding="utf-8")
    return FOLDER / "bin"


def ask(what: str, *arguments: str | Path, text: str = "") -> str:
    """What `others.py` answers there."""
    command = [str(programs() / "python"), str(OTHERS), what, *map(str, arguments)]
    return _run(*command, text=text)


def _run(*command: str, text: str = "") -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"{command[0]}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    print(programs())
