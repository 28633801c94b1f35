"""What is kept in memory: as much as allowed, and never what has been indexed again
since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.search import Entry, Index, Query
from archive.search.engine.recent import Recent
from tests.search.conftest import Archive, invented


def test_what_was_used_last_is_kept() -> None:
    recent: Recent[str] = Recent(6, len)
    for key, thing in (("a", "xx"), ("b", "yy"), ("c", "zz")):
        recent.keep(key, thing)
    assert recent.get("a") == "xx"
    recent.keep("d", "ww")
    assert [recent.get(key) for key in "abcd"] == ["xx", None, "zz", "ww"]
    recent.keep("too long", "seven…!")
    assert [recent.get(key) for key in ("a", "too long")] == [None, None]
    recent.keep("e", "v")
    assert recent.get("e") == "v"


@pytest.mark.parametrize(("memory", "asked_again"), [(100_000_000, 0), (0, 5)])
def test_texts_are_fetched_once_while_they_stay_as_they_are(
    tmp_path: Path, memory: int, asked_again: int
) -> None:
    archive, fetched = Archive(), []

    def texts(ids: Sequence[int]) -> Mapping[int, Entry]:
        fetched.append(sorted(ids))
        return archive.texts(ids)

    index = Index(tmp_path / "index", texts, memory)
    archive.update((number, invented(number)) for number in range(1, 6))
    index.update(archive.values())
    first = index.search(Query("公开"))
    again = index.search(Query("公开"))
    assert (first.hits, first.facets) == (again.hits, again.facets)
    assert (
        [len(ids) for ids in fetched] == [5, asked_again]
        if asked_again
        else [len(fetched[0])] == [5]
    )

    archive[2] = replace(
        archive[2], sections=((1, "总体情况", "已经改过的公开内容。"),)
    )
    index.update([archive[2]])
    fetched.clear()
    (hit,) = (hit for hit in index.search(Query("公开")).hits if hit.version_id == 2)
    assert fetched[0] == ([1, 2, 3, 4, 5] if asked_again else [2])
    assert "已经改过" in "".join(
        text for snippet in hit.snippets for text, _ in snippet.pieces
    )


def test_however_short_texts_are_no_more_are_kept_than_there_is_memory_for(
    tmp_path: Path,
) -> None:
    archive, fetched = Archive(), []

    def texts(ids: Sequence[int]) -> Mapping[int, Entry]:
        fetched.append(len(ids))
        return archive.texts(ids)

    index = Index(tmp_path / "index", texts, memory=10_000)
    for number in range(1, 41):
        prose = ((1, "", f"公开{number}"),)
        archive[number] = replace(invented(number), title="", agency="", sections=prose)
    index.update(archive.values())
    everything = Query("公开", size=100)
    index.search(everything)
    fetched.clear()
    index.search(everything)
    assert sum(fetched) > 30
