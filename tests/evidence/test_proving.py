"""A proof in an empty folder: it holds, and names whatever was changed."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.evidence import seal_days, stamp_days
from tests.collecting.city import SIX
from tests.evidence.authority import Authority
from tests.evidence.conftest import FILE, Seen
from tests.portals import pages

SOON = datetime.now(UTC) + timedelta(days=2)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with Authority(tmp_path_factory.mktemp("tsa") / "own") as running:
        yield running


@pytest.fixture
def stamped(seen: Seen, authority: Authority) -> Seen:
    seal_days(seen.archive.store, SOON)
    stamp_days(seen.archive.store, authority.url, authority.root)
    return seen


def address(seen: Seen, number: int) -> str:
    (found,) = [
        page.url for page in seen.town.pages
        if page.url.endswith(pages.path_of(SIX[number]))
    ]  # fmt: skip
    return found


def unpacked(seen: Seen, named: str, folder: Path) -> Path:
    packed = folder.with_suffix(".zip")
    seen.commands.run("prove", named, "-o", packed)
    with zipfile.ZipFile(packed) as found:
        found.extractall(folder)
    return folder


def check(folder: Path) -> tuple[int, str]:
    """By another Python without any of ours, in another place."""
    command = [sys.executable, "-I", str(folder / "verify.py")]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_verify_is_short() -> None:
    text = Path("archive/evidence/data/verify.txt").read_text(encoding="utf-8")
    assert text.count("\n") < 80


@pytest.mark.parametrize("number", range(6))
def test_a_page_is_proved_by_its_address(
    stamped: Seen, tmp_path: Path, number: int
) -> None:
    folder = unpacked(stamped, address(stamped, number), tmp_path / "proof")
    status, told = check(folder)
    assert status == 0, told
    assert "the authority says: Time stamp:" in told
    assert told.count("ok ") == 5
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "怎样核对" in readme
    assert "How to check" in readme


def test_a_report_a_digest_and_a_file_are_proved(stamped: Seen, tmp_path: Path) -> None:
    version = stamped.town.versions[0]
    with stamped.archive.store.session() as session:
        filing = session.merge(version).filing
        path = f"{filing.agency.key}/{filing.year}"
    for number, named in enumerate((path, version.digest, f"file:{FILE.name}")):
        folder = unpacked(stamped, named, tmp_path / str(number))
        assert check(folder)[0] == 0, named


def changed_gzip(body: bytes) -> bytes:
    return gzip.compress(gzip.decompress(body).replace(b"HTTP/1", b"HTTP/2", 1))


def changed_path(body: bytes) -> bytes:
    told = json.loads(body)
    side, other = told["path"][0]
    told["path"][0] = [side, other[::-1]]
    return json.dumps(told).encode()


TAMPERED = {
    "original.html": (lambda body: body + b" ", "original"),
    "sighting.json": (lambda body: body.replace(b"200", b"201", 1), "sighting.json"),
    "record.warc.gz": (changed_gzip, "record.warc.gz"),
    "proof.json": (changed_path, "proof.json"),
    "timestamp.tsr": (lambda body: body[:-40] + b"0" * 40, "timestamp.tsr"),
    "authority.pem": (lambda body: b"", "timestamp.tsr"),
}


def test_whatever_is_changed_is_named(stamped: Seen, tmp_path: Path) -> None:
    whole = unpacked(stamped, address(stamped, 4), tmp_path / "whole")
    assert {path.name for path in whole.iterdir()} == {
        *TAMPERED, "README.md", "verify.py",
    }  # fmt: skip
    for name, (change, told) in TAMPERED.items():
        folder = tmp_path / f"changed-{name}"
        shutil.copytree(whole, folder)
        path = folder / name
        path.write_bytes(change(path.read_bytes()))
        status, said = check(folder)
        assert status == 1, name
        assert f"FAILED {told}" in said, (name, said)
        path.unlink()
        status, said = check(folder)
        assert (status, f"FAILED {told}" in said) == (1, True), (name, said)


def test_headers_within_the_record_are_held(stamped: Seen, tmp_path: Path) -> None:
    folder = unpacked(stamped, address(stamped, 4), tmp_path / "proof")
    path = folder / "record.warc.gz"
    raw = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(raw.replace(b"Server: ", b"server: ", 1)))
    assert "FAILED record.warc.gz: a record is damaged" in check(folder)[1]


def test_another_authority_is_seen(
    stamped: Seen, tmp_path: Path, authority: Authority
) -> None:
    folder = unpacked(stamped, address(stamped, 4), tmp_path / "proof")
    with Authority(tmp_path / "other") as other:
        shutil.copy(other.root, folder / "authority.pem")
    assert "FAILED timestamp.tsr" in check(folder)[1]


def test_a_chain_leads_to_the_day_that_is_stamped(
    seen: Seen, tmp_path: Path, authority: Authority
) -> None:
    store = seen.archive.store
    from sqlalchemy import update

    from archive.store.rows import DayRow, SightingRow

    early = datetime(2026, 1, 1, tzinfo=UTC)
    with store.session() as session:
        for number in range(1, 4):
            one = update(SightingRow).where(SightingRow.id == number)
            session.execute(one.values(at=early + timedelta(days=number)))
    seal_days(store, SOON)
    stamp_days(store, authority.url, authority.root)
    with store.session() as session:
        for row in session.query(DayRow).order_by(DayRow.day).limit(3):
            row.token = None
        first = session.get_one(SightingRow, 1).digest
    folder = unpacked(seen, first, tmp_path / "proof")
    days = json.loads((folder / "proof.json").read_bytes())["days"]
    assert len(days) == 4
    status, told = check(folder)
    assert status == 0, told
    body = (folder / "proof.json").read_text(encoding="utf-8")
    path = folder / "proof.json"
    path.write_text(body.replace(days[1]["root"], days[2]["root"], 1), encoding="utf-8")
    assert "FAILED proof.json" in check(folder)[1]


def test_what_is_not_sealed_or_not_stamped_says_so(seen: Seen, tmp_path: Path) -> None:
    named = address(seen, 4)
    assert "尚未封存" in seen.commands.run("prove", named, status=1)
    for unknown in ("http://nobody.example/", "nobody/2024", "0" * 64, "nonsense"):
        assert "没有见到过" in seen.commands.run("prove", unknown, status=1)
    seal_days(seen.archive.store, SOON)
    folder = unpacked(seen, named, tmp_path / "proof")
    status, told = check(folder)
    assert status == 0
    assert "NO TIME STAMP" in told
