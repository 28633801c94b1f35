"""Tables whose rows, cells and headings are lost, moved or swapped: no wrong figure passes as right."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import pytest

from archive.report.document import Document
from archive.report.model import Status
from archive.report.tables import read_tables
from tests.report.disorder import DAMAGES
from tests.report.layouts import consistent, printed, silent_errors
from tests.report.test_damage import LAYOUTS, Case, _laid_out

_LAYOUTS = [layout for layout in LAYOUTS if layout not in {"lines", "cells"}]
FOUND = (50, 65, 83, 340, 409, 889, 919, 971, 1005, 1232, 1434, 1601, 1982, 3367, 5748, 6102, 6215, 7771, 7918, 10205)
"""Reports in which a wrong figure once passed as right."""


@dataclass(frozen=True)
class Disordered:
    document: Document
    truth: dict[str, int]
    damages: tuple[str, ...]


def disordered(seed: int) -> Disordered:
    """A random report with one or two damages, some of them scanned. A table too small for a damage keeps whole."""
    chance = random.Random(seed * 7 + 1)
    form, sparse = chance.choice(["2021", "2019"]), chance.random() < 0.5
    truth = consistent(form, seed, sparse=sparse)
    layout = chance.choice(_LAYOUTS)
    document = _laid_out(Case(form, seed, sparse, layout, []), printed(truth), chance)
    damages = [chance.choice(sorted(DAMAGES)) for _ in range(1 if chance.random() < 0.7 else 2)]
    for name in damages:
        try:
            document = DAMAGES[name](document, chance)
        except IndexError:
            continue
    return Disordered(replace(document, scanned=chance.random() < 0.15), truth, tuple(damages))


@pytest.mark.parametrize("seed", [*FOUND, *range(20_000, 20_060)])
def test_no_silent_error(seed: int) -> None:
    case = disordered(seed)
    reading = read_tables(case.document)
    told = {key for finding in reading.findings for key in finding.keys}
    doubted = {key for key, one in reading.figures.items() if one.status in {Status.INFERRED, Status.MISSING}}
    assert doubted <= told
    if "values_moved" not in case.damages:  # printed in the wrong column, where a sum may not tell
        assert not silent_errors(reading, case.truth)
