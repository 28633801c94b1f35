"""What the judged sentences of this room share: short names of the claims, and the
claims that a sentence states where it stands in a report.
"""

from __future__ import annotations

from archive.report.claims.stated import read_claims
from archive.report.document import Paragraph, Place
from archive.report.model import Claim, Number, Section

P, A, AN, R, L, F = (
    "proactive_total",
    "applications_received",
    "applications_answered",
    "reviews",
    "lawsuits",
    "fee",
)
CI, CO, W, X, B = "carried_in", "carried_out", "website", "wechat", "weibo"
DI, DR, T, PR = "documents_issued", "documents_repealed", "trainings", "proposals"


def claims(text: str, agency: str = "", of_government: bool = False) -> list[Claim]:
    """What a sentence states as a whole, in the report for 2023 of an agency."""
    blocks = (
        Paragraph("政府信息公开工作情况如下。", Place(1)),
        Paragraph(text, Place(2)),
    )
    section = Section(1, "一、总体情况", blocks)
    found = read_claims([section], 2023, agency=agency, of_government=of_government)
    return [claim for claim in found if not claim.part_of]


def stated(
    text: str, agency: str = "", of_government: bool = False
) -> dict[str, Number]:
    """The same as claim → number."""
    return {claim.key: claim.value for claim in claims(text, agency, of_government)}
