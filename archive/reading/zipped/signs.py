"""What a document shows of a report at a glance, without being read as one.

An archive holds a report in one file or in several, beside notices, links and copies.
Which is which shows in the words of the forms: labels of rows with numbers behind them,
and headings of the six parts. Whole documents are read as reports later, and only those
that were chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.catalogue import FORMS, KINDS, OUTCOMES, Label
from archive.report import Document, Table, find_title, likeness, plain

_LEAST_SECTIONS = 3
_LONGEST_HEADING = 60
_LONGEST_ROW = 120
_LEAST_LABELS = 2
"""Of a table; a single word such as 规章 may stand in any list."""


def _words(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(plain(text) for label in labels for text in label.printed)


_DISCLOSURES = _words(
    row for form in FORMS.values() for block in form.disclosures for row in block.rows
)
_REQUESTS = _words(row for form in FORMS.values() for row in form.requests)
_PROCEEDINGS = _words((*OUTCOMES, *KINDS))
# 其他 and 总计 stand in several tables and tell none of them
_WORDS = {
    "disclosures": _DISCLOSURES - _REQUESTS - _PROCEEDINGS,
    "requests": _REQUESTS - _DISCLOSURES - _PROCEEDINGS,
    "proceedings": _PROCEEDINGS - _DISCLOSURES - _REQUESTS,
}
"""The words printed in the statutory tables 2, 3 and 4."""


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
        return len(self.sections) >= _LEAST_SECTIONS

    @property
    def is_report(self) -> bool:
        return self.has_title or self.has_text or bool(self.tables)

    @property
    def rank(self) -> tuple[int, int]:
        """The larger, the more of a report: figures count before text."""
        return self.numbers, self.prose


def signs_of(document: Document) -> Signs:
    """What a document shows."""
    title = find_title(document.blocks).text
    texts = [block.text for block in document.blocks if not isinstance(block, Table)]
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    filled = [_in_lines(lines)]
    filled += [_in_table(one) for one in document.blocks if isinstance(one, Table)]
    return Signs(
        tables=frozenset(name for names, _ in filled for name in names),
        numbers=sum(numbers for names, numbers in filled if names),
        sections=frozenset(_sections(lines, title)),
        prose=sum(map(len, texts)),
        has_title=bool(title),
    )


def _in_table(table: Table) -> tuple[set[str], int]:
    """Which statutory tables stand in a table with numbers, and how many numbers."""
    texts = [plain(cell.text) for cell in table.cells]
    return _filled_in(texts, sum(map(str.isdigit, texts)))


def _in_lines(lines: Sequence[str]) -> tuple[set[str], int]:
    """The same for lines: dumps hold a cell or a row on each, and know no tables."""
    labels: list[str] = []
    numbers = 0
    for line in lines:
        if len(line) > _LONGEST_ROW:
            continue
        words = line.split()
        while words and words[-1].isdigit():
            words.pop()
            numbers += 1
        labels.append(plain("".join(words)))
    return _filled_in(labels, numbers)


def _filled_in(texts: Iterable[str], numbers: int) -> tuple[set[str], int]:
    if not numbers:
        return set(), 0
    words = frozenset(texts)
    found = {name for name, own in _WORDS.items() if len(words & own) >= _LEAST_LABELS}
    return found, numbers


def _sections(lines: Iterable[str], title: str) -> Iterator[int]:
    """The parts of the form that have text, by the headings before it."""
    section = 0
    for line in lines:
        heading = _heading(line)
        if heading is not None:
            section = heading
        elif "".join(line.split()) not in title:
            yield section


def _heading(line: str) -> int | None:
    """The number of the part of the form whose heading a line is."""
    if len(line) > _LONGEST_HEADING:
        return None
    found = likeness(plain(line))
    return found[0].number if found else None
