"""Reports → Comparison: what two reports say differently, in figures and in words.
Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher

from archive.catalogue import FORMS, KINDS, keys
from archive.report.document import Table
from archive.report.model import Figure, Number, Report, Section

MAX_PARAGRAPHS = 400
"""Paragraphs of a section that are compared one by one; what comes after is shown as it
stands.
"""
MAX_WORK = 2_000_000
"""Pairs of equal words looked at in a comparison; paragraphs after that are shown as
wholly changed. Hostile texts of few signs cost most; an ordinary report uses a
hundredth.
"""
MAX_PARAGRAPH_WORK = 200_000
NEAR = 12
"""How many paragraphs ahead the new wording of one is looked for."""
ALIKE = 0.4
"""Two paragraphs with at least this share of common character pairs are taken for old
and new wording of the same.
"""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in both reports. `difference` and `percent` only where both have a value
    (percent: before ≠ 0).
    """

    key: str
    before: Figure | None
    after: Figure | None
    difference: Number | None
    percent: Decimal | None

    @property
    def is_zero(self) -> bool:
        """True when neither report says anything but zero or nothing here."""
        return not any(figure and figure.value for figure in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `changed` when the other report does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph beside its counterpart. `kind`: same, changed, removed (only before)
    or added (only after).
    """

    kind: str
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section of both reports, its prose compared paragraph by paragraph."""

    number: int
    before: str
    """Heading in the first report, empty where it has no such section."""
    after: str
    passages: tuple[Passage, ...]

    @property
    def is_same(self) -> bool:
        return all(passage.kind == "same" for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side; `changes` in the order of the newer official form."""

    changes: tuple[Change, ...]
    sections: tuple[SectionPair, ...]


def compare(before: Report, after: Report) -> Comparison:
    """Every figure either report has, and the prose of the sections both or one of them
    has.
    """
    work = _Work(MAX_WORK)
    return Comparison(
        changes=tuple(
            _change(key, before.figures.get(key), after.figures.get(key))
            for key in _order(before, after)
        ),
        sections=tuple(_pair(old, new, work) for old, new in _sections(before, after)),
    )


def _order(before: Report, after: Report) -> list[str]:
    known = {**before.figures, **after.figures}
    official = [key for name in ("2021", "2019") for key in keys(FORMS[name])]
    ordered = [key for key in dict.fromkeys(official) if key in known]
    tables = ["disclosure", "requests", *(kind.key for kind in KINDS)]
    ordered.sort(key=lambda key: tables.index(key.split(".")[0]))
    return [*ordered, *(key for key in known if key not in set(ordered))]


def _change(key: str, before: Figure | None, after: Figure | None) -> Change:
    old = before.value if before else None
    new = after.value if after else None
    if old is None or new is None:
        return Change(key, before, after, None, None)
    difference: Number = new - old
    percent = (
        (Decimal(difference) * 100 / abs(Decimal(old))).quantize(
            Decimal("0.1"), ROUND_HALF_UP
        )
        if old and abs(Decimal(difference)) < 10**18
        else None
    )
    return Change(key, before, after, difference, percent)


def _sections(
    before: Report, after: Report
) -> list[tuple[Section | None, Section | None]]:
    """Official sections pair by number; parts of a free form by heading, then what is
    left over in order.
    """
    if "free" in {before.form, after.form} and before.form != after.form:
        return [(section, None) for section in before.sections] + [
            (None, section) for section in after.sections
        ]
    left = list(after.sections)
    pairs: list[tuple[Section | None, Section | None]] = []
    for old in before.sections:
        new = next(
            (new for new in left if _same_section(old, new, before.form == "free")),
            None,
        )
        if new:
            left.remove(new)
        pairs.append((old, new))
    pairs += [(None, new) for new in left]
    return sorted(
        pairs, key=lambda pair: (pair[0] or pair[1] or Section(0, "", ())).number
    )


def _same_section(old: Section, new: Section, free: bool) -> bool:
    return (
        _bare(old.heading) == _bare(new.heading) if free else old.number == new.number
    )


def _bare(heading: str) -> str:
    return re.sub(r"^[\s第（(一二三四五六七八九十\d）)、.．章节部分]+", "", heading)


class _Work:
    """What a comparison may still spend, so that no text can keep a page busy."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, before: list[str], after: list[str]) -> bool:
        ours, theirs = Counter(before), Counter(after)
        pairs = sum(count * theirs[word] for word, count in ours.items())
        if pairs > min(self._left, MAX_PARAGRAPH_WORK):
            return False
        self._left -= pairs
        return True


def _pair(old: Section | None, new: Section | None, work: _Work) -> SectionPair:
    section = old or new
    assert section
    return SectionPair(
        section.number,
        old.heading if old else "",
        new.heading if new else "",
        tuple(_passages(_paragraphs(old), _paragraphs(new), work)),
    )


def _paragraphs(section: Section | None) -> list[str]:
    if not section:
        return []
    prose = (
        line
        for block in section.blocks
        if not isinstance(block, Table)
        for line in block.text.split("\n")
    )
    return [line for line in map(str.strip, prose) if line][:MAX_PARAGRAPHS]


def _passages(old: list[str], new: list[str], work: _Work) -> list[Passage]:
    passages: list[Passage] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            passages += [
                Passage("same", _whole(text, False), _whole(text, False))
                for text in old[i1:i2]
            ]
        else:
            passages += _reworded(old[i1:i2], new[j1:j2], work)
    return passages


def _reworded(old: list[str], new: list[str], work: _Work) -> list[Passage]:
    """Pair paragraphs that are worded alike, keeping the order of both."""
    passages: list[Passage] = []
    signs = [_character_pairs(text) for text in new]
    begin = 0
    for text in old:
        mine = _character_pairs(text)
        scores = [_likeness(mine, other) for other in signs[begin : begin + NEAR]]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < ALIKE:
            passages.append(Passage("removed", before=_whole(text, True)))
            continue
        passages += [
            Passage("added", after=_whole(other, True))
            for other in new[begin : begin + best]
        ]
        passages.append(_changed(text, new[begin + best], work))
        begin += best + 1
    return passages + [
        Passage("added", after=_whole(other, True)) for other in new[begin:]
    ]


def _likeness(one: set[str], other: set[str]) -> float:
    """Share of common character pairs (Dice), 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _character_pairs(text: str) -> set[str]:
    """Digits count as one sign, since years and counts change; two thousand signs tell
    enough.
    """
    plain = re.sub(r"\d+", "0", text[:2_000])
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _whole(text: str, changed: bool) -> tuple[Piece, ...]:
    return (Piece(text, changed),)


def _changed(old: str, new: str, work: _Work) -> Passage:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not work.allows(before, after):
        return Passage("changed", _whole(old, True), _whole(new, True))
    left: list[Piece] = []
    right: list[Piece] = []
    for changed, i1, i2, j1, j2 in _runs(before, after):
        left.append(Piece("".join(before[i1:i2]), changed))
        right.append(Piece("".join(after[j1:j2]), changed))
    return Passage("changed", _joined(left), _joined(right))


def _runs(before: list[str], after: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Opcodes; a single common sign between two changes belongs to them, or the eye
    finds only crumbs.
    """
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    last = len(codes) - 1
    return [
        (kind != "equal" or (i2 - i1 < 2 and 0 < at < last), i1, i2, j1, j2)
        for at, (kind, i1, i2, j1, j2) in enumerate(codes)
    ]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].changed == piece.changed:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.changed)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
