"""What must hold when a season is over; each a sentence that can be false."""

from __future__ import annotations

import itertools
import json
import os
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from archive.pipeline import Archive
from archive.store import Session, key_figures
from archive.store.rows import (
    AgencyRow,
    FailureRow,
    FilingRow,
    HostRow,
    OriginalRow,
    PageRow,
    RunRow,
    SightingRow,
    SourceRow,
    VersionRow,
)
from benchmarks.soak.blows import Weighed
from benchmarks.soak.calendar import Calendar
from benchmarks.soak.plan import Plan, Planned, correction, sample
from config import Settings

RECEIVED = "requests.new.total"
OUR_CLOCKS = 0.005
"""Seconds by which a server may see a pause shorter than it was: it begins to count
when it has sent, and we when we have read.
"""
BEFORE_A_BLOW = 10.0
"""Seconds before a kill in which an answer may not have been kept yet."""
ENOUGH = 200
"""Weighings of a life of which that can be told; two a second."""
FLAT = 1.25
"""How much heavier a process may be at its end than when it had warmed up."""
MOST_PROCESSES = 2 + max(Settings.threads, os.cpu_count() or 1)
"""A first one, the one that tidies up for Python, and one for each task at once."""


@dataclass
class Proof:
    """What was counted, and what does not hold."""

    counted: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)
    """Why reports are missing, and how many."""

    def must(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.wrong.append(sentence)


@dataclass(frozen=True)
class Held:
    """A report in the archive."""

    versions: int
    version_id: int
    text: str
    looked: float
    """Day of the season of the last look at its page."""


def prove_reports(
    proof: Proof,
    archive: Archive,
    plan: Plan,
    days: Calendar,
    asked: Sequence[dict[str, Any]],
) -> None:
    """Every report is held once, with its figures and its edits, or missing by name."""
    shown = {one["path"] for one in asked if one["status"] == 200 and one["whole"]}
    with archive.store.session() as session:
        held = _held(session, days)
        reasons = _reasons(session)
        sources = _source_reasons(session)
    expected = {(one.agency, one.year): one for one in plan.planned}
    proof.must(set(held) <= set(expected), "a report that nobody has published is held")
    with archive.store.session() as session:
        ids = [one.version_id for one in held.values()]
        figures = key_figures(session, ids, (RECEIVED,))
    for name, planned in expected.items():
        found = held.get(name)
        if found is None:
            if planned.gone is not None and planned.path not in shown:
                # Taken off before anybody came: a list that never named it is no fault.
                proof.missing["taken off before it was seen"] += 1
                continue
            _account_for(proof, plan, planned, reasons, sources)
            continue
        printed = sample(planned).figures[RECEIVED]
        kept = figures[found.version_id][RECEIVED]
        proof.must(kept == printed, f"{planned.title}: {kept} is kept for {printed}")
        most = 2 if planned.edited is not None else 1
        proof.must(
            found.versions <= most, f"{planned.title}: {found.versions} versions"
        )
        if planned.edited is not None and found.looked > planned.edited + 0.5:
            is_seen = correction(planned) in found.text
            proof.must(is_seen, f"{planned.title}: an edit was not noticed")
    proof.counted["reports published"] = len(expected)
    proof.counted["reports held"] = len(held)


def _held(session: Session, days: Calendar) -> dict[tuple[str, int], Held]:
    from archive.store import reading_of

    # First the versions: what comes while we ask is then counted with them.
    question = (
        select(AgencyRow.name, FilingRow.year, FilingRow.id, VersionRow.id)
        .join(FilingRow, FilingRow.agency_id == AgencyRow.id)
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .where(VersionRow.current)
    )
    versions = session.execute(question).all()
    counted = dict(
        session.execute(
            select(VersionRow.filing_id, func.count()).group_by(VersionRow.filing_id)
        ).all()
    )
    looked = dict(
        session.execute(
            select(PageRow.version_id, func.max(SightingRow.at))
            .join(SightingRow, SightingRow.page_id == PageRow.id)
            .where(SightingRow.status.in_((200, 304)))
            .group_by(PageRow.version_id)
        ).all()
    )
    held: dict[tuple[str, int], Held] = {}
    for name, year, filing, version in versions:
        reading = reading_of(session, version)
        text = reading.sections[-1].text if reading and reading.sections else ""
        seen = looked.get(version)
        day = days.day(seen.timestamp()) if seen else -1.0
        held[name, year] = Held(counted[filing], version, text, day)
    return held


def _reasons(session: Session) -> dict[str, str]:
    """Path of an address → why it gave nothing, the last time."""
    question = select(FailureRow.where, FailureRow.reason).order_by(FailureRow.id)
    found = session.execute(question).all()
    return {f"/{where.split('/', 3)[-1]}": reason for where, reason in found}


def _source_reasons(session: Session) -> dict[int, str]:
    """Number of a source → why it gave nothing, where it has given nothing of late."""
    # A season ends in the midst of runs, which have not said anything yet.
    ended = select(RunRow.source_id, RunRow.reason).where(
        RunRow.finished_at.is_not(None)
    )
    runs = dict(session.execute(ended.order_by(RunRow.id)).tuples().all())
    found = {}
    for row in session.scalars(select(SourceRow)):
        number = int(row.url.split("/s", 1)[1].split("/", 1)[0])
        host = session.get(HostRow, row.host)
        reasons = (row.paused_why, runs.get(row.id), host.told if host else "")
        found[number] = next(filter(None, reasons), "")
    return found


def _account_for(
    proof: Proof,
    plan: Plan,
    planned: Planned,
    reasons: dict[str, str],
    sources: dict[int, str],
) -> None:
    """A report that is missing must be missing for a reason, and a named one."""
    host = plan.host_of(planned.source)
    is_dead = host == plan.dead_host
    is_closed = planned.source == plan.closed_source
    is_to_be_missed = is_dead or is_closed or bool(planned.never)
    proof.must(is_to_be_missed, f"{planned.title} ({planned.path}) is missing")
    whole = is_dead or is_closed
    told = sources.get(planned.source) if whole else reasons.get(planned.path)
    proof.must(bool(told), f"{planned.title} is missing, and nothing says why")
    why = "its host never answers" if is_dead else "promised, its page answers 404"
    proof.missing["robots.txt forbids its source" if is_closed else why] += 1


def prove_originals(
    proof: Proof, archive: Archive, asked: Sequence[dict[str, Any]], blows: list[float]
) -> None:
    """Every body that was taken whole is kept, but for what a blow came upon."""
    with archive.store.session() as session:
        kept = set(session.scalars(select(OriginalRow.digest)))
    lost = 0
    for one in asked:
        is_page = "/t" in one["path"] and one["status"] == 200 and one["whole"]
        if not is_page or one["digest"] in kept:
            continue
        is_struck = any(0 <= at - one["ended"] < BEFORE_A_BLOW for at in blows)
        lost += not is_struck
    proof.must(lost == 0, f"{lost} bodies were answered and not kept")
    proof.counted["originals"] = len(kept)


def prove_manners(proof: Proof, asked: Sequence[dict[str, Any]], pause: float) -> None:
    """No host is asked twice at once, nor sooner than the pause allows."""
    by_host: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in asked:
        by_host[one["host"]].append(one)
    gaps, at_once, too_soon = [], 0, 0
    for each in by_host.values():
        each.sort(key=lambda one: one["begun"])
        for before, after in itertools.pairwise(each):
            since_begun = after["begun"] - before["begun"]
            gaps.append(since_begun)
            too_soon += since_begun < pause - OUR_CLOCKS
            # A drip is left by whoever waits for it; the server notices later.
            at_once += before["whole"] and after["begun"] < before["ended"] - OUR_CLOCKS
    proof.must(at_once == 0, f"{at_once} requests began while another was answered")
    proof.must(too_soon == 0, f"{too_soon} gaps are shorter than the pause")
    proof.counted["requests"] = len(asked)
    proof.counted["shortest gap of a host, s"] = round(min(gaps, default=0), 4)
    proof.counted["median gap of a host, s"] = round(statistics.median(gaps or [0]), 3)


def prove_retry_after(
    proof: Proof, asked: Sequence[dict[str, Any]], days: Calendar
) -> None:
    """A host that says when to come again is left alone until then."""
    until: dict[int, float] = {}
    early = 0
    for one in sorted(asked, key=lambda each: float(each["begun"])):
        moment = days.day(one["begun"])
        early += moment < until.get(one["host"], -1e9)
        if one["retry_after"]:
            until[one["host"]] = moment + one["retry_after"] / 86_400
    proof.must(early == 0, f"{early} requests came before the host wanted them")


def prove_memory(proof: Proof, weighed: Sequence[Weighed]) -> None:
    """Each process that lived long ends as heavy as it was when warm; a child counts for
    itself, since the first task of its kind may come late in the season.
    """
    lives: dict[tuple[str, int], list[int]] = defaultdict(list)
    for one in weighed:
        lives[one.name, one.process].append(one.size)
    for name in sorted({name for name, _ in lives}):
        own = [sizes for (of, _), sizes in lives.items() if of == name]
        long = [sizes for sizes in own if len(sizes) >= ENOUGH]
        heaviest = max((_warm_and_last(sizes) for sizes in long), default=None)
        proof.counted[f"{name}: MB when warm, at the end"] = (
            "lived too short to tell"
            if heaviest is None
            else f"{heaviest[0] / 1e6:.0f}, {heaviest[1] / 1e6:.0f}"
        )
        for warm, last in map(_warm_and_last, long):
            is_flat = last < warm * FLAT
            proof.must(is_flat, f"{name} grew from {warm:.0f} to {last:.0f} bytes")


def _warm_and_last(sizes: Sequence[int]) -> tuple[float, float]:
    """How heavy a process was in its second quarter, and in its last."""
    part = len(sizes) // 4
    return statistics.median(sizes[part : 2 * part]), statistics.median(sizes[-part:])


def prove_processes(proof: Proof, weighed: Sequence[Weighed]) -> None:
    """No process has ever more children than it has tasks at once."""
    families = Counter((one.name, one.at) for one in weighed)
    most = max(families.values(), default=0)
    proof.counted["processes of one service at most"] = most
    proof.must(most <= MOST_PROCESSES, f"{most} processes ran for one service")


def requests_of(folder: Path) -> Iterator[dict[str, Any]]:
    """What the servers wrote down."""
    for line in (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
