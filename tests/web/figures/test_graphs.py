"""Charts of many agencies: which kind fits, gaps, names, and that all is well formed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.web.figures.graphs import Kind, Plot, Series, drawn, kind_of
from archive.web.figures.graphs.scale import apart, ticks

SVG = "{http://www.w3.org/2000/svg}"


def plot(years: int, bodies: int, value: float | None = 3.0) -> Plot:
    series = [Series(f"<示例{at}>&机关", (value,) * years) for at in range(bodies)]
    named = tuple(range(2020, 2020 + years))
    return Plot("“标题” <b>", named, tuple(series), "{:g}".format, "件")


@pytest.mark.parametrize(
    ("years", "bodies", "kind"),
    [
        (1, 1, Kind.BARS),
        (1, 60, Kind.BARS),
        (2, 3, Kind.SLOPE),
        (2, 30, Kind.SLOPE),
        (3, 8, Kind.LINES),
        (3, 9, Kind.MULTIPLES),
        (12, 500, Kind.MULTIPLES),
    ],
)
def test_the_kind_that_fits(years: int, bodies: int, kind: Kind) -> None:
    wanted = plot(years, bodies)
    assert kind_of(wanted) is kind
    found = etree.fromstring(drawn(wanted))
    assert found.get("role") == "img"
    ids = {one.get("id") for one in found if one.tag in ("title", "desc")}
    assert ids == set(found.get("aria-labelledby", "").split())
    assert not found.xpath("//@style | //*[starts-with(name(), 'script')]")


def test_a_missing_year_is_a_gap() -> None:
    series = (Series("甲", (1.0, 2.0, None, 4.0)),)
    found = etree.fromstring(drawn(Plot("图", (2020, 2021, 2022, 2023), series, str)))
    (line,) = found.xpath("//path/@d")
    assert line.count("M") == 2
    assert line.count("L") == 1
    assert len(found.xpath("//circle")) == 3


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn(plot(3, 2, None)) == ""


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda one: one / 1000), max_size=20))
def test_the_axis_holds_every_value_and_zero(values: list[float]) -> None:
    marks = ticks(values)
    assert marks[0] <= min([0.0, *values])
    assert marks[-1] >= max([0.0, *values])
    assert 2 <= len(marks) <= 8
    assert marks == sorted(marks)


@given(st.lists(st.floats(0, 500), max_size=20).map(sorted))
def test_names_never_cover_one_another(places: list[float]) -> None:
    moved = apart(places, 16)
    assert all(b - a >= 16 - 1e-9 for a, b in pairwise(moved))
