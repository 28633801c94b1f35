"""What proves a season can fail, and the season is the same for all who play it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.soak.blows import Weighed
from benchmarks.soak.calendar import Calendar
from benchmarks.soak.plan import CALM, Plan, correction, page
from benchmarks.soak.proof import (
    MOST_PROCESSES,
    Proof,
    prove_manners,
    prove_memory,
    prove_processes,
    prove_retry_after,
)

PLAN = Plan(sources=12, hosts=4, reports=252, days=20.0, seed=3)
# A day of it passes in 86.4 seconds.
DAYS = Calendar("2026-01-05", begun=1_000_000.0, rate=1000.0)


def asked(begun: float, ended: float, host: int = 0, **told: Any) -> dict[str, Any]:
    known = {"path": "/", "status": 200, "whole": True, "digest": "", "retry_after": 0}
    return {"host": host, "begun": begun, "ended": ended, **known, **told}


def test_the_calendar_runs_faster_than_ours() -> None:
    assert round(DAYS.day(1_000_086.4), 6) == 1.0
    assert f"{DAYS.at(1_000_086.4):%Y-%m-%d %H:%M}" == "2026-01-06 00:00"


def test_a_plan_is_the_same_for_all_and_names_no_report_twice() -> None:
    again = Plan(12, 4, 252, 20.0, 3)
    assert again.planned == PLAN.planned
    names = {(one.agency, one.year) for one in PLAN.planned}
    assert len(names) == len(PLAN.planned) == 252
    assert {one.source for one in PLAN.planned} == set(range(12))
    other = Plan(12, 4, 252, 20.0, 4)
    assert [one.published for one in other.planned] != [
        one.published for one in PLAN.planned
    ]


def test_a_host_is_well_in_the_end_but_for_one_that_never_is() -> None:
    last = PLAN.days * CALM
    illnesses = {host: PLAN.illness(host, last) for host in range(4)}
    assert illnesses == {0: "", 1: "", 2: "", 3: "silent"}
    assert all(PLAN.ill(host) for host in range(4))


def test_an_edit_is_on_the_page() -> None:
    planned = PLAN.planned[0]
    assert correction(planned) not in page(planned, edited=False)
    assert correction(planned) in page(planned, edited=True)


def test_manners_are_proved_from_the_log() -> None:
    proof = Proof()
    prove_manners(proof, [asked(1, 1.1), asked(1.3, 1.4), asked(1.3, 1.4, 1)], 0.2)
    assert not proof.wrong
    assert proof.counted["shortest gap of a host, s"] == 0.3


def test_two_requests_at_once_are_noticed() -> None:
    proof = Proof()
    prove_manners(proof, [asked(1, 3), asked(2, 2.5)], 0.2)
    assert proof.wrong == ["1 requests began while another was answered"]


def test_a_gap_that_is_too_short_is_noticed() -> None:
    proof = Proof()
    prove_manners(proof, [asked(1, 1.01), asked(1.1, 1.2)], 0.2)
    assert proof.wrong == ["1 gaps are shorter than the pause"]


def test_whoever_comes_before_the_host_wants_is_noticed() -> None:
    a_day = 86_400
    busy = asked(1_000_000, 1_000_000, status=503, retry_after=a_day)
    for later, is_right in ((80.0, False), (90.0, True)):
        proof = Proof()
        prove_retry_after(proof, [busy, asked(1_000_000 + later, 1e9)], DAYS)
        assert (not proof.wrong) is is_right


def weighings(process: int, sizes: Iterable[int]) -> list[Weighed]:
    return [Weighed(at, "worker 1", process, size) for at, size in enumerate(sizes)]


def test_memory_that_grows_is_noticed() -> None:
    for growth, is_flat in ((0, True), (100, False)):
        proof = Proof()
        prove_memory(proof, weighings(1, (1000 + growth * at for at in range(400))))
        assert (not proof.wrong) is is_flat


def test_a_child_that_begins_late_is_no_memory_that_grows() -> None:
    family = weighings(1, [1000] * 400) + weighings(2, [1000] * 400)[300:]
    proof = Proof()
    prove_memory(proof, family)
    assert proof.wrong == []


def test_a_child_that_grows_is_noticed_beside_a_larger_parent() -> None:
    family = weighings(1, [9000] * 400) + weighings(2, range(1000, 3000, 5))
    proof = Proof()
    prove_memory(proof, family)
    assert proof.wrong == ["worker 1 grew from 1748 to 2748 bytes"]


def test_children_that_become_ever_more_are_noticed() -> None:
    for most, is_right in ((MOST_PROCESSES, True), (MOST_PROCESSES + 1, False)):
        family = [each for number in range(most) for each in weighings(number, [1])]
        proof = Proof()
        prove_processes(proof, family)
        assert (not proof.wrong) is is_right
