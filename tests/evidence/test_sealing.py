"""Days with their trees and time stamps, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from archive.evidence import check_days, seal_days, stamp_days
from archive.store import Sighting, Store, saving, sealing
from archive.store.rows import DayRow, SightingRow
from tests.evidence.authority import Authority
from tests.evidence.conftest import Seen

FIRST = datetime(2026, 1, 1, 23, 59, 59, 999999, UTC)
LATER = datetime(2026, 1, 9, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def look(store: Store, at: datetime, name: str = "a", **more: object) -> None:
    sighting = Sighting(
        f"http://sample.example/{name}", at, 404, headers={"名": "值"},
        exchanges=[{"method": "GET", "received": [["X", "ÿ"]]}],
    )  # fmt: skip
    store.write(lambda session: saving.note_sighting(session, sighting))


@pytest.fixture
def sealed(store: Store) -> Store:
    """Three days, of which one has no sightings, and one is not over."""
    for at in (FIRST, FIRST, FIRST + DAY / 2, FIRST + 3 * DAY, LATER):
        look(store, at)
    seal_days(store, LATER)
    return store


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with Authority(tmp_path_factory.mktemp("tsa") / "own") as running:
        yield running


def days(store: Store) -> list[tuple[str, int, str]]:
    with store.session() as session:
        return [(day.day, day.count, day.before) for day in sealing.days(session)]


def test_each_day_that_is_over_is_sealed_behind_the_one_before(sealed: Store) -> None:
    assert days(sealed) == [
        ("2026-01-01", 2, ""),
        ("2026-01-02", 1, "2026-01-01"),
        ("2026-01-04", 1, "2026-01-02"),
    ]
    assert seal_days(sealed, LATER) == []
    found = check_days(sealed)
    assert (found.days, found.sightings, found.troubles) == (3, 4, ())


def test_what_comes_late_is_in_the_next_tree(sealed: Store) -> None:
    look(sealed, FIRST, "late")
    assert seal_days(sealed, FIRST + 3 * DAY) == []
    (one,) = seal_days(sealed, LATER)
    assert (one.day, one.count) == ("2026-01-05", 1)
    (next_,) = seal_days(sealed, LATER + DAY)
    assert (next_.day, next_.count) == ("2026-01-09", 1)
    assert check_days(sealed).troubles == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"status": 200},
        {"at": FIRST - DAY},
        {"asked": "http://other.example/"},
        {"reached": "http://other.example/"},
        {"headers": {"名": "另一个"}},
        {"exchanges": {"exchanges": []}},
        {"digest": None, "status": 405},
    ],
    ids=str,
)
def test_whatever_is_changed_afterwards_is_named(
    sealed: Store, changed: dict[str, object]
) -> None:
    with sealed.session() as session:
        session.execute(
            update(SightingRow).where(SightingRow.id == 3).values(**changed)
        )
    told = " ".join(check_days(sealed).troubles)
    assert "2026-01-02 的第 3 号采集记录" in told
    assert "2026-01-02 的散列树" in told
    assert "2026-01-01" not in told


def test_what_is_taken_out_or_put_in_is_named(sealed: Store) -> None:
    with sealed.session() as session:
        session.execute(delete(SightingRow).where(SightingRow.id == 1))
    assert "封存了 2 条采集记录，现有 1 条" in " ".join(check_days(sealed).troubles)
    with sealed.session() as session:
        session.execute(delete(DayRow).where(DayRow.day == "2026-01-02"))
    told = " ".join(check_days(sealed).troubles)
    assert "有一日的记录缺失" in told
    assert "没有这一日的封存" in told


def test_a_root_made_anew_breaks_the_next_day(sealed: Store) -> None:
    with sealed.session() as session:
        first = DayRow.day == "2026-01-01"
        session.execute(update(DayRow).where(first).values(root="0" * 64))
    told = check_days(sealed).troubles
    assert [one[:10] for one in told] == ["2026-01-01", "2026-01-02"]


def test_days_are_stamped_and_what_fails_is_tried_again(
    sealed: Store, authority: Authority
) -> None:
    authority.fails = True
    assert stamp_days(sealed, authority.url, authority.root) == 0
    with sealed.session() as session:
        assert "没有应答（HTTP 503）" in sealing.stock(session).trouble
    authority.fails = False
    before = datetime.now(UTC) - timedelta(seconds=2)
    assert stamp_days(sealed, authority.url, authority.root) == 3
    assert stamp_days(sealed, authority.url, authority.root) == 0
    with sealed.session() as session:
        assert sealing.stock(session) == ("2026-01-04", "2026-01-04", "")
        for row in session.scalars(select(DayRow)):
            assert row.stamped_at is not None
            assert before <= row.stamped_at <= datetime.now(UTC) + timedelta(seconds=2)
    found = check_days(sealed)
    assert (found.stamped, found.troubles) == (3, ())
    with sealed.session() as session:
        first, second = session.scalars(select(DayRow).order_by(DayRow.day)).all()[:2]
        first.token = second.token
    (told,) = check_days(sealed).troubles
    assert "2026-01-01 的时间戳不成立" in told


def test_an_authority_that_we_were_not_given_is_not_believed(
    sealed: Store, authority: Authority, tmp_path: Path
) -> None:
    with Authority(tmp_path / "other") as other:
        assert stamp_days(sealed, other.url, authority.root) == 0
    assert stamp_days(sealed, authority.url, tmp_path / "none.pem") == 0
    assert stamp_days(sealed, "http://127.0.0.1:9/", authority.root) == 0
    with sealed.session() as session:
        assert sealing.stock(session).stamped == ""


def test_commands_and_audit(seen: Seen) -> None:
    with seen.archive.store.session() as session:
        session.execute(update(SightingRow).values(at=FIRST))
    assert "1 days sealed" in seen.commands.run("seal")
    told = seen.commands.run("audit")
    assert "1 sealed days with" in told
    with seen.archive.store.session() as session:
        session.execute(update(SightingRow).values(status=418))
    assert "与封存时不符" in seen.commands.run("audit", status=1)
