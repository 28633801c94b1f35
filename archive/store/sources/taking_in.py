"""Lines of a file of sources, each answered; what is good is taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import Act, Labelled, schedule
from archive.store.rows import SourceRow
from archive.store.runs import now
from archive.store.sources.changing import Values, change, differences
from archive.store.sources.registering import (
    AUTO,
    BadSource,
    SourceFields,
    address_of,
    selector_lines,
)
from archive.store.sources.sheets import Sheet, SheetLine
from archive.webpage import host_key, source_key

Note = Callable[[Session, Act, str, str], None]
"""Writes a line of the audit log: act, subject, detail."""

_YES = frozenset({"是", "1", "true", "yes", "y", "√"})
_MOST_DIGITS = 6
_NO = frozenset({"", "否", "0", "false", "no", "n", "×"})


class Came(Labelled):
    """What came of a line."""

    NEW = "new", "新登记"
    CHANGED = "changed", "修改"
    RESTORED = "restored", "找回"
    KNOWN = "known", "已登记"
    # Known, and the line says something else of it that nobody asked to be taken.
    DIFFERS = "differs", "已登记，内容不同，未改"
    WRONG = "wrong", "有误"


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """A line of the file: its number, its address, what came of it, and why."""

    number: int
    url: str
    came: Came
    told: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """How a file is taken in."""

    families: Mapping[str, str]
    """Families that there are → their Chinese names."""
    wrong_selectors: Callable[[str], str]
    """What is wrong with selectors, a line each; empty if nothing."""
    updates: bool = False
    """Whether known sources take what the file says of them."""
    saves: bool = True
    """Whether anything is written at all."""


def take_in(
    session: Session, sheet: Sheet, how: Taking, note: Note
) -> list[LineAnswer]:
    """Answers every line of a file, in its order, and takes in those that are good.

    The others do not hold them up. What was changed or brought back has its line in the
    audit log, and the whole has one.
    """
    taken = _Taken(session, how, note)
    answers = [taken.answer(line) for line in sheet.lines]
    counts = Counter(one.came for one in answers)
    session.flush()
    if how.saves and counts.keys() & {Came.NEW, Came.CHANGED, Came.RESTORED}:
        told = "，".join(
            f"{came.label} {counts[came]}" for came in Came if counts[came]
        )
        note(session, Act.SOURCES_IMPORTED, f"{len(answers)} 行", told)
    return answers


class _Taken:
    """The sources while a file is taken in."""

    def __init__(self, session: Session, how: Taking, note: Note) -> None:
        self.session, self.how, self.note = session, how, note
        rows: Sequence[SourceRow] = session.scalars(select(SourceRow)).all()
        # The very spelling comes first, as in `find_source`.
        self.known = {row.key: row for row in rows} | {row.url: row for row in rows}
        self.lines: dict[str, int] = {}
        self.family_of = {title: name for name, title in how.families.items()}

    def answer(self, line: SheetLine) -> LineAnswer:
        url = line.given.get("url", "")
        try:
            if line.wrong:
                raise BadSource(line.wrong)
            url = address_of(url)
            values = self._values(line.given)
            known = self.known.get(url) or self.known.get(source_key(url))
            # Two sources of before may be one list page: each has a line of its own.
            self._require_first(known.key if known else source_key(url), line.number)
        except BadSource as wrong:
            return LineAnswer(line.number, url, Came.WRONG, str(wrong))
        if known is None:
            self._add(url, values)
            return LineAnswer(line.number, url, Came.NEW)
        return self._meet(line.number, url, known, values)

    def _require_first(self, key: str, number: int) -> None:
        """Raises BadSource where an earlier line names the same source."""
        first = self.lines.setdefault(key, number)
        if first != number:
            raise BadSource(f"与第 {first} 行是同一个来源，以第 {first} 行为准。")

    def _values(self, given: Mapping[str, str]) -> dict[str, str | bool | int]:
        """What a line says besides the address, as it is kept. Raises BadSource."""
        family = given.get("family") or AUTO
        family = self.family_of.get(family, family)
        if family != AUTO and family not in self.how.families:
            raise BadSource(f"没有“{family[:20]}”这种网站系统。")
        said = SourceFields(
            agency=given.get("agency", ""),
            family=family,
            group=given.get("group", ""),
            may_be_empty=_truth(given, "may_be_empty"),
            rendered=_truth(given, "rendered"),
            selectors=self._selectors(given),
            season_hours=_hours(given, "season_hours", schedule.SEASON_HOURS),
            rest_hours=_hours(given, "rest_hours", schedule.REST_HOURS),
        )
        values = asdict(said.cleaned()) | {"paused": _truth(given, "paused")}
        return {name: values[name] for name in values if name in given}

    def _selectors(self, given: Mapping[str, str]) -> str:
        lines = selector_lines(given.get("selectors", ""))
        wrong = self.how.wrong_selectors(lines)
        if wrong:
            raise BadSource(wrong)
        return lines

    def _add(self, url: str, values: Values) -> None:
        if self.how.saves:
            key, host = source_key(url), host_key(url)
            row = SourceRow(url=url, key=key, host=host, added_at=now(), **values)
            self.session.add(row)

    def _meet(
        self, number: int, url: str, known: SourceRow, values: Values
    ) -> LineAnswer:
        """A line about a source that is known."""
        told = differences(known, values)
        spelled = "" if url == known.url else f"即来源 {known.id}：{known.url}"
        is_back = known.removed_at is not None
        if is_back:
            self._bring_back(known)
        takes = bool(told) and self.how.updates
        if takes:
            self._change(known, values)
        came = _what_came(is_back, takes, bool(told))
        said = told if takes or came == Came.DIFFERS else ""
        return LineAnswer(number, url, came, "；".join(filter(None, (spelled, said))))

    def _bring_back(self, known: SourceRow) -> None:
        if self.how.saves:
            known.removed_at = None
            self.note(self.session, Act.SOURCE_RESTORED, known.url, "")

    def _change(self, known: SourceRow, values: Values) -> None:
        if self.how.saves:
            told = change(self.session, known, values)
            self.note(self.session, Act.SOURCE_EDITED, known.url, told)


def _what_came(is_back: bool, takes: bool, differs: bool) -> Came:
    """What came of a line about a known source."""
    if is_back:
        return Came.RESTORED
    if takes:
        return Came.CHANGED
    return Came.DIFFERS if differs else Came.KNOWN


def _truth(given: Mapping[str, str], name: str) -> bool:
    """Yes or no. Raises BadSource for anything else."""
    said = given.get(name, "").lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise BadSource(f"“{said[:20]}”不是“是”或“否”。")


def _hours(given: Mapping[str, str], name: str, usual: int) -> int:
    """A number of hours, the usual one where none stands. Raises BadSource."""
    said = given.get(name, "")
    if not said:
        return usual
    is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
    if not is_number:
        raise BadSource(f"“{said[:20]}”不是小时数。")
    return int(said)
