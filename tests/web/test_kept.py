"""Pages after a report was read again, replaced, ruled on or withdrawn: nothing that a
process keeps in memory shows what was before.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from archive import create_app
from archive.catalogue import Decision
from archive.report import Finding, Report
from archive.store import Session, Store
from archive.store.rows import PageRow, RulingRow, VersionRow
from tests.store.filing import NOW, file, new_page, refile, report
from tests.web import filling
from tests.web.pages import page

KEY = "990101-shilishishangwuju"
REPORT = f"/reports/{KEY}/2023"
COMPARED = f"a={KEY}/2022&b={KEY}/2023"
FIGURE = "requests.new.total"
BEFORE, AFTER = "本年度收到申请二件。", "本年度收到申请七件。"


@pytest.fixture
def store(tmp_path: Path, sqlite_template: Path) -> Store:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Store(filling.settings(tmp_path).database_url)


@pytest.fixture
def visitor(store: Store, tmp_path: Path) -> FlaskClient:
    """Somebody who has seen the pages of two reports already."""
    page_id = new_page(store)
    file(store, "last year", report(BEFORE, year=2022, requests__new__total=2))
    file(store, "a", said(BEFORE, 2), page_id)
    client = create_app(filling.settings(tmp_path)).test_client()
    for _ in range(2):
        assert shown(client) == (BEFORE, 2)
    return client


def said(text: str, value: int) -> Report:
    return report(text, requests__new__total=value)


def shown(client: FlaskClient) -> tuple[str, int]:
    """What all pages of the report agree on: its sentence and its figure."""
    told = client.get(f"/compare.json?{COMPARED}").json
    (change,) = [one for one in told["figures"] if one["key"] == FIGURE]
    passages = [part for one in told["sections"] for part in one["passages"]]
    (sentence,) = ["".join(one["text"] for one in part["b"]) for part in passages]
    assert sentence in page(client, REPORT).text()
    pieces = page(client, f"/compare?{COMPARED}&only=all")
    assert str(change["b"]) in pieces.text("//tbody")
    as_data = client.get(f"{REPORT}.json").json
    assert as_data["figures"][FIGURE]["value"] == change["b"]
    return sentence, change["b"]


def test_read_again(store: Store, visitor: FlaskClient) -> None:
    refile(store, "a", said(AFTER, 7))
    assert shown(visitor) == (AFTER, 7)
    # The same words with another figure, as a better reading of a table gives.
    refile(store, "a", said(AFTER, 8))
    assert shown(visitor) == (AFTER, 8)
    refile(store, "a", said(BEFORE, 2))
    assert shown(visitor) == (BEFORE, 2)


def test_replaced(store: Store, visitor: FlaskClient) -> None:
    assert file(store, "b", said(AFTER, 7)) == "changed"
    assert shown(visitor) == (AFTER, 7)
    old = f"a={KEY}/2023@1&b={KEY}/2023"
    told = visitor.get(f"/compare.json?{old}").json
    assert [(one["a"], one["b"]) for one in told["figures"]] == [(2, 7)]
    turned = f"a={KEY}/2023&b={KEY}/2023@1"
    told = visitor.get(f"/compare.json?{turned}").json
    assert [(one["a"], one["b"]) for one in told["figures"]] == [(7, 2)]
    assert "第 1 号" in page(visitor, f"{REPORT}?version=1").text()


def test_withdrawn(store: Store, visitor: FlaskClient) -> None:
    def withdraw(session: Session) -> None:
        known = session.scalars(select(PageRow)).one()
        known.gone_at, known.gone_why = NOW, "404"

    assert "来源页面已经消失" not in page(visitor, REPORT).text()
    store.write(withdraw)
    assert "来源页面已经消失" in page(visitor, REPORT).text()


def test_ruled_on(store: Store, visitor: FlaskClient) -> None:
    values = {"place": "示例县", "region": "示例市", "quoted": "示例"}
    finding = Finding("other_place", values)
    refile(store, "a", replace(said(AFTER, 7), findings=(finding,)))
    for _ in range(2):
        assert "不成立" not in page(visitor, REPORT).text("//*[@class='findings']")

    def rule(session: Session) -> None:
        of_year = select(VersionRow).where(VersionRow.title.contains("2023"))
        version = session.scalars(of_year).one()
        ruling = RulingRow(
            document_hash=version.document_hash,
            check=finding.check,
            keys=finding.about,
            decision=Decision.DISMISSED,
            at=NOW,
        )
        session.add(ruling)

    store.write(rule)
    ruled = page(visitor, REPORT)
    assert "人工核对：不成立" in ruled.text("//*[@class='findings']")
