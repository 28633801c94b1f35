"""Who has a page as it is now is answered before anything is done for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, signals
from sqlalchemy import update

from archive import create_app
from archive.store.rows import AgencyRow
from tests.web import filling
from tests.web.pages import CITY, COUNTY

SAMPLES = (("示例市商务局", 2022), ("示例县商务局", 2023))
PAGES = (
    "/",
    "/search?q=公开",
    f"/reports/{COUNTY}/2023",
    f"/agencies/{CITY}",
    "/agencies?region=990000",
    f"/compare?a={CITY}/2022&b={COUNTY}/2023",
    "/api/v1/reports",
)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path) -> Flask:
    """A site of its own, since it is changed."""
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    filling.fill(filling.settings(tmp_path), SAMPLES)
    return create_app(filling.settings(tmp_path))


@contextmanager
def drawn(site: Flask) -> Iterator[list[object]]:
    """The templates that are filled in meanwhile."""
    found: list[object] = []

    def note(sender: object, template: object, **rest: object) -> None:
        found.append(template)

    with signals.before_render_template.connected_to(note, site):
        yield found


def asked(site: Flask, address: str, tag: str = "") -> tuple[int, str]:
    """Status and version of a page that is asked for with a version, or without."""
    headers = {"If-None-Match": tag} if tag else {}
    answer = site.test_client().get(address, headers=headers)
    return answer.status_code, answer.headers["ETag"]


def rename(site: Flask, key: str, name: str) -> None:
    with site.extensions["archive"].store.session() as session:
        session.execute(update(AgencyRow).where(AgencyRow.key == key).values(name=name))


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_drawn_for_who_has_it(site: Flask, address: str) -> None:
    _, tag = asked(site, address)
    with drawn(site) as templates:
        assert asked(site, address, tag) == (304, tag)
        assert asked(site, address, f'"other", {tag}') == (304, tag)
    assert templates == []
    assert asked(site, address, 'W/"other"') == (200, tag)


def test_what_is_changed_is_drawn_anew(site: Flask) -> None:
    address = f"/agencies/{CITY}"
    _, before = asked(site, address)
    rename(site, CITY, "示例市商务和贸易局")
    status, after = asked(site, address, before)
    assert (status, after != before) == (200, True)
    assert asked(site, address, after) == (304, after)


def test_who_has_an_older_page_gets_the_newer(site: Flask) -> None:
    address = f"/agencies/{CITY}"
    _, first = asked(site, address)
    rename(site, CITY, "示例市商务和贸易局")
    asked(site, address)
    assert asked(site, address, first)[0] == 200


def test_a_change_elsewhere_leaves_a_page_what_it_is(site: Flask) -> None:
    address = f"/agencies/{COUNTY}"
    _, tag = asked(site, address)
    rename(site, CITY, "示例市商务和贸易局")
    with drawn(site) as templates:
        assert asked(site, address, tag) == (304, tag)
    assert templates, "drawn to see that it is the same"
    with drawn(site) as templates:
        assert asked(site, address, tag) == (304, tag)
    assert not templates


def test_addresses_are_not_mixed_up(site: Flask) -> None:
    _, tag = asked(site, "/search?q=公开")
    asked(site, "/search?q=申请")
    assert asked(site, "/search?q=申请", tag)[0] == 200


def test_an_index_that_is_gone_is_told(site: Flask, tmp_path: Path) -> None:
    _, tag = asked(site, "/search?q=公开")
    shutil.rmtree(filling.settings(tmp_path).index)
    answer = site.test_client().get("/search?q=公开", headers={"If-None-Match": tag})
    assert answer.status_code == 503


def test_the_worker_is_looked_for_each_time(site: Flask) -> None:
    _, tag = asked(site, "/status")
    with drawn(site) as templates:
        asked(site, "/status", tag)
    assert templates
