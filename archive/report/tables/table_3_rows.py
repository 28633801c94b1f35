"""Which row of a document is which row of table 3.

The rows of the whole document are aligned with the form's labels in one go, in order:
that settles labels such as 其他 and 总计, which stand in other places too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.catalogue import Label
from archive.report.tables.labels import ENOUGH, Vocabulary
from archive.report.tables.lines import Line

_SURE = 0.9
"""From this likeness on, a label is not looked for in more cells than the nearest."""
_LEAST_NUMBERS = 5
"""A row without readable label counts as one of table 3 if it has so many numbers."""
_MOST_VALUES = 12
"""A row with more is one of table 4."""
_USUAL_VALUES = range(5, 10)
"""So many values a row of table 3 has, seven and what was lost or doubled."""
_MAX_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the document and what its label may stand for (key → likeness).

    `number` counts the document's rows.
    """

    line: Line
    number: int
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of table 3.

    `by_order`: it was named by its neighbours; `is_alone`: no other row between them
    was.
    """

    line: Line
    number: int
    label: Label
    by_order: bool = False
    is_alone: bool = True


def candidates(rows: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Rows with values whose label may be one of the form's.

    Words in a row without values may be the beginning of the next row's label.
    """
    above = ""
    for number, line in enumerate(rows[:_MAX_LINES]):
        texts = _texts(line)
        if not line.values:
            above = texts[-1] if texts else above
            continue
        # 其他 and 总计 are words of table 4 too, whose row has fifteen figures.
        if len(line.trimmed) <= _MOST_VALUES:
            scores = _scores(texts, above, vocabulary)
            if scores:
                yield Candidate(line, number, scores)
        above = ""


def _texts(line: Line) -> list[str]:
    """The words of a row; in a grid those of the cell that spans down to it.

    A label may be merged with the row below, which then has figures and no label.
    """
    cells = line.words
    if not cells and line.aligned:
        cells = line.covering[-1:]
    return [cell.text for cell in cells]


def _scores(texts: list[str], above: str, vocabulary: Vocabulary) -> dict[str, float]:
    """What the label of a row may stand for.

    It is the last cell of words as a rule; where a cell was torn in two, the last two,
    or all. A label may also begin in the row above, where a page ended within it.
    """
    nearest = vocabulary.scores("".join(texts[-1:]))
    if max(nearest.values(), default=0.0) >= _SURE:
        return nearest
    scores: dict[str, float] = {}
    for parts in (texts[-1:], texts[-2:], texts, [above, *texts[-1:]]):
        if not parts:
            continue
        for key, likeness in vocabulary.scores("".join(parts)).items():
            scores[key] = max(likeness, scores.get(key, 0.0))
        if max(scores.values(), default=0.0) >= _SURE:
            break
    return scores


def runs(rows: list[Candidate]) -> list[list[Candidate]]:
    """The rows cut where a new table 3 begins, at each 一、本年新收…

    What stands before the first one belongs to it: other tables, which share words with
    table 3 and are left over when the rows are aligned.
    """
    found: list[list[Candidate]] = [[]]
    has_begun = False
    for row in rows:
        # 息公开申请数量, the end of a broken label, is of the second row as well.
        best = max(row.scores, key=lambda key: row.scores[key])
        is_alone = list(row.scores.values()).count(row.scores[best]) == 1
        is_first = best == "new" and is_alone and row.scores[best] > _SURE
        is_first = is_first and bool(row.line.trimmed)
        if is_first and has_begun:
            found.append([])
        has_begun = has_begun or is_first
        found[-1].append(row)
    return found


def align(rows: list[Candidate], labels: tuple[Label, ...]) -> list[NamedRow]:
    """The best assignment of labels to rows that keeps both in order.

    The best is the one with the greatest sum of likenesses. Rows and labels may be left
    over: a report has other tables, and a page may be missing.
    """
    table = _in_order(rows, labels) or _best_aligned(rows, labels)
    return _with_doubts(table, rows)


