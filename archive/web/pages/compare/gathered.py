"""The rows of a question: whom it means, which reports are held, and what these say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from archive.catalogue import CHINA
from archive.search import Query
from archive.store import Session, comparing, soundness, values_of
from archive.web.answers import listed
from archive.web.asking import Tell
from archive.web.current import current_archive
from archive.web.guards import EXPORTS
from archive.web.labels import UNREADABLE
from archive.web.pages.compare import reading
from archive.web.pages.compare.asked import MOST_AGENCIES, Asked, Whom
from archive.web.pages.compare.table import Line, Row, Table, table

MOST_ROWS = 5_000
MOST_FOUND = 20_000
"""Reports of a search whose agencies are meant."""
USUAL_YEARS = 6
USUAL_FIGURES = ("requests.new.total", "disclosed_share", "refused_share")
LARGE = 40_000
"""Values of a table from which on it waits its turn: a third of a second of work."""
_BUSY = "正在生成的大表较多，请稍等半分钟再看，或者减少机关、年度和数据项。"
_DEEPEST = 3
"""Kept questions that name one another."""

MOST_LOST = 5
"""Reports without a readable text that are named one by one."""

Bodies = dict[str, comparing.Chosen]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A question with all that it leaves open filled in, and its answer."""

    asked: Asked
    bodies: tuple[comparing.Chosen, ...]
    table: Table
    notes: tuple[str, ...]
    """What was left out, and why; in Chinese."""
    reports: int
    """How many of the rows have a report."""

    @property
    def digest(self) -> str:
        """SHA-256 over the originals of all rows, column by column in their order: the
        same data, the same digest.
        """
        known: list[str] = []
        for line in self.table.lines:
            if line.year is None:
                known += map(_digest, line.rows)
            else:
                # All columns are of one report.
                known += [_digest(line.rows[0])] * len(line.rows)
        return hashlib.sha256("\n".join(known).encode()).hexdigest()


def _digest(row: Row) -> str:
    return row.held.digest if row.held else "-"


def by_version(lines: Iterable[Line]) -> dict[int, Row]:
    """Version → row, of the reports of these lines."""
    rows: dict[int, Row] = {}
    for line in lines:
        # Unless years are the columns, all are of one report.
        of_line = line.rows if line.year is None else line.rows[:1]
        rows |= {row.held.version_id: row for row in of_line if row.held}
    return rows


def lost(
    session: Session, lines: Iterable[Line], *, lately: bool = False
) -> dict[int, Row]:
    """Version → row, of the reports of these lines whose reading is damaged or gone.

    Their numbers are kept apart and stay as they are; their texts cannot be shown.
    `lately`: what was whole a minute ago still counts as whole.
    """
    rows = by_version(lines)
    look = soundness.unreadable_lately if lately else soundness.unreadable
    found = look(session, list(rows))
    return {version: row for version, row in rows.items() if version in found}


def told_of_lost(rows: Iterable[Row]) -> list[str]:
    """A sentence about such reports, in Chinese; none where there are none."""
    names = [f"{row.body.name} {row.year}" for row in rows]
    if not names:
        return []
    more = " 等" if len(names) > MOST_LOST else ""
    return [
        f"有 {len(names)} 份报告的{UNREADABLE}：{'、'.join(names[:MOST_LOST])}{more}。"
        "表中的数字另行保存，原件不受影响。"
    ]


def filled(asked: Asked) -> Asked:
    """With the years and figures that are taken where none are named."""
    years, figures = asked.years, asked.figures
    if not years:
        newest = datetime.now(UTC).astimezone(CHINA).year - 1
        years = tuple(range(newest - USUAL_YEARS + 1, newest + 1))
    return replace(asked, years=years, figures=figures or USUAL_FIGURES)


def gathered(asked: Asked, *, has_turn: bool = False) -> Gathered:
    """The answer to a question. `has_turn`: the one who asks took a turn already.

    Raises IndexTrouble where a search is part of it, and there is no index;
    ServiceUnavailable for a large table while others make as many as may be.
    """
    notes: list[str] = []
    whole = filled(asked)
    with current_archive().store.asking() as session:
        # The years that are named narrow a search; those that we take do not.
        found = _bodies(session, asked.whom, asked.years, notes.append)
        bodies = sorted(found.values(), key=_place)
        bodies = _as_many_as_fit(bodies, len(whole.years), notes.append)
        is_large = len(bodies) * len(whole.years) * len(whole.keys) > LARGE
        with EXPORTS.take(_BUSY) if is_large and not has_turn else nullcontext():
            rows = _rows(session, whole, bodies)
            found_table = table(whole, rows)
    return Gathered(
        asked=whole,
        bodies=tuple(bodies),
        table=found_table,
        notes=tuple(dict.fromkeys(notes)),
        reports=sum(row.held is not None for row in rows),
    )


