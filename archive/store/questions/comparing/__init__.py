"""What a comparison of many reports asks: whose, which of their reports, which list.

1 chosen     the bodies that a question means, with or without reports
2 held       the current report of each for each year, and why there is none;
             where each text comes from
3 pasted     names in a text from a spreadsheet, a line or cell each
4 directory  all agencies by their names; matching finds the one that a name means
5 kept_questions   questions under short codes
"""

from archive.store.questions.comparing.chosen import (
    Chosen,
    Place,
    agencies_at,
    agencies_named,
    agencies_of,
)
from archive.store.questions.comparing.directory import Directory, directory
from archive.store.questions.comparing.held import (
    Held,
    Provenance,
    held,
    provenance,
    why_none,
)
from archive.store.questions.comparing.kept_questions import (
    MOST_SIGNS,
    Full,
    Taken,
    code_of,
    keep,
    kept,
)
from archive.store.questions.comparing.matching import Match, matched
from archive.store.questions.comparing.pasted import MOST_TEXT, TooMuch, names_in

__all__ = [
    "MOST_SIGNS",
    "MOST_TEXT",
    "Chosen",
    "Directory",
    "Full",
    "Held",
    "Match",
    "Place",
    "Provenance",
    "Taken",
    "TooMuch",
    "agencies_at",
    "agencies_named",
    "agencies_of",
    "code_of",
    "directory",
    "held",
    "keep",
    "kept",
    "matched",
    "names_in",
    "provenance",
    "why_none",
]
