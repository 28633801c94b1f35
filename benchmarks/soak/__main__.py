"""A season of collecting in minutes: see `benchmarks.soak`.

    python -m benchmarks.soak [--help]

Writes `benchmarks/results-soak.md`; the status is 1 where anything does not hold.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from archive.pipeline import Archive
from benchmarks.postgres import postgres
from benchmarks.soak import proof as proofs
from benchmarks.soak.blows import HAND_BACK, ROOT, Service
from benchmarks.soak.calendar import Calendar
from benchmarks.soak.plan import CALM, FIRST_DAY, Plan
from benchmarks.soak.proof import Proof
from benchmarks.soak.written import written
from config import Settings

LEAD = 10.0
"""Seconds to set everything up, before the first day."""
BLOWS_UNTIL = 0.6
"""Part of the season in which processes are killed; later their memory is weighed."""
PATIENCE = 3.0
"""How many seasons a machine that is busy with other work may take for one."""


def main(arguments: Sequence[str]) -> int:
    told = _options().parse_args(arguments)
    plan = Plan(told.sources, told.hosts, told.reports, told.days, told.seed)
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as made,
        postgres(options="-c shared_buffers=256MB") as server,
    ):
        if server is None:
            print("PostgreSQL is not installed.", file=sys.stderr)
            return 2
        url, of_server = server
        folder = Path(made)
        environment = _environment(folder, url, told.pause)
        calendar = _calendar(plan, told.minutes)
        (folder / "plan.json").write_text(json.dumps(asdict(plan)))
        calendar.write(folder / "calendar.json")
        with _portals(folder) as ports:
            _register(folder, environment, plan, ports, told.every)
            dice = random.Random(told.seed)
            service = Service(folder, environment, of_server, url, _free_port(), dice)
            _play(service, plan, calendar, told)
            lasted = _wait(service, plan, calendar)
            took = service.end()
        proof = _proved(folder, environment, plan, calendar, service, told.pause)
        proof.counted["days until nothing was missing any more"] = round(lasted, 1)
        for name, seconds in took.items():
            proof.must(seconds < HAND_BACK, f"{name} took {seconds:.1f} s to end")
        if told.keep:
            (folder / "requests.jsonl").rename(told.keep)
    text = written(told, plan, service, took, proof)
    print(text)
    if told.results:
        told.results.write_text(text, encoding="utf-8")
    return 1 if proof.wrong else 0


def _options() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("python -m benchmarks.soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    found.add_argument("--sources", type=int, default=300)
    found.add_argument("--hosts", type=int, default=30)
    found.add_argument("--reports", type=int, default=15_000)
    found.add_argument("--days", type=float, default=60.0, help="of the season")
    found.add_argument("--minutes", type=float, default=40.0, help="that it takes")
    found.add_argument("--every", type=int, default=96, help="hours between two visits")
    found.add_argument("--pause", type=float, default=0.1, help="seconds a host")
    found.add_argument("--blows", type=int, default=12, help="kill -9 of a process")
    found.add_argument("--seed", type=int, default=1)
    found.add_argument("--results", type=Path, help="file to write")
    found.add_argument("--keep", type=Path, help="where the servers' log goes")
    found.add_argument("--command", default="", help=argparse.SUPPRESS)
    return found


def _calendar(plan: Plan, minutes: float) -> Calendar:
    rate = plan.days * 86_400 / (minutes * 60)
    return Calendar(FIRST_DAY.isoformat(), time.time() + LEAD, rate)


def _environment(folder: Path, url: str, pause: float) -> dict[str, str]:
    return {
        "ARCHIVE_DATA": str(folder / "data"),
        "ARCHIVE_DATABASE_URL": url,
        "ARCHIVE_ALLOW_PRIVATE_HOSTS": "1",
        "ARCHIVE_INSECURE_COOKIES": "1",
        "ARCHIVE_HOST_PAUSE": str(pause),
        "ARCHIVE_PAGE_SECONDS": "5",
        "ARCHIVE_SECRET_KEY": "a key for a season only, of more than 32 signs",
    }


@contextmanager
def _portals(folder: Path) -> Iterator[list[int]]:
    """The ports of the hosts, while their servers run."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.soak.portals", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()
    try:
        yield json.loads((folder / "ports.json").read_text())
    finally:
        process.kill()
        process.wait()


