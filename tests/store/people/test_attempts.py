"""How often may be tried: growing delays, nobody locked out, thirty at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive.store import Session, Store, attempts
from archive.store.people.attempts import FREE, Attempt, Wait, client_of, delay_after
from archive.store.rows import AttemptRow

HERE, THERE = "192.0.2.1", "198.51.100.7"


def ask(store: Store, address: str = HERE, name: str = "示例") -> Attempt | Wait:
    store.write(attempts.tidy)
    return store.write(lambda session: attempts.log_in(session, address, name))


def later(store: Store, seconds: float) -> None:
    """Time goes by: all that stands in the table is so much older."""
    with store.session() as session:
        for row in session.scalars(select(AttemptRow)):
            row.at -= timedelta(seconds=seconds)


def exhaust(store: Store, address: str = HERE, name: str = "示例") -> int:
    for _ in range(FREE):
        assert isinstance(ask(store, address, name), Attempt)
    wait = ask(store, address, name)
    assert isinstance(wait, Wait)
    return wait.seconds


def test_delays_grow_to_a_quarter_of_an_hour() -> None:
    seconds = [delay_after(count).total_seconds() for count in range(4, 15)]
    assert seconds == [0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert delay_after(10_000) == attempts.LONGEST_DELAY


def test_a_client_that_fails_waits_ever_longer(store: Store) -> None:
    assert exhaust(store) == 5
    later(store, 4)
    assert isinstance(ask(store), Wait)
    later(store, 1.1)
    assert isinstance(ask(store), Attempt)
    assert ask(store, name="另一个名称") == Wait(10)


def test_of_thirty_at_once_five_are_tried(store: Store) -> None:
    with ThreadPoolExecutor(30) as many:
        found = list(many.map(lambda _: ask(store), range(30)))
    assert sum(isinstance(one, Attempt) for one in found) == FREE


def test_of_thirty_strangers_at_once_five_try_a_name(store: Store) -> None:
    places = [f"192.0.2.{number}" for number in range(30)]
    with ThreadPoolExecutor(30) as many:
        found = list(many.map(lambda place: ask(store, place), places))
    assert sum(isinstance(one, Attempt) for one in found) == FREE


def test_strangers_delay_a_person_and_no_more(store: Store) -> None:
    """Whoever was told to wait has a turn then, whatever others do meanwhile."""
    exhaust(store)
    wait = ask(store, THERE)
    assert isinstance(wait, Wait)
    for number in range(100):
        stranger = f"203.0.113.{number}"
        ask(store, stranger)
        later(store, wait.seconds / 100)
        ask(store, stranger)
    assert isinstance(ask(store, "203.0.113.200"), Wait), "strangers still wait"
    later(store, 0.5)
    assert isinstance(ask(store, THERE), Attempt)
    assert isinstance(ask(store, THERE), Wait), "one turn is one attempt"


def test_a_turn_that_is_not_taken_ends(store: Store) -> None:
    exhaust(store)
    wait = ask(store, THERE)
    assert isinstance(wait, Wait)
    later(store, wait.seconds + attempts.TURN.total_seconds() + 1)
    assert isinstance(ask(store, "203.0.113.1"), Attempt)
    assert isinstance(ask(store, THERE), Wait), "the name is tried again, and waits"


def test_a_device_does_not_wait_for_strangers(store: Store) -> None:
    exhaust(store)
    for _ in range(FREE):
        found = store.write(lambda db: attempts.by_itself(db, "device 1"))
        assert isinstance(found, Attempt)
    assert isinstance(store.write(lambda db: attempts.by_itself(db, "device 1")), Wait)
    assert isinstance(
        store.write(lambda db: attempts.by_itself(db, "device 2")), Attempt
    )


def test_the_right_password_takes_the_count_back(store: Store) -> None:
    for _ in range(20):
        attempt = ask(store)
        assert isinstance(attempt, Attempt)
        store.write(lambda db, one=attempt: attempts.was_right(db, one))


def test_who_has_an_account_can_not_try_others_without_end(store: Store) -> None:
    tried = 0
    for _ in range(20):
        own = ask(store, name="自己")
        if isinstance(own, Wait):
            break
        store.write(lambda db, one=own: attempts.was_right(db, one))
        tried += isinstance(ask(store, name=f"别人{tried}"), Attempt)
    assert tried == FREE


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_was_ahead_locks_nobody(store: Store, ahead: timedelta) -> None:
    exhaust(store)
    ask(store, THERE)
    later(store, -ahead.total_seconds())
    first, other = ask(store), ask(store, THERE)
    assert isinstance(first, Wait)
    assert isinstance(other, Wait)
    assert first.seconds <= 5
    assert other.seconds <= 5
    later(store, 5.1)
    assert isinstance(ask(store, THERE), Attempt)
    assert isinstance(ask(store, HERE, "另一个名称"), Attempt)


def test_what_is_old_is_forgotten(store: Store) -> None:
    exhaust(store)
    later(store, 90_000)
    assert isinstance(ask(store), Attempt)
    with store.session() as session:
        assert attempts.failures_of_name(session, "示例") == 1
    later(store, 90_000)
    store.write(attempts.tidy)
    with store.session() as session:
        assert session.scalars(select(AttemptRow)).all() == []
        assert attempts.failures_of_name(session, "示例") == 0


@pytest.mark.parametrize("passed", [90_000, -90_000])
def test_what_is_counted_by_itself_waits_for_no_tidying(
    store: Store, passed: float
) -> None:
    """A code is asked for without it: what is old, or of a clock ahead, is met there."""
    mine: Callable[[Session], Attempt | Wait] = lambda session: attempts.by_itself(  # noqa: E731
        session, "code 1"
    )
    for _ in range(FREE + 1):
        store.write(mine)
    later(store, passed)
    found = store.write(mine)
    if passed > 0:
        assert found == Attempt(("code 1",), 1)
    else:
        assert found == Wait(5)


def test_a_name_is_forgotten_and_never_kept(store: Store) -> None:
    exhaust(store)
    with store.session() as session:
        subjects = [row.subject for row in session.scalars(select(AttemptRow))]
        assert not [one for one in subjects if "示例" in one]
    store.write(lambda db: attempts.forget_name(db, "示例"))
    assert isinstance(ask(store, THERE), Attempt)


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("192.0.2.1:51234", "192.0.2.1"),
        ("[2001:db8:1:2:3::4]:51234", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3::4]", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("x", "unknown"),
        ("x:1", "unknown"),
        ("[", "unknown"),
    ],
)
def test_an_address_stands_for_a_client(address: str | None, client: str) -> None:
    assert client_of(address) == client
