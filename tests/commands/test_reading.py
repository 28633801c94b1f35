"""`read`: files without a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = (
    *("archive.pipeline", "archive.search", "archive.store", "scrapers", "flask"),
    # what PDF files, scans and older Office files are read with
    *("pdfplumber", "pypdfium2", "numpy", "cv2", "olefile", "archive.reading.printed"),
    "archive.commands.collecting",
)
SHOWS_LOADED = f"""
import sys
from click.testing import CliRunner
from archive.commands.group import cli
done = CliRunner().invoke(cli, sys.argv[1:], catch_exceptions=False)
print(done.exit_code, [name for name in {WITHOUT!r} if name in sys.modules])
"""


def test_read_loads_what_reads_files_and_nothing_else(tmp_path: Path) -> None:
    """Anything else costs more time than reading a file."""
    files = [ROOT / "tests" / "reports" / "text_tabs.txt", tmp_path / "missing.txt"]
    for file, status in zip(files, (0, 1), strict=True):
        done = subprocess.run(
            [sys.executable, "-c", SHOWS_LOADED, "read", str(file)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert done.stdout == f"{status} []\n"
