"""How a value stands in the sentence of a finding.

A wording names a value and the way it is printed: `{now}` is a number or a text as it
is, `{keys:cells}` cells by name. Figures are given by their keys, so that every
language has its own names for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from archive.catalogue.claims import CLAIMS
from archive.catalogue.figure_record import TABLES, Printed
from archive.catalogue.figures import FIGURES, short_row
from archive.catalogue.forms import SECTIONS
from archive.catalogue.states import FormName, Level

Value = int | Decimal | str | tuple[int | Decimal | str, ...]
"""A number, a name or a key, or several of them."""
Values = Mapping[str, Value]
"""What a finding speaks of, by name."""

_CHINESE_NUMBERS = "零一二三四五六七八九十"
_MOST_NAMED = 3
"""A sentence names so many cells or rows; of the others it gives the number."""
_MOST_QUOTED = 8
"""Names of files in a sentence."""


def plain(value: Value) -> str:
    """A number without an exponent, or a text as it is."""
    if isinstance(value, tuple):
        raise TypeError(f"{value!r} is a list: its wording must say how it is printed")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _all(value: Value) -> list[str]:
    """The texts of a list, or the one text."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return [plain(value)]


def _joined(names: Sequence[str], measure: str) -> str:
    """甲、乙、丙等 5 格."""
    some = "、".join(names[:_MOST_NAMED])
    rest = f"等 {len(names)} {measure}" if len(names) > _MOST_NAMED else ""
    return f"{some}{rest}"


def _ordinal(number: int) -> str:
    """三; what is greater than ten stays in digits."""
    if number < len(_CHINESE_NUMBERS):
        return _CHINESE_NUMBERS[number]
    return str(number)


def _printed(key: str) -> Printed:
    """Where the forms print a figure. Raises KeyError for what no form prints."""
    printed = FIGURES[key].printed
    if printed is None:
        raise KeyError(key)
    return printed


def _table(number: int) -> str:
    """表三."""
    return f"表{_ordinal(number)}"


def _row_words(key: str) -> str:
    """The printed words of a figure's row; of table 4, whose rows are columns, of its
    kind of proceedings.
    """
    return short_row(_printed(key).row)


def _cell(key: str) -> str:
    """表三“予以公开”的“总计”."""
    printed = _printed(key)
    # 本年收费金额（单位：万元）: the number is followed by its unit.
    column = printed.column.title.split("（")[0]
    return f"{_table(printed.table)}“{_row_words(key)}”的“{column}”"


def _cells(value: Value) -> str:
    return _joined([_cell(key) for key in _all(value)], "格")


def _rows(value: Value) -> str:
    """The rows that some cells stand in: 表三“甲”一行, 表三“甲”、“乙”等 7 行."""
    by_table: dict[str, dict[str, None]] = {}
    for key in _all(value):
        rows = by_table.setdefault(_table(_printed(key).table), {})
        rows[f"“{_row_words(key)}”"] = None
    return "、".join(f"{table}{_some_rows(rows)}" for table, rows in by_table.items())


def _some_rows(rows: Iterable[str]) -> str:
    names = list(rows)
    if len(names) == 1:
        return f"{names[0]}一行"
    if len(names) <= _MOST_NAMED:
        return f"{'、'.join(names)}共 {len(names)} 行"
    return _joined(names, "行")


def _column(value: Value) -> str:
    """The column of table 3 that a cell stands in: 表三“自然人”一列."""
    printed = _printed(plain(value))
    return f"{_table(printed.table)}“{printed.column.title}”一列"


def _whole_table(value: Value) -> str:
    """The table of some cells: 表三（依申请公开）."""
    number = _printed(_all(value)[0]).table
    return f"{_table(number)}（{TABLES[number]}）"


def _figure(value: Value) -> str:
    """A figure's or a claim's name within a sentence."""
    record = FIGURES.get(plain(value)) or CLAIMS[plain(value)]
    return record.spoken or record.label


def _section(value: Value) -> str:
    """第五部分“存在的主要问题及改进情况”."""
    number = int(plain(value))
    return f"第{_ordinal(number)}部分“{SECTIONS[number][0]}”"


def _ordinals(value: Value) -> str:
    """三、四: numbers of headings as the form prints them."""
    return "、".join(_ordinal(int(one)) for one in _all(value))


def _names(value: Value) -> str:
    return "、".join(_all(value))


def _quoted(value: Value) -> str:
    """“a”、“b”; of many files the first eight."""
    names = [f"“{name}”" for name in _all(value)]
    more = "等" if len(names) > _MOST_QUOTED else ""
    return f"{'、'.join(names[:_MOST_QUOTED])}{more}"


def _span(value: Value) -> str:
    """6, or 6 至 8: the least and the greatest."""
    numbers = sorted({int(one) for one in _all(value)})
    return " 至 ".join(str(one) for one in dict.fromkeys((numbers[0], numbers[-1])))


def _times(value: Value) -> str:
    return f"{Decimal(plain(value)):.1f} 倍"


def _percent(value: Value) -> str:
    return f"{100 * Decimal(plain(value)):.1f}%"


PRINTED: dict[str, Callable[[Value], str]] = {
    "": plain,
    "cell": lambda value: _cell(plain(value)),
    "cells": _cells,
    "row": lambda value: _rows(plain(value)),
    "rows": _rows,
    "column": _column,
    "table": _whole_table,
    "figure": _figure,
    "section": _section,
    "ordinals": _ordinals,
    "names": _names,
    "quoted": _quoted,
    "count": lambda value: str(len(_all(value))),
    "span": _span,
    "times": _times,
    "percent": _percent,
    "form": lambda value: FormName(plain(value)).label,
    "level": lambda value: Level(plain(value)).label,
}
"""Name of a way of printing → how."""

GIVEN: dict[str, str] = {
    "": "a number or a text",
    "cell": "the key of a figure",
    "cells": "keys of figures",
    "row": "the key of a figure in the row",
    "rows": "keys of figures in the rows",
    "column": "the key of a figure in the column",
    "table": "keys of figures in the table",
    "figure": "the key of a figure or a claim",
    "section": "the number of a section",
    "ordinals": "a list of numbers of sections",
    "names": "a list of names",
    "quoted": "a list of names of files",
    "count": "a list, of which the sentence says how long it is",
    "span": "a list of numbers",
    "times": "a number",
    "percent": "a share, 1 for the whole",
    "form": "a form (`form`)",
    "level": "a level (`level`)",
}
"""Name of a way of printing → what the value is that it prints."""
