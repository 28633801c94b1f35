"""Judged questions: what is searched, what is asked, and how well each text answers.

In the text files a line is a comment (`#`), a passage (`id | text`) or a question (`?
question | id id:grade`); the grade is 2 unless given. Written and judged for this
project; the questions are worded otherwise than the passages.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive.search import Entry
from tests.portals.reports import SampleReport, sample_reports

HERE = Path(__file__).parent
_HEADINGS = (
    "", "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """`grades`: id → how well it answers; what is not named does not."""

    text: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Collection:
    name: str
    texts: dict[str, str]
    questions: tuple[Question, ...]


def passages() -> list[Collection]:
    """One a subject, and all of them together, in which the others' passages are in the
    way.
    """
    return _with_all_together("passages", "together")


def public() -> list[Collection]:
    """As `passages`, in the manner of public collections: rulings, articles of an
    encyclopaedia in both scripts, questions to a bank, talk, doctors' answers, lists.
    """
    return _with_all_together("public", "public together")


def _with_all_together(folder: str, name: str) -> list[Collection]:
    """The collections of a folder, and one more of all of them."""
    every = [_read(path) for path in sorted((HERE / folder).glob("*.txt"))]
    texts = {key: text for one in every for key, text in one.texts.items()}
    questions = tuple(question for one in every for question in one.questions)
    return [*every, Collection(name, texts, questions)]


def _read(path: Path) -> Collection:
    texts: dict[str, str] = {}
    questions: list[Question] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        left, _, right = (
            line.rpartition(" | ") if line.startswith("?") else line.partition(" | ")
        )
        if line.startswith("?"):
            judged = (one.partition(":") for one in right.split())
            questions.append(
                Question(left[2:], {key: int(grade or 2) for key, _, grade in judged})
            )
        elif right and not line.startswith("#"):
            texts[left] = right
    if (
        missing := {key for question in questions for key in question.grades}
        - texts.keys()
        - _report_keys()
    ):
        raise ValueError(f"{path}: judged but not there: {', '.join(sorted(missing))}")
    return Collection(path.stem, texts, tuple(questions))


def _key(report: SampleReport) -> str:
    return f"{report.agency.slug}/{report.year}"


def _report_keys() -> set[str]:
    return set(map(_key, sample_reports()))


def reports(questions: str = "reports") -> tuple[Collection, list[Entry]]:
    """The reports of the sample portals, and as what the index takes; entry n is the
    text at place n. `questions`: name of the file that holds them.
    """
    entries = {
        _key(report): _entry(number, report)
        for number, report in enumerate(sample_reports())
    }
    texts = {key: "\n".join(entry.pieces()) for key, entry in entries.items()}
    asked = _read(HERE / f"{questions}.txt")
    return replace(asked, texts=texts), list(entries.values())


def _entry(number: int, report: SampleReport) -> Entry:
    sections = tuple(
        (at, _HEADINGS[at], "\n".join(prose)) for at, prose in report.sections.items()
    )
    return Entry(
        number,
        number,
        report.title,
        report.agency.name,
        report.year,
        sections=sections,
        published_on=report.published,
    )


def beir(folder: Path) -> Collection:
    """A collection as BEIR lays them out: corpus.jsonl, queries.jsonl, qrels/test.tsv
    (or dev.tsv).
    """
    grades: dict[str, dict[str, int]] = {}
    found = next(
        path
        for name in ("test", "dev")
        if (path := folder / "qrels" / f"{name}.tsv").exists()
    )
    with found.open(encoding="utf-8") as file:
        for asked, key, grade in list(csv.reader(file, delimiter="\t"))[1:]:
            grades.setdefault(asked, {})[key] = int(grade)
    texts = {
        row["_id"]: f"{row.get('title') or ''}\n{row['text']}"
        for row in _rows(folder / "corpus.jsonl")
    }
    asked_texts = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    questions = tuple(
        Question(asked_texts[asked], one) for asked, one in grades.items()
    )
    return Collection(folder.name, texts, questions)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def lines_of(file: Path) -> Iterator[tuple[str, str]]:
    """Id and text of each line of JSON; empty lines are passed over.

    Raises SystemExit naming a file that can't be read, or the line that is no object
    with an `id` (text or a whole number) and a `text`.
    """
    try:
        # What Windows programs save as UTF-8 begins with a mark of byte order.
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{file} can't be read as UTF-8: {error}") from None
    # Not splitlines: that also ends lines at signs which JSON allows within a text.
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        row = _object(line)
        key, text = row.get("id"), row.get("text")
        is_key = isinstance(key, str | int) and not isinstance(key, bool)
        if not is_key or not isinstance(text, str):
            needed = 'is no JSON object with "id" and "text"'
            raise SystemExit(f"{file}, line {number}: {needed}")
        yield str(key), text


def _object(line: str) -> dict[str, object]:
    """The JSON object of a line; empty when it is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def as_report(number: int, text: str) -> Entry:
    """A passage as the index takes it: a report with one section and nothing else."""
    return Entry(number, number, "", "", 2000, sections=((1, "", text),))
