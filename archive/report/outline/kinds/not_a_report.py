"""Is it a disclosure report at all, and if not, what is it? Pure.

Only a body with filled-in statutory tables overrules a title such as 关于报送…年度报告
的函: a cover letter is a report, a notice with the empty form attached is not. A body
that reads as a report overrules milder signs (…的公示).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archive.report.model import Figure, Section
from archive.report.outline.agency_names import agency_in_title
from archive.report.outline.kinds.body_text import (
    calls_itself_report,
    has_several_lines,
    has_text,
    has_the_six_parts,
    is_list,
    leads_to_file,
    reads_as_report,
)
from archive.report.outline.kinds.other_kinds import OTHER_KINDS, Despite
from archive.report.outline.kinds.other_pages import other_page
from archive.report.outline.kinds.substance import substance_of
from archive.report.outline.kinds.top_lines import first_lines
from archive.report.outline.phrases import PHRASE, names_a_report
from archive.report.plain import plain

# A page with so great a share of its signs in links leads elsewhere; dates are the
# rest.
_MOSTLY_LINKS = 0.3
ONLY_TITLE = "页面只有标题而没有正文，年度报告可能在附件或图片中"
LIST = "这是年度报告的列表或汇总，收录了多个机关或多个年度的报告"
UNKNOWN = "没有找到政府信息公开工作年度报告的标题和章节"
NO_BODY = "页面有年度报告的标题，没有年度报告应有的内容"


def why_not(
    title: str,
    sections: Sequence[Section],
    statutory: bool,
    figures: Mapping[str, Figure],
    linked: float = 0.0,
) -> str:
    """Why this is no report, as a Chinese sentence without full stop.

    In: the title as found; the sections, and whether they are the form's six; the
    figures of its tables; the share of the text that stands in links. Empty when it is
    a report.
    """
    compact = plain(title)
    is_filled = statutory and _has_values(figures)
    has_body = is_filled or reads_as_report(sections, statutory)
    overruled = _overruled(is_filled, has_body)
    other = _other_kind(compact, overruled, agency_in_title(title))
    if other:
        return other
    if is_list(title, sections, statutory):
        return LIST
    if is_filled:
        return ""
    is_named = PHRASE.search(compact) is not None and names_a_report(title)
    is_known = is_named or _is_known_by_body(compact, sections, statutory)
    is_told = is_named or statutory
    if not has_body or not is_known or not is_told:
        # The title says too little: the first lines may say what this is.
        other = _other_kind_at_top(sections, overruled, is_named)
        if other:
            return other
    if has_the_six_parts(sections, statutory) and has_text(sections):
        return ""
    return _without_substance(title, sections, linked, is_known=is_known)


def _without_substance(
    title: str, sections: Sequence[Section], linked: float, *, is_known: bool
) -> str:
    """What a page is that says too little for a report; empty where it says enough."""
    substance = substance_of(sections)
    if substance.is_certain:
        if is_known:
            return ""
        return UNKNOWN
    text = "\n".join((title, *(f"{one.heading}\n{one.text}" for one in sections)))
    other = other_page(text)
    if other:
        return other
    if substance.is_reports:
        if is_known:
            return ""
        return UNKNOWN
    if linked >= _MOSTLY_LINKS and has_several_lines(sections):
        return LIST
    if not is_known:
        return UNKNOWN
    is_elsewhere = leads_to_file(sections) or not has_text(sections)
    if is_elsewhere:
        return ONLY_TITLE
    return NO_BODY


def other_kind(title: str) -> str:
    """What else a title names: a notice, an explanation and so on, in Chinese.

    Empty for the title of a report.
    """
    return _other_kind(plain(title), (), agency_in_title(title))


def _has_values(figures: Mapping[str, Figure]) -> bool:
    """Whether the tables are filled in; those of an empty form have no values."""
    return any(figure.value is not None for figure in figures.values())


def _is_known_by_body(title: str, sections: Sequence[Section], statutory: bool) -> bool:
    """Whether a page without a report's title is one: by its six parts or preface.

    A title that says something else is believed, and the preface not asked.
    """
    if has_the_six_parts(sections, statutory):
        return True
    if title:
        return False
    return calls_itself_report(sections)


def _overruled(is_filled: bool, has_body: bool) -> set[Despite]:
    """The signs in a title that count for nothing, as the body is a report's."""
    overruled = set()
    if is_filled:
        overruled.add(Despite.FIGURES)
    if has_body:
        overruled.add(Despite.BODY)
    return overruled


def _other_kind(title: str, overruled: Iterable[Despite], agency: str = "") -> str:
    """What a page is by its title (plain); empty when it may be a report.

    `agency`: the name in the title, whose words do not count for most kinds: the report
    of 示例市年鉴社 is no yearbook.
    """
    nameless = title.replace(agency, "", 1) if agency else title
    for kind in OTHER_KINDS:
        if kind.despite in overruled:
            continue
        looked_at = title if kind.in_name else nameless
        if kind.title.search(looked_at):
            return kind.why
    return ""


def _other_kind_at_top(
    sections: Sequence[Section], overruled: Iterable[Despite], is_named: bool
) -> str:
    """What a page is by the first lines of its body, where its title leaves that open.

    `is_named`: the title names a report, so lines that repeat it say nothing new.
    """
    for line in first_lines(sections):
        if is_named and PHRASE.search(line):
            continue
        other = _other_kind(line, overruled)
        if other:
            return other
    return ""
