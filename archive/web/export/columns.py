"""The columns of a list of reports: what is known of a report, the numbers asked for
with their states, and where all of it comes from.

A number takes several columns: a figure its value and state, a claim whose number it is
as well, an indicator both its numbers. What is in doubt stands in the state alone, so
that nobody adds it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from archive.catalogue import CLAIMS, FIGURES, INDICATORS, ValueState, labels_of
from archive.report import Number
from archive.store import Card, Valued
from archive.web import labels
from archive.web.addresses import public_address
from archive.web.export.cells import Value
from archive.web.figures import valued as figures
from archive.web.shown import number, plain


class Row(NamedTuple):
    """A report with the numbers asked for."""

    card: Card
    values: Mapping[str, Valued]
    scopes: Mapping[str, str]
    """Key of a claim → whose number it is."""


Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """Something that is known of a report or an agency; `key` is its name in JSON
    lines.
    """

    heading: str
    key: str
    value: Callable[[Thing], Value]
    told: str = ""


def _page_of(card: Card) -> str:
    """The address of just this text of a report."""
    key, year = card.agency.key, card.year
    version = card.number or None
    return public_address("reports.report", key=key, year=year, version=version)


ABOUT: tuple[Column[Card], ...] = (
    Column("年度", "year", lambda card: card.year, "报告所述的年度"),
    Column("机关", "agency", lambda card: card.agency.name),
    Column("机关键", "agency_key", lambda card: card.agency.key, "地址中的名称"),
    Column(
        "行政区划代码",
        "region_code",
        lambda card: card.agency.region_code,
        "GB/T 2260",
    ),
    Column("行政区划", "region", lambda card: card.agency.region_name),
    Column("层级", "level", lambda card: card.agency.level),
    Column("领域", "sector", lambda card: card.agency.sector),
    Column("标题", "title", lambda card: card.title),
    Column("发布日期", "published_on", lambda card: card.published_on),
    Column(
        "日期出处",
        "published_from",
        lambda card: labels.PUBLISHED_FROM.get(card.published_from, ""),
    ),
    Column(
        "格式",
        "form",
        lambda card: labels.FORM_NAMES.get(card.form, card.form),
        "报告所用的格式：有哪些项目，随格式而定",
    ),
)
PROOF: tuple[Column[Card], ...] = (
    Column(
        "自身矛盾", "contradictions", lambda card: card.contradictions, "提示的项数"
    ),
    Column("值得留意", "notable", lambda card: card.notable, "提示的项数"),
    Column("读取存疑", "doubts", lambda card: card.doubts, "提示的项数"),
    Column("版本", "version", lambda card: card.number, "第几号文本"),
    Column("页面", "url", _page_of, "固定到这一号文本的地址"),
    Column("存档时间", "captured_at", lambda card: card.captured_at, "北京时间"),
    Column("来源网址", "source_url", lambda card: card.source_url),
    Column("原件SHA-256", "sha256", lambda card: card.digest),
)
STATE, OVER, UNDER, SCOPE = "状态", "分子", "分母", "所指范围"
_DECIMALS = 6
"""Of a share: 0.625 is 62.5 %."""
_STATES = labels_of(ValueState)
FEW = "分母不足30，只列分子和分母"


def headings_of(key: str) -> tuple[str, ...]:
    """The columns of a number."""
    name = name_of(key)
    unit = "" if key in INDICATORS else FIGURES[key].unit
    first = f"{name}（{unit}）" if unit else name
    return (first, *(f"{name}·{one}" for one in _behind(key)))


def _behind(key: str) -> tuple[str, ...]:
    """What else of a number has a column of its own."""
    if key in CLAIMS:
        return STATE, SCOPE
    return (OVER, UNDER, STATE) if _is_share(key) else (STATE,)


def name_of(key: str) -> str:
    """The name of a number as a heading; said apart where two would have the same."""
    return _NAMES[key]


def _told_apart(keys: Iterable[str]) -> dict[str, str]:
    """Key → name; one that others have already is followed by its key."""
    told: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        name = figures.name_of(key)
        told[key] = f"{name}（{key}）" if name in taken else name
        taken.add(told[key])
    return told


_NAMES = _told_apart((*FIGURES, *INDICATORS))


def cells_of(key: str, row: Row) -> tuple[Value, ...]:
    """A number of a report under its headings."""
    one = row.values.get(key)
    behind: dict[str, Value] = {STATE: "", SCOPE: _scope(key, row)}
    value: Number | None = None
    if one is not None:
        value = _value(key, one)
        behind |= {STATE: _state(one), OVER: one.over, UNDER: one.under}
    return (value, *map(behind.get, _behind(key)))


def _value(key: str, one: Valued) -> Number | None:
    """A number as it may stand alone: of a share the rounded one."""
    if _is_share(key):
        return _rounded(figures.alone(one))
    return one.value


def _is_share(key: str) -> bool:
    return key in INDICATORS and INDICATORS[key].is_share


def _rounded(value: Number | None) -> Number | None:
    if value is None:
        return None
    return round(Decimal(value), _DECIMALS)


def _state(one: Valued) -> str:
    """How a number came about, or why there is none; with what is printed in doubt."""
    state = one.state
    if state.has_value:
        return FEW if one.value is not None and one.is_of_few else _STATES[state.value]
    is_printed = one.over is not None and state in (
        ValueState.IN_DOUBT,
        ValueState.ABOUT,
    )
    if is_printed and one.under is None:
        return f"{_STATES[state.value]}：原文为{number(one.over)}"
    return _STATES[state.value]


def _scope(key: str, row: Row) -> str:
    """Whose number a stated one is, in words; nothing where the report states none."""
    scope = row.scopes.get(key)
    return "" if scope is None else labels.SCOPES[scope]


class ReportColumns:
    """The columns of a list of reports, for the numbers asked for."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        self.claims = tuple(key for key in keys if key in CLAIMS)

    @property
    def meanings(self) -> dict[str, str]:
        """Heading of what is known of a report, and of its proof → what it means."""
        return {column.heading: column.told for column in (*ABOUT, *PROOF)}

    @property
    def headings(self) -> list[str]:
        """What stands over the columns, each once."""
        return list(self._headings())

    def _headings(self) -> Iterator[str]:
        yield from (column.heading for column in ABOUT)
        for key in self.keys:
            yield from headings_of(key)
        yield from (column.heading for column in PROOF)

    def row(self, row: Row) -> list[Value]:
        """A report under the headings."""
        told: list[Value] = [column.value(row.card) for column in ABOUT]
        for key in self.keys:
            told += cells_of(key, row)
        told += [column.value(row.card) for column in PROOF]
        return told

    def told(self, row: Row) -> dict[str, Any]:
        """A report as a line of JSON: the numbers under their lasting keys."""
        card = row.card
        return {
            **{column.key: column.value(card) for column in ABOUT},
            "figures": numbers_told(self.keys, row),
            **{column.key: column.value(card) for column in PROOF},
        }


def numbers_told(keys: Iterable[str], row: Row) -> dict[str, Any]:
    """The numbers of a report as JSON, under their lasting keys."""
    return {key: _told(key, row) for key in keys}


def _told(key: str, row: Row) -> dict[str, Any] | None:
    """A number as JSON; null where nothing is known of the report."""
    one = row.values.get(key)
    if one is None:
        return None
    told: dict[str, Any] = {
        "value": plain(_value(key, one)),
        "state": one.state.value,
    }
    if _is_share(key):
        return told | {"numerator": plain(one.over), "denominator": plain(one.under)}
    if key not in INDICATORS and one.over is not None:
        told["printed"] = plain(one.over)
    if key in CLAIMS:
        told["scope"] = row.scopes.get(key)
    return told