def _register(
    folder: Path, environment: dict[str, str], plan: Plan, ports: list[int], every: int
) -> None:
    """All sources by a file of them, as an admin would."""
    file = folder / "sources.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(["url", "group", "season_hours"])
        for source in range(plan.sources):
            port = ports[plan.host_of(source)]
            url = f"http://127.0.0.1:{port}/s{source}/zfxxgknb/index.html"
            rows.writerow([url, f"示例{source % 10}", every])
    _archive(environment, "migrate")
    _archive(environment, "sources", "import", str(file))


def _archive(environment: dict[str, str], *arguments: str, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "archive", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    if done.returncode != status:
        raise SystemExit(f"archive {' '.join(arguments)}: {done.returncode}\n{said}")
    return said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _play(
    service: Service, plan: Plan, calendar: Calendar, told: argparse.Namespace
) -> None:
    """The season from its first day to its last."""
    service.start()
    step = plan.days * BLOWS_UNTIL / max(1, told.blows)
    strikes = [step * (number + 0.7) for number in range(told.blows)]
    is_calm = False
    while (day := calendar.day(time.time())) < plan.days:
        if strikes and day > strikes[0]:
            struck = service.strike()
            print(f"day {day:.1f}: {struck} is killed", flush=True)
            strikes.pop(0)
        if not is_calm and day > plan.days * CALM + 1:
            # What somebody does who reads that sources have paused themselves.
            resumed = _archive(
                service.environment, "sources", "resume", "--paused-itself"
            )
            print(f"day {day:.1f}: {resumed.strip()}", flush=True)
            is_calm = True
        service.watch()
        time.sleep(0.5)


def _wait(service: Service, plan: Plan, calendar: Calendar) -> float:
    """Until nothing is missing without a reason; the day of the season.

    What is due has been done at its end on a machine that is quiet, and later on one
    that is not: how fast a machine is, is not what is proved here.
    """
    while (day := calendar.day(time.time())) < plan.days * PATIENCE:
        proof = Proof()
        asked = list(proofs.requests_of(service.folder))
        with _archive_of(service.environment) as archive:
            proofs.prove_reports(proof, archive, plan, calendar, asked)
        if not proof.wrong:
            break
        print(f"day {day:.1f}: {len(proof.wrong)} things are still open", flush=True)
        until = time.monotonic() + LEAD
        while time.monotonic() < until:
            service.watch()
            time.sleep(0.5)
    return day


def _archive_of(environment: dict[str, str]) -> Archive:
    return Archive(Settings.from_environment({**os.environ, **environment}))


def _proved(
    folder: Path,
    environment: dict[str, str],
    plan: Plan,
    calendar: Calendar,
    service: Service,
    pause: float,
) -> Proof:
    proof = Proof()
    asked = list(proofs.requests_of(folder))
    with _archive_of(environment) as archive:
        proofs.prove_reports(proof, archive, plan, calendar, asked)
        proofs.prove_originals(proof, archive, asked, [at for at, _ in service.blows])
    proofs.prove_manners(proof, asked, pause)
    proofs.prove_retry_after(proof, asked, calendar)
    proofs.prove_memory(proof, service.weighed)
    proofs.prove_processes(proof, service.weighed)
    said = _audited(environment)
    proof.must(not said, f"audit: {said}")
    proof.must(not service.answers[500], f"{service.answers[500]} pages failed")
    return proof


def _audited(environment: dict[str, str]) -> str:
    """What the audit finds wrong; empty where all is well."""
    try:
        _archive(environment, "audit")
    except SystemExit as wrong:
        return str(wrong)
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
