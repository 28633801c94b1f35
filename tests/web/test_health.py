"""What machines that watch are told, and that it is nothing about people."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from archive import create_app
from archive.catalogue import RunKind
from archive.pipeline import Archive
from archive.store import Session, links, runs
from archive.store.rows import RunRow
from archive.watching import events, give_sign
from config import BadSettings, Settings
from tests.web import filling
from tests.web.admin.visiting import try_log_in
from tests.web.pages import page


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    chosen = filling.settings(tmp_path)
    filling.fill(chosen, [("示例县商务局", 2023)])
    return chosen


def asked(settings: Settings) -> tuple[int, dict[str, object]]:
    answer = create_app(settings).test_client().get("/healthz")
    assert isinstance(answer.json, dict)
    return answer.status_code, answer.json


def test_all_is_well(settings: Settings) -> None:
    give_sign(settings)
    parts = dict.fromkeys(("web", "database", "queue", "worker", "index"), "ok")
    assert asked(settings) == (200, {"status": "ok", "trouble": [], **parts})


def test_a_worker_that_is_away_is_told_apart(settings: Settings) -> None:
    status, told = asked(settings)
    assert (status, told["status"], told["worker"]) == (200, "degraded", "never seen")
    give_sign(settings)
    past = time.time() - 300
    os.utime(settings.data / "worker.beat", (past, past))
    status, told = asked(settings)
    assert (status, told["trouble"]) == (200, ["worker"])
    assert "no sign of life for 30" in str(told["worker"])
    client = create_app(settings).test_client()
    assert "已 5 分钟没有动静" in page(client, "/status").text()


def test_runs_say_how_far_they_came_and_why_they_failed(settings: Settings) -> None:
    with Archive(settings) as archive:

        def some(session: Session) -> None:
            for kind in (RunKind.IMPORT, RunKind.REINDEX):
                run_id = runs.queue_run(session, kind).id
                runs.start_run(session, run_id)
                done = 300 if kind == RunKind.IMPORT else 1200
                runs.tell_progress(session, run_id, done, 1200, "")
                if kind == RunKind.REINDEX:
                    runs.finish_run(session, run_id, {})
                else:
                    session.get_one(RunRow, run_id).beat_at = filling.NOW
            runs.end_silent_runs(session, RunKind.IMPORT)

        archive.store.write(some)
    client = create_app(settings).test_client()
    rows = page(client, "/status").all("//section[h2/@id='runs-title']//tbody/tr")
    reindex, killed = [[cell.text_content() for cell in row] for row in rows[:2]]
    assert "1,200 / 1,200" in reindex
    assert "失败：中断，再次运行即可继续。" in killed
    assert "300 / 1,200" in killed
    assert set(reindex[5:]) == set(killed[5:]) == {"—"}, "neither has counted"
    told = client.get("/status.json").json
    assert told
    assert [(one["done"], one["total"]) for one in told["runs"][:2]] == [
        (1200, 1200),
        (300, 1200),
    ]


def test_a_queue_that_is_away_is_told_apart(settings: Settings, tmp_path: Path) -> None:
    give_sign(settings)
    away = replace(settings, jobs_url=f"unix://{tmp_path / 'no-redis'}")
    status, told = asked(away)
    assert (status, told["trouble"]) == (200, ["queue"])
    client = create_app(away).test_client()
    assert "连不上" in page(client, "/status").text()
    assert client.get("/status.json").json["queue"]["trouble"]  # type: ignore[index]


def test_an_index_that_is_away_is_told_apart(settings: Settings) -> None:
    give_sign(settings)
    shutil.rmtree(settings.index)
    status, told = asked(settings)
    assert (status, told["trouble"], told["index"]) == (503, ["index"], "missing")


def test_a_database_that_is_away_is_told_apart(settings: Settings) -> None:
    give_sign(settings)
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    status, told = asked(replace(settings, database_url=away))
    assert (status, told["status"], told["trouble"]) == (503, "down", ["database"])
    assert (told["web"], told["index"], told["worker"]) == ("ok", "ok", "ok")


def test_measures_only_where_they_are_wanted(settings: Settings) -> None:
    assert create_app(settings).test_client().get("/metrics").status_code == 404
    give_sign(settings)
    client = create_app(replace(settings, metrics=True)).test_client()
    client.get("/")
    client.get("/nowhere/at/all")
    text = client.get("/metrics").get_data(as_text=True)
    lines = text.splitlines()
    for line in (
        'archive_answers_total{endpoint="none",status="404"}',
        'archive_answers_total{endpoint="find.home",status="200"}',
        'archive_answer_seconds_bucket{endpoint="find.home",le="0.005"}',
        'archive_runs{state="running"} 0.0',
        "archive_reports_to_index 0.0",
        "archive_index_reports 2.0",
        "archive_worker_beat_age_seconds ",
    ):
        assert any(one.startswith(line) for one in lines), f"{line}\n{text}"
    assert "nowhere" not in text


@contextmanager
def as_lines() -> Iterator[None]:
    """What is logged as lines within, is logged as before after it."""
    root, ours = logging.getLogger(), logging.getLogger("archive")
    before, level = root.handlers[:], ours.level
    try:
        yield
    finally:
        root.handlers[:] = before
        ours.setLevel(level)


def logged(
    settings: Settings, address: str, capsys: pytest.CaptureFixture[str]
) -> dict[str, object]:
    """The line of an answer."""
    with as_lines():
        client: FlaskClient = create_app(replace(settings, log_json=True)).test_client()
        client.get(address, headers={"Cookie": "session=hidden"})
        lines = capsys.readouterr().err.splitlines()
        told = [json.loads(line) for line in lines]
    (answer,) = [line for line in told if line["event"] == "answer"]
    return dict(answer)


@pytest.mark.parametrize(
    ("address", "shown", "status"),
    [
        ("/search?q=某人的名字", "/search", 200),
        ("/agencies", "/agencies", 200),
        ("/admin/login?next=/admin/reset/token", "/admin/login", 200),
        ("/reset/a-link-that-works-once", "", 404),
    ],
)
def test_a_line_says_what_happened_and_not_who(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    address: str,
    shown: str,
    status: int,
) -> None:
    line = logged(settings, address, capsys)
    assert (line["address"], line["status"]) == (shown, status)
    assert set(line) == {
        "at", "level", "logger", "event",
        "method", "address", "endpoint", "status", "seconds",
    }  # fmt: skip
    for secret in ("127.0.0.1", "hidden", "名字", "token", "works-once"):
        assert secret not in json.dumps(line, ensure_ascii=False)


def test_no_line_says_who_asked(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither where a log-in fails, nor where we do, nor where a name is not ours."""

    def fail(*given: object) -> None:
        raise RuntimeError

    with as_lines():
        client = create_app(replace(settings, log_json=True)).test_client()
        assert try_log_in(client, name="somebody").status_code == 401
        monkeypatch.setattr(links, "look_up", fail)
        assert client.get("/admin/link/works-once").status_code == 500
        assert client.get("/", base_url="http://evil.example").status_code == 400
        told = capsys.readouterr().err
    for word in ("log-in failed: unknown name", "GET …", "ARCHIVE_HOSTS"):
        assert word in told
    for secret in ("127.0.0.1", "somebody", "works-once", "evil"):
        assert secret not in told


