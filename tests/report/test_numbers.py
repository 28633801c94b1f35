"""What a cell says: numbers in all their dresses, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.report.model import Number
from archive.report.numbers import LARGEST, Kind, chinese_number, in_unit, read_number


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("0", 0, ""),
        (" 12 ", 12, ""),
        ("１２", 12, ""),
        ("1,234", 1234, ""),
        ("1，234", 1234, ""),
        ("１，２３４．５", Decimal("1234.5"), ""),
        ("+3", 3, ""),
        ("增15", 15, ""),
        ("减少4项", -4, "项"),
        ("-3", -3, ""),
        ("－3", -3, ""),
        ("12.50", Decimal("12.5"), ""),
        ("251000元", 251000, "元"),
        ("3.5万元", Decimal("3.5"), "万元"),
        ("3.5万", 35000, ""),
        ("2万件", 20000, "件"),
        ("17 件", 17, "件"),
        ("17（件）", 17, "件"),
        ("4人次", 4, "人次"),
        ("十二", 12, ""),
        ("一百零三", 103, ""),
        ("〇五", 5, ""),
        ("22\n3", 223, ""),
        ("1,11\n5", 1115, ""),
        ("\u200b7\ufeff", 7, ""),
    ],
)
def test_plain_numbers(printed: str, value: Number, unit: str) -> None:
    said = read_number(printed)
    assert (said.kind, said.value, said.unit, said.slip) == (
        Kind.NUMBER,
        value,
        unit,
        False,
    )


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("O", 0),
        ("1O", 10),
        ("l2", 12),
        ("I", 1),
        ("〇", 0),
        ("1 315", 1315),
        ("3 4", 34),
        ("007", 7),
        ("0\n12", 12),
        ("一", 1),
        ("68754[1]", 68754),
        ("1,315 〔12〕", 1315),
    ],
)
def test_what_is_not_printed_as_a_plain_number_is_our_reading(
    printed: str, value: int
) -> None:
    said = read_number(printed)
    assert (said.kind, said.value, said.slip) == (Kind.NUMBER, value, True)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("", Kind.BLANK),
        (" \u3000\n", Kind.BLANK),
        ("\xa0", Kind.BLANK),
        ("—", Kind.DASH),
        ("——", Kind.DASH),
        ("-", Kind.DASH),
        ("/", Kind.SLASH),
        ("／", Kind.SLASH),
        ("无", Kind.NONE),
        ("1.", Kind.UNREADABLE),
        ("1、", Kind.UNREADABLE),
        ("①", Kind.UNREADABLE),
        ("（1）", Kind.UNREADABLE),
        ("[1]", Kind.UNREADABLE),
        ("[1]5", Kind.UNREADABLE),
        ("6[8]754", Kind.UNREADABLE),
        ("12%", Kind.UNREADABLE),
        ("1,2", Kind.UNREADABLE),
        ("1.2.3", Kind.UNREADABLE),
        ("½", Kind.UNREADABLE),
        ("万", Kind.UNREADABLE),
        ("元", Kind.UNREADABLE),
        ("规章", Kind.UNREADABLE),
        ("2023年", Kind.UNREADABLE),
        ("9" * 14, Kind.UNREADABLE),
        ("9" * 5000, Kind.UNREADABLE),
    ],
)
def test_what_is_no_number_has_no_value(printed: str, kind: Kind) -> None:
    assert (read_number(printed).kind, read_number(printed).value) == (kind, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十五", 25),
        ("两千零一", 2001),
        ("一万零三百", 10300),
        ("二〇二三", 2023),
        ("百", None),
        ("亿", None),
    ],
)
def test_chinese_numbers(text: str, value: int | None) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [("251000元", "25.1"), ("3.5万元", "3.5"), ("12", "12"), ("2千元", "0.2")],
)
def test_amounts_change_unit_without_loss(printed: str, value: str) -> None:
    assert str(in_unit(read_number(printed), "万元")) == value


@given(st.integers(0, LARGEST))
def test_any_figure_is_read_back_with_and_without_separators(value: int) -> None:
    assert read_number(str(value)).value == value
    assert read_number(f"{value:,}").value == value
    assert not read_number(f"{value:,}").slip


@given(st.text(max_size=70))
def test_any_text_is_read_as_something_bounded(text: str) -> None:
    said = read_number(text)
    assert (said.kind is Kind.NUMBER) == (said.value is not None)
    assert said.value is None or abs(said.value) <= LARGEST
