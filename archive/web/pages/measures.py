"""What is counted of every answer, and logged of it where lines of JSON are asked for.

Nothing by visitor: see docs/decisions/0012-what-is-logged.md.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import datetime

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from archive.search import IndexTrouble
from archive.store import watched
from archive.watching import ACCESS, last_sign, told
from archive.web.current import OpenArchive, current_archive
from config import measured_together

PUBLIC = frozenset({"find", "reports", "agencies", "compare", "status", "api"})
"""Blueprints whose addresses hold nothing secret before the question mark."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_OWN = CollectorRegistry()
_ANSWERS = Counter(
    "archive_answers", "Answers of the website.", ["endpoint", "status"], registry=_OWN
)
_TIMES = Histogram(
    "archive_answer_seconds",
    "How long answers took.",
    ["endpoint"],
    buckets=_SECONDS,
    registry=_OWN,
)


def equip(app: Flask) -> None:
    """Every answer is counted, and logged as a line for programs."""

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        _measure(response)
        return response


def _measure(response: Response) -> None:
    begun = g.get("begun")
    seconds = time.perf_counter() - begun if begun else 0.0
    # Of addresses that do not exist there is no end.
    endpoint = request.endpoint or "none"
    _ANSWERS.labels(endpoint, response.status_code).inc()
    _TIMES.labels(endpoint).observe(seconds)
    members = told(
        method=request.method,
        address=_address(),
        endpoint=endpoint,
        status=response.status_code,
        seconds=round(seconds, 4),
    )
    ACCESS.info("answer", extra=members)


def _address() -> str:
    """The path of a public page; of all others the rule, since a path can hold a link
    that works once.
    """
    if request.blueprint in PUBLIC or request.endpoint == "static":
        return request.path
    return request.url_rule.rule if request.url_rule else ""


def page() -> bytes:
    """All measures in the text form of Prometheus, over all processes of the site."""
    registry = CollectorRegistry()
    if measured_together():
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_OWN)
    registry.register(_OfTheArchive(current_archive()))
    return generate_latest(registry)


class _OfTheArchive(Collector):
    """What the database, the index and the worker say; asked when it is read."""

    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def describe(self) -> Iterable[Metric]:
        """Nothing: it would be asked twice."""
        return []

    def collect(self) -> Iterator[Metric]:
        with self._archive.store.asking() as session:
            seen = watched.seen(session)
        yield _gauge("runs", "Runs by their state.", seen.runs, "state")
        yield _gauge(
            "last_run_age_seconds",
            "Seconds since a run of a kind last came to its end.",
            {kind: _age(moment) for kind, moment in seen.last_runs.items()},
            "kind",
        )
        waiting = {"": seen.to_index}
        yield _gauge("reports_to_index", "Reports waiting for the index.", waiting)
        yield from self._of_index()
        sign = last_sign(self._archive.settings)
        if sign.age is not None:
            age = {"": sign.age}
            yield _gauge("worker_beat_age_seconds", "The worker's last sign.", age)

    def _of_index(self) -> Iterator[Metric]:
        try:
            reports = self._archive.index.count()
        # An index that can't be used has no size; /healthz says why.
        except IndexTrouble:
            return
        yield _gauge("index_reports", "Reports in the index.", {"": reports})


def _gauge(
    name: str, words: str, values: dict[str, int] | dict[str, float], label: str = ""
) -> Metric:
    gauge = GaugeMetricFamily(f"archive_{name}", words, labels=[label] if label else [])
    for value, number in values.items():
        gauge.add_metric([value] if label else [], number)
    return gauge


def _age(moment: datetime) -> float:
    return (datetime.now(moment.tzinfo) - moment).total_seconds()
