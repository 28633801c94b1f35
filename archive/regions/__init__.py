"""Agency name → region (GB/T 2260), level and sector; read agencies first.

1 divisions, names          the lists of places by year, and how places are written
2 chain, stems              the place a text begins with: 四川省攀枝花市…, 成都海关
3 national, zones, sectors  what the words of a body tell; parts takes a name apart
4 context                   the hints, where the name leaves the place open
5 governments             the governments of all divisions, with their years
  renamed                 kinds of bodies: their names in full, before and since
6 typed                     places as people type them in questions
7 spelling, mentions        names as addresses; places in a text that are not its own
"""

from __future__ import annotations

from archive.regions.agencies import identify
from archive.regions.divisions import is_code, region_path
from archive.regions.governments import (
    SAMPLES,
    Government,
    government_at,
    governments,
    is_of_samples,
    years_of_place,
)
from archive.regions.mentions import other_places
from archive.regions.names import by_name, prepare
from archive.regions.national import NATIONAL
from archive.regions.parts import Apart, apart
from archive.regions.renamed import (
    WRITTEN,
    BodyKind,
    kinds_of_bodies,
    spelled_out,
    successors,
)
from archive.regions.sectors import SECTORS, sector_called
from archive.regions.spelling import agency_key
from archive.regions.spelling import syllables as spelled
from archive.regions.typed import (
    Place,
    Typed,
    county_names,
    is_inside,
    place_above,
    signs,
    typed_places,
    upper_names,
)

__all__ = [
    "NATIONAL",
    "SAMPLES",
    "SECTORS",
    "WRITTEN",
    "Apart",
    "BodyKind",
    "Government",
    "Place",
    "Typed",
    "agency_key",
    "apart",
    "by_name",
    "county_names",
    "government_at",
    "governments",
    "identify",
    "is_code",
    "is_inside",
    "is_of_samples",
    "kinds_of_bodies",
    "other_places",
    "place_above",
    "prepare",
    "region_path",
    "sector_called",
    "signs",
    "spelled",
    "spelled_out",
    "successors",
    "typed_places",
    "upper_names",
    "years_of_place",
]
