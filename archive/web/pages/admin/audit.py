"""The audit log: who did what, searched and by pages; for admins."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import render_template, request

from archive.catalogue import CHINA, Act
from archive.store import AuditWish, audit_log
from archive.web.addresses import whole_number
from archive.web.current import current_archive
from archive.web.pages.admin.gate import blueprint

_MOST_PAGES = 100_000
_MOST_TYPED = 200


@blueprint.get("/audit")
def audit() -> str:
    """A page of lines, the latest first."""
    day = _day(request.args.get("day", ""))
    wish = AuditWish(
        actor=_typed("actor"),
        action=_act(),
        subject=_typed("subject"),
        since=_begin_of(day),
        until=_begin_of(day + timedelta(days=1)) if day else None,
    )
    number = whole_number(request.args.get("page", "1"), _MOST_PAGES) or 1
    with current_archive().store.session() as db:
        lines, count = audit_log.lines(db, wish, number)
    pages = max(-(-count // audit_log.PAGE), 1)
    return render_template(
        "admin/audit.html",
        lines=lines,
        count=count,
        page=number,
        pages=pages,
        wish=wish,
        day=day.isoformat() if day else "",
        acts=Act,
    )


def _typed(name: str) -> str:
    return request.args.get(name, "")[:_MOST_TYPED].strip()


def _act() -> str:
    """The act that was chosen; empty for one that there is not."""
    chosen = _typed("action")
    return chosen if chosen in set(Act) else ""


def _day(typed: str) -> date | None:
    """A day as browsers write it; None for anything else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    # In Greenwich the first day begins before all time; the last has no next one.
    return day if date.min < day < date.max else None


def _begin_of(day: date | None) -> datetime | None:
    """When a day begins in Beijing."""
    return datetime.combine(day, time(), CHINA) if day else None
