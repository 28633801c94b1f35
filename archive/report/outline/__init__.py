"""From blocks to sections: headings, titles, and what is no report at all.

1 titles, prefaces   the report's title, in the body or told outside, by agency_names,
                     bodies and phrases
2 headings           how like an official heading a line is, with heading_numbers
3 sections           read this first: the outline, and the blocks cut by it; its steps
                     are marks (candidates), choice, and own_headings of free reports
4 joins              headings and paragraphs that pages or lines have cut, joined;
                     printed_lines is how text and lines of a block are read
5 ending             whether a document breaks off before its report ends
6 kinds              what a document is: a report, or what else, in Chinese
"""

from archive.report.outline.agency_names import (
    agency_in_line,
    agency_in_title,
    is_government,
    same_agency,
)
from archive.report.outline.ending import breaks_off, last_words
from archive.report.outline.headings import begins_section, likeness
from archive.report.outline.joins import join_cuts, join_headings
from archive.report.outline.kinds import (
    is_other_page,
    is_wall,
    other_kind,
    other_page,
    own_sentences,
    why_not,
)
from archive.report.outline.phrases import PHRASE, names_a_report
from archive.report.outline.prefaces import agency_in_preface, own_titles
from archive.report.outline.printed_lines import text_of
from archive.report.outline.sections import Outline, cut, find_outline, misnumbered
from archive.report.outline.titles import Line, Title, clean_title, find_title

__all__ = [
    "PHRASE",
    "Line",
    "Outline",
    "Title",
    "agency_in_line",
    "agency_in_preface",
    "agency_in_title",
    "begins_section",
    "breaks_off",
    "clean_title",
    "cut",
    "find_outline",
    "find_title",
    "is_government",
    "is_other_page",
    "is_wall",
    "join_cuts",
    "join_headings",
    "last_words",
    "likeness",
    "misnumbered",
    "names_a_report",
    "other_kind",
    "other_page",
    "own_sentences",
    "own_titles",
    "same_agency",
    "text_of",
    "why_not",
]
