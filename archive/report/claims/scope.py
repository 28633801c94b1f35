"""Whose number it is, and of when: what stands before it in its sentence tells. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from archive.report.claims.bodies import NamedBody, Reporter, named_bodies
from archive.report.claims.quantity import NUMBER
from archive.report.claims.times import NamedTime, is_change, named_times
from archive.report.claims.undone import end_of_rule, is_not_done

# e.g. "，", "："
# not "、"
_END_OF_CLAUSE = re.compile("[，。；：！？]")
_LONGEST = 200
"""Signs of a clause that are looked at before a number."""


@dataclass
class Scope:
    """A sentence in plain text, and the time and body that each place speaks of."""

    text: str
    reporter: Reporter

    def clause(self, at: int) -> int:
        """Where the clause of a place begins."""
        return self._clauses[bisect_right(self._clauses, at) - 1]

    def clause_end(self, at: int) -> int:
        """Where the clause of a place ends."""
        sign = _END_OF_CLAUSE.search(self.text, at)
        return sign.start() if sign else len(self.text)

    def is_ours(self, at: int) -> bool:
        """Whether what is said at a place is said of this year and this body, and as
        done.
        """
        if is_not_done(self._before(at)) or self._is_in_a_rule(at):
            return False
        return self._is_of_body(at) and self.is_of_this_year(at)

    def is_of_this_year(self, at: int) -> bool:
        """Whether what is said at a place is said of this year, and is no change
        against another.
        """
        if is_change(self._before(at)):
            return False
        begin = self.clause(at)
        for time in reversed(self._times):
            is_too_far = time.in_clause and time.place < begin
            if time.place < at and not is_too_far:
                return time.is_own
        return True

    def _before(self, at: int) -> str:
        """What stands before a place in its clause."""
        return self.text[max(self.clause(at), at - _LONGEST) : at]

    def _is_in_a_rule(self, at: int) -> bool:
        return self._rule is not None and self._rule < at

    def _is_of_body(self, at: int) -> bool:
        """Whether the body that a place speaks of is the reporter.

        It is the one named last, in this clause or one before. Another's that stands in
        a clause before goes on only where it got a number there: 各部门收到5件，答复3件.
        """
        clause = self.clause(at)
        for body in reversed(self._bodies):
            if body.place < clause:
                return body.is_own or not self._has_number(body.place)
            if body.place < at:
                return body.is_own
        return True

    def _has_number(self, at: int) -> bool:
        """Whether a number stands between a place and the next comma."""
        comma = self.text.find("，", at)
        end = comma if comma > 0 else len(self.text)
        return NUMBER.search(self.text, at, end) is not None

    @cached_property
    def _clauses(self) -> list[int]:
        return [0, *(match.end() for match in _END_OF_CLAUSE.finditer(self.text))]

    @cached_property
    def _rule(self) -> int | None:
        return end_of_rule(self.text)

    @cached_property
    def _times(self) -> list[NamedTime]:
        return named_times(self.text, self.reporter.year)

    @cached_property
    def _bodies(self) -> list[NamedBody]:
        return named_bodies(self.text, self.reporter)
