"""One writer, many readers, and nothing lost that could not be made again."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archive.search import Busy, Damaged, Entry, Index, Outdated, Query
from archive.search.engine import writing
from archive.search.engine.disk import is_unharmed
from archive.search.engine.folder import Folder
from archive.search.engine.schema import FIELDS
from archive.search.engine.segments import generation
from tests.search.conftest import Archive, Indexed, found, having, invented

ROOT = Path(__file__).resolve().parents[2]


def current(indexed: Indexed) -> Path:
    path = Folder(indexed.folder).current()
    assert path is not None
    return path


def test_a_missing_index_is_an_empty_one(indexed: Indexed) -> None:
    results = indexed.index.search(Query('政府 "信息" -公开', {"year": ("2021",)}))
    assert (results.total, results.hits, results.exact) == (0, (), True)
    assert indexed.index.ids() == set()
    assert not indexed.folder.exists()


def test_update_adds_replaces_and_removes(indexed: Indexed) -> None:
    assert indexed.index.update(map(invented, (1, 2, 3))) == 3
    assert indexed.index.ids() == {1, 2, 3}
    changed = replace(invented(2), title="示例改名报告", year=2001)
    indexed.archive.update({1: invented(1), 2: changed, 4: invented(4)})
    assert indexed.index.update([changed, invented(4)], gone=[3, 99]) == 2
    assert indexed.index.ids() == {1, 2, 4}
    assert [hit.version_id for hit in indexed.index.search(Query("改名")).hits] == [2]
    assert [
        value.value for value in indexed.index.search(Query("")).facets["year"]
    ] == ["2019", "2016", "2001"]
    assert indexed.index.update([], gone=[1, 2, 4]) == 0
    assert indexed.index.ids() == set()
    assert indexed.index.update([]) == 0


def test_what_is_remembered_of_filters_and_words_ends_with_a_change(
    indexed: Indexed,
) -> None:
    entries = {number: replace(invented(number), year=2021) for number in range(1, 7)}
    indexed.add(entries.values())
    of_2021, of_2020 = ({"year": (year,)} for year in ("2021", "2020"))
    asked = [Query("", of_2021), Query("", of_2020), Query("改名", of_2020)]

    def answers() -> list[set[int]]:
        for query in asked:
            indexed.index.search(query)  # so that it is remembered
        return [found(indexed, query) for query in asked]

    assert answers() == [set(entries), set(), set()]
    renamed = replace(entries[2], title="示例改名报告", year=2020)
    indexed.add([renamed])
    assert answers() == [set(entries) - {2}, {2}, {2}]
    indexed.index.update([], gone=[1])
    assert answers() == [set(entries) - {1, 2}, {2}, {2}]
    # As many documents as before: what was remembered of those would fit.
    indexed.archive.update(entries)
    indexed.index.rebuild(entries.values())
    assert answers() == [set(entries), set(), set()]
    again = {**entries, 2: renamed, 5: replace(entries[5], year=2020)}
    indexed.archive.update(again)
    indexed.index.rebuild(again.values())
    assert answers() == [set(entries) - {2, 5}, {2, 5}, {2}]


def test_every_commit_makes_another_state(indexed: Indexed) -> None:
    index = indexed.index
    states = [index.state()]
    for act in (
        lambda: index.update([invented(1), invented(2)]),
        lambda: index.update([], gone=[1]),
        lambda: index.rebuild([invented(2)]),
        # What other spellings are found among is a part of answers, too.
        lambda: index.suggest("示例"),
    ):
        act()
        assert index.state() == index.state()
        states.append(index.state())
    assert len(set(states)) == 5


def test_of_two_with_the_same_key_the_last_counts(indexed: Indexed) -> None:
    indexed.index.update([invented(1), replace(invented(1), year=1999)])
    assert [
        value.value for value in indexed.index.search(Query("")).facets["year"]
    ] == ["1999"]


def test_reports_with_no_text_or_odd_text_are_indexed(indexed: Indexed) -> None:
    assert indexed.index.rebuild([]) == 0
    indexed.index.verify()
    indexed.add([Entry(1, 1, "", "", 2020)])
    odd = Entry(
        2,
        2,
        "\ufdd0\x00甲",
        "\ud800",
        2020,
        sections=((1, "\ufdd0", "乙\ufdd0丙"), (2, "", "")),
    )
    indexed.add([odd, replace(invented(3), sections=((1, "长", "公开" * 50_000),))])
    indexed.index.verify()
    assert indexed.index.search(Query("")).total == 3
    assert found(indexed, Query("公开")) == {3}
    assert 2 in found(indexed, Query('"甲"'))
    indexed.index.update([], gone=[1, 2, 3])
    assert indexed.index.ids() == set()


def test_small_commits_are_merged_and_answer_alike(
    indexed: Indexed, hundred: Indexed
) -> None:
    for number in range(1, 15):
        indexed.add([invented(number)])
    indexed.index.update([], gone=[10, 13])
    assert indexed.index.tidy()
    assert not indexed.index.tidy()
    assert len(list(current(indexed).glob("*.lists"))) < 11
    assert indexed.index.ids() == set(range(1, 15)) - {10, 13}
    for text in ("预付卡", '"息公开工"', "答复 -行政复议"):
        common = indexed.index.ids() & hundred.index.ids()
        assert (
            found(indexed, Query(text)) & common
            == found(hundred, Query(text)) & common
            != set()
        )


def test_large_segments_are_left_alone(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_TIERS", (3, 6))
    monkeypatch.setattr(writing, "_SEGMENTS_A_TIER", 3)
    indexed.add(map(invented, range(100, 120)))
    large = {path.name for path in current(indexed).glob("*.lists")}
    for number in range(1, 16):
        indexed.add([invented(number)])
        indexed.index.tidy()
    left = {path.name for path in current(indexed).glob("*.lists")}
    assert large < left
    assert len(left) < 10
    assert indexed.index.ids() == {*range(1, 16), *range(100, 120)}
    assert found(indexed, Query('"息公开工"')) == having(indexed, "息公开工")


def test_what_changes_while_segments_are_merged_stays_changed(indexed: Indexed) -> None:
    for number in range(1, 13):
        indexed.add([invented(number)])

    @contextmanager
    def alone() -> Iterator[None]:
        indexed.add([replace(invented(2), title="示例改名报告"), invented(50)])
        indexed.index.update([], gone=[5])
        yield

    assert writing.tidy(current(indexed), alone)
    assert len(list(current(indexed).glob("*.lists"))) == 2
    assert indexed.index.ids() == {*range(1, 13), 50} - {5}
    assert found(indexed, Query("改名")) == {2}
    assert found(indexed, Query('"示例第2局"')) == {2}
    assert not list(current(indexed).glob("merging"))


def test_segments_emptied_while_they_are_merged_stay_empty(indexed: Indexed) -> None:
    for number in range(1, 13):
        indexed.add([invented(number)])

    @contextmanager
    def alone() -> Iterator[None]:
        indexed.index.update([], gone=[3])
        indexed.index.update([], gone=[4])
        yield

    assert writing.tidy(current(indexed), alone)
    assert indexed.index.ids() == {*range(1, 13)} - {3, 4}


def test_an_index_replaced_while_segments_are_merged_stays_replaced(
    indexed: Indexed,
) -> None:
    for number in range(1, 13):
        indexed.add([invented(number)])
    before = current(indexed)

    @contextmanager
    def alone() -> Iterator[None]:
        indexed.index.rebuild([invented(7)])
        yield

    with pytest.raises(FileNotFoundError):
        writing.tidy(before, alone)
    assert indexed.index.ids() == {7}


def test_several_batches(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH", 4)
    assert indexed.index.update(map(invented, [*range(1, 11), 1]), gone=[2]) == 11
    assert indexed.index.ids() == set(range(1, 11))


def test_rebuild_swaps_at_once(indexed: Indexed) -> None:
    indexed.add(map(invented, range(1, 6)))
    before = current(indexed)
    other = Index(indexed.folder, indexed.archive.texts)
    assert other.search(Query("")).total == 5
    assert indexed.index.rebuild(map(invented, range(3, 10))) == 7
    assert current(indexed) != before
    assert not before.exists()
    assert indexed.index.ids() == other.ids() == set(range(3, 10))


def test_a_failing_rebuild_leaves_the_old_one_in_service(indexed: Indexed) -> None:
    indexed.add(map(invented, range(1, 6)))

    def entries():  # type: ignore[no-untyped-def]
        yield invented(7)
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError, match="database gone"):
        indexed.index.rebuild(entries())
    with pytest.raises(RuntimeError, match="database gone"):
        indexed.index.update(entries())
    assert indexed.index.ids() == set(range(1, 6))
    assert indexed.index.update([invented(6)]) == 1


def test_an_index_by_other_rules_is_outdated(indexed: Indexed) -> None:
    indexed.add([invented(1)])
    made_by = current(indexed) / "made_by.json"
    made_by.write_text(json.dumps({**json.loads(made_by.read_text()), "text": 0}))
    fresh = Index(indexed.folder, indexed.archive.texts)
    for ask in (
        lambda: fresh.search(Query("公开")),
        fresh.ids,
        lambda: fresh.update([invented(2)]),
    ):
        with pytest.raises(Outdated, match="重建"):
            ask()
    fresh.rebuild([invented(2)])
    assert fresh.ids() == {2}


def test_where_pickled_classes_stand_belongs_to_the_rules(indexed: Indexed) -> None:
    """An index whose classes stood elsewhere can't be read, and is said to be damaged
    unless FIELDS was raised when they were moved.
    """
    indexed.add([invented(1)])
    (toc,) = current(indexed).glob("*.toc")
    places = set(re.findall(rb"archive(?:\.[a-z_]+)+", toc.read_bytes()))
    moved = {b"archive.search.engine.schema", b"archive.search.engine.codec"}
    assert (FIELDS, places) == (9, moved)


@pytest.mark.parametrize("ending", [".toc", ".lists", "made_by.json", "current"])
@pytest.mark.parametrize("content", [b"", b"\x80\x04nonsense" * 40])
def test_a_damaged_index_says_so_and_can_be_made_again(
    indexed: Indexed, ending: str, content: bytes
) -> None:
    indexed.add(map(invented, range(1, 30)))
    for path in [*indexed.folder.glob("current"), *current(indexed).iterdir()]:
        if path.name.endswith(ending):
            path.write_bytes(content)
    fresh = Index(indexed.folder, indexed.archive.texts)
    with pytest.raises(Damaged, match="重建"):
        fresh.search(Query('"政府信息公开"'))
    fresh.rebuild(map(invented, range(1, 3)))
    assert fresh.ids() == {1, 2}


def test_a_lost_file_is_damage(indexed: Indexed) -> None:
    indexed.add(map(invented, range(1, 5)))
    for path in current(indexed).glob("*.lists"):
        path.unlink()
    with pytest.raises(Damaged):
        Index(indexed.folder, indexed.archive.texts).search(Query("公开"))


def test_the_second_writer_is_told(indexed: Indexed) -> None:
    indexed.add([invented(1)])
    with Folder(indexed.folder).writing():
        for write in (
            lambda: indexed.index.update([invented(2)]),
            lambda: indexed.index.rebuild([]),
        ):
            with pytest.raises(Busy, match="稍后"):
                write()
        assert indexed.index.search(Query("")).total == 1
    assert indexed.index.update([invented(2)]) == 1


def test_close_and_use_again(indexed: Indexed) -> None:
    indexed.add([invented(1)])
    assert indexed.index.ids() == {1}
    indexed.index.close()
    assert indexed.index.ids() == {1}


def test_a_commit_is_seen_after_a_long_rest(indexed: Indexed) -> None:
    indexed.add([invented(1)])
    for path in (indexed.folder / "current", current(indexed)):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert indexed.index.ids() == {1}
    other = Index(indexed.folder, indexed.archive.texts)
    other.update([invented(2)])
    assert indexed.index.ids() == {1, 2}
    for path in (indexed.folder / "current", current(indexed)):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert indexed.index.ids() == {1, 2}
    other.rebuild([invented(3)])
    assert indexed.index.ids() == {3}


def in_another_process(code: str, folder: Path) -> subprocess.Popen[str]:
    header = (
        "import sys; from pathlib import Path; from archive.search import Index, "
        "Query\n"
    )
    header += (
        "from tests.search.conftest import invented\nindex = Index(Path(sys.argv[1]),"
        " lambda ids: {})\n"
    )
    command = [sys.executable, "-c", header + code, str(folder)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_second_process_sees_what_the_first_commits(indexed: Indexed) -> None:
    code = (
        "for line in sys.stdin: print(*sorted(index.ids()), index.search(Query('公开"
        "')).total, flush=True)\n"
    )
    with in_another_process(code, indexed.folder) as other:
        assert other.stdin
        assert other.stdout

        def seen() -> str:
            other.stdin.write("\n")  # type: ignore[union-attr]
            other.stdin.flush()  # type: ignore[union-attr]
            return other.stdout.readline().strip()  # type: ignore[union-attr]

        assert seen() == "0"
        indexed.add([invented(1)])
        assert seen() == "1 1"
        indexed.add([invented(2)])
        assert seen() == "1 2 2"
        indexed.index.rebuild([invented(3)])
        assert seen() == "3 1"
        indexed.index.update([], gone=[3])
        assert seen() == "0"
        other.stdin.close()


def test_readers_are_never_disturbed_by_a_writer(indexed: Indexed) -> None:
    indexed.add(map(invented, range(1, 6)))
    code = (
        "for turn in range(3):\n"
        "    index.update([invented(number) for number in range(1, 6 + turn % 3)])\n"
        "    index.rebuild([invented(number) for number in range(1, 6 + turn % 4)])\n"
    )
    totals = set()
    with in_another_process(code, indexed.folder) as other:
        while other.poll() is None:
            totals.add(indexed.index.search(Query('"示例第1局"')).total)
            assert indexed.index.ids() >= set(range(1, 6))
    assert other.returncode == 0
    assert totals == {1}


@pytest.mark.parametrize("method", ["update", "rebuild"])
def test_killed_while_writing_the_old_index_stays(
    indexed: Indexed, method: str
) -> None:
    indexed.add(map(invented, range(1, 6)))
    before = generation(current(indexed))
    code = (
        "def entries():\n"
        "    for number in range(100, 160): yield invented(number)\n"
        "    print('writing', flush=True)\n"
        f"    import time; time.sleep({0.02 if method == 'update' else 60})\n"
        f"index.{method}(entries())\n"
    )
    for _ in range(3):
        with in_another_process(code, indexed.folder) as other:
            assert other.stdout
            assert other.stdout.readline() == "writing\n"
            time.sleep(0.03)
            os.kill(other.pid, signal.SIGKILL)
        reopened = Index(indexed.folder, indexed.archive.texts)
        assert reopened.ids() >= set(range(1, 6))
        assert generation(current(indexed)) - before in {0, 1, 2, 3}
        assert reopened.search(Query("公开")).total >= 5
    assert indexed.index.update([invented(7)]) == 1
    assert 7 in Index(indexed.folder, Archive().texts).ids()


@pytest.mark.timeout(120)
def test_killed_at_any_moment_it_is_whole(indexed: Indexed) -> None:
    """Commits, merges and rebuilding, in turn; whatever the moment, each byte is as it
    was written.
    """
    indexed.add(map(invented, range(1, 30)))
    code = (
        "print('at work', flush=True)\n"
        "for turn in range(1000):\n"
        "    for number in range(30, 41): index.update([invented(number)], "
        "gone=[number - turn % 5])\n"
        "    index.tidy()\n"
        "    index.rebuild(invented(number) for number in range(1, 45))\n"
    )
    dice = random.Random(4)
    for _ in range(8):
        with in_another_process(code, indexed.folder) as other:
            assert other.stdout
            assert other.stdout.readline() == "at work\n"
            time.sleep(dice.uniform(0, 0.6))
            os.kill(other.pid, signal.SIGKILL)
        reopened = Index(indexed.folder, indexed.archive.texts)
        reopened.verify()
        assert reopened.ids() >= set(range(1, 25))
        assert reopened.search(Query('"示例第2局"')).total >= 1
    indexed.index.rebuild(map(invented, range(1, 4)))
    assert (
        len(list(indexed.folder.glob("index-*"))) == 1
    )  # what the killed ones began is gone


@pytest.mark.parametrize("method", ["update", "rebuild"])
def test_a_full_disk_leaves_the_old_index_in_service(
    indexed: Indexed, method: str
) -> None:
    indexed.add(map(invented, range(1, 6)))
    code = (
        "import resource\n"
        "for limit in (100, 1_000, 10_000, 30_000):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, "
        "resource.RLIM_INFINITY))\n"
        f"    try: index.{method}([invented(number) for number in range(100, 250)])\n"
        "    except OSError as error: print(error.errno, flush=True)\n"
    )
    with in_another_process(code, indexed.folder) as other:
        assert other.stdout
        assert other.stdout.read().split() == [str(errno.EFBIG)] * 4
    assert other.returncode == 0
    reopened = Index(indexed.folder, indexed.archive.texts)
    reopened.verify()
    assert reopened.ids() == set(range(1, 6))
    assert found(reopened_as(indexed, reopened), Query("公开")) == set(range(1, 6))
    assert len(list(indexed.folder.glob("index-*"))) == 1
    assert indexed.index.update([invented(7)]) == 1


def reopened_as(indexed: Indexed, index: Index) -> Indexed:
    return replace(indexed, index=index)


@pytest.mark.parametrize("ending", [".lists", ".columns"])
def test_a_single_changed_bit_is_noticed(indexed: Indexed, ending: str) -> None:
    indexed.add(map(invented, range(1, 30)))
    indexed.index.verify()
    path = max(
        current(indexed).glob(f"*{ending}"), key=lambda path: path.stat().st_size
    )
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    with pytest.raises(Damaged):
        indexed.index.verify()


def test_a_damaged_segment_is_not_merged_into_a_whole_one(indexed: Indexed) -> None:
    for number in range(1, 11):
        indexed.add([invented(number)])
    path = min(current(indexed).glob("*.columns"))
    content = bytearray(path.read_bytes())
    years = [invented(number).year.to_bytes(4, "little") for number in range(1, 11)]
    content[max(map(content.find, years))] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damaged):
        indexed.index.tidy()
    with pytest.raises(Damaged):
        indexed.index.verify()
    assert not list(current(indexed).glob("merging"))


def test_segments_that_go_before_they_are_merged_are_no_damage(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 11):
        indexed.add([invented(number)])

    def late(folder: Path, segment: object) -> bool:
        indexed.index.update([], gone=[3])
        return is_unharmed(folder, segment)

    monkeypatch.setattr(writing, "is_unharmed", late)
    assert not indexed.index.tidy()
    monkeypatch.undo()
    indexed.index.verify()
    assert indexed.index.tidy()
    assert indexed.index.ids() == {*range(1, 11)} - {3}


@pytest.mark.parametrize("content", [b"{", None])
def test_harm_beside_the_segments_is_noticed_while_the_index_is_open(
    indexed: Indexed, content: bytes | None
) -> None:
    indexed.add(map(invented, range(1, 5)))
    indexed.index.verify()
    made_by = current(indexed) / "made_by.json"
    made_by.write_bytes(content) if content else made_by.unlink()
    with pytest.raises(Damaged):
        indexed.index.verify()


def test_a_harmed_list_of_segments_is_noticed(indexed: Indexed) -> None:
    """Whatever bit of it changes, by who has the index open as by who opens it: another
    id must never be gone.
    """
    for number in range(1, 11):
        indexed.add([invented(number)])
    indexed.index.update([], gone=[2])
    (path,) = current(indexed).glob("*.toc")
    whole, dice = path.read_bytes(), random.Random(5)
    harmed = [whole[: len(whole) // 2], whole[:-1], whole[:3]]
    for _ in range(60):
        content = bytearray(whole)
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        harmed.append(bytes(content))
    for content in harmed:
        path.write_bytes(content)
        for index in (indexed.index, Index(indexed.folder, indexed.archive.texts)):
            with pytest.raises(Damaged):
                index.verify()
            with pytest.raises(Damaged):
                index.tidy()
    path.write_bytes(whole)
    indexed.index.verify()
    assert Index(indexed.folder, indexed.archive.texts).ids() == {*range(1, 11)} - {2}
