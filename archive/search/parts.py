"""An index made of segments that are made one by one, by one process or by several.

Cutting a report's words takes four times as long as putting them into a segment, and
what was cut would have to be packed and unpacked on its way from one process to
another; so each makes whole segments, of reports that it loads itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import ceil
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from archive.search.engine import BATCH, make_segment
from archive.search.entry import Entry
from archive.search.errors import Stopped
from archive.search.words import prepare

_LOADED = 200
"""Reports that are loaded in one go."""

Load = Callable[[Sequence[int]], Iterable[Entry]]
"""Version ids → their entries, without those that are gone by now."""
Tell = Callable[[int, int], None]
"""Called with how many reports are done, of how many."""
Made = tuple[Path, Any]
"""The folder of a segment, and Whoosh's object for it."""
_Shares = Mapping[int, Sequence[int]]
"""Number of a segment → the version ids of its reports."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """Why a process gave up."""

    error: Exception


def makers(load: Load, version_ids: Sequence[int], processes: int) -> Alone | Several:
    """What makes the segments of these reports."""
    shares = dict(enumerate(_shares(version_ids, processes)))
    if processes > 1:
        return Several(load, shares, processes)
    return Alone(load, shares)


def _shares(version_ids: Sequence[int], processes: int) -> list[Sequence[int]]:
    """Shares of about the same size, as many for each process."""
    total = len(version_ids)
    # Several processes need the memory of a segment several times.
    most = BATCH if processes == 1 else BATCH // 2
    rounds = ceil(total / (most * processes)) or 1
    size = ceil(total / (rounds * processes)) or 1
    return [version_ids[start : start + size] for start in range(0, total, size)]


class Alone:
    """Makes segments in this process, one after the other."""

    def __init__(self, load: Load, shares: _Shares) -> None:
        self._load = load
        self._shares = shares

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def make(self, folder: Path, tell: Tell) -> list[Made]:
        """The segments, in the order of their reports, in folders inside `folder`."""
        count = _Count(self._shares, tell)
        return [
            _made(folder, number, _loaded(self._load, version_ids, count.add))
            for number, version_ids in self._shares.items()
        ]


class Several:
    """Processes that make segments, each those of its own share.

    They end with this object, and with the process that holds it, also when that is
    killed. They are forked, and so have the dictionary at once.
    """

    def __init__(self, load: Load, shares: _Shares, processes: int) -> None:
        prepare()
        self._shares = shares
        self._pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []
        for first in range(processes):
            # Every so many-th: all come to the end at about the same time.
            numbers = range(first, len(shares), processes)
            self._start(load, {number: shares[number] for number in numbers})

    def _start(self, load: Load, shares: _Shares) -> None:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        self._pipes.append(ours)
        # A child that held its parent's ends would never see them close.
        inherited = list(self._pipes)
        process = context.Process(
            target=_serve, args=(theirs, inherited, load, shares), daemon=True
        )
        self._processes.append(process)
        process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        for pipe in self._pipes:
            pipe.close()

    def make(self, folder: Path, tell: Tell) -> list[Made]:
        """As `Alone.make`. Raises what a process raised, and Stopped when one was
        killed; none is at work any more when this is done.
        """
        made: dict[int, Made] = {}
        count = _Count(self._shares, tell)
        try:
            for said in self._said(folder):
                if isinstance(said, int):
                    count.add(said)
                else:
                    number, one = said
                    made[number] = one
        finally:
            self._stop()
        return [made[number] for number in self._shares]

    def _said(self, folder: Path) -> Iterator[Any]:
        """What the processes tell, until all of them are done."""
        for pipe in self._pipes:
            with suppress(OSError):  # dead already: it is told below
                pipe.send(folder)
        working: set[Any] = set(self._pipes)
        while working:
            for ready in wait(working):
                said = _received(ready)
                if said is None:
                    working.discard(ready)
                else:
                    yield said


class _Count:
    """How many reports are done, told each time it grows."""

    def __init__(self, shares: _Shares, tell: Tell) -> None:
        self._done = 0
        self._total = sum(map(len, shares.values()))
        self._tell = tell

    def add(self, more: int) -> None:
        self._done += more
        self._tell(self._done, self._total)


def _received(pipe: Any) -> Any:
    try:
        said = pipe.recv()
    except (EOFError, OSError):
        raise Stopped(
            "建立索引的一个进程意外中止（可能因内存不足），原有索引未受影响。"
        ) from None
    if isinstance(said, _Failed):
        raise said.error
    return said


def _serve(
    pipe: Connection, inherited: Sequence[Connection], load: Load, shares: _Shares
) -> None:
    """The child. Ctrl-C is the parent's to handle."""
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        folder = pipe.recv()
    except (EOFError, OSError):
        return
    say = partial(_say, pipe)
    try:
        for number, version_ids in shares.items():
            say((number, _made(folder, number, _loaded(load, version_ids, say))))
    except Exception as error:
        error.add_note(traceback.format_exc())  # what is pickled has lost its own
        say(_Failed(error))
    say(None)


def _say(pipe: Connection, said: object) -> None:
    try:
        pipe.send(said)
    except OSError:
        # The parent was killed: nobody wants the rest, and it would lie about.
        os._exit(1)


def _made(folder: Path, number: int, entries: Iterable[Entry]) -> Made:
    beside = folder / f"part-{number}"
    return beside, make_segment(beside, entries)


def _loaded(
    load: Load, version_ids: Sequence[int], tell: Callable[[int], None]
) -> Iterator[Entry]:
    """The entries of a segment; it is told how many were put into it."""
    for start in range(0, len(version_ids), _LOADED):
        some = version_ids[start : start + _LOADED]
        yield from load(some)
        tell(len(some))
