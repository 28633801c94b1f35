"""What the columns of an export mean: its second sheet, and a file beside a CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archive.catalogue import CLAIMS, FEWEST, FIGURES, INDICATORS, ValueState
from archive.web.export.asked import Question
from archive.web.export.cells import Value
from archive.web.export.columns import Column, headings_of
from archive.web.shown import moment

HEADINGS = ("类别", "列", "键", "名称", "单位", "含义或公式", "版本")

_NOTES = (
    "只有“照录”和“推定”的数字有数值；其他状态没有数值，不当作零。",
    "与其他数字矛盾、原文只写约数的，数值留空，原文的数字写在状态一列。",
    f"比率是小数：0.625 即 62.5%。分母不足{FEWEST}的只列分子和分母，不列比率。",
    "“页面”是固定到所用文本的地址；“原件SHA-256”可以核对下载的原件。",
)


def definition_rows(
    question: Question,
    rows: int | None,
    keys: Sequence[str],
    about: Sequence[Column[Any]] = (),
    proof: Sequence[Column[Any]] = (),
) -> Iterator[list[Value]]:
    """What was asked and when, what each column holds, what the states mean; under
    HEADINGS.

    `rows`: how many the list has; None where that is not known.
    """
    yield from _asked(question, rows)
    for note in _NOTES:
        yield ["导出", "说明", "", note]
    yield from _told(about)
    yield from _numbers(keys)
    yield from _told(proof)
    for state in ValueState:
        yield ["状态", state.label, state.value]


def table_rows(
    question: Question, rows: int, columns: Mapping[str, str], keys: Sequence[str]
) -> Iterator[list[Value]]:
    """The same of a table that is no list: what its columns mean, and which numbers
    stand in it.

    `columns`: heading → its meaning.
    """
    yield from _asked(question, rows)
    for heading, meaning in columns.items():
        yield ["列", heading, "", "", "", meaning]
    yield from _numbers(keys)


def _asked(question: Question, rows: int | None) -> Iterator[list[Value]]:
    yield ["导出", "检索", "question", question.told]
    yield ["导出", "时间", "exported_at", f"{moment(question.at)}（北京时间）"]
    yield ["导出", "地址", "address", question.address]
    yield ["导出", "行数", "rows", None if rows is None else str(rows)]
    for note in question.notes:
        yield ["导出", "说明", "", note]


def _numbers(keys: Iterable[str]) -> Iterator[list[Value]]:
    for key in keys:
        yield from _of(key)


def _told(columns: Iterable[Column[Any]]) -> Iterator[list[Value]]:
    for column in columns:
        yield ["报告", column.heading, column.key, "", "", column.told]


def _of(key: str) -> Iterator[list[Value]]:
    """Every column of a number, the first with what it means."""
    first, *others = headings_of(key)
    yield [_kind(key), first, key, *_meaning(key)]
    for heading in others:
        yield [_kind(key), heading, key]


def _kind(key: str) -> str:
    if key in INDICATORS:
        return "指标"
    if key in CLAIMS:
        return "正文中的数字"
    return "合计" if FIGURES[key].parts else "表格数字"


def _meaning(key: str) -> list[Value]:
    """Name, unit, meaning or formula, and the version of a definition."""
    if key in INDICATORS:
        one = INDICATORS[key]
        unit = "比率" if one.is_share else ""
        said = "。".join(filter(None, (one.formula, one.note)))
        return [one.label, unit, said, str(one.version)]
    record = FIGURES[key]
    said = "、".join(FIGURES[part].label for part in record.parts)
    if said:
        said = f"本站合计：{said}"
    elif record.printed:
        where = record.printed
        said = f"{record.table}表：行“{where.row.title}”，列“{where.column.title}”"
    else:
        said = "报告正文所写，以最先写出的为准"
    return [record.label, record.unit, said]
