"""A PostgreSQL server for measuring, thrown away or kept in a folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OPTIONS = "-c shared_buffers=1GB -c work_mem=64MB -c max_wal_size=4GB"


class NoServer(Exception):
    """A server that can't be started here, and why."""


@contextmanager
def postgres(
    kept: Path | None = None, options: str = OPTIONS
) -> Iterator[tuple[str, Path] | None]:
    """A PostgreSQL server: URL and folder; None where it is not installed.

    What is in the folder `kept` is there again the next time. Raises NoServer.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        yield None
        return
    made = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    folder = kept or made
    server = _Server(programs[-1].parent, folder)
    try:
        server.own(made)
        server.start(made, options)
        try:
            yield f"postgresql://bench@/postgres?host={made}", folder
        finally:
            server.run("pg_ctl", "-m", "fast" if kept else "immediate", "-w", "stop")
    finally:
        shutil.rmtree(made, ignore_errors=True)


def start_again(url: str, folder: Path, options: str = OPTIONS) -> None:
    """Starts the server of a folder that was killed; `url` as it was given."""
    program = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1]
    _Server(program.parent, folder).start(Path(url.split("host=", 1)[1]), options)


def process_of(folder: Path) -> int:
    """The first process of a server that runs in a folder; 0 where none does."""
    try:
        return int((folder / "data" / "postmaster.pid").read_text().split()[0])
    except OSError:
        return 0


class _Server:
    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        # the server refuses to run as root
        self._as_owner = (
            ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        )

    def own(self, folder: Path) -> None:
        if self._as_owner:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)

    def start(self, socket: Path, options: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self.own(self._folder)
        if not (self._folder / "data" / "PG_VERSION").exists():
            how = ("-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
            self.run("initdb", *how, "--no-sync")
        if process_of(self._folder):
            # a run that was killed has left its server, or the note of it
            with suppress(NoServer):
                self.run("pg_ctl", "-m", "fast", "-w", "stop")
        # the socket apart: its path must not be long
        where = f"-k {socket} -c listen_addresses= {options}"
        log = str(self._folder / "log")
        self.run("pg_ctl", "-l", log, "-w", "-t", "300", "-o", where, "start")

    def run(self, program: str, *arguments: str) -> None:
        data = str(self._folder / "data")
        command = [str(self._programs / program), "-D", data, *arguments]
        with tempfile.TemporaryFile("w+") as said:
            # a file: the server would keep a pipe open for ever
            done = subprocess.run(
                [*self._as_owner, *command],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
            said.seek(0)
            if done.returncode:
                raise NoServer(f"{program}: {said.read().strip()[-300:]}")
