"""The things that reports count in prose, a record each: key, units, words, denials.

1 thing          what a record holds; read this first. A new claim is a new record
2 proactive, received, handled, cases, papers, duties, channels   the records
3 applicants     words for who applies and how
4 denial         what all denials (未收到…, 没有…) share
5 annex          the same things in the table of indicators of reports for 2008 to 2018
"""

from archive.report.claims.things.annex import indicators
from archive.report.claims.things.applicants import is_one_way_only
from archive.report.claims.things.cases import LAWSUITS, REVIEWS, is_on_disclosure
from archive.report.claims.things.channels import (
    ANY_NAME,
    NAMES,
    SINGLE_CHANNEL,
    WEBSITE,
    WECHAT,
    WEIBO,
)
from archive.report.claims.things.duties import FEE, PROPOSALS, TRAININGS
from archive.report.claims.things.handled import (
    APPLICATIONS_ANSWERED,
    CARRIED_IN,
    CARRIED_OUT,
)
from archive.report.claims.things.papers import (
    DOCUMENTS_ISSUED,
    DOCUMENTS_REPEALED,
    are_own_papers,
)
from archive.report.claims.things.proactive import PROACTIVE_TOTAL
from archive.report.claims.things.received import APPLICATIONS_RECEIVED
from archive.report.claims.things.thing import GAP, HOW_MANY, Behind, Thing, Wording

THINGS = (
    PROACTIVE_TOTAL,
    APPLICATIONS_RECEIVED,
    APPLICATIONS_ANSWERED,
    CARRIED_IN,
    CARRIED_OUT,
    DOCUMENTS_ISSUED,
    DOCUMENTS_REPEALED,
    PROPOSALS,
    TRAININGS,
    FEE,
    WEBSITE,
    WECHAT,
    WEIBO,
    REVIEWS,
    LAWSUITS,
)
"""Every thing; where a number could be of several, the later one is gone on with."""

CHANNELS = (WEBSITE, WECHAT, WEIBO)
CASES = (REVIEWS, LAWSUITS)
PAPERS = (DOCUMENTS_ISSUED, DOCUMENTS_REPEALED)

__all__ = [
    "ANY_NAME",
    "APPLICATIONS_ANSWERED",
    "APPLICATIONS_RECEIVED",
    "CARRIED_IN",
    "CARRIED_OUT",
    "CASES",
    "CHANNELS",
    "FEE",
    "GAP",
    "HOW_MANY",
    "LAWSUITS",
    "NAMES",
    "PAPERS",
    "PROACTIVE_TOTAL",
    "PROPOSALS",
    "REVIEWS",
    "SINGLE_CHANNEL",
    "THINGS",
    "Behind",
    "Thing",
    "Wording",
    "are_own_papers",
    "indicators",
    "is_on_disclosure",
    "is_one_way_only",
]
