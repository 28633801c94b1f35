"""Agency name → region (GB/T 2260), level and sector.

identify(name, year, hints, phone=…)   → Agency
region_path(code) → the divisions it lies in, from the province down to itself
other_places(report) → findings about bodies of other places named in its text
agency_key(agency)                     → the ascii of its public address
SECTORS → the sectors in the order in which they are shown
"""

from __future__ import annotations

from archive.regions.agencies import identify
from archive.regions.divisions import region_path
from archive.regions.mentions import other_places
from archive.regions.names import by_name
from archive.regions.sectors import SECTORS
from archive.regions.spelling import agency_key

__all__ = [
    "SECTORS",
    "agency_key",
    "by_name",
    "identify",
    "other_places",
    "region_path",
]
