"""What pages, the API and the command line ask of the database.

1 cards             reports and agencies as lists show them; read this first
2 reports, agencies   a report with all that is known of it; agencies and their years
3 places            where each text was seen: what is a version, and what a rival
4 told              reports and hits as JSON
5 counting, desk    how the archive is doing; what people with an account see
"""

from archive.store.questions.agencies import AgencyWish, YearFigures
from archive.store.questions.cards import AgencyCard, Card
from archive.store.questions.counting import Condition, Holdings, SourceState
from archive.store.questions.places import Seen
from archive.store.questions.reports import Filed, Note, Rival, Version
from archive.store.questions.told import card_told, hit_told, region_told

__all__ = [
    "AgencyCard",
    "AgencyWish",
    "Card",
    "Condition",
    "Filed",
    "Holdings",
    "Note",
    "Rival",
    "Seen",
    "SourceState",
    "Version",
    "YearFigures",
    "agencies",
    "card_told",
    "counting",
    "desk",
    "hit_told",
    "region_told",
    "reports",
]
