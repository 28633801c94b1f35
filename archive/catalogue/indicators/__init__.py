"""Indicators: what evaluators, journalists and agencies compute from the tables.

Each is a number of things, or a share: a sum of figures over another. The definitions
are versioned and public; one that changes gets a new version, and what an older version
gave can be computed again from the same figures.

1 record       what an indicator is; read this first
2 of_requests  what is computed from table 3
3 of_disputes  and from tables 4 and 2
4 quantities   all that a report can be asked for in numbers
"""

from archive.catalogue.indicators import of_disputes, of_requests
from archive.catalogue.indicators.quantities import OF, Quantity, quantities
from archive.catalogue.indicators.record import FEWEST, Indicator, Sum, is_few

__all__ = [
    "FEWEST",
    "INDICATORS",
    "INDICATOR_GROUPS",
    "IN_SIGHT",
    "OF",
    "QUANTITIES",
    "Indicator",
    "Quantity",
    "Sum",
    "is_few",
]

_GROUPS = (
    ("申请与办理", of_requests.asked_and_done),
    ("公开", of_requests.disclosed),
    ("不予公开与其他结果", of_requests.not_disclosed),
    ("申请人", of_requests.applicants),
    ("复议与诉讼", of_disputes.disputed),
    ("规范性文件", of_disputes.documents),
)
INDICATOR_GROUPS: dict[str, tuple[Indicator, ...]] = {
    title: tuple(group()) for title, group in _GROUPS
}
"""Heading → definitions."""
INDICATORS: dict[str, Indicator] = {
    one.key: one for group in INDICATOR_GROUPS.values() for one in group
}
"""Key → definition, in the order in which they are shown."""
QUANTITIES: dict[str, Quantity] = quantities(INDICATORS)
"""Key → what a report can be asked for in numbers."""

IN_SIGHT: tuple[str, ...] = (
    "disclosed_share",
    "refused_share",
    "unavailable_share",
    "concluded_share",
    "dispute_share",
    "corrected_share",
)
"""The indicators at the top of a report."""
