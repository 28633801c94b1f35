"""Versions are what one address showed later; differing texts from elsewhere are
rivals, shown as such in neutral words.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from archive import create_app, pipeline
from archive.pipeline import Archive
from archive.report import Hints
from archive.store import Origin, Sighting
from archive.store.rows import AgencyRow
from tests.pipeline.again import read_all_again
from tests.portals.pages import article
from tests.portals.reports import report_of
from tests.web import filling

NOW = datetime(2024, 2, 1, 8, 0, tzinfo=UTC)
OWN = "http://swj.sample.example/1.html"
PORTAL = "http://www.sample.example/zfxxgk/2.html"


class Taken:
    """An archive that is filled one text after the other, and its page."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self._days = archive, 0
        self._sample = report_of("示例市商务局", 2022)
        others = [self._sample, report_of("示例市商务局", 2021)]
        self._page = article(self._sample, others, 0)

    def take(
        self, url: str, *edits: tuple[str, str], file_url: str = "", cut: bool = False
    ) -> str:
        """What an address shows a day later than the one before; `cut`: its beginning."""
        self._days += 1
        page = self._page
        for old, new in edits:
            assert old in page
            page = page.replace(old, new)
        if cut:
            page = page[: page.rindex("四、")]
        at = NOW + timedelta(days=self._days)
        where = file_url or url or "年报.html"
        hints = Hints(agency=self._sample.agency.name, url=where, file_name="年报.html")
        asked = where if url else f"file:{where}"
        sighting, origin = Sighting(asked, at, 200), Origin(at, url, file_url)
        body = page.encode()
        taken = pipeline.take_in(self.archive, body, hints, sighting, origin)
        assert taken.is_filed, taken
        return str(taken.outcome)

    @property
    def address(self) -> str:
        with self.archive.store.session() as session:
            key = session.scalars(select(AgencyRow.key)).one()
        return f"/reports/{key}/2022"


@pytest.fixture
def taken(tmp_path: Path, sqlite_template: Path) -> Iterator[Taken]:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    with Archive(filling.settings(tmp_path)) as archive:
        yield Taken(archive)


@pytest.fixture
def client(taken: Taken, tmp_path: Path) -> FlaskClient:
    return create_app(filling.settings(tmp_path)).test_client()


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    words = html.fromstring(answer.text).text_content()
    return "".join(words.split())


FEE = ("要点，清单任务", "要点；清单任务")
CLOSING = ("清单任务全部完成", "清单任务均已完成")


PERMITS = "disclosure.licensing.decisions"


def permits() -> tuple[str, str]:
    """An edit of a figure of table 2: one more than it was."""
    value = report_of("示例市商务局", 2022).figures[PERMITS]
    label = '<td>行政许可</td><td colspan="3">'
    return f"{label}{value}</td>", f"{label}{int(value) + 1}</td>"


def test_the_same_address_later_is_a_version(taken: Taken, client: FlaskClient) -> None:
    assert taken.take(OWN) == "new"
    assert taken.take(OWN.replace("http:", "https:"), CLOSING) == "changed"
    told = client.get(f"{taken.address}.json").json
    assert [one["version"] for one in told["versions"]] == [1, 2]
    assert told["rivals"] == []
    page = shown(client, taken.address)
    assert "该网址先后有2个版本" in page
    assert "内容不同" not in page
    assert "这是旧版" in shown(client, f"{taken.address}?version=1")


def test_a_text_that_waits_is_never_called_the_old_one(
    taken: Taken, client: FlaskClient
) -> None:
    taken.take(OWN)
    assert taken.take(OWN, cut=True) == "held"
    page = shown(client, f"{taken.address}?version=2")
    assert "内容少于现有文本，待人工核定" in page
    assert "旧版" not in page
    # neither a figure nor a sum of figures that were lost is passed over
    assert "行政复议缺" in page
    assert "行政诉讼缺" in page
    assert "第2号文本（待核定）" in shown(client, taken.address)
    told = client.get(f"{taken.address}.json").json
    whole, lesser = told["versions"]
    assert whole["waits"] is None
    assert "缺少第" in lesser["waits"]
    # from elsewhere too
    assert taken.take(PORTAL, permits(), cut=True) == "held"
    assert "待人工核定" in shown(client, taken.address)


