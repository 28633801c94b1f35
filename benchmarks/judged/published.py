"""Public Chinese collections, read from their files as published, where a user has
them: they are no part of the project.

    CMRC 2018           cmrc2018_dev.json          github.com/ymcui/cmrc2018
    DRCD                DRCD_dev.json              github.com/DRCKnowledgeTeam/DRCD
    CJRC                dev_ground_truth.json      github.com/china-ai-law-challenge/
                                                   CAIL2019
    C3                  c3-m-dev.json,             github.com/nlpdata/c3
                        c3-d-dev.json
    DuReader-checklist  dev.json                   github.com/baidu/DuReader
    LCQMC, BQ           LCQMC.test.data,           github.com/shawroad/CoSENT_Pytorch
                        BQ.test.data
    medical             样例_内科5000-6000.csv     github.com/Toyhom/
                                                   Chinese-medical-dialogue-data

A question's answer is the text it was asked about, or the sentence that was judged to
mean the same, or the doctor's answer; all others are in the way. Texts that are equal
are one text, and so are questions, which then have several answers.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judged.collections import Collection, Question

Asked = tuple[str, str]
"""A text, and a question that it answers; empty where nothing is asked."""


@dataclass(frozen=True)
class Published:
    """A collection, and how to read its files."""

    name: str
    files: tuple[str, ...]
    read: Callable[[Path], Iterable[Asked]]


def _squad(path: Path) -> Iterator[Asked]:
    """Articles of paragraphs, each with questions."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for one in paragraph["qas"]:
                yield paragraph["context"], one["question"]


def _c3(path: Path) -> Iterator[Asked]:
    """Dialogues or texts as lists of lines, each with questions."""
    for lines, questions, _ in json.loads(path.read_text(encoding="utf-8")):
        for one in questions:
            yield "\n".join(lines), one["question"]


def _pairs(path: Path) -> Iterator[Asked]:
    """Two sentences a line, and whether they mean the same.

    The second is looked for by the first.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        first, second, same = line.split("\t")
        yield second, first if same == "1" else ""


def _consultations(path: Path) -> Iterator[Asked]:
    """Titles of questions to doctors, and the answers."""
    with path.open(encoding="gb18030", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            yield row["answer"], row["title"]


PUBLISHED = (
    Published("CMRC 2018, dev", ("cmrc2018_dev.json",), _squad),
    Published("DRCD, dev", ("DRCD_dev.json",), _squad),
    Published("CJRC, dev", ("dev_ground_truth.json",), _squad),
    Published("C3, dev", ("c3-m-dev.json", "c3-d-dev.json"), _c3),
    Published("DuReader-checklist, dev", ("dev.json",), _squad),
    Published("LCQMC, test", ("LCQMC.test.data",), _pairs),
    Published("BQ, test", ("BQ.test.data",), _pairs),
    Published("medical, sample", ("样例_内科5000-6000.csv",), _consultations),
)


def published(folder: Path) -> list[Collection]:
    """The collections whose files lie in a folder, at any depth."""
    found = []
    for one in PUBLISHED:
        paths = [next(folder.rglob(name), None) for name in one.files]
        there = [path for path in paths if path]
        if len(there) == len(one.files):
            found.append(_collection(one, there))
    return found


def _collection(one: Published, paths: Sequence[Path]) -> Collection:
    keys: dict[str, str] = {}
    answers: dict[str, dict[str, int]] = {}
    for path in paths:
        for text, question in one.read(path):
            key = keys.setdefault(text, str(len(keys)))
            if question:
                answers.setdefault(question, {})[key] = 1
    texts = {key: text for text, key in keys.items()}
    questions = [Question(text, grades) for text, grades in answers.items()]
    return Collection(one.name, texts, tuple(questions))
