"""The proof of a report, from its page."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from archive import create_app
from archive.evidence import seal_days
from archive.store.rows import AgencyRow, FilingRow, VersionRow
from tests.evidence.conftest import Seen, seen, seen_once  # noqa: F401


@pytest.fixture
def client(seen: Seen) -> FlaskClient:  # noqa: F811
    return create_app(seen.commands.settings).test_client()


def path_of(seen: Seen) -> str:  # noqa: F811
    question = (
        select(AgencyRow.key, FilingRow.year)
        .join(FilingRow, FilingRow.agency_id == AgencyRow.id)
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .where(VersionRow.source_url != "")
    )
    with seen.archive.store.session() as session:
        key, year = session.execute(question).first() or ("", 0)
    return f"/reports/{key}/{year}"


def test_a_page_offers_its_proof_once_it_is_sealed(
    seen: Seen,  # noqa: F811
    client: FlaskClient,
    tmp_path: Path,
) -> None:
    path = path_of(seen)
    assert "proof.zip" not in client.get(path).text
    early = client.get(f"{path}/proof.zip")
    assert (early.status_code, "尚未封存" in early.text) == (404, True)
    seal_days(seen.archive.store, datetime.now(UTC) + timedelta(days=2))
    assert f"{path}/proof.zip?version=1" in client.get(path).text
    answer = client.get(f"{path}/proof.zip?version=1")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.data)) as packed:
        packed.extractall(tmp_path / "proof")
    command = [sys.executable, "-I", "verify.py"]
    subprocess.run(command, cwd=tmp_path / "proof", check=True, capture_output=True)
    again = client.get(
        f"{path}/proof.zip?version=1", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("rest", ["?version=9", "?version=x", "?version=0"])
def test_what_is_not_there(seen: Seen, client: FlaskClient, rest: str) -> None:  # noqa: F811
    assert client.get(f"{path_of(seen)}/proof.zip{rest}").status_code == 404
    assert client.get("/reports/nobody/2020/proof.zip").status_code == 404
    assert client.get("/reports/a%00b/2020/proof.zip").status_code == 404


def test_the_status_says_how_far(seen: Seen, client: FlaskClient) -> None:  # noqa: F811
    assert "还没有封存" in client.get("/status").text
    (day,) = seal_days(seen.archive.store, datetime.now(UTC) + timedelta(days=2))
    assert f"已封存到 {day.day}，没有时间戳" in client.get("/status").text
    told = client.get("/status.json").get_json()["evidence"]
    assert told == {"last": day.day, "stamped": "", "trouble": ""}
