"""What every test shares: no skips where they are forbidden, and the servers the tests
use.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import (  # noqa: F401
    database_url,
    empty_url,
    postgres_server,
    postgres_template,
    sqlite_template,
    store,
)

NO_SKIPS = os.environ.get("ARCHIVE_TEST_NO_SKIPS") == "1"
# A gate says the same of the same code; what chance finds is found by everybody's runs
# and by `make fuzz`.
# A machine with other work is no slow code.
settings.register_profile("gate", derandomize=True, deadline=None)
if NO_SKIPS:
    settings.load_profile("gate")
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With ARCHIVE_TEST_NO_SKIPS=1 a skipped test has failed: what could not run was
    not tested.
    """
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"skips are forbidden here, and this was skipped: {report.longrepr}"
        )


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the real reports that must always be read right."""
    if not SEEDS.is_dir():
        pytest.skip(f"the folder of real reports is absent: {SEEDS}")
    return SEEDS


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis server: the one of ARCHIVE_TEST_REDIS_URL, or a throw-away one."""
    if url := os.environ.get("ARCHIVE_TEST_REDIS_URL"):
        yield url
        return
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("redis-server is not installed (Debian package redis-server)")
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "redis.sock"
    server = subprocess.Popen(
        [
            program,
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--save",
            "",
            "--dir",
            str(folder),
        ],
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 10
    while not socket.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"unix://{socket}"
    server.terminate()
    server.wait(10)
