"""A value as pages show it: the number, or the words for why there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from archive.catalogue import FIGURES, INDICATORS, ValueState
from archive.store import Valued
from archive.web.drawn.valued import valued, valued_cell
from archive.web.figures.valued import ShownValue, name_of, shown_value, unit_of

FIGURE, CLAIM, SHARE = "requests.new.total", "proactive_total", "disclosed_share"
EXACT, INFERRED = ValueState.EXACT, ValueState.INFERRED


@pytest.mark.parametrize(
    ("key", "one", "text", "beside"),
    [
        (FIGURE, Valued(1234, EXACT), "1,234", ""),
        (FIGURE, Valued(0, EXACT), "0", ""),
        ("disclosure.fees.amount", Valued(Decimal("12.500000"), EXACT), "12.5", ""),
        (SHARE, Valued(Decimal("0.625"), EXACT, 45, 72), "62.5%", "45 / 72"),
        (SHARE, Valued(Decimal(1), EXACT, 1200, 1200), "100%", "1,200 / 1,200"),
        # Of few, both numbers alone.
        (SHARE, Valued(Decimal("0.5"), EXACT, 7, 14), "7 / 14", ""),
        ("received_growth", Valued(Decimal("0.25"), EXACT, 50, 40), "+25%", "50 / 40"),
        ("received_growth", Valued(Decimal("1"), EXACT, 8, 4), "8 / 4", ""),
        ("documents_net", Valued(Decimal(-2), EXACT, -2), "−2", ""),
        ("received", Valued(Decimal(80), EXACT, 80), "80", ""),
        (FIGURE, Valued(None, ValueState.IN_DOUBT, 72), "存疑", "印为 72"),
        (CLAIM, Valued(None, ValueState.ABOUT, 60), "约 60", ""),
        (SHARE, Valued(None, ValueState.OF_NOTHING, 0, 0), "分母为 0", ""),
        (SHARE, Valued(None, ValueState.IN_DOUBT), "存疑", ""),
    ],
)
def test_a_value_is_told(key: str, one: Valued, text: str, beside: str) -> None:
    shown = shown_value(key, one)
    assert (shown.text, shown.beside) == (text, beside)
    assert shown.has_value is (one.value is not None)


@pytest.mark.parametrize("key", [FIGURE, CLAIM, SHARE, "lawsuits.total"])
def test_every_state_without_a_value_has_its_word_and_reason(key: str) -> None:
    for state in ValueState:
        if state.has_value or state is ValueState.ABOUT:
            continue
        shown = shown_value(key, Valued(None, state))
        assert shown.text == state.label
        if key == SHARE:
            assert shown.title


def test_what_is_inferred_has_its_mark() -> None:
    shown = shown_value(FIGURE, Valued(4, INFERRED))
    assert shown == ShownValue("4", "", "†", "其中有推定的数字", True)
    assert "（其中有推定的数字）" in valued(Valued(4, INFERRED), FIGURE)


def test_a_cell_says_what_it_is_to_all() -> None:
    zero = valued_cell(Valued(0, EXACT), FIGURE)
    assert zero == '<td class="num zero">0</td>'
    share = valued_cell(Valued(Decimal("0.625"), EXACT, 45, 72), SHARE)
    assert share == '<td class="num">62.5% <small class="soft">45 / 72</small></td>'
    missing = valued_cell(Valued(None, ValueState.MISSING), FIGURE)
    assert 'class="soft" title="原文没有这个数字，或读不准"' in missing


def test_every_key_has_a_name_and_a_unit() -> None:
    for key in (*FIGURES, *INDICATORS):
        assert name_of(key)
    assert (unit_of(FIGURE), unit_of(SHARE), unit_of("received")) == ("件", "%", "件")
    with pytest.raises(KeyError):
        name_of("nothing")
