"""An index made by several processes is the one that a single process makes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import ORDERS
from archive.search import Busy, Entry, Index, Query, Stopped
from archive.search import parts as making
from archive.search.engine.folder import Folder
from tests.search.conftest import Indexed, invented
from tests.search.test_index import current, in_another_process

# Since Python 3.12: numpy has threads of its own, which are safe to fork.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

NUMBERS = range(1, 61)
QUESTIONS = (
    "",
    "公开",
    "营商环境 预付卡",
    "行政复议 OR 行政诉讼",
    '"国办公开办函〔2021〕30号"',
    "示例第7局",
    "公开 NOT 诉讼",
    "没有这个词语",
)


def load(version_ids: Sequence[int]) -> Iterable[Entry]:
    """Some are gone by the time they are asked for."""
    return [invented(number) for number in version_ids if number % 10]


def answers(index: Index) -> list[object]:
    asked = [
        Query(text, sort=order.key, size=100) for text in QUESTIONS for order in ORDERS
    ]
    return [sorted(index.ids()), *map(index.search, asked)]


@pytest.mark.parametrize("processes", [2, 3, 100])
def test_the_answers_are_those_of_one_process(
    indexed: Indexed, tmp_path: Path, processes: int
) -> None:
    indexed.archive.update((number, invented(number)) for number in NUMBERS)
    together = Index(tmp_path / "together", indexed.archive.texts)
    plain = Index(tmp_path / "plain", indexed.archive.texts)
    count = len(load(NUMBERS))
    assert plain.rebuild(load(NUMBERS)) == count
    assert indexed.index.rebuild_from(load, NUMBERS) == count
    assert together.rebuild_from(load, NUMBERS, processes) == count
    together.verify()
    assert answers(together) == answers(indexed.index) == answers(plain)
    # Nothing but the index is left, and it goes on as any other.
    assert not [path for path in current_of(together) if path.is_dir()]
    assert together.update([invented(10)], gone=[1]) == 1
    assert together.ids() == plain.ids() - {1} | {10}


def current_of(index: Index) -> list[Path]:
    path = index._folder.current()
    assert path
    return list(path.iterdir())


@pytest.mark.parametrize("processes", [1, 2])
def test_no_report_at_all(indexed: Indexed, processes: int) -> None:
    assert indexed.index.rebuild_from(load, [], processes) == 0
    assert indexed.index.rebuild_from(load, [10, 20], processes) == 0
    assert indexed.index.ids() == set()


def test_one_process_does_all_itself(indexed: Indexed) -> None:
    asked: list[int] = []

    def seen(version_ids: Sequence[int]) -> Iterable[Entry]:
        asked.extend(version_ids)
        return load(version_ids)

    indexed.index.rebuild_from(seen, NUMBERS)
    assert asked == list(NUMBERS)


@pytest.mark.parametrize("processes", [1, 2])
def test_how_far_it_is_is_told(indexed: Indexed, processes: int) -> None:
    told: list[tuple[int, int]] = []
    indexed.index.rebuild_from(
        load, range(1, 451), processes, lambda done, total: told.append((done, total))
    )
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (450, 450)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_process_that_fails_leaves_the_old_one_in_service(
    indexed: Indexed, processes: int
) -> None:
    indexed.add(map(invented, range(1, 6)))
    before = current(indexed)

    def failing(version_ids: Sequence[int]) -> Iterable[Entry]:
        yield from load(version_ids)
        if 60 in version_ids:
            raise RuntimeError("database gone")

    with pytest.raises(RuntimeError, match="database gone"):
        indexed.index.rebuild_from(failing, NUMBERS, processes)
    assert left_over(indexed) == [before]
    assert indexed.index.ids() == set(range(1, 6))


def test_a_process_that_is_killed_is_told_of(indexed: Indexed) -> None:
    indexed.add(map(invented, range(1, 6)))
    before = current(indexed)

    def dying(version_ids: Sequence[int]) -> Iterable[Entry]:
        if 60 in version_ids:
            os.kill(os.getpid(), signal.SIGKILL)
        return load(version_ids)

    with pytest.raises(Stopped, match="原有索引"):
        indexed.index.rebuild_from(dying, NUMBERS, 2)
    assert left_over(indexed) == [before]
    assert indexed.index.update([invented(7)]) == 1


def left_over(indexed: Indexed) -> list[Path]:
    return [path for path in indexed.folder.glob("index-*") if path.is_dir()]


def test_processes_end_where_another_writes(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.add([invented(1)])
    made: list[making.Several] = []
    real = making.Several.__enter__

    def entering(self: making.Several) -> making.Several:
        made.append(self)
        return real(self)

    monkeypatch.setattr(making.Several, "__enter__", entering)
    with Folder(indexed.folder).writing(), pytest.raises(Busy):
        indexed.index.rebuild_from(load, NUMBERS, 2)
    assert [process.is_alive() for process in made[0]._processes] == [False, False]


def test_killed_at_any_moment_nothing_goes_on(indexed: Indexed) -> None:
    """Neither the processes nor their hold on the index outlive who began them."""
    indexed.add(map(invented, range(1, 6)))
    code = (
        "import os\n"
        "def load(ids):\n"
        "    print(os.getpid(), flush=True)\n"
        "    return [invented(number) for number in ids]\n"
        "for _ in range(100): index.rebuild_from(load, range(1, 2000), 2)\n"
    )
    for turn in range(3):
        with in_another_process(code, indexed.folder) as other:
            assert other.stdout
            child = int(other.stdout.readline())
            time.sleep(0.3 * turn)
            os.kill(other.pid, signal.SIGKILL)
        # It begins by waiting for nobody: the lock went with the one that was killed.
        reopened = Index(indexed.folder, indexed.archive.texts)
        assert reopened.ids() >= set(range(1, 6))
        assert reopened.update([invented(3)]) == 1
        reopened.verify()
        assert is_gone(child)


def is_gone(process: int) -> bool:
    """Whether a process ends within ten seconds."""
    for _ in range(100):
        with suppress(FileNotFoundError):
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            if state[0] != "Z":
                time.sleep(0.1)
                continue
        return True
    return False


@given(st.integers(0, 200_000), st.integers(1, 9))
def test_shares_are_even_and_hold_each_report_once(total: int, processes: int) -> None:
    shares = making._shares(range(total), processes)
    assert [number for share in shares for number in share] == list(range(total))
    sizes = [len(share) for share in shares]
    if total > 1_000:
        assert len(shares) % processes == 0
        assert max(sizes) - min(sizes) <= len(shares)
        assert max(sizes) <= making.BATCH
