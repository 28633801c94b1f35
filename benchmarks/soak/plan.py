"""What invented portals do in a season, all of it drawn from a seed beforehand.

So the servers and whoever proves the result know the same without telling each other.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from archive.report import Agency
from benchmarks.site.made import forget, sample_report
from tests.portals.reports import SampleReport
from tests.reports import webpages

SIGNS = "东西南北上下大小长新古石金青白红"
"""Two or three of them name an invented street office."""
YEARS = range(2019, 2026)
"""Of each agency; the last of them is published in the season."""
FIRST_DAY = date(2026, 1, 5)
CALM = 0.7
"""From this part of the season on everybody is well but for those who never are."""
_ILL = ("silent", "busy", "failing", "dripping", "wall", "half list")
"""What a host may be for some days: see `portals`."""


@dataclass(frozen=True, slots=True)
class Ill:
    """A host that is ill from a day of the season to another."""

    how: str
    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Planned:
    """A report of a source. Days of the season; `never` stands for a lasting fault."""

    number: int
    source: int
    published: float
    edited: float | None
    gone: float | None
    never: str

    @property
    def year(self) -> int:
        return YEARS[self.number % len(YEARS)]

    @property
    def agency(self) -> str:
        return name_of(self.number // len(YEARS))

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    @property
    def listed_on(self) -> date:
        return FIRST_DAY + timedelta(days=self.published)

    @property
    def path(self) -> str:
        return f"/s{self.source}/zfxxgknb/{self.listed_on:%Y%m}/t{self.number}.html"

    def is_edited(self, day: float) -> bool:
        return self.edited is not None and day >= self.edited

    def is_gone(self, day: float) -> bool:
        return self.gone is not None and day >= self.gone


@dataclass(frozen=True)
class Plan:
    """A season: so many sources on so many hosts, with so many reports."""

    sources: int
    hosts: int
    reports: int
    days: float
    seed: int

    def host_of(self, source: int) -> int:
        return source % self.hosts

    def sources_of(self, host: int) -> range:
        return range(host, self.sources, self.hosts)

    @property
    def dead_host(self) -> int:
        """The host that never answers."""
        return self.hosts - 1

    @property
    def closed_source(self) -> int:
        """The source that its host's robots.txt forbids."""
        return 0

    @property
    def planned(self) -> tuple[Planned, ...]:
        return _planned(self)

    def of_source(self, source: int) -> list[Planned]:
        return _by_source(self)[source]

    def ill(self, host: int) -> tuple[Ill, ...]:
        return _illnesses(self, host)

    def illness(self, host: int, day: float) -> str:
        """How a host is ill on a day; empty where it is well."""
        if host == self.dead_host:
            return "silent"
        now = (one.how for one in self.ill(host) if one.since <= day < one.until)
        return next(now, "")


@cache
def name_of(office: int) -> str:
    first, second = divmod(office % len(SIGNS) ** 2, len(SIGNS))
    third = office // len(SIGNS) ** 2
    more = SIGNS[third - 1] if third else ""
    return f"示例市{SIGNS[first]}{SIGNS[second]}{more}街道办事处"


@cache
def _planned(plan: Plan) -> tuple[Planned, ...]:
    dice = random.Random(f"{plan.seed} reports")
    each = plan.reports // plan.sources
    return tuple(
        _report(plan, dice, number, number // each) for number in range(plan.reports)
    )


def _report(plan: Plan, dice: random.Random, number: int, source: int) -> Planned:
    is_new = number % len(YEARS) == len(YEARS) - 1
    years_ago = len(YEARS) - 1 - number % len(YEARS)
    published = dice.uniform(1, plan.days * 0.75) if is_new else -330 * years_ago
    chance = dice.random()
    edited = dice.uniform(plan.days * 0.3, plan.days * CALM)
    planned = Planned(number, source, published, None, None, "")
    if chance < 0.02:
        return replace(planned, edited=max(edited, published + 2))
    # One that was never seen and is not there any more can be missed by nobody.
    if chance < 0.03 and not is_new:
        return replace(planned, gone=edited)
    if chance < 0.035:
        return replace(planned, never="promised")
    return planned


@cache
def _by_source(plan: Plan) -> dict[int, list[Planned]]:
    found: dict[int, list[Planned]] = {one: [] for one in range(plan.sources)}
    for planned in plan.planned:
        found[planned.source].append(planned)
    for each in found.values():
        each.sort(key=lambda one: (one.published, one.number), reverse=True)
    return found


@cache
def _illnesses(plan: Plan, host: int) -> tuple[Ill, ...]:
    dice = random.Random(f"{plan.seed} host {host}")
    found = []
    for _ in range(dice.randrange(1, 4)):
        since = dice.uniform(0, plan.days * CALM * 0.85)
        until = min(since + dice.uniform(0.3, 3), plan.days * CALM)
        found.append(Ill(dice.choice(_ILL), since, until))
    return tuple(found)


def sample(planned: Planned) -> SampleReport:
    """What a report prints: its figures are the truth."""
    office, year = divmod(planned.number, len(YEARS))
    # Ten years of an agency share what its figures are drawn from.
    return sample_report(office * 10 + year, Agency(planned.agency), planned.year)


def page(planned: Planned, *, edited: bool) -> str:
    """The page of a report, before or after somebody edited it silently."""
    printed = sample(planned)
    if edited:
        texts = dict(printed.sections)
        texts[6] = (*texts[6], correction(planned))
        printed = replace(printed, sections=texts)
    made = webpages.plain(printed)
    forget()
    return made


def correction(planned: Planned) -> str:
    """The sentence that an edit adds."""
    return f"本报告文字经校对后更正一处，编号{planned.number}。"
