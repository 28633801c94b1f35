"""From what was typed to a tree of what is asked. Knows no engine.

1 query            text → tree; Query, everything a search is asked for
2 fields `year:2021`, `机关:商务局`: names of fields, and which values a text means
3 synonyms         what means the same, as data in synonyms.txt
4 plain_language   the subject of a question in whole sentences
"""

from archive.search.question.fields import NAMES, meant, section_number
from archive.search.question.plain_language import EMPTY, subject
from archive.search.question.query import (
    MAX_CHARACTERS,
    MAX_SIZE,
    Alike,
    And,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Section,
    Words,
    leaves,
    within,
)
from archive.search.question.synonyms import expand

__all__ = [
    "EMPTY",
    "MAX_CHARACTERS",
    "MAX_SIZE",
    "NAMES",
    "Alike",
    "And",
    "Field",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Section",
    "Words",
    "expand",
    "leaves",
    "meant",
    "section_number",
    "subject",
    "within",
]
