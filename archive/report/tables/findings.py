"""Doubts of ours about the tables while they are read, as findings.

Each is one Chinese sentence and names the figures it speaks of. What is found out from
the whole sheet is told in `telling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.catalogue import FindingFamily
from archive.report.document import Place
from archive.report.model import Finding
from archive.report.numbers import Kind
from archive.report.tables.lines import Value

REMARK, NOTABLE, SERIOUS = 1, 2, 3
"""How much a finding weighs."""

_TABLES = {"disclosure": "表二（主动公开）", "requests": "表三（依申请公开）"}
_TABLE_4 = "表四（复议诉讼）"
_SIGNS = {
    Kind.BLANK: "空白",
    Kind.DASH: "短横线",
    Kind.SLASH: "斜线",
    Kind.NONE: "“无”",
    Kind.UNREADABLE: "不可辨认",
}
"""What stands in a cell that has no number, in words."""
_MOST_NAMED = 3
"""A sentence names so many cells or rows; of the others it gives the number."""


def doubt(
    check: str, weight: int, message: str, keys: Sequence[str], at: Place | None
) -> Finding:
    """A doubt about our reading: it says nothing against the report."""
    return Finding(check, FindingFamily.READING, weight, message, tuple(keys), at)


def table_of(key: str) -> str:
    """What the table of a figure is called: 表三（依申请公开）."""
    return _TABLES.get(key.split(".")[0], _TABLE_4)


def listed(titles: Mapping[str, str], keys: Sequence[str]) -> str:
    """The cells by name, 甲、乙、丙等 5 格."""
    return _listed([titles.get(key, key) for key in keys], "格", _MOST_NAMED)


def listed_rows(titles: Sequence[str], most: int = _MOST_NAMED) -> str:
    """The rows by name, 甲、乙、丙等 5 行."""
    return _listed(titles, "行", most)


def _listed(names: Sequence[str], measure: str, most: int) -> str:
    some = "、".join(names[:most])
    if len(names) > most:
        return f"{some}等 {len(names)} {measure}"
    return some


def by_sign(
    kinds: Mapping[str, Kind], keys: Iterable[str], otherwise: Kind
) -> Iterator[tuple[list[str], str]]:
    """The keys of one table whose cells print the same sign, and what that is called.

    `otherwise`: what counts as printed in cells that were not found in their place.
    """
    alike: dict[tuple[str, Kind], list[str]] = {}
    for key in keys:
        kind = kinds.get(key, otherwise)
        alike.setdefault((table_of(key), kind), []).append(key)
    for (_, kind), same in alike.items():
        yield same, _SIGNS.get(kind, _SIGNS[otherwise])


def letter_for_digit(title: str, key: str, value: Value) -> Finding:
    """A cell that does not print a plain number, such as lO for 10."""
    printed = value.cell.text.strip().replace("\n", " ")[:20]
    message = f"{title}印作“{printed}”，按数字 {value.number} 读取。"
    return doubt("letter_for_digit", REMARK, message, (key,), value.cell.at)


def cut_off(title: str, key: str, at: Place) -> Finding:
    """The file breaks off in a cell of table 2."""
    message = f"文件在{title}处中断，其中的数字可能不全，不予采用。"
    return doubt("cut_off", SERIOUS, message, (key,), at)


def unit_not_printed(title: str, key: str, unit: str, at: Place) -> Finding:
    """An amount whose unit stands neither in its cell nor in a label."""
    message = f"{title}未注明单位，按“{unit}”读取。"
    return doubt("unit_not_printed", NOTABLE, message, (key,), at)


def several_tables(count: int, at: Place) -> Finding:
    """More than one table 3, with other numbers: two reports in one document."""
    message = (
        f"文中有 {count} 份依申请公开情况表（表三）且数字不同，读取其中完整的第一份。"
    )
    return doubt("table_repeated", NOTABLE, message, (), at)


def row_by_order(title: str, label: str, keys: Sequence[str], at: Place) -> Finding:
    """A row that got its name from its neighbours."""
    message = f"有一行的行名“{label}”无法辨认，按前后各行的顺序作为{title}一行读取。"
    return doubt("row_by_order", NOTABLE, message, keys, at)
