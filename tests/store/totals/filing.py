"""Reports of bodies of a place, for sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from archive.catalogue import ClaimScope
from archive.report import Agency, Claim, Region, Report
from archive.store import Store, count_columns, count_expected
from tests.store.filing import file, report

CITY = Region("990100", "示例省示例市")
COUNTY = Region("990121", "示例省示例市示例县")
OTHER_COUNTY = Region("990122", "示例省示例市示例山县")
AFTER = datetime(2025, 6, 2, 4, tzinfo=UTC)

_bodies: Iterator[int] = count()


def government(region: Region, name: str, level: str) -> Agency:
    return Agency(name, region, level=level, is_government=True, sector="政府")


CITY_GOVERNMENT = government(CITY, "示例市人民政府", "市")
COUNTY_GOVERNMENT = government(COUNTY, "示例县人民政府", "县")
OTHER_GOVERNMENT = government(OTHER_COUNTY, "示例山县人民政府", "县")


def department(
    name: str, region: Region = CITY, level: str = "市", sector: str = "商务"
) -> Agency:
    return Agency(name, region, level=level, sector=sector)


def said_by(
    agency: Agency,
    year: int = 2023,
    scope: ClaimScope = ClaimScope.UNSAID,
    **figures: int,
) -> Report:
    """A report; its text states the new requests, as those of `scope`."""
    said = report(f"{agency.name}{year}{next(_bodies)}", year=year, **figures)
    stated: tuple[Claim, ...] = ()
    if scope is not ClaimScope.UNSAID:
        received = figures["requests__new__total"]
        stated = (
            Claim("applications_received", received, "示例。", "件", scope=scope),
        )
    return replace(said, agency=agency, claims=stated)


def filed(store: Store, *reports: Report) -> None:
    for one in reports:
        file(store, f"totals {next(_bodies)}", one)


def counted(store: Store, moment: datetime = AFTER) -> None:
    count_expected(store, moment)
    count_columns(store)
