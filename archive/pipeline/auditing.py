"""The audit: is everything still there, and do originals, database and index agree?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.captures import DamagedOriginal
from archive.evidence import Checked, check_days
from archive.pipeline.archive import Archive
from archive.search import IndexTrouble
from archive.store import (
    Broken,
    DatabaseTrouble,
    Unlike,
    broken_of,
    marks,
    opened_all,
    refiling,
    soundness,
    unlike,
)

NOTHING_SEALED = Checked(0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found."""

    originals: int
    """How many were tested."""
    damaged: tuple[str, ...]
    """A Chinese sentence for each original that is missing or changed."""
    unread: tuple[str, ...]
    """A Chinese sentence for each text whose reading is damaged or gone."""
    unlike: tuple[str, ...]
    """A Chinese sentence for each text whose typed numbers are not its reading's."""
    not_indexed: int
    """Reports that the index lacks."""
    index_only: int
    """Reports in the index that the database does not know."""
    index_trouble: str = ""
    """Why the index can't be used, in Chinese; or empty."""
    unknown: int = 0
    """Originals kept but not noted, by a kill between the two; taken in when they are
    met again. No harm.
    """
    healed: int = 0
    """Originals that were damaged once and are whole again. No harm."""
    database: tuple[str, ...] = ()
    """A Chinese sentence for each thing that is wrong with the database."""
    sealed: Checked = NOTHING_SEALED
    """The sealed days, tested again."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        wrong = (
            self.not_indexed,
            self.index_only,
            self.index_trouble,
            self.damaged,
            self.unread,
            self.unlike,
            self.database,
            self.sealed.troubles,
        )
        return not any(wrong)


def audit(
    archive: Archive, progress: Callable[[int, int], None] = lambda done, total: None
) -> Audit:
    """Tests the database, every original against its hash, opens every reading, holds
    the typed numbers against it, and compares the index with the database.

    What waits to be indexed is no fault. `progress` is told how many originals are
    done, of how many.
    """
    try:
        with archive.store.session() as session:
            database = tuple(soundness.troubles(session))
            digests = refiling.digests(session)
    except DatabaseTrouble as trouble:
        unusable = f"数据库无法使用：{trouble.orig}。请从备份恢复。"
        return Audit(0, (), (), (), 0, 0, database=(unusable,))
    damaged = []
    for done, digest in enumerate(digests, 1):
        try:
            archive.captures.open(digest)
        except DamagedOriginal as trouble:
            damaged.append(str(trouble))
        progress(done, len(digests))
    unknown = set(archive.captures.iterate()) - set(digests)
    unread: list[str] = []
    unlike_it: list[str] = []
    with archive.store.session() as session:
        for some in opened_all(session):
            unread += map(_unread, broken_of(some))
            unlike_it += map(_unlike, unlike(session, some))
    index = compare_index(archive)
    return Audit(
        originals=len(digests),
        damaged=tuple(damaged),
        unread=tuple(unread),
        unlike=tuple(unlike_it),
        not_indexed=index.lacks,
        index_only=index.unknown,
        index_trouble=index.trouble,
        unknown=len(unknown),
        healed=len(set(archive.captures.healed())),
        database=database,
        sealed=check_days(archive.store),
    )


def _unread(one: Broken) -> str:
    """What is wrong with a reading, and what to do."""
    wrong = "缺失" if one.is_gone else "已损坏"
    return f"{one.named}的读取结果{wrong}：请运行 rebuild 重新读取原件 {one.digest}。"


def _unlike(one: Unlike) -> str:
    """Where typed numbers are not those of the reading, and what to do."""
    places = "、".join(one.places)
    return (
        f"{one.named}在数据库中的数值与读取结果不符（{places}）："
        f"请运行 rebuild 重新读取原件 {one.digest}。"
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The index beside the database."""

    trouble: str
    """Why the index can't be used, in Chinese; or empty."""
    lacks: int
    """How many reports of the database it lacks."""
    unknown: int
    """How many of its reports the database does not know."""


def compare_index(archive: Archive) -> Comparison:
    """Reads every byte of the index and compares its reports with the database's.

    What is marked, or comes or goes meanwhile, is neither lacking nor unknown. The
    database is asked before the index, which may grow meanwhile, and again after it.
    """
    with archive.store.session() as session:
        settled = marks.current_ids(session) - marks.marked_ids(session)
    # An index that can't be used lacks everything.
    indexed: set[int] = set()
    trouble = ""
    try:
        archive.index.verify()
        indexed = archive.index.ids()
    except IndexTrouble as found:
        trouble = str(found)
    with archive.store.session() as session:
        current = marks.current_ids(session)
        marked = marks.marked_ids(session)
    lacking = (settled & current) - marked - indexed
    unknown = indexed - current - marked
    return Comparison(trouble, len(lacking), len(unknown))
