"""Questions under short addresses: anybody may keep one for ever, so each is small."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from archive import create_app
from archive.store import Store, comparing
from archive.store.questions.comparing.kept_questions import MOST_A_DAY, MOST_AT_ALL
from archive.store.rows import AgencyRow, KeptQuestionRow
from archive.web.current import current_archive
from archive.web.guards.limits import CountsInFile
from tests.web import filling
from tests.web.pages import Page, page

NOW = datetime(2025, 4, 2, tzinfo=UTC)
KEYS = [f"990100-{at:04}" for at in range(5_000)]


@pytest.fixture
def app(tmp_path: Path, sqlite_template: Path) -> Iterator[Flask]:
    """A site that knows 5,000 agencies, and no report."""
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    app = create_app(filling.settings(tmp_path))
    store: Store = app.extensions["archive"].store
    with store.session() as session:
        for key in KEYS:
            name = f"示例市{key}局"
            session.add(AgencyRow(key=key, name=name, region_code="990100"))
    yield app
    with app.app_context():
        current_archive().store.close()
        current_archive().index.close()


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def store_of(app: Flask) -> Store:
    return app.extensions["archive"].store  # type: ignore[no-any-return]


def kept_rows(app: Flask) -> tuple[int, int]:
    """How many questions are kept, and in how many bytes."""
    with store_of(app).session() as session:
        counted = select(func.count(), func.sum(func.length(KeptQuestionRow.pressed)))
        rows, size = session.execute(counted).one()
    return rows, size or 0


def naming(keys: list[str], rest: str = "year=2022") -> str:
    return "&".join([*(f"agency={key}" for key in keys), rest])


def keep(visitor: FlaskClient, question: str) -> str:
    answer = visitor.post("/c", data={"question": question})
    assert answer.status_code == 303, answer.text
    return answer.location


def refused(visitor: FlaskClient, question: str, code: int) -> str:
    answer = visitor.post("/c", data={"question": question})
    assert answer.status_code == code
    return Page(answer).text()


def test_a_long_list_is_kept_once_and_pressed(app: Flask, visitor: FlaskClient) -> None:
    first = keep(visitor, naming(KEYS))
    other = keep(visitor, naming(KEYS[::-1], "year=2021"))
    (code,) = re.findall(r"\?of=([a-z2-7]{10})&year=2022&", first)
    assert f"?of={code}&year=2021&" in other
    rows, size = kept_rows(app)
    assert rows == 3
    assert size < len(naming(KEYS)) // 5


def test_agencies_that_there_are_not_are_left_out_and_told(
    app: Flask, visitor: FlaskClient
) -> None:
    junk = [f"990100-nobody{at}" for at in range(4_000)]
    led = keep(visitor, naming([KEYS[0], *junk]))
    assert led.startswith(f"/compare?agency={KEYS[0]}&year=2022&")
    assert "nobody" not in led
    assert "4,000 个机关键在档案中没有" in page(visitor, led.partition("#")[0]).text()
    assert kept_rows(app)[1] < 300
    assert "都没有" in refused(visitor, naming(junk), 400)
    form = {"question": "year=2022", "sure": " ".join([KEYS[1], *junk])}
    taken = visitor.post("/compare/agencies", data=form)
    assert taken.location == f"/compare?agency={KEYS[1]}&year=2022&dropped=4000"
    assert kept_rows(app)[0] == 1


def test_a_question_is_small_but_for_its_list(app: Flask, visitor: FlaskClient) -> None:
    facets = "&".join(f"form={at}{'x' * 190}" for at in range(40))
    finds = "&".join(f"findings={at}{'示' * 190}" for at in range(40))
    asked = naming(KEYS[:2], f"{facets}&{finds}&q=x")
    assert "问题太长" in refused(visitor, asked, 413)
    assert "问题太长" in refused(visitor, "x" * (comparing.MOST_SIGNS + 1), 413)
    assert "问题太长" in refused(visitor, "a=1&" * 7_000, 413)
    more = [*KEYS, "990100-5000"]
    assert "最多比较 5,000 个" in refused(visitor, naming(more), 400)
    assert kept_rows(app) == (0, 0)


def test_a_kept_question_names_no_other_question(
    app: Flask, visitor: FlaskClient
) -> None:
    listed = keep(visitor, naming(KEYS[:50]))
    (code,) = re.findall(r"of=([a-z2-7]{10})", listed)
    short = shown_code(visitor, listed)
    # The question that names the list is taken for its agencies.
    again = keep(visitor, f"of={short}&{naming(KEYS[50:51], 'year=2020')}")
    assert f"of={short}" not in again
    assert f"of={code}" not in again
    with store_of(app).session() as session:
        (list_code,) = re.findall(r"of=([a-z2-7]{10})", again)
        kept = comparing.kept(session, list_code)
    assert kept == "&".join(f"agency={key}" for key in KEYS[:51])


def shown_code(visitor: FlaskClient, address: str) -> str:
    """The code of the short address that a page shows."""
    text = page(visitor, address.partition("#")[0]).text("//dl")
    return re.findall(r"/c/([a-z2-7]{10})", text)[0]


def test_what_changes_from_day_to_day_is_no_list(visitor: FlaskClient) -> None:
    place = keep(visitor, "region=990100&year=2022")
    code = shown_code(visitor, place)
    assert "按地区或检索" in refused(visitor, f"of={code}&year=2020", 400)
    assert "没有保存过短码" in refused(visitor, "of=aaaaaaaaaa&year=2020", 400)


@pytest.mark.parametrize(
    ("size", "words"), [(MOST_A_DAY, "请明天再来"), (MOST_AT_ALL, "不能再生成")]
)
def test_what_is_full_keeps_what_it_has(
    app: Flask, visitor: FlaskClient, size: int, words: str
) -> None:
    led = keep(visitor, naming(KEYS[:2]))
    code = shown_code(visitor, led)
    with store_of(app).session() as session:
        row = KeptQuestionRow(code="fullfullfu", pressed=b"", size=size)
        row.kept_at = datetime.now(UTC)
        session.add(row)
    told = refused(visitor, naming(KEYS[:3]), 503)
    assert words in told
    assert "已有的短地址照常可用" in told
    assert visitor.get(f"/c/{code}").status_code == 302
    assert keep(visitor, naming(KEYS[:2])) == led
    # What was kept on other days fills the whole alone.
    with store_of(app).session() as session:
        session.get_one(KeptQuestionRow, "fullfullfu").kept_at = NOW
    answer = visitor.post("/c", data={"question": naming(KEYS[:3])})
    assert answer.status_code == (503 if size == MOST_AT_ALL else 303)


def test_one_visitor_keeps_so_many_a_day(
    app: Flask, visitor: FlaskClient, tmp_path: Path
) -> None:
    led = keep(visitor, naming(KEYS[:2]))
    counted = CountsInFile(f"archive-file://{tmp_path / 'limits.sqlite3'}")
    (key,) = counted._ask("SELECT key FROM counts WHERE key LIKE '%/kept/%'")
    assert counted.get(key) == 1
    counted.incr(key, 60, 199)
    told = refused(visitor, naming(KEYS[:3]), 429)
    assert "一天最多保存 200 个问题" in told
    # What is kept already costs nothing, nor does a question in its address.
    assert keep(visitor, naming(KEYS[:2])) == led
    form = {"question": "year=2022", "sure": KEYS[7]}
    assert visitor.post("/compare/agencies", data=form).status_code == 303
    form = {"question": "year=2022", "sure": " ".join(KEYS[:50])}
    assert visitor.post("/compare/agencies", data=form).status_code == 429
    assert kept_rows(app)[0] == 1


def test_a_code_that_belongs_to_another_question_is_told(
    app: Flask, visitor: FlaskClient
) -> None:
    led = keep(visitor, naming(KEYS[:2]))
    code = shown_code(visitor, led)
    with store_of(app).session() as session:
        row = session.get_one(KeptQuestionRow, code)
        row.pressed = row.pressed[:-3] + b"xyz"
    # Bytes that were damaged are nobody's question either.
    assert visitor.get(f"/c/{code}").status_code == 404
    assert "另一个问题" in refused(visitor, naming(KEYS[:2]), 409)
