"""Random reports in files of every kind, damaged or whole: a figure is right or called doubtful."""

from __future__ import annotations

import pytest

from archive.report.model import Status
from tests.reading.rendered import DUMPS, MARKED, PACKED, PAGES, PLAIN, reading_of, rendered
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
    doubted = {key for key, one in reading.figures.items() if one.status in {Status.INFERRED, Status.MISSING}}
    assert doubted <= told
    if not case.damages:
        assert {key: figure.value for key, figure in reading.figures.items()} == case.truth
        assert {figure.status for figure in reading.figures.values()} == {Status.EXACT}


def test_every_kind_of_file_and_damage_is_among_them() -> None:
    cases = [rendered(seed) for seed in SEEDS]
    assert {case.how for case in cases} == {*PAGES, *DUMPS, *PACKED}
    assert {damage for case in cases for damage in case.damages} == {damage.__name__ for damage in (*MARKED, *PLAIN)}
