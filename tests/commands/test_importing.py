"""`import`: what it loads, and when."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "tests" / "reports" / "text_tabs.txt"
WITHOUT = (
    # what only questions need, on pages and on the command line
    *("archive.search.answer", "archive.search.question", "archive.search.suggest"),
    *("archive.store.questions", "archive.web", "flask", "rapidfuzz"),
    # what looks for damage, and proves what was published
    *("archive.pipeline.auditing", "archive.evidence", "warcio"),
    *("scrapers", "jieba", "numpy.random", "alembic"),
)
SHOWS_LOADED = f"""
import sys
from click.testing import CliRunner
from archive.commands.group import cli
done = CliRunner().invoke(cli, ["import", *sys.argv[1:]], catch_exceptions=False)
print(done.exit_code, [name for name in {WITHOUT!r} if name in sys.modules])
"""


def _printed(*arguments: str, **environment: str) -> str:
    """What a Python of its own prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_import_loads_what_files_reports_and_nothing_else(tmp_path: Path) -> None:
    """Small imports are the usual ones: loading is most of what they take."""
    environment = {
        "ARCHIVE_DATA": str(tmp_path),
        "ARCHIVE_DATABASE_URL": f"sqlite:///{tmp_path / 'archive.sqlite3'}",
    }
    _printed("-m", "archive", "migrate", **environment)
    asked = ("-c", SHOWS_LOADED, "--processes", "1", str(REPORT))
    assert _printed(*asked, **environment) == "0 []\n"


def test_children_that_read_share_what_places_are_found_by() -> None:
    """Each would make its own, and whoever counts and indexes beside them as well."""
    told = """
from archive.pipeline import Ahead
from archive.regions import by_name
with Ahead(2):
    print(by_name.cache_info().currsize)
"""
    assert _printed("-c", told) == "1\n"
