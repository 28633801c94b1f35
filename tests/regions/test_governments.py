"""Which governments there are, and when: names and years, nothing of what they did."""

from __future__ import annotations

import pytest

from archive.regions import (
    government_at,
    governments,
    is_of_samples,
    years_of_place,
)


def there(year: int, level: str) -> int:
    real = (one for one in governments() if not is_of_samples(one.region_code))
    return sum(
        one.level == level and one.first <= year and (one.last or year) >= year
        for one in real
    )


def test_as_many_as_the_ministry_of_civil_affairs_counts() -> None:
    """The statistics of 民政部 for the end of 2023: 31, 333 and 2844."""
    assert there(2023, "省") == 31
    assert there(2023, "市") == 333
    assert abs(there(2023, "县") - 2844) <= 5
    assert there(2008, "省") == 31
    assert abs(there(2008, "市") - 333) <= 2
    assert abs(there(2008, "县") - 2859) <= 15


def test_each_has_an_address_of_its_own() -> None:
    keys = [one.key for one in governments()]
    assert len(set(keys)) == len(keys)
    assert not [one for one in governments() if one.region_code[:2] in ("71", "81")]


@pytest.mark.parametrize(
    ("code", "name", "years"),
    [
        # The name of the division changed, its code did not.
        ("360402", "庐山区商务局", (2008, 2015)),
        ("360402", "九江市庐山区商务局", (2008, 2015)),
        ("360402", "濂溪区商务局", (2016, None)),
        # A division that ended; a county that became a district of another code.
        ("330104", "江干区人民政府", (2008, 2020)),
        ("350427", "沙县教育局", (2008, 2020)),
        ("350405", "沙县区教育局", (2021, None)),
        ("990121", "示例县商务局", (2008, None)),
        ("", "某镇人民政府", (2008, None)),
    ],
)
def test_a_body_is_there_in_the_years_of_its_place(
    code: str, name: str, years: tuple[int, int | None]
) -> None:
    assert years_of_place(code, name) == years


def test_a_region_is_governed_by_its_office() -> None:
    region, city = government_at("653100"), government_at("540600")
    assert region
    assert region.name == "喀什地区行政公署"
    assert city
    assert city.name.endswith("市人民政府")
    assert government_at("710000") is None
