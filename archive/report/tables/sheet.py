"""The figures while they are being read: printed cells first, then what follows from
them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from archive.catalogue import (
    APPLICANTS,
    FORMS,
    FindingFamily,
    Status,
    disclosure_keys,
    keys,
    proceeding_keys,
    request_keys,
)
from archive.report.document import Place
from archive.report.model import Figure, Finding, Number
from archive.report.numbers import Kind
from archive.report.relations import relations
from archive.report.tables.lines import Value
from archive.report.tables.settle import (
    HOLE,
    Reading,
    Values,
    choose,
    fill,
    holds,
    readings,
    shared_columns,
    single_repairs,
)

_SAID = {
    Kind.BLANK: "空白",
    Kind.DASH: "短横线",
    Kind.SLASH: "斜线",
    Kind.NONE: "“无”",
    Kind.UNREADABLE: "不可辨认",
}
_TABLES = {"disclosure": "表二（主动公开）", "requests": "表三（依申请公开）"}
_TABLE_4 = "表四（复议诉讼）"


@dataclass(frozen=True, slots=True)
class TableReading:
    """What was read off a document's tables. `blocks`: the numbers of the blocks that
    are statutory tables.
    """

    form: str
    figures: dict[str, Figure] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    blocks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Damage:
    """A row whose values do not fit its columns."""

    title: str
    keys: tuple[str, ...]
    values: tuple[Value, ...]
    at: Place


class Sheet:
    """Collects cells by key; `finish` settles what is damaged, fills blanks and tests
    every relation.
    """

    def __init__(self, form: str, *, scanned: bool = False) -> None:
        self.form = form
        self.scanned = scanned
        self.rules = relations(form)
        self.figures: dict[str, Figure] = {}
        self.findings: list[Finding] = []
        self.blocks: set[int] = set()
        self.named: dict[str, str] = {}
        """Key → what the cell is called in a sentence."""
        self.frail: set[str] = set()
        """Keys of cells whose last digits may be lost."""
        self._kinds: dict[str, Kind] = {}
        self._damaged: list[_Damage] = []
        self._left: list[tuple[str, tuple[str, ...], Place]] = []
        self._repeated: dict[str, Place | None] = {}
        self._computed: set[str] = set()
        """Blank cells that arithmetic gave a number other than 0."""
        self._lost = False
        """Whether a damaged row could not be settled: something printed is wrong there.
        """

    def put(
        self,
        key: str,
        value: Value | None,
        title: str,
        number: Number | None = None,
        *,
        sure: bool = True,
    ) -> None:
        """A cell in its place. Only a number is a value; a blank or a dash is kept as
        printed.

        `number` is the value where it is not the one printed (another unit). Not
        `sure`: the place was inferred. A second table of the same kind does not count;
        where it differs, it is said.
        """
        self.named.setdefault(key, title)
        said = value.said if value else None
        amount = number if number is not None else said.value if said else None
        before = self.figures.get(key)
        if before is not None:
            if amount is not None and amount != before.value:
                self._repeated[key] = value.cell.at if value else None
            return
        status = Status.MISSING
        if amount is not None and said is not None:
            status = Status.EXACT if sure and not said.slip else Status.INFERRED
        at = value.cell.at if value else None
        printed = value.cell.text.strip() if value else None
        self.figures[key] = Figure(key, amount, printed, status, at)
        self._kinds[key] = said.kind if said else Kind.BLANK
        if said is not None and said.slip:
            message = (
                f"{title}印作“{_short(printed or '')}”，按数字 {said.value} 读取。"
            )
            self.say("letter_for_digit", 1, message, (key,), at)

    def damage(
        self, title: str, row: tuple[str, ...], values: Sequence[Value], at: Place
    ) -> None:
        """A row whose values can't be told apart by position."""
        if any(key in self.figures for key in row):
            return
        for key in row:
            self.figures[key] = Figure(key, None, None, Status.MISSING, at)
        self._damaged.append(_Damage(title, row, tuple(values), at))

    def leave(self, title: str, row: tuple[str, ...], at: Place) -> None:
        """A row whose columns stand in an order that could not be read; nothing is
        taken from it.
        """
        if any(key in self.figures for key in row):
            return
        for key in row:
            self.figures[key] = Figure(key, None, None, Status.MISSING, at)
        self._left.append((title, row, at))

    def end_at(self, at: Place) -> None:
        """The document ends in this cell: in table 2, with table 3 to come, it is cut
        off, perhaps in a number.
        """
        last = next(
            (key for key, figure in self.figures.items() if figure.at == at), ""
        )
        self.frail.add(last)
        if not last.startswith("disclosure.") or any(
            key.startswith("requests.") for key in self.figures
        ):
            return
        self.figures[last] = replace(
            self.figures[last], value=None, status=Status.MISSING
        )
        message = f"文件在{self.named[last]}处中断，其中的数字可能不全，不予采用。"
        self.say("cut_off", 3, message, (last,), at)

    def say(
        self,
        check: str,
        weight: int,
        message: str,
        about: tuple[str, ...],
        at: Place | None,
    ) -> None:
        """A doubt of ours about these figures."""
        self.findings.append(
            Finding(check, FindingFamily.READING, weight, message, about, at)
        )

    def finish(self) -> TableReading:
        """Settles damaged rows, fills blanks, tests all relations, and names what is
        missing.
        """
        self._name_repeated()
        self._name_left()
        if self.scanned:
            self._repair()
        self._settle_damaged()
        self._fill_blanks()
        self._withdraw()
        self._doubt_frail()
        self._mark_conflicts()
        self._name_missing()
        figures = {key: self.figures[key] for key in keys(FORMS[self.form])}
        return TableReading(
            self.form, figures, tuple(self.findings), frozenset(self.blocks)
        )

    @property
    def _values(self) -> Values:
        return {key: figure.value for key, figure in self.figures.items()}

    def _broken(self) -> set[str]:
        values = self._values
        return {
            key
            for rule in self.rules
            if holds(rule, values) is False
            for key in rule.keys
            if key in values
        }

    def _settle_damaged(self) -> None:
        self._drop_columns()
        rows = [
            (
                one.keys,
                readings(
                    [value.said.value for value in one.values], one.keys, self.rules
                ),
            )
            for one in self._damaged
        ]
        known = {key: value for key, value in self._values.items() if value is not None}
        outcomes: dict[tuple[str, str], list[_Damage]] = {}
        for damage, (_, found), settled in zip(
            self._damaged, rows, choose(known, rows, self.rules), strict=True
        ):
            for key, value in settled.items():
                cell = _cell(key, damage, found)
                self.figures[key] = Figure(
                    key,
                    value,
                    cell.cell.text.strip() if cell else None,
                    Status.INFERRED,
                    cell.cell.at if cell else damage.at,
                )
            open_cells = len(damage.keys) - len(settled)
            self._lost = self._lost or not settled
            outcome = (
                "由勾稽关系推定"
                if not open_cells
                else "无法确定"
                if not settled
                else "只能推定其中一部分"
            )
            outcomes.setdefault((_table(damage.keys[0]), outcome), []).append(damage)
        for (_, outcome), damages in outcomes.items():
            self._say_damaged(damages, outcome)

    def _say_damaged(self, damages: list[_Damage], outcome: str) -> None:
        counts = sorted(
            {
                sum(1 for one in damage.values if one.said.kind is not Kind.BLANK)
                for damage in damages
            }
        )
        found = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} 至 {counts[-1]}"
        names = "、".join(damage.title for damage in damages[:3])
        more = f"等 {len(damages)} 行" if len(damages) > 3 else ""
        message = (
            f"{names}{more}应有 {len(damages[0].keys)} 个数，读到 {found} 个，"
            f"{outcome}。"
        )
        keys = tuple(key for damage in damages for key in damage.keys)
        self.say(
            "row_damaged",
            2 if outcome == "由勾稽关系推定" else 3,
            message,
            keys,
            damages[0].at,
        )

    def _drop_columns(self) -> None:
        """A table 3 in which every row has the same superfluous columns."""
        rows = [one for one in self._damaged if one.keys[0].startswith("requests.")]
        kept = shared_columns(
            [[value.said.value for value in one.values] for one in rows],
            len(APPLICANTS),
        )
        if kept is None:
            return
        for one in rows:
            for key, index in zip(one.keys, kept, strict=True):
                value = one.values[index]
                self.figures[key] = Figure(
                    key,
                    value.said.value,
                    value.cell.text.strip(),
                    Status.INFERRED,
                    value.cell.at,
                )
        self._damaged = [one for one in self._damaged if one not in rows]
        columns = "、".join(
            str(index + 1) for index in range(len(rows[0].values)) if index not in kept
        )
        message = (
            f"表三有 {len(rows)} 行每行多出数字，按勾稽关系不计其中第 {columns} 列。"
        )
        self.say(
            "row_damaged",
            2,
            message,
            tuple(key for one in rows for key in one.keys),
            rows[0].at,
        )

    def _fill_blanks(self) -> None:
        """Blank cells in their place; those of damaged rows are not, nor those of rows
        that were not found.
        """
        values = self._values
        if None not in values.values():
            return
        open_rows = {key for one in self._damaged for key in one.keys}
        loose = [
            key for key, value in values.items() if value is None and key in open_rows
        ]
        doubtful = {*self._broken(), *loose}
        by_kind: dict[tuple[str, Kind], list[str]] = {}
        for key in sorted(
            fill(values, self.rules, doubtful=doubtful) & set(self.figures)
        ):
            self.figures[key] = replace(
                self.figures[key], value=values[key], status=Status.INFERRED
            )
            if values[key]:
                self._computed.add(key)
            by_kind.setdefault(
                (_table(key), self._kinds.get(key, Kind.BLANK)), []
            ).append(key)
        for (_, kind), filled in by_kind.items():
            message = (
                f"{self._list(filled)}印的是{_SAID.get(kind, '空白')}，由勾稽关系推定。"
            )
            self.say(
                "blank_inferred", 1, message, tuple(filled), self.figures[filled[0]].at
            )

    def _withdraw(self) -> None:
        """Takes back what we inferred where a relation breaks, or where too little
        speaks for it.

        A number put in a blank, and in a report whose printed numbers do not add up any
        inference, counts only when every relation through it could be tested, and the
        number only when there are two.
        """
        withdrawn: list[str] = []
        while any(figure.status is Status.INFERRED for figure in self.figures.values()):
            values = self._values
            results = [(rule, holds(rule, values)) for rule in self.rules]
            suspect = {
                key for rule, held in results if held is False for key in rule.keys
            }
            untested = {
                key for rule, held in results if held is None for key in rule.keys
            }
            twice = Counter(key for rule, held in results if held for key in rule.keys)
            all_over = suspect or withdrawn or self._lost
            suspect |= untested if all_over else untested & self._computed
            suspect |= {key for key in self._computed if twice[key] < 2}
            ours = [key for key in sorted(suspect) if self._is_ours(key)]
            if not ours:
                break
            for key in ours:
                self.figures[key] = replace(
                    self.figures[key], value=None, status=Status.MISSING
                )
            withdrawn += ours
        if withdrawn:
            message = f"{self._list(withdrawn)}的推定未能由全部勾稽关系印证，不予采用。"
            self.say(
                "inference_withdrawn",
                2,
                message,
                tuple(withdrawn),
                self.figures[withdrawn[0]].at,
            )

    def _is_ours(self, key: str) -> bool:
        return key in self.figures and self.figures[key].status is Status.INFERRED

    def _doubt_frail(self) -> None:
        """A frail number that would be right with more digits behind it accuses nobody."""
        values = self._values
        for key, rule in [
            (key, one) for one in self.rules for key in one.keys if key in self.frail
        ]:
            sides, value = rule.sides(values), values.get(key)
            if (
                sides is None
                or sides[0] == sides[1]
                or not value
                or self.figures[key].value is None
            ):
                continue
            wanted = value + (sides[1] - sides[0]) * (1 if key in rule.left else -1)
            if str(wanted).startswith(str(value)):
                self.figures[key] = replace(
                    self.figures[key], value=None, status=Status.MISSING
                )
                message = (
                    f"{self.named[key]}印作“{value}”，{rule.where}两边不等，"
                    "末位数字可能在换行处缺失，不予采用。"
                )
                self.say("digits_lost", 3, message, (key,), self.figures[key].at)

    def _mark_conflicts(self) -> None:
        broken = sorted(self._broken())
        for key in broken:
            if self.figures[key].value is not None:
                self.figures[key] = replace(self.figures[key], status=Status.CONFLICT)
        if broken and self.scanned:
            message = (
                f"{self._list(broken)}与勾稽关系不符，可能是文字识别有误，请核对原件。"
            )
            self.say(
                "scan_unsure", 3, message, tuple(broken), self.figures[broken[0]].at
            )
            return
        values = self._values
        for rule in self.rules if broken else ():
            if holds(rule, values) is False and rule.sides(values) is None:
                message = (
                    f"{rule.where}有的格没有数字，其余各格已与勾稽关系不符，"
                    "可能是数字错位或者粘连，请核对原件。"
                )
                self.say(
                    "row_overfull",
                    3,
                    message,
                    rule.keys,
                    self.figures[rule.right[0]].at,
                )

    def _repair(self) -> None:
        """One misread digit in a scan: the only correction with which everything adds
        up.
        """
        for key, value in single_repairs(self._values, self.rules).items():
            figure = self.figures[key]
            self.figures[key] = replace(figure, value=value, status=Status.INFERRED)
            message = (
                f"{self.named[key]}识别为“{figure.printed}”，由勾稽关系推定为 {value}。"
            )
            self.say("scan_repaired", 2, message, (key,), figure.at)

    def _name_repeated(self) -> None:
        by_table: dict[str, list[str]] = {}
        for key in self._repeated:
            by_table.setdefault(_table(key), []).append(key)
        for about in by_table.values():
            message = f"{self._list(about)}在文中出现不止一次且不相同，取第一处。"
            self.say(
                "table_repeated", 2, message, tuple(about), self._repeated[about[0]]
            )

    def _name_left(self) -> None:
        if self._left:
            titles, rows, places = zip(*self._left, strict=True)
            names = "、".join(titles[:3]) + (
                f"等 {len(titles)} 行" if len(titles) > 3 else ""
            )
            message = f"各列的次序与规定不同而列名不能全部辨认，{names}不予读取。"
            self.say(
                "columns_unknown",
                3,
                message,
                tuple(key for row in rows for key in row),
                places[0],
            )

    def _name_missing(self) -> None:
        form = FORMS[self.form]
        for expected in (disclosure_keys(form), request_keys(form), proceeding_keys()):
            title = _table(expected[0])
            absent = [key for key in expected if key not in self.figures]
            for key in absent:
                self.figures[key] = Figure(key, None, None, Status.MISSING)
            if len(absent) == len(expected):
                message = f"未找到{title}，其中 {len(expected)} 格均未读取。"
                self.say("table_not_found", 3, message, tuple(expected), None)
                continue
            if absent:
                message = (
                    f"{title}中有 {len(absent)} 格所在的行没有找到："
                    f"{self._rows(absent)}。"
                )
                self.say("rows_missing", 3, message, tuple(absent), None)
            self._name_unread(title, [key for key in expected if key not in absent])

    def _name_unread(self, title: str, expected: list[str]) -> None:
        told = {key for finding in self.findings for key in finding.keys}
        by_kind: dict[Kind, list[str]] = {}
        for key in expected:
            if self.figures[key].value is None and key not in told:
                by_kind.setdefault(self._kinds.get(key, Kind.UNREADABLE), []).append(
                    key
                )
        for kind, about in by_kind.items():
            said = _SAID.get(kind, "不可辨认")
            message = f"{title}中{self._list(about)}印的是{said}，没有可读的数字。"
            self.say(
                "cells_missing", 2, message, tuple(about), self.figures[about[0]].at
            )

    def _list(self, about: Sequence[str]) -> str:
        names = "、".join(self.named.get(key, key) for key in about[:3])
        return f"{names}等 {len(about)} 格" if len(about) > 3 else names

    def _rows(self, about: Iterable[str]) -> str:
        form = FORMS[self.form]
        titles = {row.key: row.title.split("（区分")[0] for row in form.requests}
        titles |= {
            row.key: row.title for block in form.disclosures for row in block.rows
        }
        names = list(dict.fromkeys(titles.get(key.split(".")[1], key) for key in about))
        return "、".join(f"“{name}”" for name in names[:5]) + (
            f"等 {len(names)} 行" if len(names) > 5 else ""
        )


def _cell(key: str, damage: _Damage, found: list[Reading]) -> Value | None:
    """The printed value behind an inferred one, when all readings take it from the same
    cell.
    """
    column = damage.keys.index(key)
    sources = {reading.sources[column] for reading in found}
    if len(sources) != 1 or HOLE in sources:
        return None
    return damage.values[sources.pop()]


def _table(key: str) -> str:
    return _TABLES.get(key.split(".")[0], _TABLE_4)


def _short(text: str) -> str:
    return text.replace("\n", " ")[:20]
