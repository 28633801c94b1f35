"""The measuring of reading again: its pages are the reports filed, and a tiny run."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.interpreting import interpret
from benchmarks.intake import LAYOUTS
from benchmarks.rereading import main, numbers
from benchmarks.site.made import made, printed


@pytest.mark.parametrize("number", numbers(9))
def test_a_page_prints_what_was_filed(number: int) -> None:
    filed = made(number).report
    read = interpret(LAYOUTS[number % len(LAYOUTS)](printed(number)).encode())
    assert (read.agency.name, read.year) == (filed.agency.name, filed.year)
    for key, figure in filed.figures.items():
        if figure.value is not None:
            assert read.figures[key].value == figure.value, key


def test_a_tiny_run(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    data = ["--data", str(tmp_path / "data"), "--results", str(results)]
    main(["8", *data])
    written = results.read_text(encoding="utf-8")
    assert "8 originals, pages of five layouts" in written
    assert "| 0 new, 8 refilled, 0 changed, 0 not reports, 0 failed |" in written
