"""The commands as a user runs them: in a process of their own, on a folder of data of
their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
        )

    def run(
        self, *arguments: str | Path, status: int | None = 0, text: str = ""
    ) -> str:
        """What a command prints, both streams; its exit status must be `status` (None
        for any).
        """
        done = subprocess.run(
            [sys.executable, "-m", "archive", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            input=text,
            timeout=120,
        )
        printed = done.stdout + done.stderr
        assert status is None or done.returncode == status, printed
        assert "Traceback" not in printed
        return printed
