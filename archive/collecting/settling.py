"""When all pages of a source were asked for: what moved, what is gone, what failed.

None of it is decided page by page. A dead address whose text stands elsewhere has
moved, and where most pages of a site are dead or locked it is the site that is ill:
that they are gone is believed when a person has said so.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import filterfalse
from typing import NoReturn

from archive.catalogue import Outcome, schedule
from archive.collecting.known import Dead, Lost
from archive.collecting.tour import Tour
from archive.pipeline import Tally
from archive.store import Session, moving, sources
from scrapers import Changed, SourceTrouble

PATIENCE = timedelta(days=7)
"""So long a page or two may be gone from a site that is ill before that is believed."""


def settle(tour: Tour, url: str, tally: Tally) -> None:
    """Counts and notes what waited for the end of a run; `url` is the list's.

    Raises SourceTrouble where most pages that should show a report show none.
    """
    dead = [one for one in tour.known.dead if not _followed(tour, one.page_id, tally)]
    dead = _without_believed(tour, dead, tally)
    listed = [one.page_id for one in dead if one.is_listed]
    if tour.scheduled:
        dead = _certain_already(tour, dead)
    stayed = filterfalse(partial(_has_left, tour, tally), tour.known.lost)
    tour.known.lost = list(stayed)
    tally.moved += tour.archive.store.write(
        lambda session: moving.follow_tombstones(session, tour.source_id, tour.run_id)
    )
    trouble = tour.known.trouble(dead)
    waits = _vanished(tour, listed, trouble)
    if waits is not None:
        certain = [one for one in dead if not one.is_listed]
        _fail(tour, url, _waiting(waits, trouble), certain, tally)
    if trouble is not None:
        certain = list(filter(partial(_is_certain, tour), dead))
        _fail(tour, url, trouble, certain, tally)
    _bury(tour, dead, tally)
    for one in tour.known.lost:
        tour.note_failure(one.url, one.kind, one.reason)
        tally.count(one.outcome)


def _fail(
    tour: Tour, url: str, trouble: SourceTrouble, certain: list[Dead], tally: Tally
) -> NoReturn:
    """Ends a run by the one trouble of the whole site; only what is gone for certain
    becomes a tombstone.
    """
    _bury(tour, certain, tally)
    tally.count(Outcome.FAILED)
    tour.note_failure(url, type(trouble).__name__, str(trouble))
    raise trouble


def _without_believed(tour: Tour, dead: list[Dead], tally: Tally) -> list[Dead]:
    """The dead pages but for those that a person has taken for gone, which become
    tombstones.
    """
    with tour.archive.store.session() as session:
        believed = sources.vanishing.believed(session, tour.source_id)
    _bury(tour, [one for one in dead if one.page_id in believed], tally)
    return [one for one in dead if one.page_id not in believed]


def _certain_already(tour: Tour, dead: list[Dead]) -> list[Dead]:
    """The dead pages of a run by the schedule that need no second look.

    It asks for a few pages only, and can't tell a page that is gone from a site that is
    ill. One that the list still names is asked for again before that is believed.
    """
    certain = [one for one in dead if _is_certain(tour, one)]
    tour.known.lost += [one.lost for one in dead if one not in certain]
    return certain


def _vanished(
    tour: Tour, listed: list[int], trouble: SourceTrouble | None
) -> sources.vanishing.Vanished | None:
    """What of the source is gone at once and waits for a person, where this run saw it;
    None for pages that died one by one. `listed`: those that lists name and that this
    run found dead.
    """

    def note(session: Session) -> sources.vanishing.Vanished | None:
        seen = sources.vanishing.SeenDead(
            tour.run_id, listed, trouble is not None, tour.scheduled
        )
        moment = tour.archive.clock()
        return sources.vanishing.note(session, tour.source_id, seen, moment)

    waits = tour.archive.store.write(note)
    return waits if listed else None


def _waiting(
    waits: sources.vanishing.Vanished, trouble: SourceTrouble | None
) -> SourceTrouble:
    """The trouble of a source most of whose pages are gone at once."""
    since = waits.since.astimezone(schedule.CHINA).strftime("%Y-%m-%d")
    sentence = (
        f"{waits.total} 个报告网页中有 {waits.gone} 个自 {since} 起不见，"
        "列表仍列出它们；"
        "请人工确认是否消失，确认之前不记为消失，已存档的报告不变。"
    )
    if trouble is None:
        return Changed(sentence)
    return type(trouble)(f"{sentence}{trouble}")


def _has_left(tour: Tour, tally: Tally, lost: Lost) -> bool:
    """Follows a report that has left an address which no list names any more, such as
    one on a host that does not answer; whether it has.
    """
    if lost.is_listed or not lost.was_seen:
        return False
    return _followed(tour, lost.page_id, tally)


def _is_certain(tour: Tour, dead: Dead) -> bool:
    """Whether a page is gone though most of its site seems to be: no list names it, or
    its server has said so for long.
    """
    if not dead.is_listed:
        return True
    with tour.archive.store.session() as session:
        since = moving.dead_since(session, dead.page_id)
    return since is not None and since < tour.archive.clock() - PATIENCE


def _followed(tour: Tour, page_id: int, tally: Tally) -> bool:
    """Lets a page follow its text to another address; whether it was seen at one."""
    has_moved = tour.archive.store.write(
        lambda session: moving.follow_by_id(session, page_id, tour.run_id)
    )
    if has_moved:
        tally.count(Outcome.MOVED)
    return has_moved


def _bury(tour: Tour, dead: list[Dead], tally: Tally) -> None:
    """Makes tombstones: what is gone was public, and that is what an archive is for."""
    for one in dead:
        taken = tour.bury(one.page_id, one.url, one.why)
        if taken is not None:
            tally.count(taken.outcome)
