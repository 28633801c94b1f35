"""Words are cut alike in reports and questions, and quietly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.search.words import words


def test_words_of_the_statute_stay_whole() -> None:
    assert words("依申请公开的政府信息公开申请") == [
        "依申请公开",
        "的",
        "政府信息公开申请",
    ]
    assert "三安全一稳定" in words("围绕三安全一稳定开展")


def test_an_index_holds_the_words_inside_words() -> None:
    cut = words("政府信息公开条例", finely=True)
    assert {
        "政府信息公开条例",
        "政府信息公开",
        "信息公开",
        "政府",
        "信息",
        "公开",
        "条例",
    } <= set(cut)
    assert set(words("信息公开")) <= set(cut)


def test_places_and_agencies_stay_whole() -> None:
    assert words("贵州省三都水族自治县卫健委") == ["贵州省", "三都水族自治县", "卫健委"]
    assert words("乌兰察布市住建局和人社局") == ["乌兰察布市", "住建局", "和", "人社局"]
    assert {"三都水族自治县", "水族"} <= set(words("三都水族自治县", finely=True))
    assert words("全市中区县") == ["全市", "中", "区县"]


def test_letters_and_digits_are_not_cut() -> None:
    assert words("办理covid19热线12345共3件") == [
        "办理",
        "covid19",
        "热线",
        "12345",
        "共",
        "3",
        "件",
    ]


@pytest.mark.parametrize(
    "text", ["公" * 5_000, "a" * 5_000, "。" * 5_000, "𠀀" * 300, "々〇龘"]
)
def test_no_text_is_too_odd(text: str) -> None:
    assert all(len(word) <= 200 for word in words(text))


def test_of_letters_without_end_the_beginning_is_a_word() -> None:
    assert words("信" + "a" * 500 + "公开") == ["信", "a" * 200, "公开"]
    assert words("b" * 200 + " c") == ["b" * 200, "c"]


def test_cutting_is_quiet_and_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from archive.search.words import words; print(len(words('政府信息公开')))",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=Path(__file__).resolve().parents[2],
        check=True,
    )
    assert (done.stdout.strip(), done.stderr) == ("1", "")
    assert not list(tmp_path.iterdir())
