"""A year's summary as bytes, and back."""

from __future__ import annotations

from typing import Any

from archive.report.encode.columns import (
    number_in,
    number_out,
    place_in,
    place_out,
    places_in,
    places_out,
)
from archive.report.encode.pressing import open_pressed, press, reading_back
from archive.report.rules import YearSummary


def summary_out(summary: YearSummary) -> dict[str, Any]:
    """The summary as JSON values."""
    keys = list(summary.values)
    return {
        "year": summary.year,
        "form": summary.form,
        "keys": " ".join(keys),
        "values": [number_out(summary.values[key]) for key in keys],
        "places": places_out([summary.places.get(key) for key in keys]),
        "problems": summary.problems,
        "problems_at": place_out(summary.problems_at),
    }


def pack_summary(summary: YearSummary) -> bytes:
    """The summary in bytes; `unpack_summary` gives back an equal one."""
    return press(summary_out(summary))


def unpack_summary(pressed: bytes) -> YearSummary:
    """The summary that was packed. Raises DamagedReading."""
    written = open_pressed(pressed)
    with reading_back():
        return _summary_in(written)


def _summary_in(written: dict[str, Any]) -> YearSummary:
    keys = written["keys"].split()
    values = dict(zip(keys, map(number_in, written["values"]), strict=True))
    placed = zip(keys, places_in(written["places"]), strict=False)
    return YearSummary(
        year=written["year"],
        form=written["form"],
        values={key: value for key, value in values.items() if value is not None},
        places={key: at for key, at in placed if at},
        problems=written["problems"],
        problems_at=place_in(written["problems_at"]),
    )
