"""One page of a list fails, on every kind of portal: a half is never called whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from archive.collecting import list_leads
from scrapers import Capture, Fetcher, SourceTrouble
from scrapers.source import Form
from tests.portals.kinds import KINDS, Kind
from tests.portals.server import Portals

LOG_IN = "<title>用户登录</title><form>用户名 密码 请登录</form>".encode()
FAULTS: dict[str, Callable[[Capture, bytes], Capture]] = {
    "busy": lambda page, before: replace(page, status=503, body=b"busy"),
    "blank": lambda page, before: replace(page, body=b""),
    "log-in": lambda page, before: replace(page, body=LOG_IN),
    "page before": lambda page, before: replace(page, body=before),
    "cut": lambda page, before: replace(page, body=page.body[: len(page.body) // 2]),
    "data": lambda page, before: replace(page, body=b'{"code":500,"data":null}'),
}


class Faulty:
    """A fetcher one of whose answers, by number, has a fault."""

    def __init__(self, inner: Fetcher, number: int, fault: str) -> None:
        self.inner, self.number, self.fault = inner, number, fault
        self.answers: list[Capture] = []

    def get(self, url: str) -> Capture:
        return self.noted(self.inner.get(url))

    def post(self, url: str, form: Form) -> Capture:
        return self.noted(self.inner.post(url, form))

    def noted(self, capture: Capture) -> Capture:
        self.answers.append(capture)
        if len(self.answers) != self.number:
            return capture
        before = self.answers[-2].body if len(self.answers) > 1 else capture.body
        return FAULTS[self.fault](capture, before)


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with Portals() as running:
        yield running


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    with Fetcher("", pause=0, allow_private=True, sleep=lambda wait: None) as fetcher:
        yield fetcher


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_half_is_never_called_whole(
    portals: Portals, fetcher: Fetcher, kind: Kind
) -> None:
    url = f"{portals.url}{kind.start}"
    well = Faulty(fetcher, 0, "")
    whole = list_leads(url, "auto", False, well)  # type: ignore[arg-type]
    silent = []
    for number in range(1, len(well.answers) + 1):
        for fault in FAULTS:
            faulty = Faulty(fetcher, number, fault)
            try:
                half = list_leads(url, "auto", False, faulty)  # type: ignore[arg-type]
            except SourceTrouble:
                continue
            if len(half.leads) < len(whole.leads) and not half.notes:
                silent.append((number, fault, len(half.leads)))
    assert silent == []
