"""What is said of a page that gave no report: a notice, a promise not kept, a loss.

A notice or a guide among the reports is no failure. What the list calls a report and
its page does not show is an outcome of its own. A page that was a report and is none
now is lost, and the report stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.catalogue import Outcome, Trouble
from archive.collecting.known import Lost
from archive.collecting.tour import Tour
from archive.pipeline import TakenIn
from archive.report import is_other_page, is_wall, other_kind
from archive.store import Asked
from scrapers import is_report_like

FAILURES: dict[Outcome, str] = {
    Outcome.UNREADABLE: Trouble.UNREADABLE,
    Outcome.UNFILED: Trouble.UNFILED,
    Outcome.NOT_A_REPORT: Trouble.NOT_A_REPORT,
}
"""What a failure is called in the row of the run."""
_STAYS = "已存档的报告不变。"


def promises_report(page: Asked) -> bool:
    """Whether a list names a page as a report that was never seen there."""
    return page.listed and not page.shows_report and _says_report(page.title)


def _says_report(title: str) -> bool:
    """Whether a title promises a report, and not what is said of one."""
    return is_report_like(title) and not other_kind(title)


def nothing_filed(tour: Tour, page: Asked, taken: Sequence[TakenIn]) -> list[Outcome]:
    """What counts where no report came of a page and of what hangs on it."""
    if page.has_moved:
        return lost(tour, page, Trouble.CHANGED, taken[-1].reason)
    # The page around an attachment is seldom a report: what happened to the attachment
    # says more.
    telling = [one for one in taken if one.outcome != Outcome.NOT_A_REPORT]
    shown = telling[0] if telling else taken[-1]
    if page.shows_report:
        return lost(tour, page, _turned(shown), _was_report(shown))
    if shown.outcome == Outcome.NO_REPORT:
        return lost(tour, page, Trouble.NO_REPORT, _promised(taken), shown.outcome)
    if not telling and promises_report(page):
        return _no_report(tour, page, taken)
    if len(taken) == 1 and not telling:
        return [Outcome.NOT_A_REPORT]
    tour.note_failure(shown.where, FAILURES[shown.outcome], shown.reason)
    return [Outcome.FAILED]


def lost(
    tour: Tour,
    page: Asked,
    kind: str,
    reason: str,
    outcome: Outcome = Outcome.FAILED,
) -> list[Outcome]:
    """Notes a page that gives no report where one should be, to be told at the end.

    What stands at an address that a report has left is nobody's loss.
    """
    if page.has_moved:
        tour.bury(page.id, page.url, reason)
        return []
    was_seen, is_promised = page.shows_report, promises_report(page)
    if was_seen or is_promised:
        found = Lost(page.id, page.url, kind, reason, outcome, was_seen, page.listed)
        tour.known.lost.append(found)
        return []
    tour.note_failure(page.url, kind, reason)
    return [outcome]


def _no_report(tour: Tour, page: Asked, taken: Sequence[TakenIn]) -> list[Outcome]:
    """A page that the list calls a report, and what kind of page it is."""
    reason, why = _promised(taken), taken[0].reason
    # Logged out or under maintenance are sites, as a rule, and not pages.
    if is_other_page(why):
        kind = Trouble.REFUSED if is_wall(why) else Trouble.NO_REPORT
        return lost(tour, page, kind, reason, Outcome.NO_REPORT)
    tour.note_failure(page.url, Trouble.NO_REPORT, reason)
    return [Outcome.NO_REPORT]


def _promised(taken: Sequence[TakenIn]) -> str:
    """What the list promises, and what kind of page it is."""
    reason = f"列表称为报告，网页没有给出报告：{_clause(taken[0])}。"
    if len(taken) > 1:
        reason += f"附件也不是报告：{_clause(taken[-1])}。"
    return reason


def _was_report(shown: TakenIn) -> str:
    """That a page was a report, and what it is now."""
    if shown.outcome in {Outcome.UNREADABLE, Outcome.UNFILED}:
        return f"{_clause(shown)}。{_STAYS}"
    return f"原来是报告，现在的内容不是：{_clause(shown)}。{_STAYS}"


def _clause(taken: TakenIn) -> str:
    return taken.reason.rstrip("。")


def _turned(shown: TakenIn) -> str:
    """What a page is called that was a report and is none now."""
    if shown.outcome in {Outcome.UNREADABLE, Outcome.UNFILED}:
        return FAILURES[shown.outcome]
    return Trouble.REFUSED if is_wall(shown.reason) else Trouble.CHANGED
