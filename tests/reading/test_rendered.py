"""Random reports in files of every kind, damaged or whole: a figure is right or called
doubtful.
"""

from __future__ import annotations

from shutil import which

import pytest

from archive.catalogue import Status
from tests.reading.rendered import (
    DUMPS,
    MARKED,
    PACKED,
    PAGES,
    PLAIN,
    printed,
    reading_of,
    rendered,
)
from tests.report.layouts import silent_errors

SEEDS = range(150)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_silent_error(seed: int) -> None:
    case = rendered(seed)
    reading = reading_of(case)
    if reading is None:
        assert case.damages
        return
    assert not silent_errors(reading, case.truth)
    told = {key for finding in reading.findings for key in finding.keys}
    doubted = {
        key
        for key, one in reading.figures.items()
        if one.status in {Status.INFERRED, Status.MISSING}
    }
    assert doubted <= told
    if not case.damages:
        assert {
            key: figure.value for key, figure in reading.figures.items()
        } == case.truth
        assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


@pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not installed")
def test_printed_reports_accuse_nobody() -> None:
    """In narrow columns figures are printed over two lines, and rows over two pages."""
    for case in printed(range(83, 87)):
        reading = reading_of(case)
        assert reading
        assert not silent_errors(reading, case.truth)
        assert Status.CONFLICT not in {
            figure.status for figure in reading.figures.values()
        }


def test_every_kind_of_file_and_damage_is_among_them() -> None:
    cases = [rendered(seed) for seed in SEEDS]
    assert {case.how for case in cases} == {*PAGES, *DUMPS, *PACKED}
    assert {damage for case in cases for damage in case.damages} == {
        damage.__name__ for damage in (*MARKED, *PLAIN)
    }
