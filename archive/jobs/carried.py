"""What the queue carries, as JSON: nothing in it is ever run."""

from __future__ import annotations

import json
import logging

from huey.registry import Message
from huey.serializer import Serializer

_PERFORM = "archive.jobs.queue.perform"
_TASKS = {
    _PERFORM: 1,
    "archive.jobs.worker.tidy": 0,
    "archive.jobs.worker.heal": 0,
    "archive.jobs.worker.seal": 0,
}
"""What the worker does, as huey calls it by module and name → how many runs it is
told.
"""
_NO_RUN = 0
"""Runs are counted from 1: to take this one up does nothing."""
_MOST_RUNS = 2**31 - 1
log = logging.getLogger("archive.jobs")


class RunNumbers(Serializer):  # type: ignore[misc]
    """The number of a run, or that it is time to tidy.

    huey's own way is pickle, which runs what it is given: whoever could write to the
    queue could do anything as the worker. A number can only have a run taken up that
    waits anyhow, so it needs no signature.
    """

    def _serialize(self, data: object) -> bytes:
        if not isinstance(data, Message):
            return b"null"
        told = {"id": data.id, "task": data.name, "runs": list(data.args)}
        return json.dumps(told).encode()

    def _deserialize(self, data: bytes) -> Message:
        try:
            told = json.loads(data)
            task_id, name = str(told["id"]), str(told["task"])
            numbers = [_run_number(one) for one in told["runs"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            name, task_id, numbers = "", "", []
        most = _TASKS.get(name)
        if most != len(numbers):
            log.warning("something that is no run number was in the queue; ignored")
            name, task_id, numbers = _PERFORM, "nothing", [_NO_RUN]
        return Message(task_id, name, args=tuple(numbers), kwargs={}, retries=0)


def _run_number(told: object) -> int:
    """Raises ValueError for what the database could not even look for."""
    if type(told) is not int or not 0 <= told <= _MOST_RUNS:
        raise ValueError(told)
    return told