def test_a_mistake_is_logged_by_kind_and_place() -> None:
    try:
        raise ValueError("what was typed")
    except ValueError:
        record = logging.LogRecord("a", 40, "", 1, "failed", (), sys.exc_info())
    with events.of_run(7):
        told = json.loads(events.Lines().format(record))
    assert (told["run"], told["error"], told["event"]) == (7, "ValueError", "failed")
    assert "typed" not in json.dumps(told)


def test_several_processes_count_together(settings: Settings) -> None:
    port = 18437
    environment = {
        **os.environ,
        "ARCHIVE_DATA": str(settings.data),
        "ARCHIVE_SECRET_KEY": "only for tests, and as long as it must be",
        "ARCHIVE_METRICS": "1",
    }
    command = [sys.executable, "-m", "archive", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    site = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{site}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        for _ in range(40):
            httpx.get(f"{site}/search/help")
        wanted = 'archive_answers_total{endpoint="find.syntax",status="200"} 40.0'
        assert wanted in httpx.get(f"{site}/metrics").text
    finally:
        server.terminate()
        server.wait(30)


def test_words_of_a_setting() -> None:
    assert Settings.from_environment({"ARCHIVE_LOG": "JSON"}).log_json
    with pytest.raises(BadSettings, match="text or json"):
        Settings.from_environment({"ARCHIVE_LOG": "xml"})
