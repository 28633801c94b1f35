"""The results of a season as a page."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime

from benchmarks.search import machine
from benchmarks.soak.blows import HAND_BACK, WORKERS, Service
from benchmarks.soak.plan import Plan
from benchmarks.soak.proof import Proof


def written(
    told: argparse.Namespace,
    plan: Plan,
    service: Service,
    took: dict[str, float],
    proof: Proof,
) -> str:
    struck = Counter(name for _, name in service.blows)
    answers = ", ".join(
        f"{count} × {status or 'none'}"
        for status, count in sorted(service.answers.items())
    )
    begun = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    held = ["**All of it holds.**"]
    if proof.wrong:
        held = [f"**{len(proof.wrong)} things do not hold:**", ""]
        held += [f"- {one}" for one in proof.wrong[:30]]
    lines = [
        "# A season of collecting, played in minutes",
        "",
        f"`{told.command or 'python -m benchmarks.soak'}` on {begun} UTC:"
        f" {machine()}. {plan.sources} invented sources on {plan.hosts} hosts"
        f" with {plan.reports} reports, {plan.days:g} days in {told.minutes:g} minutes,"
        f" {WORKERS} workers, PostgreSQL, a pause of {told.pause} s, seed {plan.seed}.",
        "",
        *held,
        "",
        "| | |",
        "|---|---:|",
        *(f"| {name} | {value} |" for name, value in proof.counted.items()),
        *(
            f"| missing: {why} | {count} |"
            for why, count in sorted(proof.missing.items())
        ),
        *(
            f"| kill -9 of: {name} | {count} |"
            for name, count in sorted(struck.items())
        ),
        f"| answers of the website to a visitor | {answers} |",
        *(
            f"| {name}: seconds from SIGTERM to its end (at most {HAND_BACK:g})"
            f" | {seconds:.1f} |"
            for name, seconds in took.items()
        ),
        "",
        "What is proved, and how, stands in `benchmarks/soak/proof.py`: every published"
        " report is held once, with the figures that were printed and every edit that was"
        " looked at after it was made, or is missing for a named reason; every body that"
        " was answered whole is kept; no host was asked twice at once, nor sooner than"
        " the pause, nor before it wanted (from the servers' own log); memory is flat;"
        " the audit is clean.",
        "",
    ]
    return "\n".join(lines)
