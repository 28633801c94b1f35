"""What many reports say together, from columns that are counted before: nothing here
opens a report.

1 asking       what is asked for, and which reports are added up. Read this first
2 trends       year by year, of a part of the country
3 places       a place: who is there, its totals, those of the places in it
4 peers        an agency beside those of its kind
  percentiles  by one method everywhere
5 rollup       a government's numbers against those of all below it
"""

from archive.store.counts import years_kept
from archive.store.questions.totals.asking import Reported, Total, TotalsWish
from archive.store.questions.totals.peers import (
    Beside,
    Peers,
    Placed,
    Ranked,
    peer_years,
    peers,
    ranked,
)
from archive.store.questions.totals.percentiles import (
    FEWEST_PEERS,
    Band,
    band,
    percentile,
)
from archive.store.questions.totals.places import (
    MOST_BODIES,
    PlaceYear,
    Resident,
    place_years,
    residents,
    totals_of,
)
from archive.store.questions.totals.rollup import (
    ROLLED,
    Child,
    Rolled,
    RollUp,
    can_be_rolled,
    roll_up,
)
from archive.store.questions.totals.trends import (
    GOVERNMENTS,
    Trends,
    TrendYear,
    trends,
)

__all__ = [
    "FEWEST_PEERS",
    "GOVERNMENTS",
    "MOST_BODIES",
    "ROLLED",
    "Band",
    "Beside",
    "Child",
    "Peers",
    "PlaceYear",
    "Placed",
    "Ranked",
    "Reported",
    "Resident",
    "RollUp",
    "Rolled",
    "Total",
    "TotalsWish",
    "TrendYear",
    "Trends",
    "band",
    "can_be_rolled",
    "peer_years",
    "peers",
    "percentile",
    "place_years",
    "ranked",
    "residents",
    "roll_up",
    "totals_of",
    "trends",
    "years_kept",
]
