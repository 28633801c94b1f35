"""A list as it was read: its pages, what they name, and what they say of the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

from scrapers import Family, Lead, ListPage


@dataclass
class ListRead:
    """A list as it was read, once or several times."""

    url: str
    family: Family
    why: str
    """Why this family was taken for the one of the list, in Chinese."""
    shells: list[ListPage]
    """Pages before the list that hold a frame or a script which says where it is."""
    pages: list[ListPage]
    """Of the last reading."""
    broken_off: str = ""
    """Why it was not read to its end, in Chinese."""
    leads: dict[str, Lead] = field(default_factory=dict)
    """Of all readings, in the order of the list."""
    is_steady: bool = True

    @property
    def total(self) -> int | None:
        """How many entries the list says it has."""
        told = [page.total for page in self.pages if page.total is not None]
        return max(told, default=None)

    @property
    def asked(self) -> int:
        """How many pages were asked for."""
        return len(self.shells) + len(self.pages)

    @property
    def lists(self) -> list[str]:
        """The lists that it names, each once."""
        named = (page.lists for page in (*self.shells, *self.pages))
        return list(dict.fromkeys(chain.from_iterable(named)))

    @property
    def passed(self) -> list[Lead]:
        """Entries that are passed over, each once."""
        over = {lead.url: lead for page in self.pages for lead in page.passed}
        return [lead for url, lead in over.items() if url not in self.leads]

    @property
    def entries(self) -> int:
        """How many entries were read, each once as far as that can be told.

        Lists are entries of the one that names them.
        """
        others = sum(max(0, page.entries - len(page.leads)) for page in self.pages)
        lists = {url for page in self.pages for url in page.lists}
        return others + len(lists) + len(self.leads)

    @property
    def has_total(self) -> bool:
        """Whether as many entries were read as the list says it has."""
        if self.total is None:
            return False
        return self.entries >= self.total

    @property
    def notes(self) -> list[str]:
        """What its pages say of what they withhold, each sentence once."""
        told = dict.fromkeys(page.note for page in self.pages)
        return list(filter(None, told))

    @property
    def repeated(self) -> int:
        """How many leads of the last reading came again, but for those at the border of
        two pages: a list that grows pushes its last entry on to the next page, and some
        groups begin with the last entry of the one before.
        """
        seen: set[str] = set()
        again, last = 0, ""
        for page in self.pages:
            urls = [lead.url for lead in page.leads]
            again += sum(url in seen for url in urls if url != last)
            seen |= set(urls)
            last = urls[-1] if urls else ""
        return again

    @property
    def is_doubtful(self) -> bool:
        """Whether entries came twice and others may have been passed over."""
        if self.has_total:
            return False
        return self.repeated > 0
