"""From blocks to sections: headings, titles, and what is no report at all.

1 titles         the report's title, and the agency that it names
2 headings       what a heading is, and how like an official one
3 sections       the outline of the six parts, and the blocks cut by it
4 joins          headings and paragraphs that pages or lines have cut, joined
5 not_a_report   why a document is none, in Chinese
"""

from archive.report.outline.headings import likeness
from archive.report.outline.joins import join_cuts, join_headings
from archive.report.outline.not_a_report import why_not
from archive.report.outline.sections import Outline, cut, find_outline, misnumbered
from archive.report.outline.titles import (
    PHRASE,
    Title,
    agency_in_line,
    agency_in_preface,
    agency_in_title,
    clean_title,
    find_title,
    is_government,
    names_a_report,
    own_titles,
    same_agency,
)

__all__ = [
    "PHRASE",
    "Outline",
    "Title",
    "agency_in_line",
    "agency_in_preface",
    "agency_in_title",
    "clean_title",
    "cut",
    "find_outline",
    "find_title",
    "is_government",
    "join_cuts",
    "join_headings",
    "likeness",
    "misnumbered",
    "names_a_report",
    "own_titles",
    "same_agency",
    "why_not",
]
