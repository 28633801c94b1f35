"""From the reports of a page to what is shown of them: titles and passages, marked on
the original characters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice

from archive.search.answer.results import Pieces, Snippet
from archive.search.answer.snippets.best import Best
from archive.search.answer.snippets.cutting import beginning, marked, passages
from archive.search.answer.snippets.marks import Marks, page_of
from archive.search.answer.snippets.needles import needles_of
from archive.search.answer.texts import Text
from archive.search.question import Phrase, Prefix, Words

Shown = tuple[Pieces, tuple[Snippet, ...]]
"""A title as a whole, and the best passages in the order of the report: its beginning
when nothing is to be found in its prose.
"""


class Marker:
    """Finds what a question asked for in texts."""

    def __init__(
        self,
        wanted: Collection[Words | Phrase | Prefix],
        headings: tuple[str, ...] = (),
        rarity: Callable[[str], float] = lambda needle: 1.0,
    ) -> None:
        """`headings`: of the sections that passages are taken from.

        Passages are taken from all when there are none. `rarity`: how much a word
        tells, by how few reports have it.
        """
        self._headings = headings
        self._needles = needles_of(wanted)
        texts = {leaf.text for leaf in wanted}
        asked = [1 << n for n, one in enumerate(self._needles) if one.text in texts]
        self._best = Best(self._needles, sum(asked), rarity)

    def shown(self, texts: Sequence[Text]) -> list[Shown]:
        """Of each text: of many at once it takes a third of the time."""
        if not texts:
            return []
        Text.bring_into_normal_form(texts)
        marks = Marks(page_of(texts, self._headings), self._needles)
        kinds = zip(marks.kinds(), texts, strict=True)
        chosen = [self._best.of(several, text) for several, text in kinds]
        titles = marks.of_titles()
        windows = iter(marks.of_windows(chosen))
        shown: list[Shown] = []
        for text, of_title, places in zip(texts, titles, chosen, strict=True):
            form = text.title
            title = marked(form, of_title, 0, len(form.original))
            snippets = passages(text, islice(windows, len(places)))
            shown.append((title, snippets or beginning(text)))
        return shown
