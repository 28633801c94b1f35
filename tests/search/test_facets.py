"""What a report counts under, facet by facet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive.catalogue import Level, Punctuality
from archive.search.entry import Entry
from archive.search.facets import VALUES

LATE = Entry(
    1,
    1,
    "示例市示例局2023年政府信息公开工作年度报告",
    "示例市示例局",
    2023,
    level=Level.PREFECTURE,
    published_on=date(2024, 6, 3),
    published_from="page",
)


def test_a_day_that_may_be_the_last_change_makes_nobody_late() -> None:
    unsure = replace(LATE, findings=("publication_unsure",))
    assert list(VALUES["published"](LATE)) == [Punctuality.LATE]
    assert list(VALUES["published"](unsure)) == [Punctuality.UNKNOWN]
