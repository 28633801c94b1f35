"""What is computed from table 4, reviews and lawsuits, and from table 2."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue.indicators.record import Indicator, Sum

_NEW = ("requests.new.total",)
_LAWSUITS = ("litigation_direct", "litigation_after_review")


def _of(outcome: str, *kinds: str) -> tuple[str, ...]:
    return tuple(f"{kind}.{outcome}" for kind in kinds)


def _judged(*kinds: str) -> Sum:
    """Reviews or lawsuits that have come to an end within the year."""
    return Sum(_of("total", *kinds), _of("pending", *kinds))


def disputed() -> Iterator[Indicator]:
    yield Indicator(
        "dispute_share",
        "争议转化率",
        "Disputes for each request received",
        "（行政复议 + 未经复议直接起诉 + 复议后起诉）÷ 本年新收",
        Sum(_of("total", "review", *_LAWSUITS)),
        Sum(_NEW),
        note="复议和诉讼可能针对上年的答复，因此可以大于 100%。",
    )
    yield Indicator(
        "review_corrected_share",
        "复议纠错率",
        "Share of reviews that corrected the agency",
        "复议结果纠正 ÷（复议总计 − 尚未审结）",
        Sum(_of("corrected", "review")),
        _judged("review"),
    )
    yield Indicator(
        "lawsuits_corrected",
        "诉讼纠正件数",
        "Lawsuits that the agency lost",
        "未经复议直接起诉的结果纠正 + 复议后起诉的结果纠正",
        Sum(_of("corrected", *_LAWSUITS)),
        note="常称“败诉”。",
    )
    yield Indicator(
        "lawsuit_corrected_share",
        "诉讼纠错率",
        "Share of lawsuits that the agency lost",
        "两类诉讼的结果纠正 ÷（两类诉讼总计 − 尚未审结）",
        Sum(_of("corrected", *_LAWSUITS)),
        _judged(*_LAWSUITS),
        note="常称“败诉率”。",
    )
    yield Indicator(
        "corrected_share",
        "综合纠错率",
        "Share of reviews and lawsuits that corrected the agency",
        "复议与诉讼的结果纠正 ÷（复议与诉讼总计 − 尚未审结）",
        Sum(_of("corrected", "review", *_LAWSUITS)),
        _judged("review", *_LAWSUITS),
    )


_DOCUMENTS = "disclosure.normative_documents"


def documents() -> Iterator[Indicator]:
    yield Indicator(
        "documents_net",
        "规范性文件净增",
        "Normative documents, net change",
        "本年制发 − 本年废止",
        Sum((f"{_DOCUMENTS}.issued",), (f"{_DOCUMENTS}.repealed",)),
        note="2021年起的格式才有这几项。",
    )
    yield Indicator(
        "documents_cleared_share",
        "规范性文件清理率",
        "Share of normative documents repealed",
        "本年废止 ÷（现行有效 + 本年废止）",
        Sum((f"{_DOCUMENTS}.repealed",)),
        Sum((f"{_DOCUMENTS}.in_force", f"{_DOCUMENTS}.repealed")),
        note="2021年起的格式才有这几项。",
    )
