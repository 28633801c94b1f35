"""What happens, as one JSON object a line on the error stream.

No personal data: neither who asked (address, name, session) nor what was typed (words
of a search, forms, one-time links), see docs/decisions/0012-what-is-logged.md.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

ACCESS = logging.getLogger("archive.access")
"""A line for each answer of the website."""
_LEFT_OUT = "…"
_run: ContextVar[int | None] = ContextVar("run", default=None)


@contextmanager
def of_run(run_id: int) -> Iterator[None]:
    """Every line that is logged within says that it belongs to this run."""
    before = _run.set(run_id)
    try:
        yield
    finally:
        _run.reset(before)


def told(**members: Any) -> dict[str, Any]:
    """Members of a line, as `extra` of a call of the log."""
    return {"told": members}


class OfVisitor(str):
    """A word of a message that is about a visitor: an address, a name that was typed.

    Whoever reads the log of the machine sees it; in lines for programs it is left out.
    """

    __slots__ = ()


class Lines(logging.Formatter):
    """A record of the log as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if _run.get() is not None:
            line["run"] = _run.get()
        line.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[0]:
            line.update(_mistake(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _event(record: logging.LogRecord) -> str:
    """The message without what it says of a visitor."""
    if not isinstance(record.args, tuple):
        return record.getMessage()
    words = [_LEFT_OUT if isinstance(one, OfVisitor) else one for one in record.args]
    return str(record.msg) % tuple(words) if words else record.getMessage()


def _mistake(told: Any) -> dict[str, str]:
    """What went wrong and where; not the message, which may quote what was typed."""
    kind, _, trace = told
    frames = traceback.extract_tb(trace)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return {"error": kind.__name__, "where": where}


def log_as_json() -> None:
    """From now on everything is logged as lines of JSON, events of ours included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("archive").setLevel(logging.INFO)
