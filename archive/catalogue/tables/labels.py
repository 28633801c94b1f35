"""What rows, columns and blocks of the statutory tables are called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A row or column of a statutory table, as the forms print it."""

    key: str
    """A part of the public keys of figures; means the same in every form."""
    printed: tuple[str, ...]
    """The words printed for it, the official ones first, then what offices make of
    them.
    """
    parent: str = ""
    """The heading it stands under, as printed; empty when it stands under none."""
    english: str = ""
    explanation: str = ""
    """In plain words what is counted, with the article of the 条例 that it comes from;
    empty where neither the 条例 nor the form says more than the label.
    """
    unit: str = "件"
    """What a column counts in."""

    @property
    def title(self) -> str:
        """The official words."""
        return self.printed[0]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of table 2: what stands under a heading such as 第二十条第（一）项."""

    heading: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
