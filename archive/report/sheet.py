"""The figures while they are being read: printed cells first, then what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.report.document import Place
from archive.report.forms import FORMS, disclosure_keys, proceeding_keys, request_keys
from archive.report.lines import Value
from archive.report.model import Family, Figure, Finding, Number, Status
from archive.report.numbers import Kind
from archive.report.relations import relations
from archive.report.settle import Values, choose, fill, fitting, holds


@dataclass(frozen=True, slots=True)
class TableReading:
    """What was read off a document's tables. `blocks`: the numbers of the blocks that are statutory tables."""

    form: str
    figures: dict[str, Figure] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    blocks: frozenset[int] = frozenset()


class Sheet:
    """Collects cells by key; `finish` settles what is damaged, fills blanks and tests every relation."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.rules = relations(form)
        self.figures: dict[str, Figure] = {}
        self.findings: list[Finding] = []
        self.blocks: set[int] = set()
        self.damaged: list[tuple[str, tuple[str, ...], list[Value], Place]] = []
        """Rows whose values do not fit their columns: title, keys, values, place."""
        self.unsettled = False
        """Whether a damaged row allows no reading at all: its numbers contradict each other."""
        self.named: dict[str, str] = {}
        """Key → what the cell is called in a sentence."""

    def put(self, key: str, value: Value | None, title: str, number: Number | None = None) -> None:
        """A cell in its place. Only a number is a value; a blank or a dash is kept as printed.

        A second table of the same kind does not overwrite the first; where it differs, it is said.
        """
        self.named.setdefault(key, title)
        said = value.said if value else None
        amount = number if number is not None else said.value if said else None
        if said is not None and said.kind is Kind.NUMBER and amount is not None:
            status = Status.INFERRED if said.slip else Status.EXACT
        else:
            amount, status = None, Status.MISSING
        figure = Figure(key, amount, value.cell.text if value else None, status, value.cell.at if value else None)
        before = self.figures.get(key)
        if before is None or (before.value is None and (figure.value is not None or before.printed is None)):
            self.figures[key] = figure
        elif before.value != figure.value and figure.value is not None:
            self.say("table_repeated", 2, f"{title}在文中出现不止一次且不相同，取第一处。", (key,), figure.at)
        if said is not None and said.slip:
            message = f"{title}印作“{_short(value.cell.text if value else '')}”，按数字 {said.value} 读取。"
            self.say("letter_for_digit", 1, message, (key,), figure.at)

    def damage(self, title: str, keys: tuple[str, ...], values: list[Value], at: Place) -> None:
        """A row whose values can't be told apart by position."""
        if any(self.figures.get(key) for key in keys):
            return
        for key in keys:
            self.figures[key] = Figure(key, None, None, Status.MISSING, at)
        self.damaged.append((title, keys, values, at))

    def say(self, check: str, weight: int, message: str, keys: tuple[str, ...], at: Place | None) -> None:
        self.findings.append(Finding(check, Family.READING, weight, message, keys, at))

    def finish(self) -> TableReading:
        """Settles damaged rows, fills blanks, tests all relations, and names what is missing."""
        self._settle_damaged()
        self._fill_blanks()
        self._verify()
        self._name_missing()
        return TableReading(self.form, self._in_order(), tuple(self.findings), frozenset(self.blocks))

    @property
    def values(self) -> Values:
        return {key: figure.value for key, figure in self.figures.items()}

    def _settle_damaged(self) -> None:
        if not self.damaged:
            return
        readings = [
            fitting([value.said.value if value.is_number else None for value in values], keys, self.rules)
            for _, keys, values, _ in self.damaged
        ]
        known = {key: value for key, value in self.values.items() if value is not None}
        settled = choose(known, [reading for reading in readings if reading], self.rules)
        for title, keys, values, at in self.damaged:
            numbers = [value for value in values if value.is_number]
            for key in keys:
                value = settled.get(key)
                if value is None:
                    continue
                sources = [one.cell for one in numbers if one.said.value == value]
                printed = sources[0].text if sources else None
                place = sources[0].at if len(sources) == 1 else at
                self.figures[key] = Figure(key, value, printed, Status.INFERRED, place)
            missing = sum(1 for key in keys if self.figures[key].value is None)
            self.unsettled = self.unsettled or missing == len(keys)
            outcome = (
                "其余由勾稽关系推定" if 0 < missing < len(keys) else "由勾稽关系推定" if not missing else "无法确定"
            )
            message = f"{title}应有 {len(keys)} 个数，读到 {len(numbers)} 个，{outcome}。"
            self.say("row_damaged", 3 if missing else 2, message, keys, at)

    def _fill_blanks(self) -> None:
        values = self.values
        by_place: dict[int, list[str]] = {}
        for key in sorted(fill(values, self.rules)):
            if key not in self.figures:
                continue
            figure = self.figures[key]
            self.figures[key] = Figure(key, values[key], figure.printed, Status.INFERRED, figure.at)
            by_place.setdefault(figure.at.block if figure.at else 0, []).append(key)
        for keys in by_place.values():
            names = "、".join(self.named.get(key, key) for key in keys[:3])
            more = f"等 {len(keys)} 格" if len(keys) > 3 else ""
            message = f"{names}{more}未印数字，由勾稽关系推定。"
            self.say("blank_inferred", 1, message, tuple(keys), self.figures[keys[0]].at)

    def _verify(self) -> None:
        """A broken relation: what we inferred is taken back; what is printed stays, as a conflict.

        In a report whose printed numbers do not add up, an inference counts only when every relation
        through it could be tested and holds.
        """
        withdrawn: list[str] = []
        while True:
            values = self.values
            results = {rule: holds(rule, values) for rule in self.rules}
            broken = {key for rule, held in results.items() if held is False for key in rule.keys}
            untested = {key for rule, held in results.items() if held is None for key in rule.keys}
            suspect = broken | untested if broken or withdrawn or self.unsettled else broken
            ours = [key for key in suspect if self.figures[key].status is Status.INFERRED]
            if not ours:
                break
            for key in ours:
                figure = self.figures[key]
                self.figures[key] = Figure(key, None, figure.printed, Status.MISSING, figure.at)
            withdrawn += ours
        for key in broken:
            figure = self.figures[key]
            self.figures[key] = Figure(key, figure.value, figure.printed, Status.CONFLICT, figure.at)
        if withdrawn:
            names = "、".join(self.named.get(key, key) for key in sorted(withdrawn)[:3])
            message = f"{names}等 {len(withdrawn)} 格的推定未能由全部勾稽关系印证，不予采用。"
            self.say("inference_withdrawn", 2, message, tuple(sorted(withdrawn)), None)

    def _name_missing(self) -> None:
        form = FORMS[self.form]
        tables = (
            ("表二（主动公开）", disclosure_keys(form)),
            ("表三（依申请公开）", request_keys(form)),
            ("表四（复议诉讼）", proceeding_keys()),
        )
        for title, keys in tables:
            absent = [key for key in keys if key not in self.figures]
            for key in absent:
                self.figures[key] = Figure(key, None, None, Status.MISSING)
            if len(absent) == len(keys):
                self.say("table_not_found", 3, f"未找到{title}，其中 {len(keys)} 格均未读取。", tuple(keys), None)
                continue
            told = {key for finding in self.findings for key in finding.keys}
            missing = [key for key in keys if self.figures[key].value is None and key not in told]
            if missing:
                names = "、".join(self.named.get(key, key) for key in missing[:3])
                more = f"等 {len(missing)} 格" if len(missing) > 3 else ""
                at = next((self.figures[key].at for key in missing if self.figures[key].at), None)
                self.say("cells_missing", 2, f"{title}中{names}{more}没有可读的数字。", tuple(missing), at)

    def _in_order(self) -> dict[str, Figure]:
        form = FORMS[self.form]
        keys = [*disclosure_keys(form), *request_keys(form), *proceeding_keys()]
        return {key: self.figures[key] for key in keys}


def _short(text: str) -> str:
    return text.replace("\n", " ")[:20]
