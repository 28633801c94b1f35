"""The same files for Whoosh's own readers and searchers: slower, and as they want it.

The archive's own search does without. It is here so that what we write and how we score
can be checked: the tests compare every posting, column and score with what stock Whoosh
finds in the same files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from numpy.typing import NDArray
from whoosh.codec.base import TermsReader
from whoosh.codec.whoosh3 import W3PerDocReader
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from archive.search.engine.fields import FieldLists
from archive.search.engine.per_document import Columns

Array = NDArray[Any]
_SHORTEST, _LONGEST = 1, 1_000_000
"""Lengths of a field in a document. They only bound what a block of postings can score;
so wide a span leaves every block open.
"""


class StockTerms(TermsReader):  # type: ignore[misc]
    """The terms of all fields: Whoosh names one by its field and its bytes."""

    def __init__(self, fields: Mapping[str, FieldLists]) -> None:
        self._fields = fields

    @cached_property
    def _sorted(self) -> list[tuple[str, bytes]]:
        return sorted(
            (field, lists.name(at))
            for field, lists in self._fields.items()
            for at in range(len(lists))
        )

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def _find(self, field: str, name: bytes) -> int | None:
        lists = self._fields.get(field)
        if lists is None:
            return None
        return lists.find(name.decode())

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return iter(self._sorted)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return iter(self._sorted[bisect_left(self._sorted, (fieldname, prefix)) :])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        terms = self.terms_from(fieldname, prefix)
        return ((term, self.term_info(*term)) for term in terms)

    def _postings(self, field: str, name: bytes) -> tuple[Array, Array]:
        """Raises KeyError, which Whoosh takes for a frequency of 0."""
        number = self._find(field, name)
        if number is None:
            raise KeyError(name)
        _, documents, weights = self._fields[field].postings(number, number + 1)
        return documents, weights

    def term_info(self, fieldname: str, name: bytes) -> TermInfo:
        try:
            documents, weights = self._postings(fieldname, name)
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{name!r}") from None
        return TermInfo(
            weight=float(weights.sum()),
            df=len(documents),
            minlength=_SHORTEST,
            maxlength=_LONGEST,
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, name: bytes) -> float:
        return float(self._postings(fieldname, name)[1].sum())

    def doc_frequency(self, fieldname: str, name: bytes) -> int:
        return len(self._postings(fieldname, name)[0])

    def matcher(
        self, fieldname: str, name: bytes, format_: Any, scorer: Any = None
    ) -> ListMatcher:
        about = self.term_info(fieldname, name)
        documents, weights = self._postings(fieldname, name)
        return ListMatcher(
            documents.tolist(),
            weights.astype(float).tolist(),
            [b""] * len(documents),
            format_,
            scorer,
            term=(fieldname, name),
            terminfo=about,
        )

    def close(self) -> None:
        """Nothing is open: the file is mapped as long as somebody holds its arrays."""


class StockColumns(W3PerDocReader):  # type: ignore[misc]
    """The columns; Whoosh looks for the lengths of a field in `_<field>_len`."""

    def __init__(self, storage: Any, segment: Any, columns: Columns) -> None:
        super().__init__(storage, segment)
        self._columns: dict[str, list[Any]] = {}
        for field, lengths in columns.lengths.items():
            self._columns[f"_{field}_len"] = lengths.tolist()
        for name, numbers in columns.numbers.items():
            self._columns[name] = numbers.tolist()
        for name, (codes, values) in columns.texts.items():
            self._columns[name] = [values[code].encode() for code in codes]

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def column_reader(self, fieldname: str, column: Any) -> StockColumn:
        return StockColumn(self._columns[fieldname])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}


class StockColumn(ColumnReader):  # type: ignore[misc]
    """A column: a value for each document."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)
