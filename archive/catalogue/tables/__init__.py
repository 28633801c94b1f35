"""The three statutory tables as the forms print them: rows, columns, blocks.

labels        what a row, a column and a block are
disclosures   table 2, the one that differs most between the forms
requests      table 3
proceedings   table 4
meanings      what the rows mean, in plain Chinese
"""

from archive.catalogue.tables.disclosures import DISCLOSURES_2019, DISCLOSURES_2021
from archive.catalogue.tables.labels import Block, Label
from archive.catalogue.tables.meanings import MEANINGS
from archive.catalogue.tables.proceedings import KINDS, OUTCOMES
from archive.catalogue.tables.requests import (
    APPLICANTS,
    NO_RESULTS,
    REQUESTS_2019,
    REQUESTS_2021,
    RESULTS_HEADING,
)

__all__ = [
    "APPLICANTS",
    "DISCLOSURES_2019",
    "DISCLOSURES_2021",
    "KINDS",
    "MEANINGS",
    "NO_RESULTS",
    "OUTCOMES",
    "REQUESTS_2019",
    "REQUESTS_2021",
    "RESULTS_HEADING",
    "Block",
    "Label",
]
