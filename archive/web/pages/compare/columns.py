"""What stands over a column: a figure, a claim or an indicator, and its name."""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue import FIGURES, INDICATORS


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of the table; with a year, that of one year."""

    key: str
    label: str
    """In full."""
    heading: str
    """As short as a column needs it."""
    unit: str
    """`件`; `%` for a share."""
    is_share: bool = False
    is_growth: bool = False
    is_indicator: bool = False
    """Whether it is computed."""
    printed_in: tuple[str, ...] = ()
    """The forms that print it, each in a cell of its own."""
    version: int = 1
    """Of the definition."""
    formula: str = ""
    year: int | None = None

    @property
    def name(self) -> str:
        """What an address calls it, for sorting: the key, or the year."""
        return str(self.year) if self.year else self.key


def column(key: str) -> Column:
    """The column of a key. Raises KeyError for one that is not known."""
    if key in INDICATORS:
        one = INDICATORS[key]
        unit = "%" if one.is_share else "件"
        return Column(
            key,
            one.label,
            one.label,
            unit,
            is_share=one.is_share,
            is_growth=one.is_growth,
            is_indicator=True,
            version=one.version,
            formula=one.formula,
        )
    record = FIGURES[key]
    table = f"{record.table}：" if record.table else ""
    return Column(
        key,
        f"{table}{record.label}",
        record.heading.removesuffix(" · 总计"),
        record.unit,
        printed_in=record.printed.forms if record.printed else (),
    )
