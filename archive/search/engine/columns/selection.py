"""Some of the documents, as a mask and as numbers."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from archive.search.engine.columns.facets import Ids, Mask

_ONE_IN = 4
"""Documents that are fewer than one in so many are handled one by one: to pick their
numbers out of an array takes less than to go through all of it.
"""


class Selection:
    """Some of the documents of a snapshot.

    Whichever of the two forms is missing is made once, when it is first asked for.
    """

    def __init__(self, mask: Mask) -> None:
        self.mask = mask

    @classmethod
    def of(cls, documents: Ids, size: int) -> Selection:
        """Documents by their numbers, which rise, of so many."""
        mask = np.zeros(size, bool)
        mask[documents] = True
        made = cls(mask)
        made.documents = documents
        return made

    @cached_property
    def documents(self) -> Ids:
        """Their numbers, rising."""
        return self.mask.nonzero()[0]

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.mask))

    @property
    def are_few(self) -> bool:
        """Whether their numbers are the form in which they are handled faster."""
        return self.count * _ONE_IN < len(self.mask)

    @property
    def nbytes(self) -> int:
        """Of the mask, and of the numbers where they are few."""
        return self.mask.nbytes + (self.count * 8 if self.are_few else 0)
