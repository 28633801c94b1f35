"""What pages, the API and the command line ask of the database.

1 cards             reports and agencies as lists show them; read this first
2 reports, agencies   a report with all that is known of it; agencies and their years
3 texts             which text an agency and a year name
  kept              what was opened before, and is opened again
  places, whereabouts   where each was seen: what is a version, and what a rival
  events            what became of its addresses
4 told              reports and hits as JSON
5 counting, desk    how the archive is doing; what people with an account see
  coverage/            who should have reported, and how much of it is here
  totals               what many reports say together: trends, places, peers
  comparing/        whose reports a comparison of many means; names pasted from a sheet
  soundness, watched   whether the database is whole; what is told of runs
"""

from archive.store.questions.agencies import AgencyWish, Within, YearFigures
from archive.store.questions.cards import AgencyCard, Card, Named, scopes_of
from archive.store.questions.counting import Condition, Holdings, SourceState
from archive.store.questions.coverage import (
    Body,
    BodyYears,
    Coverages,
    CoverageWish,
    Fellow,
    Part,
    Share,
    YearState,
)
from archive.store.questions.events import Event
from archive.store.questions.kept import Kept
from archive.store.questions.places import Seen
from archive.store.questions.reports import (
    Filed,
    LostReading,
    Note,
    Rival,
    Text,
    Version,
)
from archive.store.questions.told import card_told, hit_told, region_told

__all__ = [
    "AgencyCard",
    "AgencyWish",
    "Body",
    "BodyYears",
    "Card",
    "Condition",
    "CoverageWish",
    "Coverages",
    "Event",
    "Fellow",
    "Filed",
    "Holdings",
    "Kept",
    "LostReading",
    "Named",
    "Note",
    "Part",
    "Rival",
    "Seen",
    "Share",
    "SourceState",
    "Text",
    "Version",
    "Within",
    "YearFigures",
    "YearState",
    "agencies",
    "card_told",
    "comparing",
    "counting",
    "coverage",
    "desk",
    "hit_told",
    "region_told",
    "reports",
    "scopes_of",
    "soundness",
    "totals",
    "watched",
]
