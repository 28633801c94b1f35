"""Full-text search: words, exact text, facets. Only this room knows Whoosh and jieba.

1 index      the whole of it: update, search, ids, rebuild. It can be thrown away: the
             database holds everything in it;  newest opens it, errors can go wrong;
             parts makes it anew, by several processes
2 entry      what is indexed
3 question/  what was typed → what is asked
4 answer/    what is asked → results;  alike folds those that are nearly the same;
             answering asks, corrects and completes
5 engine/    Whoosh's files
6 suggest    what a visitor may mean;  spelling keeps its vocabulary up to date
7 text, words, facets   what all of them know;  dictionary is what words are cut by

A second engine (OpenSearch, say) stands behind Index: it takes entries cut by `words`
and `text`, answers the tree of `question`, and gives Results; nothing outside knows.

What answers questions is loaded when it is first named: an import only writes.
"""

from typing import TYPE_CHECKING

from archive import later
from archive.search.entry import Entry
from archive.search.errors import (
    Busy,
    Damaged,
    IndexTrouble,
    Missing,
    Outdated,
    Stopped,
)
from archive.search.facets import FACETS, Facet, FacetValue
from archive.search.index import Index
from archive.search.words import prepare

if TYPE_CHECKING:
    from archive.search.answer import (
        Hit,
        Pieces,
        Range,
        Ranges,
        Results,
        Snippet,
        Unsure,
    )
    from archive.search.question import (
        AS_ASKED,
        COMPARE,
        MAX_CHARACTERS,
        NAMES,
        Chip,
        ChipKind,
        Condition,
        Counted,
        Loosened,
        Query,
        Understood,
        keys_named,
        levels_left_out,
        only_conditions,
        read_condition,
        understand,
        without,
        without_key,
    )
    from archive.search.suggest import Suggestion
else:
    __getattr__ = later(__name__, "question", "answer", "suggest")

__all__ = [
    "AS_ASKED",
    "COMPARE",
    "FACETS",
    "MAX_CHARACTERS",
    "NAMES",
    "Busy",
    "Chip",
    "ChipKind",
    "Condition",
    "Counted",
    "Damaged",
    "Entry",
    "Facet",
    "FacetValue",
    "Hit",
    "Index",
    "IndexTrouble",
    "Loosened",
    "Missing",
    "Outdated",
    "Pieces",
    "Query",
    "Range",
    "Ranges",
    "Results",
    "Snippet",
    "Stopped",
    "Suggestion",
    "Understood",
    "Unsure",
    "facets",
    "keys_named",
    "levels_left_out",
    "only_conditions",
    "prepare",
    "read_condition",
    "understand",
    "without",
    "without_key",
]
