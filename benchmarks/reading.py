"""Our readers beside those one would pick instead, on the same files in one run.

    python -m benchmarks.reading [ROUNDS]

Writes `benchmarks/results-reading.md`. Processor time of a whole process (the fastest
of 3 unless told otherwise, readers taking turns), and of one more reading in a process
that has read the file before.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2

from benchmarks.beside.alone import alone
from benchmarks.beside.environments import FOLDER, PEERS, Missing, Peer, python_of
from benchmarks.beside.grading import Grade, grade, grade_ours

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "tests" / "reports"
RESULTS = ROOT / "benchmarks" / "results-reading.md"
READERS = ROOT / "benchmarks" / "beside" / "readers.py"
SCAN = FOLDER / "scan.pdf"
OURS = "archive"
TIMEOUT = 600

FILES: tuple[tuple[str, Path], ...] = (
    ("html", DOCUMENTS / "html_plain.html"),
    ("html", DOCUMENTS / "html_layout_tables.html"),
    ("docx", DOCUMENTS / "docx_plain.docx"),
    ("doc", DOCUMENTS / "doc_plain.doc"),
    ("xlsx", DOCUMENTS / "xlsx_a_sheet_each.xlsx"),
    ("pdf", DOCUMENTS / "pdf_ruled.pdf"),
    ("pdf", DOCUMENTS / "pdf_unruled.pdf"),
    ("ofd", DOCUMENTS / "ofd_ruled.ofd"),
    ("ofd", DOCUMENTS / "ofd_unruled.ofd"),
    ("scan", SCAN),
)
"""All of the same invented report; the scan is made of the ruled PDF."""


class Measured(NamedTuple):
    """A reader on a file. Times are seconds of processors, its children's with it."""

    shown: str
    grade: Grade
    whole: float
    warm: float | None
    """None for scans: seconds a page, whatever was loaded before."""


class Failed(NamedTuple):
    """A reader that can't be measured on a file, and why."""

    shown: str
    why: str


def main(rounds: int) -> None:
    _make_scan()
    ready, missing = _ready()
    lines = [*_head(rounds)]
    measured: dict[str, list[Measured | Failed]] = {}
    for kind, path in FILES:
        peers = [peer for peer in ready if kind in peer.kinds]
        # recognising takes seconds a page: once is enough
        turns = 0 if kind == "scan" else rounds
        measured[path.name] = _beside(path, peers, turns)
        lines += _table(path, measured[path.name])
    lines += ["", "## Goals", "", *_goals(measured)]
    lines += [f"- not measured: {name}: {why}" for name, why in missing.items()]
    lines += ["", "## Every golden document, ours alone", "", *alone(rounds)]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {RESULTS.relative_to(ROOT)}")


def _make_scan() -> None:
    """The pages of the ruled PDF as pictures, 200 dots an inch, laid in a bit askew."""
    FOLDER.mkdir(exist_ok=True)
    document = pypdfium2.PdfDocument((DOCUMENTS / "pdf_ruled.pdf").read_bytes())
    drawn = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    first, *others = [page.rotate(0.4, fillcolor=255) for page in drawn]
    first.save(
        SCAN, "PDF", save_all=True, append_images=others, resolution=200, quality=85
    )


def _ready() -> tuple[list[Peer], dict[str, str]]:
    """Those that are installed, and why others are not."""
    ready, missing = [], {}
    for peer in PEERS:
        try:
            python_of(peer)
            ready.append(peer)
        except Missing as why:
            missing[peer.shown] = f"pip says: {why}"
    return ready, missing


def _truth() -> dict[str, str]:
    expected = json.loads((DOCUMENTS / "expected.json").read_text(encoding="utf-8"))
    figures = expected["reports"]["2021"]["figures"]
    return {key: str(value) for key, value in figures.items()}


def _beside(path: Path, peers: list[Peer], rounds: int) -> list[Measured | Failed]:
    """Ours and the others on a file, by turns; no rounds: what a single one takes."""
    print(path.name, file=sys.stderr)
    commands = {OURS: [sys.executable, "-m", "archive", "read", "--json", str(path)]}
    commands |= {peer.name: _reading(peer.name, path, 0) for peer in peers}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            spent[name].append(_run(command)[1])
    shown = {OURS: "ours", **{peer.name: peer.shown for peer in peers}}
    found: list[Measured | Failed] = []
    for name, times in spent.items():
        done, once = _run(_reading(name, path, rounds))
        found.append(_measured(name, shown[name], done, min(times, default=once)))
    return found


