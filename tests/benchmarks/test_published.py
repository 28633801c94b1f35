"""Public collections read from their own files, as small as such files can be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.judged.__main__ import compare_published
from benchmarks.judged.collections import Question
from benchmarks.judged.published import published


def squad(*paragraphs: tuple[str, list[str]]) -> dict[str, Any]:
    """An article with paragraphs and their questions."""
    every = [
        {"context": text, "qas": [{"question": question} for question in asked]}
        for text, asked in paragraphs
    ]
    return {"data": [{"paragraphs": every}]}


def written(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_equal_texts_are_one_and_an_equal_question_has_all_its_answers(
    tmp_path: Path,
) -> None:
    there = squad(("甲", ["谁", "何时"]), ("乙", ["谁"]), ("甲", ["何地"]), ("丙", []))
    written(tmp_path / "deep" / "cmrc2018_dev.json", there)
    [one] = published(tmp_path)
    assert one.name == "CMRC 2018, dev"
    assert one.texts == {"0": "甲", "1": "乙"}, "of a paragraph without questions none"
    assert one.questions == (
        Question("谁", {"0": 1, "1": 1}),
        Question("何时", {"0": 1}),
        Question("何地", {"0": 1}),
    )


def test_a_collection_of_two_files_needs_both(tmp_path: Path) -> None:
    talk = [[["男：去吗", "女：去"], [{"question": "谁去"}], "1"]]
    written(tmp_path / "c3-m-dev.json", talk)
    assert published(tmp_path) == []
    written(tmp_path / "c3-d-dev.json", [[["短文"], [{"question": "何文"}], "2"]])
    [one] = published(tmp_path)
    assert one.texts == {"0": "男：去吗\n女：去", "1": "短文"}
    assert [question.text for question in one.questions] == ["谁去", "何文"]


def test_of_pairs_only_those_that_mean_the_same_are_asked(tmp_path: Path) -> None:
    lines = "怎么还款\t如何还款\t1\n怎么借款\t额度多少\t0\n"
    (tmp_path / "BQ.test.data").write_text(lines, encoding="utf-8")
    [one] = published(tmp_path)
    assert one.texts == {"0": "如何还款", "1": "额度多少"}
    assert one.questions == (Question("怎么还款", {"0": 1}),)


def test_doctors_are_asked_by_the_title(tmp_path: Path) -> None:
    table = "department,title,ask,answer\n内科,能吃吗？,我想吃,可以。\n"
    (tmp_path / "样例_内科5000-6000.csv").write_text(table, encoding="gb18030")
    [one] = published(tmp_path)
    assert one.texts == {"0": "可以。"}
    assert one.questions == (Question("能吃吗？", {"0": 1}),)


def test_every_engine_has_a_line_with_its_halves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = squad(("出租人应当维修房屋。", ["谁维修房屋"]), ("网上申报。", ["谁跳舞"]))
    written(tmp_path / "DRCD_dev.json", there)
    compare_published(tmp_path)
    head, rule, *lines = capsys.readouterr().out.splitlines()
    assert head.count("|") == rule.count("|") == 8
    assert len(lines) == 3
    for line in lines:
        assert line.startswith("| DRCD, dev | 2 | 2 | ")
        assert line.endswith(" | 0.500 | 1.000 | 0.000 |")
