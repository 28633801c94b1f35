"""An export, read by warcio: whole, honest about what it lacks, and the same again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.evidence import About, Exported, InTheWay, export
from archive.evidence.records import payload_digest
from archive.store import LookWish
from archive.store.rows import SightingRow
from tests.collecting.city import SIX
from tests.evidence.conftest import FILE, Seen
from tests.portals import pages

ABOUT = About("archive/test", "key", "Robot/1", "https://archive.example")
GIGABYTE = 10**9


class Read(NamedTuple):
    """A record as warcio reads it."""

    kind: str
    url: str
    headers: dict[str, str]
    status: str
    http: list[tuple[str, str]]
    body: bytes


def written(
    seen: Seen,
    target: Path,
    wish: LookWish = LookWish(),  # noqa: B008
    most: int = GIGABYTE,
    with_wacz: bool = False,
) -> Exported:
    archive = seen.archive
    return export(archive.store, archive.captures, wish, target, ABOUT, most, with_wacz)


def read(path: Path) -> list[Read]:
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=False):
            http = record.http_headers
            found.append(
                Read(
                    record.rec_type,
                    record.rec_headers.get_header("WARC-Target-URI") or "",
                    dict(record.rec_headers.headers),
                    http.get_statuscode() if http else "",
                    list(http.headers) if http else [],
                    record.raw_stream.read(),
                )
            )
    return found


def sound(*paths: Path) -> bool:
    """Whether warcio finds every digest to be that of what stands there."""

    class Quiet:
        verbose = False
        inputs = [str(path) for path in paths]  # noqa: RUF012

    checker = Checker(Quiet())
    checker.process_all()
    return checker.exit_value == 0


@pytest.fixture
def whole(seen: Seen, tmp_path: Path) -> list[Read]:
    done = written(seen, tmp_path / "a.warc.gz")
    assert sound(done.files[0])
    return read(done.files[0])


def at(records: list[Read], path: str, *kinds: str) -> list[Read]:
    return [one for one in records if one.url.endswith(path) and one.kind in kinds]


def test_each_answer_has_its_request(whole: list[Read]) -> None:
    assert whole[0].kind == "warcinfo"
    assert b"robots: classic" in whole[0].body
    answers = {
        one.headers["WARC-Record-ID"]: one
        for one in whole
        if one.kind in {"response", "revisit"}
    }
    asked = [one for one in whole if one.kind == "request"]
    of_before = [one for one in whole if one.kind == "metadata"]
    assert len(asked) > len(SIX)
    for one in asked:
        answer = answers[one.headers["WARC-Concurrent-To"]]
        assert (one.url, one.headers["WARC-Date"]) == (
            answer.url,
            answer.headers["WARC-Date"],
        )
        assert answer.headers["WARC-IP-Address"] == "127.0.0.1"
        assert dict(one.http)["User-Agent"].startswith("GovDisclosureArchive")
    assert len(asked) == len(answers) - 2
    assert len(of_before) == 3


def test_what_came_is_there_byte_for_byte(seen: Seen, whole: list[Read]) -> None:
    (first, *_) = at(whole, pages.path_of(SIX[1]), "response")
    digest = hashlib.sha256(first.body).hexdigest()
    assert seen.archive.captures.open(digest) == first.body
    assert first.headers["WARC-Payload-Digest"] == payload_digest(digest)
    assert dict(first.http)["Content-Length"] == str(len(first.body))


def test_what_came_again_is_a_revisit(whole: list[Read]) -> None:
    first, same = at(whole, pages.path_of(SIX[1]), "response", "revisit")
    assert same.kind == "revisit"
    assert same.headers["WARC-Profile"].endswith("identical-payload-digest")
    assert same.headers["WARC-Refers-To-Target-URI"] == first.url
    assert same.headers["WARC-Refers-To-Date"] == first.headers["WARC-Date"]
    digests = {one.headers["WARC-Payload-Digest"] for one in (first, same)}
    assert (len(digests), same.body) == (1, b"")


def test_what_has_not_changed_is_a_revisit_too(whole: list[Read]) -> None:
    first, unchanged = at(whole, pages.path_of(SIX[4]), "response", "revisit")
    assert unchanged.status == "304"
    assert unchanged.headers["WARC-Profile"].endswith("server-not-modified")
    assert (
        unchanged.headers["WARC-Payload-Digest"] == first.headers["WARC-Payload-Digest"]
    )
    (_, asked) = at(whole, pages.path_of(SIX[4]), "request")
    assert "If-None-Match" in dict(asked.http)


def test_what_is_gone_says_so_and_what_was_not_kept(whole: list[Read]) -> None:
    _, gone = at(whole, pages.path_of(SIX[0]), "response")
    assert (gone.status, gone.body) == ("410", b"")
    assert gone.headers["WARC-Truncated"] == "unspecified"
    told = dict(gone.http)
    assert int(told["X-Archive-Orig-Content-Length"]) > 0
    assert told["Content-Length"] == "0"


def test_a_redirect_is_a_record_of_its_own(whole: list[Read]) -> None:
    _, redirect = at(whole, pages.path_of(SIX[3]), "response")
    assert redirect.status.startswith("30")
    assert "Location" in dict(redirect.http)


def test_files_and_old_looks_are_what_they_are(whole: list[Read]) -> None:
    (file,) = [one for one in whole if one.kind == "resource"]
    assert file.url == f"file:///{FILE.name}"
    assert file.body == FILE.read_bytes()
    assert file.headers["Content-Type"] == "text/html"
    path = pages.path_of(SIX[2])
    assert at(whole, path, "request") == []
    old, told = at(whole, path, "response", "metadata")[:2]
    assert old.status == "200"
    line = told.body.removeprefix(b"sighting: ")
    assert json.loads(line)["exchanges"] == []


def test_the_index_is_sorted_and_leads_to_each_record(
    seen: Seen, tmp_path: Path
) -> None:
    path, index = written(seen, tmp_path / "a.warc.gz").files
    lines = index.read_bytes().splitlines()
    assert lines == sorted(lines)
    kinds: Counter[str] = Counter()
    for line in lines:
        _, stamp, told = line.decode().split(" ", 2)
        place = json.loads(told)
        with path.open("rb") as file:
            file.seek(int(place["offset"]))
            record = next(iter(ArchiveIterator(file)))
        assert record.rec_headers.get_header("WARC-Target-URI") == place["url"]
        assert len(stamp) == 14
        kinds[record.rec_type] += 1
    assert set(kinds) == {"response", "revisit", "resource"}


def test_the_same_again_is_the_same_bytes(seen: Seen, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first = written(seen, tmp_path / "a.warc.gz", with_wacz=True).files
    second = written(seen, tmp_path / "b" / "a.warc.gz", with_wacz=True).files
    assert len(first) == 3
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_parts(seen: Seen, tmp_path: Path) -> None:
    done = written(seen, tmp_path / "a.warc.gz", most=4000)
    *parts, index = done.files
    assert [path.name for path in parts[:3]] == [
        "a.warc.gz",
        "a-2.warc.gz",
        "a-3.warc.gz",
    ]
    assert sound(*parts)
    together = [one for path in parts for one in read(path)]
    whole = read(written(seen, tmp_path / "b.warc.gz").files[0])
    assert [one[1:] for one in together if one.kind != "warcinfo"] == [
        one[1:] for one in whole if one.kind != "warcinfo"
    ]
    lines = index.read_bytes().splitlines()
    named = {json.loads(line.split(b" ", 2)[2])["filename"] for line in lines}
    assert named <= {path.name for path in parts}


def test_nothing_is_left_of_what_failed(seen: Seen, tmp_path: Path) -> None:
    with seen.archive.store.session() as session:
        digest = (
            session.query(SightingRow.digest)
            .filter(SightingRow.digest.is_not(None))
            .first()[0]
        )
    path = seen.archive.captures.path(digest)
    path.chmod(0o600)
    path.write_bytes(b"other")
    with pytest.raises(Exception, match=digest):
        written(seen, tmp_path / "out.warc.gz")
    assert not list(tmp_path.glob("*out*"))


def test_what_is_there_stays(seen: Seen, tmp_path: Path) -> None:
    target = tmp_path / "a.warc.gz"
    target.write_bytes(b"mine")
    with pytest.raises(InTheWay, match=r"a\.warc\.gz"):
        written(seen, target)
    assert target.read_bytes() == b"mine"


def test_wishes(seen: Seen, tmp_path: Path) -> None:
    def count(name: str, wish: LookWish) -> int:
        return written(seen, tmp_path / f"{name}.warc.gz", wish).sightings

    whole = count("all", LookWish())
    assert count("source", LookWish(source=1)) == whole - 1
    assert count("other", LookWish(source=2)) == 0
    assert 0 < count("year", LookWish(year=SIX[1].year)) < whole
    with seen.archive.store.session() as session:
        day = session.query(SightingRow.at).first()[0].date()
    assert count("day", LookWish(since=day)) == whole


def test_the_command(seen: Seen, tmp_path: Path) -> None:
    target = tmp_path / "all.warc.gz"
    told = seen.commands.run("export-warc", target, "--wacz", "--max-size", "1 MB")
    assert [line for line in told.splitlines() if line.startswith("/")] == [
        str(target),
        str(tmp_path / "all.wacz"),
        str(tmp_path / "all.cdxj"),
    ]
    assert "is there already" in seen.commands.run("export-warc", target, status=1)
    assert "size" in seen.commands.run(
        "export-warc", "b.warc.gz", "--max-size=x", status=2
    )
