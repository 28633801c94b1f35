"""rjieba is used where it cuts as jieba does, and what proves it is written down.

    python -m tests.search.test_dictionary

writes the proof anew, after a change of archive/search/data/words.txt or synonyms.txt;
a new release of rjieba is added to PROVED where the tests here hold with it.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from archive.search import dictionary as dictionaries
from archive.search.dictionary import dictionary, jieba_itself, proof

PROVED = ["0.2.2"]
PROOF = Path(dictionaries.__file__).parent / "data/proof.json"


@pytest.fixture
def rjieba(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The dictionary loaded again, by whatever a test changes."""
    module = pytest.importorskip("rjieba")
    caches = (dictionaries.cutter, dictionaries._fast, dictionaries._record)
    for cache in caches:
        cache.cache_clear()
    yield module
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def test_it_is_named() -> None:
    assert dictionary().startswith("jieba 0.42.1 ")


def test_the_proof_is_that_of_todays_lists() -> None:
    """Else each process loads jieba, which takes most of a second."""
    said = json.loads(PROOF.read_text(encoding="utf-8"))
    assert said == proof(PROVED), "run: python -m tests.search.test_dictionary"


def test_no_process_loads_jieba_where_rjieba_is_proved() -> None:
    if version("rjieba") not in PROVED:
        pytest.skip("another release is installed")
    code = (
        "import sys; from archive.search.words import words;"
        "print(words('政府信息公开条例', finely=True), 'jieba' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.endswith("'政府信息公开条例'] False\n")


def test_both_know_the_same_words(rjieba: Any) -> None:
    """Of half a million: jieba's, and beginnings of them that are no words."""
    assert dictionaries._fast()
    known = jieba_itself().FREQ
    assert len(known) > 400_000
    differing = [
        word for word, times in known.items() if rjieba.has_word(word) != bool(times)
    ]
    assert differing == []


def test_the_fast_cutter_cuts_alike(rjieba: Any) -> None:
    """Not one of 4,000 runs is cut otherwise: words of both dictionaries in a row, and
    characters at random.
    """
    fast, slow = dictionaries._fast(), dictionaries._slow()
    assert fast
    dice = random.Random(1)
    known = sorted(
        word
        for word, times in jieba_itself().FREQ.items()
        if times and len(word) > 1 and has_only_han(word)
    )
    own = dictionaries.dictionary_words()
    runs = ["".join(dice.choices(known, k=4)) + dice.choice(own) for _ in range(3_000)]
    runs += [
        "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(9))
        for _ in range(500)
    ]
    runs += [
        "".join(dice.choices("政府信息公开工作年度报告行政复议诉讼条例法人民", k=12))
        for _ in range(500)
    ]
    differing = [run for run in runs if list(fast.cut(run)) != list(slow.cut(run))]
    assert differing == []


@pytest.mark.parametrize("release", [*PROVED, "99.0"])
def test_a_release_that_cuts_otherwise_is_left_alone(
    rjieba: Any, monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    real = dictionaries.version
    monkeypatch.setattr(
        dictionaries,
        "version",
        lambda name: release if name == "rjieba" else real(name),
    )
    monkeypatch.setattr(rjieba, "cut", lambda text, hmm: list(text))
    assert dictionaries._fast() is None
    run = "依申请公开"
    assert list(dictionaries.cutter().cut(run)) == [run]


def test_a_release_without_proof_is_compared_with_jieba(
    rjieba: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And so is every one where the proof is of other lists."""
    other = {**proof(PROVED), "frequencies": {"旧词": 3}, "cut": "…"}
    written = tmp_path / "proof.json"
    written.write_text(json.dumps(other), encoding="utf-8")
    monkeypatch.setattr(dictionaries, "_PROOF", written)
    fast = dictionaries._fast()
    assert fast
    # What knows words is then jieba's own list.
    assert fast.knows("公开") == jieba_itself().FREQ["公开"]
    assert not fast.knows("旧词")


def has_only_han(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)


if __name__ == "__main__":
    said = json.dumps(proof(PROVED), ensure_ascii=False, indent=1)
    PROOF.write_text(f"{said}\n", encoding="utf-8")
