"""The headers that stand on every answer, and the cookies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    RequestedRangeNotSatisfiable,
    ServiceUnavailable,
    TooManyRequests,
    Unauthorized,
)

from archive import create_app
from archive.web.current import current_archive
from archive.web.guards.errors import equip as equip_errors
from archive.web.guards.headers import equip


@pytest.fixture
def secure(site: Flask) -> Iterator[FlaskClient]:
    """The site as it is online: over https."""
    app = create_app(replace(site.extensions["archive"].settings, secure_cookies=True))
    yield app.test_client()
    with app.app_context():
        current_archive().store.close()
        current_archive().index.close()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=x", "/nothing", "/admin/", "/healthz"]
)
def test_every_answer_says_what_browsers_may_do(secure: FlaskClient, path: str) -> None:
    headers = secure.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Server" not in headers
    if headers["Content-Type"].startswith("text/"):
        assert "charset=utf-8" in headers["Content-Type"]


def test_what_a_view_says_itself_stands_once() -> None:
    app = Flask(__name__)
    equip(app, https=False)

    @app.get("/")
    def sandboxed() -> Response:
        return Response(headers={"content-security-policy": "sandbox"})

    answer = app.test_client().get("/")
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert answer.headers.getlist("X-Frame-Options") == ["DENY"]


@pytest.mark.parametrize(
    ("error", "name", "value"),
    [
        (MethodNotAllowed(["GET", "POST"]), "Allow", "GET, POST"),
        (TooManyRequests(retry_after=7), "Retry-After", "7"),
        (ServiceUnavailable(retry_after=9), "Retry-After", "9"),
        (
            Unauthorized(www_authenticate=WWWAuthenticate("basic")),
            "WWW-Authenticate",
            "Basic",
        ),
        (RequestedRangeNotSatisfiable(5), "Content-Range", "bytes */5"),
    ],
)
def test_what_an_error_says_besides_stays(
    error: HTTPException, name: str, value: str
) -> None:
    app = Flask(__name__, template_folder="../../templates")
    equip_errors(app)

    @app.get("/api/v1/x")
    def fails() -> Response:
        raise error

    answer = app.test_client().get("/api/v1/x")
    assert answer.status_code == error.code
    assert answer.headers.getlist(name) == [value]
    assert answer.headers.getlist("Content-Type") == ["application/json"]


def test_what_may_not_be_done_says_what_may(secure: FlaskClient) -> None:
    answer = secure.post("/search")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_cookies_are_for_https_and_for_no_script(secure: FlaskClient) -> None:
    cookie = secure.get("/admin/login").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    "path", ["/reports/%2e%2e%2f/2022", "/reports//x/2022", "/admin//login", "/a//b"]
)
def test_two_slashes_are_an_address_of_nothing(secure: FlaskClient, path: str) -> None:
    answer = secure.get(path)
    assert answer.status_code == 404
    assert "没有找到" in answer.text
    assert "Location" not in answer.headers


def test_an_address_without_its_slash_is_completed_without_a_host(
    secure: FlaskClient,
) -> None:
    assert secure.get("/admin").location == "/admin/"
    answer = secure.get("/admin?next=//evil.example/")
    assert answer.status_code == 308
    assert answer.location == "/admin/?next=//evil.example/"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
