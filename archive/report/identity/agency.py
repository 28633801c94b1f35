"""Whose report it is: weighed from title, signature, preamble and the portal. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.catalogue import CASE, Value
from archive.report.identity.first_and_last import beginning_of, ending_of, lines_of
from archive.report.model import Finding, Hints, Section
from archive.report.outline import (
    agency_in_line,
    agency_in_preface,
    agency_in_title,
    same_agency,
)
from archive.report.plain import plain

# e.g. "示例市人民政府门户网站", "示例政务网", "示例市信息网", "示例市网站"
# not "示例市人民政府"
_SITE = re.compile("(?:门户)?网站?$|政务网$|信息网$")
"""What a site's name adds to the name of the government that keeps it."""
_GOES_ON = ("、", "，", ",", "和", "与", "由", "向", "及", "会同", "联合")
"""How a line ends whose sentence goes on in the next."""
_REGISTERED = "registered"
_REMARK = 1


def agency_name(
    title: str,
    sections: Sequence[Section],
    hints: Hints,
    meta: Mapping[str, str],
    *,
    is_printed: bool = True,
) -> tuple[str, list[Finding]]:
    """The reporting agency's name and what is doubtful about it.

    The title counts before signature, preamble, and what list page (`hints`) and the
    page's own metadata (`meta`: keys `publisher`, `source`, `site_name`) say. The name
    is empty when nothing tells it. `is_printed`: the title stands in the report.
    """
    signature = _signature(sections)
    titled = agency_in_title(title)
    if titled:
        name = _fuller(titled, (signature, hints.agency))
        return name, _disagreement(titled, signature, is_printed)
    in_preface = agency_in_preface(beginning_of(sections))
    if signature or in_preface:
        return _written(signature, in_preface)
    return _inferred(hints, meta)


def _written(signature: str, in_preface: str) -> tuple[str, list[Finding]]:
    """The agency of a report whose title names none, by what it says of itself.

    The signature goes before the preface; where the two differ a doubt says so.
    """
    if not signature or not in_preface or same_agency(signature, in_preface):
        return signature or in_preface, []
    return signature, [_differs(signature, in_preface)]


def _signature(sections: Sequence[Section]) -> str:
    """The agency named last in the last lines; empty where none is.

    A signature stands alone in its line, or with the date. What stands alone because a
    sentence was broken there (…会同、 | 示例市公安局) signs nothing.
    """
    lines = _below_the_text(sections)
    for above, line in reversed(list(pairwise(["", *lines]))):
        name = agency_in_line(line)
        if name and not above.endswith(_GOES_ON):
            return name
    return ""


def _below_the_text(sections: Sequence[Section]) -> list[str]:
    """The last lines; of a body without headings only those below a sentence.

    What stands above its first sentence is the site's menu.
    """
    lines = ending_of(sections)
    if len(sections) != 1:
        return lines
    if len(lines) < len(lines_of(sections)):
        return lines
    said = (number for number, line in enumerate(lines) if "。" in line)
    return lines[next(said, 0) :]


def _fuller(titled: str, others: Sequence[str]) -> str:
    """The longer form of a title's name: 商务局 is signed 示例市商务局.

    Of `others` the first that ends with the whole name in the title.
    """
    for name in others:
        is_longer = len(name) > len(titled)
        if is_longer and name.endswith(titled):
            return name
    return titled


def _disagreement(titled: str, signature: str, is_printed: bool) -> list[Finding]:
    """The finding where title and signature name two agencies.

    It is empty where they agree, or nobody signed. A title from outside the report is
    the portal's: the report does not contradict itself.
    """
    if not signature:
        return []
    if same_agency(titled, signature):
        return []
    if not is_printed:
        return [_differs(titled, signature)]
    return [Finding("agency_disagreement", {"titled": titled, "signed": signature})]


def _inferred(hints: Hints, meta: Mapping[str, str]) -> tuple[str, list[Finding]]:
    """The agency that the surroundings of a report name, and a remark on whence.

    A registered source names its agency; other names must look like one, and lose the
    date behind them. Where the surroundings differ the remark says so.
    """
    named = [one for one in _surroundings(hints, meta) if one.name]
    if not named:
        return "", [Finding("agency_unknown")]
    name, source = named[0]
    # 0: the weight of the check.
    weight = _REMARK if source == _REGISTERED else 0
    values: dict[str, Value] = {CASE: source, "name": name}
    inferred = Finding("agency_inferred", values, weight=weight)
    others = [one.name for one in named if not same_agency(one.name, name)]
    return name, [inferred, *(_differs(name, other) for other in others[:1])]


def _differs(name: str, other: str) -> Finding:
    """The doubt where two agencies are named, and one had to be taken."""
    return Finding("agency_differs", {"name": name, "other": other})


class _Named(NamedTuple):
    """A name, and where it stands: a case of `agency_inferred`."""

    name: str
    source: str


def _surroundings(hints: Hints, meta: Mapping[str, str]) -> list[_Named]:
    """Names that stand around a report, the surest first; empty where none is a body's.

    That of a registered source is in any case.
    """
    told = [
        _Named(agency_in_title(hints.title), "list"),
        _Named(hints.publisher, "publisher"),
        _Named(meta.get("publisher", ""), "publisher"),
        _Named(meta.get("source", ""), "page_source"),
        _Named(_keeper(hints.site_name), "site"),
        _Named(_keeper(meta.get("site_name", "")), "site"),
    ]
    of_bodies = (_Named(agency_in_line(name), source) for name, source in told)
    return [_Named(hints.agency, _REGISTERED), *of_bodies]


def _keeper(site: str) -> str:
    """示例市人民政府门户网站 → 示例市人民政府."""
    return _SITE.sub("", plain(site))
