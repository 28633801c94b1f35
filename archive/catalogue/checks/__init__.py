"""What a finding can be about, to which family it belongs, and how it is worded.

1 record           what a check is; its wordings; sources, where its rule stands
2 contradictions   family `report`: what cannot be true at once
3 notable          family `notable`: unusual, and perhaps so
4 doubts           family `reading`: where we may have read wrongly
5 file_notes       what readers note of a file: the wordings of one doubt
6 every            all of them, by key
7 printing         how a value stands in a sentence: a number, cells, rows
8 sentences        the sentence of a finding, made of its check and values
"""

from archive.catalogue.checks.contradictions import CONTRADICTIONS
from archive.catalogue.checks.doubts import DOUBTS
from archive.catalogue.checks.every import CHECK_OF, CHECKS, family_of, weight_of
from archive.catalogue.checks.notable import NOTABLE
from archive.catalogue.checks.printing import GIVEN, PRINTED, Value, Values
from archive.catalogue.checks.record import BEFORE_AT, CASE, TOLD, WEIGHTS, Check
from archive.catalogue.checks.sentences import (
    Unworded,
    fields_of,
    sentence,
    strictly_worded,
)

__all__ = [
    "BEFORE_AT",
    "CASE",
    "CHECKS",
    "CHECK_OF",
    "CONTRADICTIONS",
    "DOUBTS",
    "GIVEN",
    "NOTABLE",
    "PRINTED",
    "TOLD",
    "WEIGHTS",
    "Check",
    "Unworded",
    "Value",
    "Values",
    "family_of",
    "fields_of",
    "sentence",
    "strictly_worded",
    "weight_of",
]
