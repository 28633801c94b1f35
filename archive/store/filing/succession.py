"""Which version of a filing is current: what its pages showed, in order of capture, by
one rule and by people's decisions.

A text becomes current when a page shows it for the first time, or again after another,
if it has at least the substance of the one it replaces (`what_is_lost`) or a person
accepted it. Otherwise it waits for a person, and the older one stays. A text that
becomes current ends the waiting of all others.

The whole history is played anew each time, so reading all originals again comes to the
same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import Choice
from archive.report import Report, what_is_lost
from archive.store.filing.computed import compare_following, reading_of
from archive.store.filing.years import compare_at_commit, mark
from archive.store.rows import (
    ChoiceRow,
    CopyRow,
    FilingRow,
    SightingRow,
    VersionRow,
)


@dataclass
class Succession:
    """A filing's history while it is played; versions by their ids."""

    lost: Callable[[int, int], str]
    """What a version lacks of another."""
    chosen: dict[int, str]
    """What people decided."""
    current: int | None = None
    waiting: dict[int, str] = field(default_factory=dict)
    """Versions that wait for a person, and what they lack."""
    showing: dict[int, int] = field(default_factory=dict)
    """Page → the version it shows."""
    seen: set[int] = field(default_factory=set)

    def show(self, page: int | None, version: int) -> None:
        """A page (None: an imported file) shows a version."""
        before = self.showing.get(page, version) if page else version
        is_news = version not in self.seen or before != version
        self.seen.add(version)
        if page:
            self.showing[page] = version
        if version == self.current:
            # The page has mended itself.
            self.waiting.pop(before, None)
        elif is_news:
            self.propose(version)

    def propose(self, version: int) -> None:
        """A version becomes current, waits, or was turned down by a person."""
        choice = self.chosen.get(version)
        if choice == Choice.KEPT and self.current is not None:
            return
        lost = "" if self.current is None else self.lost(version, self.current)
        if lost and choice != Choice.ACCEPTED:
            self.waiting[version] = lost
            return
        self.current = version
        self.waiting.clear()


def settle(session: Session, filing: FilingRow) -> None:
    """Makes the version current that the filing's history says, and notes which wait.

    What follows from a change (findings, the index) is done as well.
    """
    versions = {version.id: version for version in filing.versions}
    if not versions:
        return
    played = Succession(_lost(session), _chosen(session, versions.values()))
    for page, version_id in _shown(session, versions.values()):
        played.show(page, version_id)
    for version in versions.values():
        version.waits = played.waiting.get(version.id, "")
    assert played.current is not None
    current = versions[played.current]
    if not current.current:
        make_current(session, current)
        compare_at_commit(session, versions=[current.id])
        compare_following(session, filing)
    session.flush()


def _lost(session: Session) -> Callable[[int, int], str]:
    """What one version lacks of another; each reading is opened once."""

    @cache
    def reading(version_id: int) -> Report | None:
        return reading_of(session, version_id)

    def lost(new: int, old: int) -> str:
        after, before = reading(new), reading(old)
        # What is not read yet is compared when it is.
        if after is None or before is None:
            return ""
        return what_is_lost(after, before)

    return lost


def _shown(
    session: Session, versions: Iterable[VersionRow]
) -> list[tuple[int | None, int]]:
    """Which page showed which version, in the order in which it was seen."""
    captured = {version.id: version.captured_at for version in versions}
    question = (
        select(SightingRow.at, SightingRow.id, SightingRow.page_id, CopyRow.version_id)
        .join(CopyRow, CopyRow.digest == SightingRow.digest)
        .where(CopyRow.version_id.in_(captured))
    )
    looks: list[tuple[datetime, int, int | None, int]] = [
        (at, number, page, version_id)
        for at, number, page, version_id in session.execute(question)
    ]
    unseen = set(captured) - {version_id for *_, version_id in looks}
    looks += [(captured[one], 0, None, one) for one in unseen]
    looks.sort(key=lambda look: (look[0], look[1], look[3]))
    return [(page, version_id) for _, _, page, version_id in looks]


def _chosen(session: Session, versions: Iterable[VersionRow]) -> dict[int, str]:
    """Version → what a person decided about its text."""
    texts = {version.document_hash: version.id for version in versions}
    question = select(ChoiceRow).where(ChoiceRow.document_hash.in_(texts))
    return {texts[row.document_hash]: row.choice for row in session.scalars(question)}


def choose(
    session: Session, version_id: int, choice: Choice, account_id: int | None = None
) -> str | None:
    """Notes a person's decision about a waiting version, and does what it says.

    Returns what was decided upon, for the audit log; None when nothing waits there.
    """
    version = session.get(VersionRow, version_id)
    if version is None or not version.waits:
        return None
    question = select(ChoiceRow).where(ChoiceRow.document_hash == version.document_hash)
    row = session.scalar(question)
    if row is None:
        row = ChoiceRow(document_hash=version.document_hash)
        session.add(row)
    row.choice, row.account_id, row.at = choice, account_id, datetime.now(UTC)
    session.flush()
    filing = version.filing
    settle(session, filing)
    return f"{filing.agency.name} {filing.year} #{version.number}"


def make_current(session: Session, version: VersionRow) -> None:
    """This version is the filing's current one, no other is."""
    for other in version.filing.versions:
        if other.current and other is not version:
            other.current = False
            mark(session, [other.id])
    # The old one first: the database admits one current version of a filing at a time.
    session.flush()
    version.current = True
    session.flush()
