"""The database: engine, sessions, and every named question asked of it. Only this room
knows SQLAlchemy.

1 rows, column_types, schema   the tables, and bringing them up to date
2 database                     Store: connections and transactions
3 saving, computed, refiling   what the pipeline writes: filed, computed, read again
4 reports, figures, counting, desk   what pages ask
5 sources, accounts, passwords, marks, index_entries portals and runs; people; what
waits for the index
"""

from archive.store.counting import Condition, Holdings, SourceState
from archive.store.database import TRIES, Session, Store
from archive.store.figures import key_figures
from archive.store.reports import AgencyCard, Card, Filed, YearFigures
from archive.store.saving import Sighting, Source
from archive.store.sources import Asked

__all__ = [
    "TRIES",
    "AgencyCard",
    "Asked",
    "Card",
    "Condition",
    "Filed",
    "Holdings",
    "Session",
    "Sighting",
    "Source",
    "SourceState",
    "Store",
    "YearFigures",
    "accounts",
    "counting",
    "desk",
    "index_entries",
    "key_figures",
    "marks",
    "passwords",
    "refiling",
    "reports",
    "saving",
    "schema",
    "sources",
]
