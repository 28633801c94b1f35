"""What is collected, and from where: sources, hosts, runs, failures, pages, events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.store.rows.column_types import Base
from archive.store.rows.of_databases import of_rows


class IdentityRow(Base):
    """Which archive this is, in a single row; its folder of originals says the same."""

    __tablename__ = "identity"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    key: Mapped[str] = mapped_column(String(32))
    """Thirty-two hexadecimal digits, drawn once."""
    folder: Mapped[str]
    """Where the folder of data stood when it was last used, for messages."""
    made_at: Mapped[datetime]


class SourceRow(Base):
    """A list page we collect from."""

    __tablename__ = "sources"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    """What all spellings of the address share; with a blank and a number behind it for
    a source of before that turned out to be the list page of an earlier one.
    """
    agency: Mapped[str] = mapped_column(default="")
    group: Mapped[str] = mapped_column(default="", server_default="", index=True)
    """A word of the people here: a region, a batch."""
    family: Mapped[str] = mapped_column(default="auto")
    recognised: Mapped[str] = mapped_column(default="")
    """The family found by `auto` at the last run."""
    # An empty list is a broken page, unless somebody knows better.
    may_be_empty: Mapped[bool] = mapped_column(default=False)
    # A browser is slow, and shows what a portal wrote for browsers: only where a person
    # has said that the pages are drawn by scripts.
    rendered: Mapped[bool] = mapped_column(default=False, server_default="0")
    selectors: Mapped[str] = mapped_column(default="", server_default="")
    """Where on its pages what stands, for what no family reads; a line each."""
    paused: Mapped[bool] = mapped_column(default=False)
    paused_why: Mapped[str] = mapped_column(default="", server_default="")
    """Why it paused itself, in Chinese; empty where a person paused it."""
    host: Mapped[str] = mapped_column(default="", server_default="", index=True)
    """The host of its address, as `host_key` tells hosts apart."""
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it is looked at again; empty: at once. Paused ones are not."""
    season_hours: Mapped[int] = mapped_column(default=24, server_default="24")
    """Hours between two looks from January to April, when reports are published."""
    rest_hours: Mapped[int] = mapped_column(default=336, server_default="336")
    """The same for the other months."""
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    """Failed runs in a row."""
    failing_since: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    """When it last gave a report that was not known."""
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """Since when it is neither listed nor collected; what it gave stays."""
    years_given: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many report years in a row it has given up to the newest one."""
    last_run_id: Mapped[int | None]
    """Its latest run of collecting, noted when that is queued."""


class HostRow(Base):
    """A host of portals: who asks it now, and how long it is left alone."""

    __tablename__ = "hosts"
    name: Mapped[str] = mapped_column(primary_key=True)
    """As `host_key` tells hosts apart."""
    pause: Mapped[float] = mapped_column(default=0, server_default="0")
    """Seconds to which the pause has grown; less where that is not needed."""
    answer_seconds: Mapped[float] = mapped_column(default=0, server_default="0")
    """What an answer takes, smoothed."""
    held_by: Mapped[str] = mapped_column(default="", server_default="")
    held_until: Mapped[datetime | None]
    """A holder that was killed can't give its turn back."""
    ended_at: Mapped[datetime | None]
    """When the last request ended."""
    next_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    closed_until: Mapped[datetime | None]
    """By the calendar; all other moments are real."""
    told: Mapped[str] = mapped_column(default="", server_default="")


class RunRow(Base):
    """One run of a job: collecting a source, importing files, rebuilding.

    Also the truth of the job queue.
    """

    __tablename__ = "runs"
    # A host belongs to one run at a time, whoever works where.
    __table_args__ = (
        Index(
            "uq_runs_host_at_work",
            "host",
            unique=True,
            **of_rows("state = 'running' AND host <> ''"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """A value of RunKind."""
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[str] = mapped_column(String(20), index=True)
    """A value of RunState."""
    readers: Mapped[str] = mapped_column(String(16), default="", server_default="")
    """Which readers a rebuild works with: it is gone on with by the same only."""
    subject: Mapped[str] = mapped_column(default="", server_default="")
    """The address that a search begins from; empty for other runs."""
    scheduled: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether the schedule wanted it: it asks only for what is due."""
    host: Mapped[str] = mapped_column(default="", server_default="")
    """Of a run at work that asks a host: that host, which is its own meanwhile."""
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    # A killed worker cannot say so itself.
    beat_at: Mapped[datetime | None]
    """The last sign of life: a running run without one for long was killed."""
    step: Mapped[str] = mapped_column(default="")
    """What is being done right now, in Chinese."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    no_report: Mapped[int] = mapped_column(default=0, server_default="0")
    """Pages that the list calls reports and that show none."""
    moved: Mapped[int] = mapped_column(default=0, server_default="0")
    listed: Mapped[int | None]
    """How many pages the list named, or lists a search offers; None without one."""
    expected: Mapped[int | None]
    """How many entries it should hold, where that is known."""
    reason: Mapped[str] = mapped_column(default="")
    """Why the run failed, or why its list is not whole, in Chinese."""
    source: Mapped[SourceRow | None] = relationship()


class FailureRow(Base):
    """One thing that went wrong in a run: an address or a file, and why."""

    __tablename__ = "failures"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    where: Mapped[str]
    """The address or file name."""
    kind: Mapped[str] = mapped_column(String(40))
    """A value of Trouble."""
    reason: Mapped[str]
    at: Mapped[datetime]


class OfferRow(Base):
    """A list that a search has found, and that nobody needs to take for a source."""

    __tablename__ = "offers"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id", ondelete="CASCADE"), index=True
    )
    url: Mapped[str]
    told: Mapped[dict[str, Any]]
    """What a source with this address would take and would not, as plain data."""


class PageRow(Base):
    """An address where a source has, or had, something; with gone_at a tombstone."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("source_id", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(default="")
    listed_on: Mapped[date | None] = mapped_column(Date)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    # Sent with the next request, so that an unchanged page costs no transfer.
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    gone_at: Mapped[datetime | None]
    gone_why: Mapped[str] = mapped_column(default="")
    """The status, or the sentence of a soft 404."""
    ask_after: Mapped[datetime | None]
    """The schedule does not ask for it before this; a dead address is not asked for at
    all.
    """
    asked_at: Mapped[datetime | None]
    """When a run was last done with it, whatever came of it."""
    looks: Mapped[int] = mapped_column(default=0, server_default="0")
    """Looks in a row that found nothing changed."""
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often in a row it did not answer."""
    unlisted_at: Mapped[datetime | None]
    """When a whole list first did not name it any more."""
    moved_to_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"))
    """For a dead address: the page that followed its report to another one."""
    article_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    """The article an attachment hangs on; empty for what a list names itself."""
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("versions.id"), index=True
    )
    """The version this address showed when last read; set in the transaction that files
    it.
    """


class EventRow(Base):
    """What became of an address that showed a report: gone, moved, unlisted and so on.

    Of what was seen only; the looks themselves are sightings.
    """

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    # The report that the address showed before it happened.
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("versions.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    """A value of EventKind."""
    at: Mapped[datetime]
    url: Mapped[str]
    """The address it happened to."""
    told: Mapped[str] = mapped_column(default="")
    """What was seen: the answer, the new address, whose report is there now."""