def _place(body: comparing.Chosen) -> tuple[str, bool, str, str]:
    return body.order


def _as_many_as_fit(
    bodies: list[comparing.Chosen], years: int, tell: Tell
) -> list[comparing.Chosen]:
    """Those of which there are reports come before those of which there are none: a
    place has thousands that would stand before them.
    """
    most = MOST_ROWS // max(1, years)
    if len(bodies) <= most:
        return bodies
    by_worth = sorted(bodies, key=lambda body: body.agency_id is None)
    kept, others = by_worth[:most], by_worth[most:]
    told = "其余没有参加排序、条件和合计。"
    if others[0].agency_id is None:
        told = "其余的在档案中没有任何报告。"
    tell(
        f"共 {len(bodies):,} 个机关、{years} 个年度，超过 {MOST_ROWS:,} 行；只取 "
        f"{most:,} 个机关，有报告的在先，再按地区和名称排列；{told}"
    )
    return sorted(kept, key=_place)


def _bodies(
    session: Session, whom: Whom, years: Sequence[int], tell: Tell, depth: int = 1
) -> Bodies:
    """Key → body, of all that are meant."""
    found: Bodies = {}
    if whom.of:
        found |= _of_kept(session, whom.of, years, tell, depth)
    if whom.agencies:
        named = comparing.agencies_named(session, whom.agencies)
        found |= _by_key(named)
        missing = [key for key in whom.agencies if key not in found]
        if missing:
            told = "、".join(missing[:5])
            tell(f"{len(missing)} 个机关键在档案中没有：{told}。")
    if whom.is_search:
        found |= _by_key(_searched(session, whom, years, tell))
    elif whom.is_place:
        found |= _by_key(_placed(session, whom))
    return found


def _by_key(bodies: Sequence[comparing.Chosen]) -> Bodies:
    return {body.key: body for body in bodies}


def _of_kept(
    session: Session, code: str, years: Sequence[int], tell: Tell, depth: int
) -> Bodies:
    """The agencies of a kept question."""
    question = comparing.kept(session, code)
    if question is None:
        tell(f"没有保存过短码“{code}”。")
        return {}
    if depth >= _DEEPEST:
        return {}
    args = MultiDict(parse_qsl(question))
    whom = reading.asked(args)[0].whom
    return _bodies(session, whom, years, tell, depth + 1)


def _placed(session: Session, whom: Whom) -> list[comparing.Chosen]:
    place = comparing.Place(whom.regions, whom.below, whom.sectors, whom.levels)
    return comparing.agencies_at(session, place, MOST_AGENCIES + 1)


def _searched(
    session: Session, whom: Whom, years: Sequence[int], tell: Tell
) -> list[comparing.Chosen]:
    """The agencies of the reports that a search finds, in the years that are named."""
    filters = {
        "region": whom.regions,
        "sector": whom.sectors,
        "level": whom.levels,
        "year": tuple(map(str, years)),
        **dict(whom.facets),
    }
    chosen = {facet: values for facet, values in filters.items() if values}
    query = Query(whom.words, chosen, synonyms=True)
    version_ids, total = listed(query, MOST_FOUND)
    if total > MOST_FOUND:
        tell(f"检索命中约 {total:,} 份报告，只取前 {MOST_FOUND:,} 份的机关。")
    for note in query.notes:
        tell(note)
    return comparing.agencies_of(session, version_ids)


def _rows(
    session: Session, asked: Asked, bodies: Sequence[comparing.Chosen]
) -> list[Row]:
    """A row a body and year, whether there is a report or not."""
    ids = [body.agency_id for body in bodies if body.agency_id is not None]
    held = comparing.held(session, ids, asked.years)
    forms = {report.version_id: report.form for report in held.values()}
    values = values_of(session, list(forms), asked.keys, forms)
    rows = []
    for body in bodies:
        for year in asked.years:
            report = held.get((body.agency_id or 0, year))
            if report:
                known = values.get(report.version_id, {})
                rows.append(Row(body, year, report, None, known))
            else:
                absent = comparing.why_none(body, year)
                rows.append(Row(body, year, None, absent, {}))
    return rows
