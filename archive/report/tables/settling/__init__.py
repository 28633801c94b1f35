"""What damaged rows, blanks and scans can only have been, by the form's arithmetic.

A value is taken only when every reading that the relations allow gives the same one,
and when more than the relation it was computed from speaks for it. What was printed in
its place is never changed, and nothing is settled without a finding.

steps        the steps in order, on one screen; read this first
arithmetic   what a relation says of values that are not all known
scans, columns, placements, choice, stacked, unnamed, blanks, doubts   the steps
"""

from archive.report.tables.settling.arithmetic import adds_up, holds
from archive.report.tables.settling.choice import PlacedRow
from archive.report.tables.settling.placements import placements
from archive.report.tables.settling.stacked import numbers_of_lines
from archive.report.tables.settling.steps import Settled, settle

__all__ = [
    "PlacedRow",
    "Settled",
    "adds_up",
    "holds",
    "numbers_of_lines",
    "placements",
    "settle",
]
