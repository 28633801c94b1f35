"""Generated reports for measuring: sentences as in reports, their words by Zipf's law
from jieba's dictionary.
"""

from __future__ import annotations

import pickle
import random
import sqlite3
import zlib
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

from archive.search import Entry, words
from archive.search.text import normal

SECTORS = [
    "教育",
    "税务",
    "商务",
    "卫生",
    "交通",
    "水利",
    "农业",
    "财政",
    "民政",
    "文化",
    "体育",
    "环境",
    "能源",
    "气象",
    "审计",
    "统计",
    "司法",
    "公安",
    "住建",
    "林业",
]
HEADINGS = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
            "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项")  # fmt: skip
SENTENCES = (
    "{year}年，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，" "持续推进{a}{b}工作。",
    "全年主动公开政府信息{n}条，其中通过门户网站公开{m}条，涉及{a}、{b}等方面。",
    "共收到政府信息公开申请{n}件，均已按期答复，申请内容主要涉及{a}。",
    "因政府信息公开被申请行政复议{m}件，被提起行政诉讼{n}件。",
    "进一步规范依申请公开办理流程，优化{a}，加强{b}，群众满意度不断提高。",
    "主要问题：一是{a}不够及时；二是{b}的解读形式较为单一；" "三是工作人员业务能力有待提升。",
    "下一步将围绕{a}，细化公开内容，完善{b}制度，提升政务公开质量和实效。",
    "根据国办公开办函〔{year}〕{m}号要求，对{a}目录进行了调整，涉及{b}{n}项。",
    "加强政策解读，围绕{a}和{b}，发布图文解读{m}篇，召开新闻发布会{n}次。",
    "{sector}领域重点公开{a}、{b}、{c}等信息，及时回应社会关切。",
    "建立{a}与{b}协调机制，{c}由专人负责，做到先审查、后公开。",
    "行政规范性文件、营商环境、预付卡等信息应公开尽公开，{a}{b}。",
)  # fmt: skip


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """jieba's words of two and more characters, the most frequent first, and their
    summed shares (Zipf, 1.05).
    """
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    counted = [(int(line.split()[1]), line.split()[0]) for line in lines]
    ordered = [word for _, word in sorted(counted, reverse=True) if len(word) > 1][
        :200_000
    ]
    return ordered, list(
        accumulate(1 / (rank + 20) ** 1.05 for rank in range(len(ordered)))
    )


def generated(number: int) -> Entry:
    """The report with this number, always the same: about 3,000 characters in six
    sections.
    """
    dice = random.Random(number)
    known, shares = vocabulary()
    year, agency = 2008 + number % 18, number // 18

    def word() -> str:
        return known[bisect(shares, dice.random() * shares[-1])]

    sector = SECTORS[agency % len(SECTORS)]
    name = f"示例第{agency}{sector}局"

    def sentence() -> str:
        n, m = dice.randrange(1000), dice.randrange(60)
        return dice.choice(SENTENCES).format(
            year=year, a=word(), b=word(), c=word(), n=n, m=m, sector=sector
        )

    sections = tuple(
        (n, head, "\n".join(sentence() for _ in range(12)))
        for n, head in enumerate(HEADINGS, 1)
    )
    province, city, county = agency % 31, agency % 340, agency % 2_800
    regions = (
        f"P{province:02}0000",
        f"P{province:02}{city:03}",
        f"P{province:02}{county:04}",
    )
    findings = tuple(
        sorted(
            dice.sample(
                ["total", "carried", "empty", "reviews", "late"], dice.randrange(3)
            )
        )
    )
    title = f"{name}{year}年政府信息公开工作年度报告"
    form = "2021" if year > 2020 else "2019" if year > 2018 else "free"
    return Entry(
        number,
        number,
        title,
        name,
        year,
        regions,
        sector,
        "省市县乡"[agency % 4],
        form,
        findings,
        sections,
    )


class Reports:
    """Generated reports and their words on disk, standing where the database does; made
    once.
    """

    def __init__(self, path: Path, size: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.size = size
        self._path = path
        database = self._open()
        database.execute(
            "CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY, entry "
            "BLOB, words TEXT)"
        )
        (there,) = database.execute("SELECT count(*) FROM reports").fetchone()
        for number in range(there + 1, size + 1):
            entry = generated(number)
            cut = " ".join(
                word for piece in entry.pieces() for word in words.words(normal(piece))
            )
            row = (number, zlib.compress(pickle.dumps(entry), 1), cut)
            database.execute("INSERT INTO reports VALUES (?, ?, ?)", row)
        database.commit()
        database.close()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, check_same_thread=False)

    def entries(self, upto: int) -> Iterator[Entry]:
        question = "SELECT entry FROM reports WHERE id <= ? ORDER BY id"
        for (packed,) in self._open().execute(question, (upto,)):
            yield pickle.loads(zlib.decompress(packed))

    def rows(self) -> Iterator[tuple[int, str, Entry]]:
        """Number, words joined by blanks, and the entry, of each report."""
        for number, cut, packed in self._open().execute(
            "SELECT id, words, entry FROM reports WHERE id <= ? ORDER BY id",
            (self.size,),
        ):
            yield number, cut, pickle.loads(zlib.decompress(packed))

    def texts(self, ids: Sequence[int]) -> Mapping[int, Entry]:
        """As the archive's database answers: one question for a page."""
        database = self._open()
        marks = ",".join("?" * len(ids))
        found = database.execute(
            f"SELECT id, entry FROM reports WHERE id IN ({marks})", list(ids)
        ).fetchall()
        database.close()
        return {
            number: pickle.loads(zlib.decompress(packed)) for number, packed in found
        }
