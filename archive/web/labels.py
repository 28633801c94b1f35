"""What keys and codes are called in Chinese on pages and in exports: the catalogue's
words.
"""

from __future__ import annotations

from archive import catalogue
from archive.catalogue import (
    CHECK_OF,
    FIGURES,
    Act,
    ClaimScope,
    Coverage,
    EventKind,
    FigureRecord,
    OriginalState,
    PublishedFrom,
    Role,
    RunKind,
    RunState,
    Status,
    Trouble,
    labels_of,
)
from archive.search import FACETS, facets

SITE = "政府信息公开年报档案"

FORM_NAMES = catalogue.FORM_NAMES
FORM_SOURCES = catalogue.FORM_SOURCES
LEVELS = catalogue.LEVELS
FAMILIES = catalogue.FAMILIES
WEIGHTS = catalogue.WEIGHTS
MEDIA = catalogue.MEDIA
MARKS = {status.value: mark for status, mark in catalogue.MARKS.items()}
STATUSES = labels_of(Status)
PUBLISHED_FROM = labels_of(PublishedFrom)
SCOPES = labels_of(ClaimScope)
RUN_KINDS = labels_of(RunKind)
RUN_STATES = labels_of(RunState)
ORIGINAL_STATES = labels_of(OriginalState)
TROUBLES = labels_of(Trouble)
ROLES = labels_of(Role)
ACTS = labels_of(Act)
EVENTS = labels_of(EventKind)
COVERAGE = labels_of(Coverage)
UNREADABLE = "读取结果已损坏或缺失，待重新读取"
"""Of a report whose numbers are kept, and whose text cannot be shown."""

GLANCE: tuple[FigureRecord, ...] = tuple(FIGURES[key] for key in catalogue.GLANCE)
"""The key figures of a report."""

_FACETS = {facet.key: facet for facet in FACETS}


def table_and_name(key: str) -> tuple[str, str]:
    """A figure's table and its name in it: (依申请公开, 予以公开 · 总计).

    The key itself stands for the name of a figure that is not known.
    """
    known = FIGURES.get(key)
    if known is None or not known.printed:
        return "", key
    return known.table, known.label


def figure_label(key: str) -> str:
    """A figure's or a claim's name; the key itself where it has none."""
    if key in FIGURES:
        return FIGURES[key].label
    return key


def check_label(key: str) -> str:
    """A check's name; the key itself where it has none."""
    if key in CHECK_OF:
        return CHECK_OF[key].title
    return key


def facet_label(facet: str, value: str) -> str:
    """What a visitor reads for a facet's value.

    The value itself where nothing is known of it.
    """
    if facet in _FACETS:
        return _FACETS[facet].name(value)
    return value


def facet_name(facet: str) -> str:
    """What a visitor reads for a facet."""
    if facet in _FACETS:
        return _FACETS[facet].label
    return facet


region_name = facets.region_name
