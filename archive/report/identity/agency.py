"""Whose report it is: weighed from title, signature, preamble and the portal. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.catalogue import CASE, Value
from archive.report.identity.first_and_last import beginning_of, ending_of
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
_REGISTERED = "registered"
_REMARK = 1


def agency_name(
    title: str, sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> tuple[str, list[Finding]]:
    """The reporting agency's name and what is doubtful about it.

    The title counts before signature, preamble, and what list page (`hints`) and the
    page's own metadata (`meta`: keys `publisher`, `source`, `site_name`) say. The name
    is empty when nothing tells it.
    """
    signature = _signature(sections)
    titled = agency_in_title(title)
    if titled:
        name = _fuller(titled, (signature, hints.agency))
        return name, _disagreement(titled, signature)
    written = signature or agency_in_preface(beginning_of(sections))
    if written:
        return written, []
    return _inferred(hints, meta)


def _signature(sections: Sequence[Section]) -> str:
    """The agency named last in the last lines; empty where none is.

    A signature stands alone in its line, or with the date.
    """
    for line in reversed(ending_of(sections)):
        name = agency_in_line(line)
        if name:
            return name
    return ""


def _fuller(titled: str, others: Sequence[str]) -> str:
    """The longer form of a title's name: 商务局 is signed 示例市商务局.

    Of `others` the first that ends with the whole name in the title.
    """
    for name in others:
        is_longer = len(name) > len(titled)
        if is_longer and name.endswith(titled):
            return name
    return titled


def _disagreement(titled: str, signature: str) -> list[Finding]:
    """The doubt where title and signature name two agencies.

    It is empty where they agree, or nobody signed.
    """
    if not signature:
        return []
    if same_agency(titled, signature):
        return []
    return [Finding("agency_disagreement", {"titled": titled, "signed": signature})]


def _inferred(hints: Hints, meta: Mapping[str, str]) -> tuple[str, list[Finding]]:
    """The agency that the surroundings of a report name, and a remark on whence.

    A registered source names its agency; other names must look like one.
    """
    for name, source in _surroundings(hints, meta):
        is_registered = source == _REGISTERED
        is_agency = is_registered or bool(agency_in_line(name))
        if not name or not is_agency:
            continue
        # 0: the weight of the check.
        weight = _REMARK if is_registered else 0
        values: dict[str, Value] = {CASE: source, "name": name}
        return name, [Finding("agency_inferred", values, weight=weight)]
    return "", [Finding("agency_unknown")]


class _Named(NamedTuple):
    """A name, and where it stands: a case of `agency_inferred`."""

    name: str
    source: str


def _surroundings(hints: Hints, meta: Mapping[str, str]) -> list[_Named]:
    """Names that stand around a report, the surest first; some are empty."""
    return [
        _Named(hints.agency, _REGISTERED),
        _Named(agency_in_title(hints.title), "list"),
        _Named(hints.publisher, "publisher"),
        _Named(meta.get("publisher", ""), "publisher"),
        _Named(meta.get("source", ""), "page_source"),
        _Named(_keeper(hints.site_name), "site"),
        _Named(_keeper(meta.get("site_name", "")), "site"),
    ]


def _keeper(site: str) -> str:
    """示例市人民政府门户网站 → 示例市人民政府."""
    return _SITE.sub("", plain(site))
