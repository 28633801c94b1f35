"""How long answers may be kept, by whom; asking again; packing."""

from __future__ import annotations

import gzip
import re

import pytest
import zstandard
from flask.testing import FlaskClient

from tests.web.pages import CITY, COUNTY, page

PACKED = {"Accept-Encoding": "gzip, br"}
OF_BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
PUBLIC = (
    "/",
    "/search",
    "/search?q=商务&year=2022",
    "/search/help",
    "/search.json?q=商务",
    f"/reports/{CITY}/2022",
    f"/reports/{CITY}/2022.json",
    "/agencies",
    f"/agencies/{CITY}",
    f"/agencies/{CITY}.csv",
    f"/compare?a={CITY}/2022&b={COUNTY}/2022",
    "/status",
    "/status.json",
    "/about",
    "/api/v1/reports",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answers_are_the_same_for_all(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["ETag"].startswith('W/"')


@pytest.mark.parametrize("address", PUBLIC)
def test_who_has_the_page_gets_no_body(client: FlaskClient, address: str) -> None:
    first = client.get(address, headers=PACKED)
    again = {"If-None-Match": first.headers["ETag"]}
    for headers in (again, {**again, **PACKED}):
        second = client.get(address, headers=headers)
        assert (second.status_code, second.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert second.headers[name] == first.headers[name]
    other = client.get(address, headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def _timeless(body: bytes) -> bytes:
    """A body without times of the day: files say when they were asked for."""
    # e.g. b"14:05:02"
    return re.sub(rb"\d\d:\d\d:\d\d", b"", body)


@pytest.mark.parametrize("address", [*PUBLIC, "/static/site.css", "/static/site.js"])
def test_packed_is_the_same_and_smaller(client: FlaskClient, address: str) -> None:
    with client.get(address) as plain, client.get(address, headers=PACKED) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        assert _timeless(gzip.decompress(packed.data)) == _timeless(plain.data)
        assert len(packed.data) < len(plain.data)
        assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("name", ["site.css", "site.js", "icon.svg"])
def test_a_file_that_is_known_varies_as_it_does(client: FlaskClient, name: str) -> None:
    with client.get(f"/static/{name}") as whole:
        assert whole.data
    since = {"If-Modified-Since": whole.headers["Last-Modified"]}
    with client.get(f"/static/{name}", headers=since) as known:
        assert known.status_code == 304
    assert known.headers.get("Vary") == whole.headers.get("Vary")


@pytest.mark.parametrize("address", [*PUBLIC, "/static/site.css"])
def test_browsers_of_today_get_zstandard(client: FlaskClient, address: str) -> None:
    with (
        client.get(address) as plain,
        client.get(address, headers=OF_BROWSERS) as packed,
    ):
        assert packed.headers["Content-Encoding"] == "zstd"
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        assert zstandard.decompress(packed.data) == plain.data
        assert packed.headers.get("ETag", "").removeprefix("W/") == (
            plain.headers.get("ETag", "").removeprefix("W/")
        )


@pytest.mark.parametrize(
    ("taken", "coding"),
    [
        ("zstd", "zstd"),
        ("gzip, zstd;q=0", "gzip"),
        ("gzip;q=0.8, zstd;q=0.5", "gzip"),
        ("*", "gzip"),
    ],
)
def test_packed_as_the_visitor_likes_best(
    client: FlaskClient, taken: str, coding: str
) -> None:
    answer = client.get("/about", headers={"Accept-Encoding": taken})
    assert answer.headers["Content-Encoding"] == coding


@pytest.mark.parametrize("refused", ["", "br", "identity", "gzip;q=0, *;q=0.5"])
def test_nobody_gets_what_they_do_not_take(client: FlaskClient, refused: str) -> None:
    answer = client.get("/about", headers={"Accept-Encoding": refused})
    assert "Content-Encoding" not in answer.headers


def test_a_workbook_and_an_original_are_sent_as_they_are(client: FlaskClient) -> None:
    digest = client.get(f"/reports/{CITY}/2022.json").json["provenance"]["sha256"]
    for address in ("/search.xlsx", f"/originals/{digest}"):
        answer = client.get(address, headers=PACKED)
        assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert answer.headers["ETag"] == f'"{digest}"'


def test_files_of_the_site_are_kept_for_good(client: FlaskClient) -> None:
    (style,) = page(client, "/").all("//link[@rel='stylesheet']/@href")
    with client.get(style) as answer:
        assert answer.headers["Cache-Control"].endswith("immutable")
        again = {"If-None-Match": answer.headers["ETag"]}
    with client.get(style, headers=again) as answer:
        assert answer.status_code == 304
    with client.get(style, headers={"Range": "bytes=0-9", **PACKED}) as answer:
        assert (answer.status_code, len(answer.data)) == (206, 10)
    with client.get("/static/site.css") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]


def test_pages_of_people_are_kept_by_nobody(client: FlaskClient) -> None:
    for address in ("/admin/", "/admin/login", "/admin/nothing"):
        answer = client.get(address, headers=PACKED)
        assert answer.headers["Cache-Control"] in ("private, no-store", "no-store")
        assert "ETag" not in answer.headers
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("address", ["/nothing", f"/reports/{CITY}/1999", "/healthz"])
def test_errors_and_probes_are_kept_by_nobody(
    client: FlaskClient, address: str
) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-store"
