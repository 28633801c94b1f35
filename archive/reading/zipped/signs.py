"""What a document shows of a report at a glance, without being read as one.

An archive holds a report in one file or in several, beside notices, links and copies.
Which is which shows in the words of the forms: labels of rows with numbers behind them,
and headings of the six parts. Whole documents are read as reports later, and only those
that were chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.catalogue import FORMS, KINDS, OUTCOMES, Label
from archive.reading.form_words import FIGURE
from archive.report import Document, Table, find_title, likeness, plain

_LEAST_SECTIONS = 3
_LONGEST_HEADING = 60
# Signs; the longest of the form (申请人无正当理由逾期不补正…) has some forty.
_LONGEST_LABEL = 60
# Of a table; a single word such as 规章 may stand in any list.
_LEAST_LABELS = 2


def _words(labels: Iterable[Label]) -> frozenset[str]:
    """The texts printed for labels, in the form in which texts are compared."""
    texts: set[str] = set()
    for label in labels:
        texts.update(map(plain, label.printed))
    return frozenset(texts)


_DISCLOSURES = _words(
    row for form in FORMS.values() for block in form.disclosures for row in block.rows
)
_REQUESTS = _words(row for form in FORMS.values() for row in form.requests)
_PROCEEDINGS = _words((*OUTCOMES, *KINDS))
# The words printed in the statutory tables 2, 3 and 4.
# 其他 and 总计 stand in several tables and tell none of them
_WORDS = {
    "disclosures": _DISCLOSURES - _REQUESTS - _PROCEEDINGS,
    "requests": _REQUESTS - _DISCLOSURES - _PROCEEDINGS,
    "proceedings": _PROCEEDINGS - _DISCLOSURES - _REQUESTS,
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a document's being a report, or a part of one."""

    tables: frozenset[str]
    """Which of the three statutory tables it holds, filled in."""
    numbers: int
    """How many numbers stand in these tables."""
    sections: frozenset[int]
    """Which of the six parts have text under their heading; 0 is what stands above."""
    prose: int
    """Signs of text outside tables."""
    has_title: bool

    @property
    def has_text(self) -> bool:
        """Whether so many parts have text that it is more than tables with headings."""
        return len(self.sections) >= _LEAST_SECTIONS

    @property
    def is_report(self) -> bool:
        if self.has_title:
            return True
        if self.has_text:
            return True
        return bool(self.tables)

    @property
    def rank(self) -> tuple[int, int]:
        """The larger, the more of a report: figures count before text."""
        return self.numbers, self.prose


def signs_of(document: Document) -> Signs:
    """What a document shows.

    Every table is looked at by itself, and all lines outside of tables together: in
    dumps of text each cell or each row is a line, and nothing says where a table is.
    """
    title = find_title(document.blocks).text
    seen = _Seen(title)
    for block in document.blocks:
        if isinstance(block, Table):
            seen.add_table(block)
        else:
            seen.add_text(block.text)
    seen.end_lines()
    return Signs(
        frozenset(seen.tables),
        seen.numbers,
        frozenset(seen.sections),
        seen.prose,
        has_title=bool(title),
    )


class _Seen:
    """What has been seen of a document so far."""

    def __init__(self, title: str) -> None:
        self.tables: set[str] = set()
        self.numbers = 0
        self.sections: set[int] = set()
        self.prose = 0
        self._title = title
        self._section = 0
        """The part of the form whose heading came last."""
        self._labels: set[str] = set()
        """Lines, without the numbers at their ends."""
        self._numbers_in_lines = 0

    def add_table(self, table: Table) -> None:
        """Looks at a table by itself."""
        texts = [plain(cell.text) for cell in table.cells]
        numbers = sum(map(_is_number, texts))
        self._look_for_tables(set(texts), numbers)

    def add_text(self, text: str) -> None:
        """Looks at each line of a text as one of prose, and as a row of a table."""
        for line in text.split("\n"):
            words = line.split()
            if words:
                self._add_to_section(line)
                self._add_row(words)

    def end_lines(self) -> None:
        """Looks at all lines together as at one table."""
        self._look_for_tables(self._labels, self._numbers_in_lines)

    def _add_to_section(self, line: str) -> None:
        """A heading begins a part, any other line but the title is text of it."""
        heading = _heading(line)
        if heading is not None:
            self._section = heading
        elif "".join(line.split()) not in self._title:
            self.sections.add(self._section)
            self.prose += len(line)

    def _add_row(self, words: list[str]) -> None:
        """A line may be a row of a table: words and then numbers, or only either."""
        end = len(words)
        while end and _is_number(words[end - 1]):
            end -= 1
        label = "".join(words[:end])
        if len(label) <= _LONGEST_LABEL:
            self._labels.add(plain(label))
            self._numbers_in_lines += len(words) - end

    def _look_for_tables(self, texts: set[str], numbers: int) -> None:
        """Adds the statutory tables that these texts and so many numbers are.

        Without numbers they are the empty form, which notices have attached.
        """
        if not numbers:
            return
        found: list[str] = []
        for name, words in _WORDS.items():
            if len(texts & words) >= _LEAST_LABELS:
                found.append(name)
        if found:
            self.tables.update(found)
            self.numbers += numbers


def _is_number(text: str) -> bool:
    """Whether a text is a number, with its unit or without."""
    has_digits = any(map(str.isdigit, text))
    if not has_digits:
        return False
    return FIGURE.fullmatch(text) is not None


def _heading(line: str) -> int | None:
    """The number of the part of the form whose heading a line is; None when of none."""
    if len(line) > _LONGEST_HEADING:
        return None
    found = likeness(plain(line))
    if not found:
        return None
    return found[0].number
