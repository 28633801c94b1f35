"""Answers to questions over plain passages, from files of JSON lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.judged.__main__ import answer_files


def written(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def answers(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    passages: list[Any],
    questions: list[Any],
) -> list[Any]:
    answer_files(
        written(folder / "passages.jsonl", passages),
        written(folder / "questions.jsonl", questions),
    )
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ids_come_back_as_they_were_best_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = 'a\u0000\n|,"é😀\ud800'
    passages = [
        {"id": odd, "text": "出租人应当履行房屋的维修义务。"},
        {"id": 7, "text": "纳税人可以在网上申报。"},
        {"id": "", "text": ""},
        {"id": "twice", "text": "房屋维修"},
        {"id": "twice", "text": "本局组织讲座。\u2028"},
    ]
    questions = [
        {"id": "q\ud800", "text": "房东不修房屋怎么办"},
        {"id": 2, "text": "怎么交税不用排队等候"},
        {"id": "nothing", "text": ""},
        {"id": "odd", "text": "\ud800?!"},
    ]
    assert answers(tmp_path, capsys, passages, questions) == [
        {"id": "q\ud800", "ids": [odd]},
        {"id": "2", "ids": ["7"]},
        {"id": "nothing", "ids": []},
        {"id": "odd", "ids": []},
    ]


def test_without_passages_nothing_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = {"id": "q", "text": "房屋"}
    assert answers(tmp_path, capsys, [], [question]) == [{"id": "q", "ids": []}]
    assert answers(tmp_path, capsys, [{"id": "p", "text": "房屋"}], []) == []


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[1]",
        '{"id": "a"}',
        '{"text": "b"}',
        '{"id": null, "text": "b"}',
        '{"id": true, "text": "b"}',
        '{"id": "a", "text": ["b"]}',
        "[" * 100_000,
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text('{"id": "a", "text": "b"}\n\n' + line, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"passages\.jsonl, line 3: is no JSON object"):
        answer_files(file, file)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    other = written(tmp_path / "questions.jsonl", [])
    with pytest.raises(SystemExit, match="missing"):
        answer_files(tmp_path / "missing", other)
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe{")
    with pytest.raises(SystemExit, match="binary"):
        answer_files(binary, other)


def test_a_mark_of_byte_order_is_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text('{"id": "a", "text": "房屋"}\r\n', encoding="utf-8-sig")
    answer_files(file, file)
    assert json.loads(capsys.readouterr().out) == {"id": "a", "ids": ["a"]}


def test_five_thousand_passages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passages = [
        {"id": f"p{number}", "text": f"第{number}号文件，印发单位{number}处。"}
        for number in range(5_000)
    ]
    question = {"id": "q", "text": "4321"}
    (answer,) = answers(tmp_path, capsys, passages, [question])
    assert answer["ids"] == ["p4321"]
