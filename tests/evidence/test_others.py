"""Our files in the programs of others: pywb, FastWARC, cdxj-indexer, wacz, pymerkle."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.evidence.addresses import surt
from archive.evidence.merkle import leaf_hash, path_of, root_of
from tests.collecting.city import SIX
from tests.evidence import environment
from tests.evidence.conftest import Seen
from tests.evidence.test_export import read, written

ADDRESSES = (
    "http://www.example.org/",
    "https://WWW2.Example.org:443/A/b/?b=2&a=1",
    "http://example.org:8080/zwgk/../xxgk/./index.html",
    "http://127.0.0.1:8000/nb/1.html",
    "http://example.org/%E5%B9%B4%E6%8A%A5/t1.html",
    "http://example.org/年报/t1.html?名=值",
    "http://example.org/%25E5/a%20b",
    "http://example.org/a;jsessionid=0123456789ABCDEF0123456789ABCDEF",
    "http://example.org/a?jsessionid=0123456789ABCDEF0123456789ABCDEF&id=7",
    "http://example.org/col/col1/index.html?uid=3&pageNum=2",
    "http://example.org//a//b/",
    "http://example.org?x",
    "http://示例.example/",
    "file:///%E7%A4%BA%E4%BE%8B.html",
    "http://a.b.c.example.gov.cn/a?b=&a&c==",
)


@pytest.fixture(scope="module", autouse=True)
def others() -> Path:
    try:
        return environment.programs()
    except environment.Missing as why:
        pytest.skip(f"the programs of others can't be installed: {why}")


def test_addresses_have_the_usual_keys() -> None:
    keys = environment.ask("surt", text="\n".join(ADDRESSES)).splitlines()
    assert list(map(surt, ADDRESSES)) == keys


def test_trees_are_those_of_another_library() -> None:
    for count in (1, 2, 3, 5, 8, 13):
        lines = [bytes([one, count]) for one in range(count)]
        leaves = list(map(leaf_hash, lines))
        text = "\n".join(line.hex() for line in lines)
        assert environment.ask("root", text=text).strip() == root_of(leaves).hex()
    for at in range(13):
        told = json.loads(environment.ask("path", str(at), text=text))
        # The way of a tree of thirteen begins at the leaf's sibling, as ours does.
        assert sorted(told) == sorted(one for _, one in path_of(leaves, at))


def test_the_index_is_what_another_indexer_writes(seen: Seen, tmp_path: Path) -> None:
    path, index = written(seen, tmp_path / "a.warc.gz").files
    assert index.read_text() == environment.ask("index", path)


def test_another_reader_finds_the_same(seen: Seen, tmp_path: Path) -> None:
    path, _ = written(seen, tmp_path / "a.warc.gz").files
    found = [json.loads(line) for line in environment.ask("read", path).splitlines()]
    assert [(one["type"], one["url"]) for one in found] == [
        (one.kind, one.url) for one in read(path)
    ]
    assert all(one["block"] for one in found)
    with_bytes = [one for one in found if one["type"] == "response"]
    assert all(one["payload"] for one in with_bytes)


def test_the_wacz_is_valid(seen: Seen, tmp_path: Path, others: Path) -> None:
    _, packed, _ = written(seen, tmp_path / "a.warc.gz", with_wacz=True).files
    command = [str(others / "wacz"), "validate", "-f", str(packed)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "Validation succeeded" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


@contextmanager
def wayback(others: Path, folder: Path) -> Iterator[str]:
    """A server of pywb with the files of a folder; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = {
        "collections": {
            "sample": {
                "index_paths": str(folder / "a.cdxj"),
                "archive_paths": f"{folder}/",
            }
        }
    }
    (folder / "config.yaml").write_text(json.dumps(config))
    command = [str(others / "wayback"), "--bind", "127.0.0.1", "--port", str(port)]
    with (folder / "wayback.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/sample"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as asked:
            if not asked.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError("pywb did not start")


def replayed(site: str, stamp: str, url: str) -> tuple[int, bytes]:
    """What pywb shows of an address, unchanged."""
    opener = urllib.request.build_opener(Quiet)
    try:
        with opener.open(f"{site}/{stamp}id_/{url}", timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read()


class Quiet(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: object) -> None:
        return None


def test_pywb_shows_what_the_portal_has_sent(
    seen: Seen, tmp_path: Path, others: Path
) -> None:
    folder = tmp_path / "replayed"
    folder.mkdir()
    path, index = written(seen, folder / "a.warc.gz").files
    bodies = {
        one.url: one.body
        for one in read(path)
        if one.kind == "response" and one.status == "200"
    }
    shown: dict[str, int] = {}
    with wayback(others, folder) as site:
        for line in index.read_text().splitlines():
            _, stamp, told = line.split(" ", 2)
            place = json.loads(told)
            if place["url"].startswith("file:"):
                continue
            status, body = replayed(site, stamp, place["url"])
            kind = place["mime"] if place["mime"] == "warc/revisit" else place["status"]
            shown[kind] = shown.get(kind, 0) + 1
            if place["status"] == "200":
                assert (status, body) == (200, bodies[place["url"]]), place
            elif place["status"] in {"410", "302"}:
                assert status == int(place["status"]), place
    assert shown["200"] >= len(SIX)
    assert shown["warc/revisit"] >= 3
    assert {"410", "302"} <= set(shown)