def _reading(name: str, path: Path, rounds: int) -> list[str]:
    """What reads a file and tells all of it, by the Python of the reader."""
    python = sys.executable if name == OURS else str(FOLDER / name / "bin" / "python")
    return [python, str(READERS), name, str(path), str(rounds)]


def _run(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
    """A process, and the seconds that it and its children took of the processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _measured(
    name: str, shown: str, done: subprocess.CompletedProcess[str], whole: float
) -> Measured | Failed:
    """What a process that read a file says of it, graded."""
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no word"]
        return Failed(shown, said[-1][:160])
    answer = json.loads(done.stdout.splitlines()[-1])
    return Measured(shown, _graded(name, answer["readings"]), whole, answer["warm"])


def _graded(name: str, readings: dict[str, Any]) -> Grade:
    """The best grade of the ways in which a reader gives a file."""
    if name == OURS:
        return grade_ours(readings, _truth())
    return max(grade(rows, "2021", _truth()) for rows in readings.values())


def _head(rounds: int) -> Iterator[str]:
    now = datetime.now(UTC)
    yield "# Reading, measured beside others"
    yield ""
    yield (
        f"`make bench-reading` on {now:%Y-%m-%d %H:%M} UTC: {_processors()}, Python"
        f" {platform.python_version()}, {platform.system()}, load {os.getloadavg()[0]:.1f}"
        f" at the beginning. Rounds: {rounds}, the fastest counts, readers take"
        " turns; the scan is read once."
    )
    yield ""
    yield (
        "All files hold the same invented report of 200 figures, every one different and"
        " none of them 0. Right: figures in their row and column (`benchmarks/beside/"
        "grading.py`; the best of the tables and the text a reader gives). Wrong: figures"
        " in a place that is another's, without a word of doubt. Times are processor time:"
        " of a whole process, starting included, and of one more reading in the same"
        " process. Ours includes finding the sections, the agency, claims and checks; the"
        " others stop at tables and text, docvortex and mammoth as HTML."
    )
    yield ""


def _processors() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return f"{len(models)} × {models[0]}" if models else platform.machine()


def _table(path: Path, found: list[Measured | Failed]) -> Iterator[str]:
    yield f"## {path.name}"
    yield ""
    yield "| reader | right of 200 | wrong, unsaid | whole process, s | once more, ms |"
    yield "|---|---|---|---|---|"
    for one in found:
        if isinstance(one, Failed):
            yield f"| {one.shown} | – | – | – | fails: {one.why} |"
            continue
        once_more = "–" if one.warm is None else f"{one.warm * 1000:.1f}"
        yield (
            f"| {one.shown} | {one.grade.right} | {one.grade.wrong} |"
            f" {one.whole:.2f} | {once_more} |"
        )
    yield ""


def _goals(measured: dict[str, list[Measured | Failed]]) -> Iterator[str]:
    """What was to be reached on each file, and whether it was."""
    yield "| file | as many right as the best | nothing wrong | less time than docvortex: whole, once more |"
    yield "|---|---|---|---|"
    for file, found in measured.items():
        read = [one for one in found if isinstance(one, Measured)]
        ours = next((one for one in read if one.shown == "ours"), None)
        if ours is None:
            yield f"| {file} | no: we fail | – | – |"
            continue
        best = max(one.grade.right for one in read)
        other = next((one for one in read if one.shown.startswith("docvortex")), None)
        beside = _ratio(ours, other) if other else "does not read it"
        yield (
            f"| {file} | {_yes(ours.grade.right == best)}, {ours.grade.right} of {best} |"
            f" {_yes(not ours.grade.wrong)} | {beside} |"
        )
    yield ""


def _ratio(ours: Measured, other: Measured) -> str:
    whole = ours.whole / other.whole
    if ours.warm is None or other.warm is None:
        return f"{_yes(whole < 1)}, {whole:.2f}"
    warm = ours.warm / other.warm
    return f"{_yes(max(whole, warm) < 1)}, {whole:.2f} and {warm:.2f}"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "**no**"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
