"""What is kept in memory: bounded, and never another report's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.report import Packed, Report, pack, unpack
from archive.store.questions.kept import Kept, kept_reading
from tests.store.filing import report

NAMES = st.sampled_from([bytes([one]) for one in range(6)])


def keep_twice(kept: Kept[str], name: str, weight: int) -> None:
    """As one is kept that is asked for again."""
    kept.keep(name.encode(), name, weight)
    kept.keep(name.encode(), name, weight)


@given(st.lists(st.tuples(NAMES, st.integers(0, 60))))
def test_no_more_is_kept_than_may_be(asked: list[tuple[bytes, int]]) -> None:
    kept: Kept[bytes] = Kept(100)
    for name, weight in asked:
        kept.keep(name, name, weight)
        kept.keep(name, name, weight)
        assert kept.get(name) in (None, name)
        assert 0 <= kept.weight <= 100


def test_what_was_asked_for_last_stays() -> None:
    kept: Kept[str] = Kept(100)
    for name in "abcd":
        keep_twice(kept, name, 30)
        kept.get(b"a")
    assert [kept.get(name.encode()) for name in "abcd"] == ["a", None, "c", "d"]


def test_one_giant_does_not_push_out_all_others() -> None:
    kept: Kept[str] = Kept(100)
    keep_twice(kept, "a", 30)
    keep_twice(kept, "b", 90)
    assert (kept.get(b"a"), kept.get(b"b"), kept.weight) == ("a", None, 30)


def test_who_asks_once_for_everything_pushes_nothing_out() -> None:
    kept: Kept[str] = Kept(100)
    keep_twice(kept, "a", 30)
    for number in range(20):
        kept.keep(bytes([number]), "of a robot", 30)
    assert kept.get(b"a") == "a"
    assert kept.weight == 30


def test_what_was_asked_for_long_ago_is_new_again() -> None:
    kept: Kept[str] = Kept(100, most_asked=2)
    for name in "abcacb":
        kept.keep(name.encode(), name, 30)
    # Behind b and c nobody knew of the first a.
    assert [kept.get(name.encode()) for name in "abc"] == [None, None, "c"]


def test_bytes_asked_for_again_are_opened_no_more() -> None:
    opened: list[Packed] = []

    def opening(packed: Packed) -> Report:
        opened.append(packed)
        return unpack(packed)

    said = report("本年度收到申请81件。", requests__new__total=81)
    first, second, again = (kept_reading(pack(said), opening) for _ in range(3))
    assert first
    assert second
    assert first.report == second.report == said
    assert again is second
    assert len(opened) == 2
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
