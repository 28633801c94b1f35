"""The search on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.commands.group import cli
from tests.web import filling


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("asked")
    shutil.copy(sqlite_template, folder / "archive.sqlite3")
    filling.fill(filling.settings(folder))
    return {
        "ARCHIVE_DATA": str(folder),
        "ARCHIVE_DATABASE_URL": f"sqlite:///{folder / 'archive.sqlite3'}",
    }


def test_fields_and_filters(environment: dict[str, str]) -> None:
    arguments = [
        "search",
        "机关:商务局 年份:2021..2022",
        "-f",
        "region=990121",
        "--json",
    ]
    done = CliRunner().invoke(cli, arguments, env=environment, catch_exceptions=False)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(result["agency"], result["year"]) for result in told] == [
        ("示例县商务局", 2022)
    ]
    assert done.stderr == "1 reports\n"


def test_lines_of_text(environment: dict[str, str]) -> None:
    done = CliRunner().invoke(
        cli, ["search", "经济合作局"], env=environment, catch_exceptions=False
    )
    assert "同义词" in done.stderr
    assert "示例市商务局" in done.stdout


def test_a_question_is_understood_as_on_the_website(
    environment: dict[str, str],
) -> None:
    question = "示例市商务局 不要2022年的 申请最多"
    done = CliRunner().invoke(
        cli, ["search", question, "--json"], env=environment, catch_exceptions=False
    )
    first, *_ = done.stderr.splitlines()
    assert first.startswith(
        "理解为：示例省示例市、商务局、不含2022年、本年新收申请总数"
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told
    assert {one["agency"] for one in told} == {"示例市商务局"}
    assert 2022 not in {one["year"] for one in told}


def test_a_question_is_taken_as_typed_where_that_is_asked(
    environment: dict[str, str],
) -> None:
    arguments = ["search", "示例市商务局 2022年", "--as-typed"]
    done = CliRunner().invoke(cli, arguments, env=environment, catch_exceptions=False)
    assert "理解为" not in done.stderr


def test_a_passage_is_set_in_below_its_title(environment: dict[str, str]) -> None:
    arguments = ["search", '"信息处理费"']
    done = CliRunner().invoke(cli, arguments, env=environment, catch_exceptions=False)
    *lines, count = done.stdout.splitlines()
    titles = [line for line in lines if not line.startswith("    ")]
    assert len(lines) > 2 * len(titles), "no passage of several paragraphs"
    assert all(line.endswith("年度报告") for line in titles)
    assert count == f"{len(titles)} reports"


def test_what_is_no_filter_is_named(environment: dict[str, str]) -> None:
    done = CliRunner().invoke(
        cli, ["search", "公开", "-f", "colour=red"], env=environment
    )
    assert done.exit_code == 2
    assert "colour=red" in done.output


def test_an_index_that_is_gone_is_no_empty_archive(
    tmp_path: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    filling.fill(filling.settings(tmp_path))
    environment = {
        "ARCHIVE_DATA": str(tmp_path),
        "ARCHIVE_DATABASE_URL": f"sqlite:///{tmp_path / 'archive.sqlite3'}",
    }
    shutil.rmtree(tmp_path / "index")
    done = CliRunner().invoke(cli, ["search", "公开"], env=environment)
    assert done.exit_code == 1
    assert "搜索索引不存在" in done.output
    assert "reindex" in done.output
    assert "0 reports" not in done.output
