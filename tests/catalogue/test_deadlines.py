"""Who is late by the law, and of whom that can't be said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.catalogue.duties import deadline, punctuality
from archive.catalogue.states import Level, Punctuality

JANUARY, MARCH = (1, 31), (3, 31)
BODIES = [
    # name, level, is a government, last day today, last day for 2008 to 2018
    ("示例市人民政府", Level.PREFECTURE, True, MARCH, MARCH),
    ("示例县人民政府", Level.COUNTY, True, MARCH, MARCH),
    ("示例省人民政府", Level.PROVINCE, True, MARCH, MARCH),
    ("示例市人民政府办公室", Level.PREFECTURE, False, MARCH, MARCH),
    ("示例市商务局", Level.PREFECTURE, False, JANUARY, MARCH),
    ("示例省教育厅", Level.PROVINCE, False, JANUARY, MARCH),
    ("示例县发展和改革委员会", Level.COUNTY, False, JANUARY, MARCH),
    ("示例部", Level.NATION, False, JANUARY, MARCH),
    ("示例镇人民政府", Level.TOWNSHIP, True, None, MARCH),
    ("示例街道办事处", Level.TOWNSHIP, False, None, MARCH),
    ("示例市第一医院", Level.PREFECTURE, False, None, None),
    ("示例大学", Level.PROVINCE, False, None, None),
    ("示例市供水公司", Level.PREFECTURE, False, None, None),
    ("示例经济开发区管理委员会", Level.PREFECTURE, False, None, None),
    ("示例市自然资源局示例分局", Level.COUNTY, False, None, None),
    ("国家税务总局示例市税务局", Level.PREFECTURE, False, None, None),
    ("示例海关", Level.NATION, False, None, None),
    ("示例商务局", "", False, None, None),
    ("示例政府", "", True, None, None),
]


@pytest.mark.parametrize(("name", "level", "is_government", "today", "before"), BODIES)
@pytest.mark.parametrize("year", [2008, 2018, 2019, 2023])
def test_everybody_has_the_day_that_the_law_names(
    name: str,
    level: str,
    is_government: bool,
    today: tuple[int, int] | None,
    before: tuple[int, int] | None,
    year: int,
) -> None:
    expected = today if year >= 2019 else before
    last = deadline(year, name, level, is_government=is_government)
    assert last == (date(year + 1, *expected) if expected else None)
    for days in range(-400, 400, 7):
        day = date(year + 1, 2, 28) + timedelta(days)
        is_late = punctuality(day, year, last) == Punctuality.LATE
        assert is_late == (last is not None and day > last)


@pytest.mark.parametrize(
    ("day", "department", "government", "nobody"),
    [
        (date(2024, 1, 31), "january", "january", "january"),
        (date(2024, 2, 1), "late", "march", "march"),
        (date(2024, 2, 29), "late", "march", "march"),
        (date(2024, 3, 31), "late", "march", "march"),
        (date(2024, 4, 1), "late", "late", "later"),
        (None, "unknown", "unknown", "unknown"),
    ],
)
def test_the_last_day_itself_is_on_time(
    day: date | None, department: str, government: str, nobody: str
) -> None:
    last_days = (date(2024, 1, 31), date(2024, 3, 31), None)
    found = [punctuality(day, 2023, last) for last in last_days]
    assert found == [department, government, nobody]


def test_a_report_comes_out_after_it_is_signed() -> None:
    last = date(2024, 1, 31)
    for day, found in ((date(2024, 1, 20), "unknown"), (date(2024, 2, 5), "late")):
        assert punctuality(day, 2023, last, "signed") == found
    assert punctuality(date(2024, 4, 5), 2023, None, "signed") == "unknown"


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 1, 31), "january"),
        (date(2024, 2, 1), "unknown"),
        (date(2024, 6, 3), "unknown"),
    ],
)
def test_the_day_of_the_last_change_makes_nobody_late(day: date, found: str) -> None:
    last = date(2024, 1, 31)
    assert punctuality(day, 2023, last, "page", may_be_earlier=True) == found
