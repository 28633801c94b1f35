"""What became of the pages that should show a report: dead, moved, or a wall for all.

A page that shows a log-in or an error where a report was is a failure, and the report
stays. Where most pages of a source have turned so it is the site, and not the pages:
that is said once, and nothing is taken for gone on that account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.catalogue import Outcome, Trouble
from scrapers import Changed, Refused, SourceTrouble, Unreachable

_LEAST = 3
"""Pages of which it can be said that most have turned."""
_ENOUGH = 10
"""So many in a row, and none that is well: the others need not be asked for."""
_TROUBLES: dict[str, type[SourceTrouble]] = {
    Trouble.REFUSED: Refused,
    Trouble.UNREACHABLE: Unreachable,
}


@dataclass(frozen=True, slots=True)
class Lost:
    """A page that should show a report and does not, and why, in Chinese."""

    page_id: int
    url: str
    kind: str
    """A value of Trouble."""
    reason: str
    outcome: Outcome = Outcome.FAILED
    was_seen: bool = True
    """Whether a report was seen there before; else the list promises one."""
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Dead:
    """A page that showed a report and is no more, as its server says."""

    page_id: int
    url: str
    why: str
    is_listed: bool

    @property
    def lost(self) -> Lost:
        """The same as something that may pass: the list still names the page."""
        return Lost(self.page_id, self.url, Trouble.CHANGED, self.why)


@dataclass
class Known:
    """What a run saw of the pages that should show a report."""

    well: int = 0
    still: int = 0
    """Those of them that showed a report before."""
    lost: list[Lost] = field(default_factory=list)
    dead: list[Dead] = field(default_factory=list)
    halved: set[int] = field(default_factory=set)
    """Pages that lack their tables, and a file beside them could not be had."""

    @property
    def is_hopeless(self) -> bool:
        """Whether going on would only trouble a site that shows nothing any more."""
        return self.well == 0 and len(self.lost) >= _ENOUGH

    def trouble(self, dead: Sequence[Dead]) -> SourceTrouble | None:
        """The one trouble of the whole site; None where most pages are well.

        `dead`: those of the dead pages that have not moved. That the list names a page
        and its server denies it contradict each other; one of them is wrong.
        """
        turned = [*self.lost, *(one.lost for one in dead if one.is_listed)]
        looked_at = self.well + len(self.lost) + len(dead)
        if len(turned) < _LEAST or not self._have_most(turned, dead):
            return None
        kinds = Counter(one.kind for one in turned)
        (kind, _), *_ = kinds.most_common()
        reasons = Counter(one.reason for one in turned if one.kind == kind)
        (reason, _), *_ = reasons.most_common()
        rest = "，其余网页未再访问" if self.is_hopeless else ""
        sentence = (
            f"访问了 {looked_at} 个报告网页，{len(turned)} 个没有给出报告{rest}，"
            "像是整个网站的问题；已存档的报告不变，没有网页因此记为消失。"
            f"多数网页的情形：{reason}"
        )
        return _TROUBLES.get(kind, Changed)(sentence)

    def _have_most(self, turned: Sequence[Lost], dead: Sequence[Dead]) -> bool:
        """Whether most pages that showed a report have turned, or none is well.

        Lists name old reports long after their pages are gone: a promise that was never
        kept says nothing of the site while others are.
        """
        if self.well == 0:
            return True
        seen = [one for one in self.lost if one.was_seen]
        had_reports = self.still + len(seen) + len(dead)
        now_turned = sum(one.was_seen for one in turned)
        return 2 * now_turned > had_reports
