"""What is kept in memory: bounded, and never another report's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.report import Packed, Report, pack, unpack
from archive.store.questions.kept import Kept, kept_reading
from tests.store.filing import report

NAMES = st.sampled_from([bytes([one]) for one in range(6)])


@given(st.lists(st.tuples(NAMES, st.integers(0, 60))))
def test_no_more_is_kept_than_may_be(asked: list[tuple[bytes, int]]) -> None:
    kept: Kept[bytes] = Kept(100)
    for name, weight in asked:
        kept.keep(name, name, weight)
        assert kept.get(name) in (None, name)
        assert 0 <= kept.weight <= 100


def test_what_was_asked_for_last_stays() -> None:
    kept: Kept[str] = Kept(100)
    for name in "abcd":
        kept.keep(name.encode(), name, 30)
        kept.get(b"a")
    assert [kept.get(name.encode()) for name in "abcd"] == ["a", None, "c", "d"]


def test_one_giant_does_not_push_out_all_others() -> None:
    kept: Kept[str] = Kept(100)
    kept.keep(b"a", "a", 30)
    kept.keep(b"b", "b", 90)
    assert (kept.get(b"a"), kept.get(b"b"), kept.weight) == ("a", None, 30)


def test_equal_bytes_are_opened_once() -> None:
    opened: list[Packed] = []

    def opening(packed: Packed) -> Report:
        opened.append(packed)
        return unpack(packed)

    said = report("本年度收到申请81件。", requests__new__total=81)
    first, again = (kept_reading(pack(said), opening) for _ in range(2))
    assert first
    assert first.report == said
    assert again is first
    assert len(opened) == 1
    # The same sections with another figure are another reading, and weigh something.
    other = kept_reading(pack(report("本年度收到申请81件。")), opening)
    assert other
    assert other.digest != first.digest
    assert other.report != said
    assert 0 < other.size < first.size


def test_damaged_bytes_are_told_each_time() -> None:
    told: list[Packed] = []

    def damaged(packed: Packed) -> None:
        told.append(packed)

    harmed = Packed(b"?", b"?")
    assert [kept_reading(harmed, damaged) for _ in range(2)] == [None, None]
    assert len(told) == 2
