"""Whose number it is, and of when: what stands before it tells. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from archive.catalogue import ClaimScope
from archive.report.claims.quantity import NUMBER
from archive.report.claims.reporter import NamedBody, Reporter, named_bodies
from archive.report.claims.times import NamedTime, is_change, named_times
from archive.report.claims.undone import end_of_rule, is_not_done

# e.g. "，", "："
# not "、"
_END_OF_CLAUSE = re.compile("[，。；：！？]")
# e.g. "2023年", "截至12月底", "本年度内", ""
# not "组织", "推进"
_ONLY_A_TIME = re.compile(
    r"^(?:\d|[年月日度底止内里初末至起自截今本全上下半一来以（）、—-])*+$"
)
_LONGEST = 200
"""Signs of a clause that are looked at before a number."""


@dataclass
class Scope:
    """A sentence in plain text, and the time and body that each place speaks of."""

    text: str
    reporter: Reporter

    def clause(self, at: int) -> int:
        """Where the clause of a place begins."""
        clauses_so_far = bisect_right(self._clauses, at)
        return self._clauses[clauses_so_far - 1]

    def clause_end(self, at: int) -> int:
        """Where the clause of a place ends: at the next sign, else with the text."""
        sign = _END_OF_CLAUSE.search(self.text, at)
        if sign is None:
            return len(self.text)
        return sign.start()

    def is_ours(self, at: int) -> bool:
        """Whether what is said at a place is said of this year and this body, and as
        done.
        """
        if is_not_done(self._before(at)):
            return False
        if self._is_in_a_rule(at):
            return False
        if not self._is_of_body(at):
            return False
        return self.is_of_this_year(at)

    def is_of_this_year(self, at: int) -> bool:
        """Whether what is said at a place is said of this year, and is no change
        against another.

        The time named last before the place counts; a year that something is compared
        with (较2022年) only within its clause. Without any time the year is this one.
        """
        if is_change(self._before(at)):
            return False
        begin = self.clause(at)
        for time in reversed(self._times):
            if time.place >= at:
                continue
            is_out_of_reach = time.in_clause and time.place < begin
            if not is_out_of_reach:
                return time.is_own
        return True

    def _before(self, at: int) -> str:
        """What stands before a place in its clause."""
        begin = max(self.clause(at), at - _LONGEST)
        return self.text[begin:at]

    def _is_in_a_rule(self, at: int) -> bool:
        """Whether a place is told by a rule: 《条例》规定，应当公开3项."""
        rule = self._rule
        if rule is None:
            return False
        return rule < at

    def _is_of_body(self, at: int) -> bool:
        """Whether the body that a place speaks of is the reporter.

        It is the one named last, in this clause or one before. One of a clause before
        that is another's counts only if it got a number there: 各部门收到5件，答复3件
        is all theirs.
        """
        clause = self.clause(at)
        for body in reversed(self._bodies):
            if body.place >= at:
                continue
            if body.is_own or body.place >= clause:
                return body.is_own
            return not self._has_number(body.place)
        return True

    def whose(self, at: int) -> ClaimScope:
        """Whether a number at a place is told of the body alone or of a whole area.

        全市 does so only as what its clause speaks of; 为推进全市公开工作，收到5件 does
        not.
        """
        for body in reversed(self._bodies):
            if body.place >= at:
                continue
            if body.scope is ClaimScope.AREA and not self._opens_clause(body.place):
                return ClaimScope.UNSAID
            return body.scope
        return ClaimScope.UNSAID

    def _opens_clause(self, at: int) -> bool:
        """Whether a place opens its clause, but for a time: [2023年，]全市收到5件."""
        begin = self.clause(at)
        return _ONLY_A_TIME.match(self.text[begin:at]) is not None

    def _has_number(self, at: int) -> bool:
        """Whether a number stands between a place and the next comma."""
        comma = self.text.find("，", at)
        end = comma if comma > 0 else len(self.text)
        number = NUMBER.search(self.text, at, end)
        return number is not None

    @cached_property
    def _clauses(self) -> list[int]:
        """Where each clause begins, in order."""
        begins = [0]
        for sign in _END_OF_CLAUSE.finditer(self.text):
            begins.append(sign.end())
        return begins

    @cached_property
    def _rule(self) -> int | None:
        """Where the sentence starts to tell what a rule says."""
        return end_of_rule(self.text)

    @cached_property
    def _times(self) -> list[NamedTime]:
        """The times of the sentence, in order."""
        return named_times(self.text, self.reporter.year)

    @cached_property
    def _bodies(self) -> list[NamedBody]:
        """The bodies of the sentence, in order."""
        return named_bodies(self.text, self.reporter)
