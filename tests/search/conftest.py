"""Invented reports and an index over them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from archive.catalogue import CHECKS
from archive.search import Entry, Index, Query
from archive.search.text import normal

_SUBJECTS = [
    "政府信息公开",
    "依申请公开",
    "主动公开",
    "行政复议",
    "行政诉讼",
    "规范性文件",
    "政务公开",
    "营商环境",
    "预付卡",
    "三安全一稳定",
]
_VERBS = ["持续推进", "进一步规范", "及时答复", "认真办理", "全面落实", "有序开展"]
_ENDS = [
    "工作。",
    "，群众满意度提高。",
    "，共办理12件。",
    "（国办公开办函〔2021〕30号）。",
    "，网址：http://www.example.com。",
    "等事项；",
]
CHECKS_FOUND = [check.key for check in CHECKS[:2] + CHECKS[-2:]]
_SECTORS = ("税务", "教育", "商务")
_LEVELS = ("省", "市", "县")
_REGIONS = (
    ("990000",),
    ("990000", "990100"),
    ("990000", "990100", "990102"),
    ("980000", "980100"),
)


def invented(number: int) -> Entry:
    """The report with this number, always the same."""
    dice = random.Random(number)
    prose = [
        "".join(dice.choice(part) for part in (_VERBS, _SUBJECTS, _ENDS))
        for _ in range(12)
    ]
    year = 2015 + number % 9
    return Entry(
        version_id=number,
        filing_id=10_000 + number,
        title=f"示例第{number}局{year}年政府信息公开工作年度报告",
        agency=f"示例第{number}局",
        year=year,
        region_codes=dice.choice(_REGIONS),
        sector=dice.choice(_SECTORS),
        level=dice.choice(_LEVELS),
        form="2021" if year >= 2021 else "free",
        findings=tuple(sorted(dice.sample(CHECKS_FOUND, dice.randrange(3)))),
        sections=(
            (1, "总体情况", "".join(prose[:8])),
            (5, "存在的主要问题及改进情况", "\n".join(prose[8:])),
        ),
        published_on=date(year + 1, 1 + number % 4, 1 + number % 28)
        if number % 7
        else None,
        has=tuple(
            sorted(
                dice.sample(["application", "review", "litigation"], dice.randrange(4))
            )
        ),
        media_type=dice.choice(("text/html", "application/pdf", "image/png")),
    )


class Archive(dict[int, Entry]):
    """Stands where the database does: entries by version id."""

    def texts(self, ids: Sequence[int]) -> Mapping[int, Entry]:
        return {number: self[number] for number in ids if number in self}


@dataclass
class Indexed:
    """An index and the entries in it."""

    index: Index
    archive: Archive
    folder: Path

    def add(self, entries: Iterable[Entry]) -> None:
        new = list(entries)
        self.archive.update((entry.version_id, entry) for entry in new)
        self.index.update(new)


@pytest.fixture
def indexed(tmp_path: Path) -> Indexed:
    """An index that does not exist yet."""
    archive = Archive()
    return Indexed(
        Index(tmp_path / "index", archive.texts), archive, tmp_path / "index"
    )


@pytest.fixture(scope="session")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """120 reports in several commits, some replaced, some gone. Only for reading."""
    folder = tmp_path_factory.mktemp("hundred") / "index"
    archive = Archive()
    made = Indexed(Index(folder, archive.texts), archive, folder)
    made.add(map(invented, range(1, 91)))
    made.add(map(invented, range(80, 121)))
    made.add([invented(5), invented(7)])
    made.index.update([], gone=[3, 4, 100])
    for number in (3, 4, 100):
        del archive[number]
    return made


def found(indexed: Indexed, query: Query) -> set[int]:
    """All version ids over all pages, which must agree with the total."""
    results = indexed.index.search(replace(query, size=100))
    ids = [hit.version_id for hit in results.hits]
    for page in range(2, results.total // 100 + 2):
        ids += [
            hit.version_id
            for hit in indexed.index.search(replace(query, size=100, page=page)).hits
        ]
    assert len(ids) == len(set(ids)) == results.total
    assert results.exact
    return set(ids)


def having(indexed: Indexed, text: str) -> set[int]:
    wanted = normal(text)
    return {
        number
        for number, entry in indexed.archive.items()
        if any(wanted in normal(p) for p in entry.pieces())
    }
