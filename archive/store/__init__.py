"""The database: engine, sessions, and every named question asked of it. Only this room
knows SQLAlchemy.

1 rows/, schema   the tables, and bringing them up to date; room gives back what that
                  leaves over
2 database        Store: connections and transactions
  identity        which archive it is, as its folder of originals says too
3 filing/         what the pipeline writes: filed, read together, which version is
                  current, computed, read again
4 questions/      what pages ask
5 figures         numbers of many reports at once, by the keys of the catalogue
6 sources/, runs                        portals and their pages; what was done
  marks, index_entries                  what waits for the index
  counts          what is counted of the whole archive, and kept
  rulings         what people have decided about findings
7 people/         who may log in, and what everybody did
"""

from archive.store.counts import recount, recount_if_due
from archive.store.database import (
    TRIES,
    VISITOR_WAITS,
    DatabaseTrouble,
    Session,
    Store,
    is_lost,
    is_unusable,
)
from archive.store.figures import key_figures
from archive.store.filing import (
    Broken,
    Origin,
    Part,
    Sighting,
    broken,
    broken_among,
    bulk,
    moving,
    parts,
    reading_of,
    refiling,
    saving,
    succession,
)
from archive.store.people import (
    Account,
    Actor,
    AuditWish,
    Entered,
    Known,
    Lifetimes,
    accounts,
    attempts,
    audit_log,
    factors,
    links,
    passwords,
    sessions,
)
from archive.store.questions import (
    AgencyCard,
    AgencyWish,
    Card,
    Condition,
    Event,
    Filed,
    Holdings,
    LostReading,
    Named,
    Note,
    Rival,
    Seen,
    SourceState,
    Text,
    Version,
    YearFigures,
    agencies,
    card_told,
    counting,
    desk,
    hit_told,
    region_told,
    reports,
    soundness,
    watched,
)
from archive.store.sources import (
    Asked,
    BadSource,
    Source,
    SourceFields,
    SourceWish,
)

__all__ = [
    "TRIES",
    "VISITOR_WAITS",
    "Account",
    "Actor",
    "AgencyCard",
    "AgencyWish",
    "Asked",
    "AuditWish",
    "BadSource",
    "Broken",
    "Card",
    "Condition",
    "DatabaseTrouble",
    "Entered",
    "Event",
    "Filed",
    "Holdings",
    "Known",
    "Lifetimes",
    "LostReading",
    "Named",
    "Note",
    "Origin",
    "Part",
    "Rival",
    "Seen",
    "Session",
    "Sighting",
    "Source",
    "SourceFields",
    "SourceState",
    "SourceWish",
    "Store",
    "Text",
    "Version",
    "YearFigures",
    "accounts",
    "agencies",
    "attempts",
    "audit_log",
    "broken",
    "broken_among",
    "bulk",
    "card_told",
    "counting",
    "desk",
    "factors",
    "hit_told",
    "identity",
    "index_entries",
    "is_lost",
    "is_unusable",
    "key_figures",
    "links",
    "marks",
    "moving",
    "parts",
    "passwords",
    "reading_of",
    "recount",
    "recount_if_due",
    "refiling",
    "region_told",
    "reports",
    "room",
    "runs",
    "saving",
    "schema",
    "sessions",
    "soundness",
    "sources",
    "succession",
    "watched",
]
