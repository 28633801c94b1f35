"""What is printed in the tables, put down cell by cell as it is come upon.

A sheet only collects. What damaged rows and blanks can have been is settled from the
whole of it afterwards (`settling`), and then told (`telling`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archive.catalogue import Status
from archive.report.document import Place
from archive.report.model import Figure, Finding, Number
from archive.report.numbers import Kind
from archive.report.tables.findings import cut_off
from archive.report.tables.lines import Value, numbers_of

_EXACT, _INFERRED, _MISSING = Status.EXACT, Status.INFERRED, Status.MISSING
"""Named once: a report has two hundred cells."""


@dataclass(frozen=True, slots=True)
class DamagedRow:
    """A row whose values do not fit its columns.

    `by_chance`: they are as many as the columns, but one may be printed twice and
    another have fallen away.
    """

    keys: tuple[str, ...]
    values: tuple[Value, ...]
    at: Place
    by_chance: bool = False

    @property
    def numbers(self) -> list[Number | None]:
        """The numbers of its values, None for blanks and signs."""
        return numbers_of(self.values)


@dataclass(frozen=True, slots=True)
class UnorderedRow:
    """A row whose columns stand in an order that could not be read."""

    keys: tuple[str, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class UnnamedRow:
    """A row that got its name from its neighbours.

    `label` is what is printed for one; `is_alone`: it is the only such row between the
    two, so that it can't have changed places with another.
    """

    label: str
    keys: tuple[str, ...]
    at: Place
    is_alone: bool


class Sheet:
    """The cells of tables 2, 3 and 4 under their keys, and what is odd about them."""

    def __init__(self, form: str, *, scanned: bool = False) -> None:
        self.form = form
        self.scanned = scanned
        self.figures: dict[str, Figure] = {}
        self.kinds: dict[str, Kind] = {}
        """Key → what stands in the cell, where it was found in its place."""
        self.slips: dict[str, Value] = {}
        """Key → its cell, where no plain number is printed (O for 0, digits apart)."""
        self.damaged: list[DamagedRow] = []
        self.unordered: list[UnorderedRow] = []
        self.unnamed: list[UnnamedRow] = []
        self.repeated: dict[str, Place | None] = {}
        """Keys that have another value in a second table, and where that stands."""
        self.may_be_cut: set[str] = set()
        """Keys of cells that may have lost digits."""
        self.blocks: set[int] = set()
        """Numbers of the document's blocks that are statutory tables."""
        self.findings: list[Finding] = []

    def put(
        self,
        key: str,
        value: Value | None,
        number: Number | None = None,
        *,
        sure: bool = True,
    ) -> None:
        """A cell in its place. Only a number is a value; a blank or dash stays a sign.

        `number` is the value where it is not the one printed (another unit). Not
        `sure`: the place was inferred. A second table of the same kind does not count;
        where it differs, that is noted.
        """
        if number is None and value is not None:
            number = value.content.value
        if key in self.figures:
            self._compare(key, value, number)
            return
        if value is None:
            # The grid has no cell there, as where a row's spans are wrong.
            self.figures[key] = Figure(key, None, None, Status.MISSING)
            self.kinds[key] = Kind.BLANK
            return

        # Read in its place and printed as a number: nobody has to trust us for it.
        content, cell = value
        is_exact = sure and not content.slip
        status = _EXACT if is_exact else _INFERRED
        if number is None:
            status = _MISSING
        printed = cell.text.strip()
        self.figures[key] = Figure._make((key, number, printed, status, cell.at))
        self.kinds[key] = content.kind
        if content.slip:
            self.slips[key] = value

    def _compare(self, key: str, value: Value | None, number: Number | None) -> None:
        """The same cell once more, in a second table of the same kind.

        A document may print its tables twice; that is no doubt as long as both say the
        same.
        """
        if number is not None and number != self.figures[key].value:
            self.repeated[key] = value.cell.at if value else None

    def damage(
        self,
        keys: tuple[str, ...],
        values: Sequence[Value],
        at: Place,
        *,
        by_chance: bool = False,
    ) -> None:
        """A row whose values can't be told apart by position."""
        if self._begin(keys, at):
            self.damaged.append(DamagedRow(keys, tuple(values), at, by_chance))

    def leave(self, keys: tuple[str, ...], at: Place) -> None:
        """A row whose columns stand in an order that could not be read.

        Nothing is taken from it.
        """
        if self._begin(keys, at):
            self.unordered.append(UnorderedRow(keys, at))

    def _begin(self, keys: tuple[str, ...], at: Place) -> bool:
        """Whether a row is the first of its name; its figures have no value then."""
        # A second table of the same kind does not count, a damaged one even less.
        if self.figures.keys() & set(keys):
            return False
        for key in keys:
            self.figures[key] = Figure(key, None, None, Status.MISSING, at)
        return True

    def end_at(self, at: Place) -> None:
        """The document ends in this cell: its number may be cut off.

        A download that broke off, or a file that was saved in part, ends in the middle
        of a table. In table 2, with table 3 still to come, that is certain, and no sum
        could tell that digits are lacking.
        """
        last = self._key_at(at)
        if last is None:
            return
        self.may_be_cut.add(last)
        has_table_3 = any(key.startswith("requests.") for key in self.figures)
        if has_table_3 or not last.startswith("disclosure."):
            return
        # 12 may be what is left of 123: it stays as what is printed, and is no value.
        figure = self.figures[last]
        self.figures[last] = figure._replace(value=None, status=Status.MISSING)
        self.findings.append(cut_off(last, at))

    def _key_at(self, at: Place) -> str | None:
        """The key of the figure that stands in a place.

        The last, where a dump holds several numbers in one cell or paragraph.
        """
        there = [key for key, figure in self.figures.items() if figure.at == at]
        if there:
            return there[-1]
        return None

    def doubt_lengths(self, rows: Collection[tuple[int, int | None]]) -> None:
        """The numbers in these rows, told by block and row, may lack digits.

        Whether they do is for the sums to tell, once everything is settled.
        """
        for key, figure in self.figures.items():
            if figure.at and (figure.at.block, figure.at.row) in rows:
                self.may_be_cut.add(key)
