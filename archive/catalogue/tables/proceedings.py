"""Table 4 of the official forms: reviews and lawsuits (条例 第五十一条).

The same in both forms: three kinds of proceedings side by side, five outcomes each.
"""

from __future__ import annotations

from archive.catalogue.tables.labels import Label

# Lawsuits are split by whether a review came first; reviews are not.
_LAWSUITS = "行政诉讼"

KINDS = (
    Label(
        "review",
        ("行政复议",),
        english="Administrative reviews",
        explanation="Reviews applied for because of the body's work on disclosure"
        " (article 51).",
    ),
    Label(
        "litigation_direct",
        ("未经复议直接起诉",),
        _LAWSUITS,
        "Lawsuits without a review before",
        "Administrative lawsuits brought at once (article 51).",
    ),
    Label(
        "litigation_after_review",
        ("复议后起诉",),
        _LAWSUITS,
        "Lawsuits after a review",
        "Administrative lawsuits brought after a review (article 51).",
    ),
)
"""The three column groups of table 4."""

OUTCOMES = (
    Label("upheld", ("结果维持",), english="upheld"),
    Label("corrected", ("结果纠正",), english="corrected"),
    Label("other", ("其他结果", "其它结果"), english="other results"),
    # 未审结 is a usual misprint.
    Label("pending", ("尚未审结", "未审结"), english="pending"),
    Label(
        "total",
        ("总计", "合计"),
        english="total",
        explanation="The four outcomes together.",
    ),
)
"""The columns of each group of table 4; the last is the sum of the four before it."""
