"""The commands as a user runs them: in a process of their own, on a folder of data of
their own.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.pipeline import Archive
from config import Settings

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Commands:
    """`python -m archive …` with these data and this database, allowed to reach
    loopback.
    """

    data: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ARCHIVE_DATA": str(self.data),
            "ARCHIVE_DATABASE_URL": self.database_url,
            "ARCHIVE_ALLOW_PRIVATE_HOSTS": "1",
            "ARCHIVE_INSECURE_COOKIES": "1",
            "ARCHIVE_HOST_PAUSE": "0",
            "ARCHIVE_SECRET_KEY": "a secret key for tests only, of more than 32 signs",
        }

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    def archive(self) -> Archive:
        """The same rooms in this process; a context manager."""
        return Archive(self.settings)

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "archive", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_hear_ctrl_c,
        )

    def run(
        self, *arguments: str | Path, status: int | None = 0, text: str = ""
    ) -> str:
        """What a command prints, both streams; its exit status must be `status` (None
        for any).
        """
        environment = {**os.environ, **self.environment}
        returned, printed = _warm().run([*map(str, arguments)], environment, text)
        assert status is None or returned == status, printed
        assert "Traceback" not in printed
        return printed


def _hear_ctrl_c() -> None:
    """A shell lets what it starts in the background ignore it, children too."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class _Warm:
    """The process that is copied for each command (`tests.warm`)."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.end)

    def run(
        self, arguments: list[str], environment: dict[str, str], text: str
    ) -> tuple[int, str]:
        """A command's exit status, and what it printed on both streams."""
        assert self.process.stdin
        assert self.process.stdout
        with TemporaryDirectory() as folder:
            names = ("stdin", "stdout", "stderr")
            streams = {name: Path(folder, name) for name in names}
            streams["stdin"].write_text(text, encoding="utf-8")
            asked = {
                "arguments": arguments,
                "environment": environment,
                "folder": str(ROOT),
                **{name: str(path) for name, path in streams.items()},
            }
            print(json.dumps(asked), file=self.process.stdin, flush=True)
            returned = int(self.process.stdout.readline())
            told = (streams["stdout"], streams["stderr"])
            printed = "".join(path.read_text(encoding="utf-8") for path in told)
        return returned, printed

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@cache
def _warm() -> _Warm:
    """One for all tests of this process."""
    return _Warm()
