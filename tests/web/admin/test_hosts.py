"""Hosts that are closed or slow, as people see them."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from archive.store import runs
from archive.store.rows import HostRow
from tests.web.admin.visiting import store_of
from tests.web.pages import page, wrong_with


def test_what_is_closed_comes_first(app: Flask, admin: FlaskClient) -> None:
    empty = page(admin, "/admin/hosts")
    assert "没有暂停访问或较慢的主机" in empty.text()
    moment = runs.now()
    until = moment + timedelta(hours=5)
    with store_of(app).session() as session:
        session.add(HostRow(name="well.example"))
        session.add(HostRow(name="slow.example", answer_seconds=9.5, pause=20))
        session.add(HostRow(name="again.example", closed_until=moment, failures=2))
        session.add(
            HostRow(
                name="closed.example", closed_until=until, failures=6, told="连接超时"
            )
        )
    shown = page(admin, "/admin/hosts")
    assert wrong_with(shown) == []
    rows = [row.text_content() for row in shown.all("//tbody/tr")]
    names = ["closed.example", "again.example", "slow.example"]
    assert [name in row for name, row in zip(names, rows, strict=True)] == [True] * 3
    assert "连接超时" in rows[0]
    assert "暂停访问" in rows[0]
    assert "暂停访问" not in rows[1]
    assert "较慢" in rows[2]
