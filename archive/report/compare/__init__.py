"""Two reports side by side: what they say differently, in figures and in words. Pure.

1 reports     the comparison as a whole; read this first
2 figures     what changed in the tables
3 sections    which section is to be read beside which
4 paragraphs  which paragraph is the new wording of which
5 differing   in what two texts of one report differ, at a glance
6 words       what changed inside a paragraph, and how much may be spent on it
7 wording     a paragraph as words;  shared  which runs of them two have in common
8 substance   whether a new text has at least what the one has that it would replace
"""

from archive.report.compare.differing import Differing, differing
from archive.report.compare.figures import Change
from archive.report.compare.paragraphs import Passage, PassageKind
from archive.report.compare.reports import Comparison, SectionPair, compare
from archive.report.compare.substance import what_is_lost
from archive.report.compare.words import Piece

__all__ = [
    "Change",
    "Comparison",
    "Differing",
    "Passage",
    "PassageKind",
    "Piece",
    "SectionPair",
    "compare",
    "differing",
    "what_is_lost",
]
