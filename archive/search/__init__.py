"""Full-text search: words, exact text, facets. Only this package knows Whoosh and jieba.

`Index` is the whole of it: update, search, ids, rebuild. `Entry` is what is indexed, `Query` what is
asked, `Results` the answer. The index can be thrown away: the database holds everything in it.

`index_passages` and `search_passages` do the same for plain passages of any other text.
"""

from archive.search.entry import Entry
from archive.search.errors import Busy, Damaged, IndexTrouble, Outdated
from archive.search.facets import FACETS, Facet, FacetValue
from archive.search.index import Index
from archive.search.passages import index_passages, search_passages
from archive.search.query import Query
from archive.search.results import Hit, Pieces, Results, Snippet
from archive.search.suggest import Suggestion
from archive.search.words import prepare

__all__ = [
    "FACETS",
    "Busy",
    "Damaged",
    "Entry",
    "Facet",
    "FacetValue",
    "Hit",
    "Index",
    "IndexTrouble",
    "Outdated",
    "Pieces",
    "Query",
    "Results",
    "Snippet",
    "Suggestion",
    "index_passages",
    "prepare",
    "search_passages",
]
