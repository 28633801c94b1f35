"""What all readings have in common, as a dictionary for zstd: `python -m
tests.reports.press_dictionary` makes the one that `encode.pressing` writes with.

It is made of invented reports of both forms in every layout of a web page. One that
readings were stored with is never made again: a better one gets the next number.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import zstandard

from archive.interpreting import interpret
from archive.report import Report, summary_of
from archive.report.encode import pressing
from archive.report.encode.summaries import summary_out
from archive.report.encode.writing import rest_of, texts_of
from tests.portals import prose
from tests.portals.agencies import AGENCIES
from tests.portals.reports import SampleReport
from tests.reading.rendered import PAGES
from tests.reports.truth import figures_of_form, report_2019, report_2021

SIZE = 48 * 1024
"""Bytes; each process has it in memory once."""
ROUNDS = 12


def samples() -> Iterator[SampleReport]:
    """Invented reports, every one with other figures."""
    for round_ in range(ROUNDS):
        for base in (report_2019(), report_2021()):
            agency = AGENCIES[round_ % len(AGENCIES)]
            year = base.year - round_ % 2
            figures = figures_of_form(base.form, random.Random(f"{round_}{year}"))
            stated = prose.stated(agency, year, figures)
            yield replace(
                base,
                agency=agency,
                year=year,
                figures=figures,
                stated=stated,
                sections={
                    **base.sections,
                    0: prose.preamble(agency, year),
                    1: prose.overview(agency, year, stated),
                    5: prose.problems(agency, year, thin=False),
                    6: prose.other_matters(agency, year, stated),
                },
            )


def written(report: Report) -> Iterator[bytes]:
    """What is pressed of a report, before it is."""
    texts = texts_of(report)
    summary = summary_of(report)
    assert summary
    for value in (texts, rest_of(report, texts), summary_out(summary)):
        yield pressing.written(value).encode()


def main() -> None:
    """Writes the dictionary beside `encode.pressing`, if there is none of its number."""
    path = Path(str(pressing.__file__)).parent / f"readings-{pressing.NEWEST}.zdict"
    if path.exists():
        raise SystemExit(f"{path.name} is in use for ever: raise NEWEST first.")
    trained = [
        one
        for sample in samples()
        for page in PAGES.values()
        for one in written(interpret(page(sample).encode()))
    ]
    made = zstandard.train_dictionary(
        SIZE, trained, dict_id=pressing.NEWEST, level=pressing.LEVEL
    )
    path.write_bytes(made.as_bytes())
    print(f"{path.name}: {len(made)} bytes of {len(trained)} samples")


if __name__ == "__main__":
    main()
