"""From what was typed to a tree of what is asked. Knows no engine: any that answers
the ten sorts of nodes in `tree` can take Whoosh's place.

1 tree            the nodes, and what can be said of them
2 query           the syntax; Query, everything a search is asked for; text → tree
3 tokens          the text cut into what is asked for and the signs between
  lists           lists and parted words in one way of writing
4 fields          `year:2021`, `机关:商务局`: names of fields, which values they mean
5 synonyms        what means the same, as data in synonyms.txt
6 plain_language  the subject of a question in whole sentences
  conditions/     figures: `申请>100`, 没有收到申请;  left  what is left beside them
  taking_off      a question without one of them
  courtesy        what people type around what they ask for: 请问, 帮我查一下
  alone           a text that is to be nothing but conditions;  together  where
                  brackets and ORs make one condition of several
7 terms           what is looked for where no text holds all words of a question
8 understanding/  the places, agencies and years that a question names, as chips
"""

from archive.search.question.alone import only_conditions
from archive.search.question.conditions import (
    COMPARE,
    Condition,
    Found,
    keys_named,
    read_condition,
)
from archive.search.question.fields import (
    NAMES,
    section_number,
    values_closing,
    values_meant,
)
from archive.search.question.left import left_over
from archive.search.question.plain_language import only_asking
from archive.search.question.query import (
    MAX_CHARACTERS,
    MAX_SIZE,
    Query,
    parse,
)
from archive.search.question.synonyms import Added, expand
from archive.search.question.taking_off import without, without_key
from archive.search.question.terms import (
    Term,
    as_typed,
    is_in_plain_language,
    others_of,
    plain_texts,
    quoted_texts,
    telling_words,
    terms_of,
)
from archive.search.question.tree import (
    And,
    Counted,
    Field,
    Fit,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Section,
    Synonymous,
    Words,
    beside,
    leaves,
    within,
)
from archive.search.question.understanding import (
    AS_ASKED,
    Chip,
    ChipKind,
    Loosened,
    Understood,
    levels_left_out,
    understand,
)

__all__ = [
    "AS_ASKED",
    "COMPARE",
    "MAX_CHARACTERS",
    "MAX_SIZE",
    "NAMES",
    "Added",
    "And",
    "Chip",
    "ChipKind",
    "Condition",
    "Counted",
    "Field",
    "Fit",
    "Found",
    "Loosened",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Section",
    "Synonymous",
    "Term",
    "Understood",
    "Words",
    "as_typed",
    "beside",
    "expand",
    "is_in_plain_language",
    "keys_named",
    "leaves",
    "left_over",
    "levels_left_out",
    "only_asking",
    "only_conditions",
    "others_of",
    "parse",
    "plain_texts",
    "quoted_texts",
    "read_condition",
    "section_number",
    "telling_words",
    "terms_of",
    "understand",
    "values_closing",
    "values_meant",
    "within",
    "without",
    "without_key",
]
