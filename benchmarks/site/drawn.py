"""What each kind of page takes of a processor, drawn in this process: no server, no
network, no other page meanwhile. For finding out where the time goes; the figures of
`benchmarks.site` are those of a server.

    python -m benchmarks.site.drawn data/bench/site/sqlite-10000 10000 --profile report
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from archive import create_app
from archive.commands.website.server import CIRCLES
from archive.search import prepare
from benchmarks.site.archives import Place
from benchmarks.site.pages import KINDS, Kind
from benchmarks.site.visitors import BROWSER

PAGES = 60
"""Of each kind, another each."""
BEFORE = 10
"""Pages that do not count: what a process loads once is nobody's."""
LEFT_OUT = frozenset({"export as CSV"})
"""One visitor may have only so many."""


def main(arguments: Sequence[str] | None = None) -> None:
    asked = argparse.ArgumentParser("python -m benchmarks.site.drawn")
    asked.add_argument("folder", type=Path)
    asked.add_argument("size", type=int, help="reports of the archive there")
    asked.add_argument("--profile", default="", metavar="KIND")
    told = asked.parse_args(arguments)
    # As the server does.
    gc.set_threshold(*CIRCLES)
    prepare()
    app = create_app(Place("sqlite", told.size, told.folder.resolve()).settings)
    gc.collect()
    gc.freeze()
    if told.profile:
        _profiled(
            app, next(one for one in KINDS if one.name == told.profile), told.size
        )
        return
    print("| kind | ms | median | kB | again, unchanged, ms |\n|---|---|---|---|---|")
    for kind in KINDS:
        if kind.name not in LEFT_OUT:
            print(f"| {kind.name} | {_measured(app, kind, told.size)} |", flush=True)


def _measured(app: Flask, kind: Kind, size: int) -> str:
    """Mean and middle of the pages, bytes as sent, and the same asked again."""
    first, again, sent = [], [], []
    for path in _paths(kind, size):
        took, tag, bytes_sent = _ask(app, path)
        first.append(took)
        sent.append(bytes_sent)
        again.append(_ask(app, path, tag)[0])
    means = statistics.mean(first[BEFORE:]), statistics.median(first[BEFORE:])
    kilobytes = statistics.mean(sent) / 1000
    unchanged = statistics.median(again)
    return f"{means[0]:.1f} | {means[1]:.1f} | {kilobytes:.1f} | {unchanged:.2f}"


def _profiled(app: Flask, kind: Kind, size: int) -> None:
    paths = _paths(kind, size)
    for path in paths[:BEFORE]:
        _ask(app, path)
    with cProfile.Profile() as profile:
        for path in paths[BEFORE:]:
            _ask(app, path)
    pstats.Stats(profile).sort_stats("tottime").print_stats(60)


def _paths(kind: Kind, size: int) -> list[str]:
    dice = random.Random(f"drawn {kind.name}")
    return [kind.ours(kind.wish(dice, size)) for _ in range(BEFORE + PAGES)]


def _ask(app: Flask, path: str, tag: str = "") -> tuple[float, str, int]:
    """Milliseconds of a processor, the version, and the bytes of the body."""
    headers = {"Accept-Encoding": BROWSER, "User-Agent": "bench"}
    if tag:
        headers["If-None-Match"] = tag
    asked = EnvironBuilder(path, headers=headers).get_environ()
    started = time.process_time()
    body, status, told = run_wsgi_app(app.wsgi_app, asked, buffered=True)
    size = sum(map(len, body))
    took = (time.process_time() - started) * 1000
    assert status[:3] in {"200", "304"}, (status, path)
    return took, told.get("ETag", ""), size


if __name__ == "__main__":
    main()
