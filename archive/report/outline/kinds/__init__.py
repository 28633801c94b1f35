"""What a document is: an annual report, or which of the things that stand beside them.

1 not_a_report   why a document is none, in Chinese; read this first
2 other_kinds    what is told by its title: notices, explanations, other reports
3 top_lines      what stands at the top of a body whose title leaves that open
4 body_text      what the text tells whatever its title: a report, a list, nothing
5 substance      how much a text says of its own, beside titles, links and prefaces
6 other_pages    what a page without that substance is: a firewall's, a log-in, an error
"""

from archive.report.outline.kinds.not_a_report import other_kind, why_not
from archive.report.outline.kinds.other_pages import (
    is_other_page,
    is_wall,
    other_page,
)
from archive.report.outline.kinds.substance import own_sentences

__all__ = [
    "is_other_page",
    "is_wall",
    "other_kind",
    "other_page",
    "own_sentences",
    "why_not",
]
