"""What the official form asks of a report's sections. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue import FORMS, SECTIONS
from archive.report.model import Report, Section
from archive.report.rules.rule import Said
from archive.report.rules.summary import PROBLEMS

_LEAST_PROBLEMS = 40
"""Signs below which section 5 cannot name problems and what is done about them."""
_OTHER_MATTERS = 6
"""Number of the section 其他需要报告的事项."""
_FEE_WORDS = ("信息处理费", "收费")


def missing_sections(report: Report) -> Iterator[Said]:
    """The six parts of the form; a free report has no form to follow."""
    if report.form not in FORMS:
        return
    # Headings are often damaged; the outline has already forgiven what it can.
    present = {section.number for section in report.sections}
    last = max(present, default=0)
    for number in SECTIONS:
        is_behind = number > last and _breaks_off(report)
        if number not in present and not is_behind:
            yield Said({"section": number})


def thin_problems(report: Report) -> Iterator[Said]:
    """Section 5 says something."""
    if report.form not in FORMS:
        return
    for section in _sections(report, PROBLEMS):
        length = len("".join(section.text.split()))
        if _is_cut(report, section):
            return
        if length < _LEAST_PROBLEMS:
            yield Said({"section": PROBLEMS, "length": length}, (), section.at)


def fee_unstated(report: Report) -> Iterator[Said]:
    """Section 6 states the fee, were it to say that there was none (form 2021)."""
    if report.form != "2021":
        return
    sections = _sections(report, _OTHER_MATTERS)
    keys = {claim.key for claim in report.claims}
    if not sections or "fee" in keys or _is_cut(report, sections[-1]):
        return
    text = _prose(report, _OTHER_MATTERS)
    # Said in other words it is said as well: 未收费.
    speaks_of_fees = any(word in text for word in _FEE_WORDS)
    if not speaks_of_fees:
        yield Said({"section": _OTHER_MATTERS}, (), sections[0].at)


def _breaks_off(report: Report) -> bool:
    """Whether the file ends before its report: what is behind was not seen."""
    return any(finding.check == "ends_early" for finding in report.findings)


def _is_cut(report: Report, section: Section) -> bool:
    """Whether a section is the last of a file that breaks off."""
    if section is not report.sections[-1]:
        return False
    return _breaks_off(report)


def _prose(report: Report, number: int) -> str:
    """The text of all sections of that number, without blanks."""
    texts = [section.prose for section in _sections(report, number)]
    return "".join("".join(texts).split())


def _sections(report: Report, number: int) -> list[Section]:
    """A damaged report may have a section twice."""
    return [section for section in report.sections if section.number == number]