def _in_order(rows: list[Candidate], labels: tuple[Label, ...]) -> list[NamedRow]:
    """The rows as they are named, where each has one name and all stand in order.

    No other assignment comes near: a row that gave up its one name would count for
    nothing. Empty where names are open, or out of order.
    """
    places = {label.key: place for place, label in enumerate(labels)}
    named: list[NamedRow] = []
    last = -1
    for row in rows:
        if len(row.scores) > 1:
            return []
        (key,) = row.scores
        place = places[key]
        if place <= last:
            return []
        named.append(NamedRow(row.line, row.number, labels[place]))
        last = place
    return named


def _best_aligned(rows: list[Candidate], labels: tuple[Label, ...]) -> list[NamedRow]:
    """The assignment with the greatest sum, whatever the labels may stand for."""
    # From the end back: each step is the one by which the greatest sum was reached.
    best = _best_sums(rows, labels)
    chosen: list[NamedRow] = []
    i, j = len(rows), len(labels)
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            i -= 1
            j -= 1
            chosen.append(NamedRow(rows[i].line, rows[i].number, labels[j]))
    return chosen[::-1]


def _with_doubts(table: list[NamedRow], rows: list[Candidate]) -> list[NamedRow]:
    """The rows, those named by nothing but the order whose label is of two rows.

    其政府信息公开申请 ends two labels that follow each other: where just one such row
    is there, it is either of them.
    """
    scores = {row.number: row.scores for row in rows}
    taken = {row.label.key for row in table}
    return [
        replace(row, by_order=True, is_alone=False)
        if _is_of_another(row.label, scores[row.number], taken)
        else row
        for row in table
    ]


def _is_of_another(label: Label, scores: dict[str, float], taken: set[str]) -> bool:
    """Whether a printed label is as good as any for a row that was not found."""
    own = scores[label.key]
    return any(likeness >= own for key, likeness in scores.items() if key not in taken)


def _best_sums(rows: list[Candidate], labels: tuple[Label, ...]) -> list[list[float]]:
    """[i][j]: the greatest sum that the first i rows and the first j labels allow.

    It is the usual alignment of two sequences, as of two texts.
    """
    best = [[0.0] * (len(labels) + 1)]
    for row in rows:
        weights = _weights(row)
        before = best[-1]
        most = 0.0
        here = [most]
        for label, without_both, without_it in zip(
            labels, before[:-1], before[1:], strict=True
        ):
            together = without_both + weights.get(label.key, 0.0)
            most = max(without_it, most, together)
            here.append(most)
        best.append(here)
    return best


def _weights(row: Candidate) -> dict[str, float]:
    """Key → likeness; a row with about seven values is worth more than others.

    The words of table 3 stand in other tables as well (其他, 总计, 行政许可 beside one
    number).
    """
    more = 0.2 if len(row.line.trimmed) in _USUAL_VALUES else 0.0
    return {key: score + more for key, score in row.scores.items() if score}


def readable(found: list[list[Candidate]]) -> set[int]:
    """The numbers of rows whose label can be read.

    Where they stand out of order they stand for no other label: a row that agencies
    moved is left out rather than called by the name of its neighbours.
    """
    return {
        row.number for run in found for row in run if max(row.scores.values()) >= ENOUGH
    }


def with_unnamed(
    table: list[NamedRow],
    rows: Sequence[Line],
    labels: tuple[Label, ...],
    named: Collection[int],
) -> Iterator[NamedRow]:
    """The rows of a table, and those between them whose label can't be read.

    They take the labels left over between their neighbours, if the count fits. `named`:
    the numbers of rows that have a readable label.
    """
    yield table[0]
    places = {label.key: place for place, label in enumerate(labels)}
    for before, row in pairwise(table):
        left_over = labels[places[before.label.key] + 1 : places[row.label.key]]
        between = [
            number
            for number in range(before.number + 1, row.number)
            if number not in named and _has_numbers(rows[number])
        ]
        # One label and one row between two that are sure; whether it is that row, the
        # columns have to tell.
        if len(left_over) == len(between):
            is_alone = len(between) == 1
            for number, label in zip(between, left_over, strict=True):
                yield NamedRow(rows[number], number, label, True, is_alone)
        yield row


def _has_numbers(line: Line) -> bool:
    """Whether a row has nearly as many numbers as table 3 has columns.

    Headings of groups and remarks between the rows have none.
    """
    return sum(value.is_number for value in line.trimmed) >= _LEAST_NUMBERS
