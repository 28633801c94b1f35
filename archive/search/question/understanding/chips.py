"""Items as chips, and the words that are left between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.regions import Place
from archive.search.question.conditions import Ordered
from archive.search.question.left import asks_nothing
from archive.search.question.understanding.around import COURTESY, FILLER, JOINS
from archive.search.question.understanding.bodies import Kind
from archive.search.question.understanding.chip import Chip, ChipKind
from archive.search.question.understanding.items import Item
from archive.search.question.understanding.placing import Places
from archive.search.question.understanding.spot import borders
from archive.search.question.understanding.years import Years


def order_chip(ordered: Ordered, text: str) -> Chip:
    """An order by a figure as a chip."""
    start, end, order, note = ordered
    typed = text[start:end]
    return Chip(ChipKind.ORDER, typed, start, end, order.label, note, sort=order.key)


def chip_of(item: Item, text: str) -> Chip:
    """An item as a chip."""
    typed = text[item.start : item.end]
    where = (typed, item.start, item.end)
    match item.what:
        case Places(places):
            chip = _of_places(where, places)
        case Kind() as kind:
            is_of_level = kind.level and kind.endings
            label = f"{kind.name}（{kind.level}级）" if is_of_level else kind.name
            chip = Chip(ChipKind.AGENCY, *where, label, kind.note, agency=kind)
        case Years() as years:
            chip = _of_years(where, years)
    return chip.ruled_out() if item.is_ruled_out else chip


_Where = tuple[str, int, int]


def _of_places(where: _Where, places: tuple[Place, ...]) -> Chip:
    """Places as a chip, with a choice where there are several."""
    names = tuple(place.name for place in places)
    label = "或".join(names)
    choices = names if len(names) > 1 else ()
    return Chip(ChipKind.PLACE, *where, label, choices=choices, places=places)


def _of_years(where: _Where, years: Years) -> Chip:
    """Years as a chip."""
    first, last = years.first, years.last
    label = f"{first}年" if first == last else f"{first}—{last}年"
    every = tuple(range(first, last + 1))
    chip = Chip(ChipKind.YEARS, *where, label, years=every)
    return in_each(chip) if years.is_each else chip


def in_each(chip: Chip) -> Chip:
    """Years in each of which something is to be true."""
    return replace(chip, note=_EACH_YEAR, is_each_year=True)


_EACH_YEAR = "结果逐份列出这些年度里符合条件的报告，不要求每年都符合。"


class Remains:
    """What is left of a text between its chips."""

    def __init__(self, text: str, plain: str, literal: frozenset[str]) -> None:
        """`plain`: the text in normal form, sign by sign."""
        self._text = text
        self._plain = plain
        self._literal = literal
        self.fillers: list[Chip] = []
        """Words that every report answers to."""
        self.words: list[str] = []
        """What is to be searched for."""

    def take(self, chips: Sequence[Chip]) -> None:
        """Look at all that stands before, between and behind the chips."""
        has_order = any(chip.sort for chip in chips)
        for start, end in _gaps(chips, len(self._text)):
            start, end = self._trimmed(start, end)
            typed = self._text[start:end]
            if COURTESY.fullmatch(self._plain, start, end):
                continue
            # Whoever asks for the first of an order asks for bodies.
            if has_order and asks_nothing(self._plain[start:end]):
                continue
            is_filler = FILLER.fullmatch(self._plain, start, end)
            if is_filler and typed not in self._literal:
                self.fillers.append(_filler(typed, start))
            elif typed:
                self.words.append(typed)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the words that only join it to the items beside it."""
        is_behind_item, is_before_item = start > 0, end < len(self._text)
        start, end = self._without_blanks(start, end)
        joins = self._joins(start, end) if is_behind_item else 0
        while joins:
            start, end = self._without_blanks(joins, end)
            joins = self._joins(start, end)
        last_word = self._plain.rfind(" ", start, end) + 1 or start
        if is_before_item and JOINS.fullmatch(self._plain, last_word, end):
            return self._without_blanks(start, last_word)
        return start, end

    def _joins(self, start: int, end: int) -> int:
        """Where a word that joins ends, 0 without one: not 中 of 武汉 中学."""
        joins = JOINS.match(self._plain, start, end)
        if joins is None:
            return 0
        (run,) = self._plain[start:end].split(maxsplit=1)[:1]
        is_word = joins[0] == _OF or joins.end() - start in borders(run)
        return joins.end() if is_word else 0

    def _without_blanks(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without white space and marks around it."""
        stretch = self._plain[start:end]
        begin = start + len(stretch) - len(stretch.lstrip(_MARKS))
        return begin, max(begin, start + len(stretch.rstrip(_MARKS_BEHIND)))


_OF = "的"
_MARKS = " ,;:!?、。·/+|_→"
_MARKS_BEHIND = " 《?!,"


def _gaps(chips: Sequence[Chip], length: int) -> Iterator[tuple[int, int]]:
    """The stretches without a chip."""
    end = 0
    for chip in chips:
        yield end, chip.start
        end = chip.end
    yield end, length


def _filler(typed: str, start: int) -> Chip:
    label = "所有报告都是年度报告，不作为检索词"
    return Chip(ChipKind.REPORTS, typed, start, start + len(typed), label)