@pytest.mark.parametrize(
    ("url", "file_url"),
    [
        (PORTAL, ""),
        ("", ""),
        (OWN, OWN.replace(".html", ".pdf")),
        (f"{OWN}?id=2", ""),
    ],
    ids=["another site", "an import", "its attachment", "another query"],
)
def test_another_origin_is_a_rival(
    taken: Taken, client: FlaskClient, url: str, file_url: str
) -> None:
    taken.take(OWN)
    assert taken.take(url, permits(), CLOSING, file_url=file_url) == "new"
    page = shown(client, taken.address)
    assert "另有一份内容不同的文本" in page
    assert "个版本" not in page
    assert "旧版" not in page
    other = shown(client, f"{taken.address}?version=1")
    assert "这是另一份内容不同的文本，来自http" in other
    assert "旧版" not in other
    told = "".join(
        "".join(part.text_content().split())
        for part in html.fromstring(client.get(taken.address).text).xpath(
            "//*[@class='banner'] | //*[@id='rivals']"
        )
    )
    assert "内容不同" in told
    for word in ("修改过", "更新", "篡改", "旧"):
        assert word not in told


def test_what_differs_is_told_with_both_numbers(
    taken: Taken, client: FlaskClient
) -> None:
    taken.take(OWN)
    taken.take(PORTAL, permits(), CLOSING)
    told = client.get(f"{taken.address}.json").json
    assert [one["version"] for one in told["versions"]] == [2]
    (rival,) = told["rivals"]
    assert (rival["version"], rival["source_url"]) == (1, OWN)
    figure = next(one for one in rival["differs"]["figures"] if one["key"] == PERMITS)
    assert figure["here"] == figure["there"] + 1
    assert rival["differs"]["sections"]
    assert client.get(rival["compare"]).status_code == 200
    page = client.get(taken.address).text
    assert f">{figure['here']:,}<" in page
    assert f">{figure['there']:,}<" in page
    assert OWN in page
    assert client.get(f"/api/v1{taken.address}").json == told


def test_the_same_text_elsewhere_is_a_further_place(
    taken: Taken, client: FlaskClient
) -> None:
    taken.take(OWN)
    assert taken.take(PORTAL) == "same"
    told = client.get(f"{taken.address}.json").json
    assert [one["url"] for one in told["provenance"]["places"]] == [OWN, PORTAL]
    assert (len(told["versions"]), told["rivals"]) == (1, [])
    page = shown(client, taken.address)
    assert f"另见相同的文本：{PORTAL}" in page
    assert "个版本" not in page


def test_an_edit_at_one_of_two_places_is_a_version_of_both_texts_there(
    taken: Taken, client: FlaskClient
) -> None:
    """The portal copied the report; the agency then changed its own."""
    taken.take(OWN)
    taken.take(PORTAL)
    assert taken.take(OWN, CLOSING) == "changed"
    told = client.get(f"{taken.address}.json").json
    assert [one["version"] for one in told["versions"]] == [1, 2]
    assert told["rivals"] == []


def test_many_rivals_are_named_and_some_described(
    taken: Taken, client: FlaskClient
) -> None:
    for number in range(11):
        url = f"http://sample{number}.example/"
        taken.take(url, ("清单任务", f"清单{number}项任务"))
    page = shown(client, taken.address)
    assert "另有10份内容不同的文本" in page
    told = client.get(f"{taken.address}.json").json["rivals"]
    assert [one["differs"] is None for one in told] == [False] * 8 + [True] * 2


def test_reading_again_comes_to_the_same(taken: Taken, client: FlaskClient) -> None:
    taken.take(OWN)
    taken.take(PORTAL, permits())
    taken.take(OWN, CLOSING)
    taken.take("", FEE)
    before = client.get(f"{taken.address}.json").json
    assert (len(before["versions"]), len(before["rivals"])) == (1, 3)
    read_all_again(taken.archive)
    assert client.get(f"{taken.address}.json").json == before
