"""How a report, or one cell of it, is quoted so that anybody finds and checks it again.

Each quotation names the text by its number and the original by its whole SHA-256, and
ends in an address that goes on showing just this text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.catalogue import PublishedFrom
from archive.store import Filed
from archive.web import labels
from archive.web.addresses import public_address
from archive.web.figures.citing.words import body, day_of, day_told, entry, tex
from archive.web.shown import number


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is quoted: a text, or a cell of it where `cell` is its key."""

    filed: Filed
    cell: str = ""
    on: date | None = None
    """The day of the quotation; today where nothing is said."""

    @property
    def title(self) -> str:
        return self.filed.version.title

    @property
    def address(self) -> str:
        """Where this very text, or this very cell, stands for good."""
        version = self.filed.version.number
        key, year = self.filed.agency.key, self.filed.year
        if self.cell:
            return public_address(
                "cells.cell", key=key, year=year, figure=self.cell, version=version
            )
        return public_address("reports.report", key=key, year=year, version=version)

    @property
    def day(self) -> str:
        return day_told(self.on)

    @property
    def value(self) -> str:
        """The cell in words: `予以公开 · 总计：12`; empty where none is quoted."""
        if not self.cell:
            return ""
        figure = self.filed.reading.figures.get(self.cell)
        value = figure.value if figure else None
        told = number(value) if value is not None else "缺"
        return f"{labels.figure_label(self.cell)}：{told}"

    @property
    def published(self) -> str:
        """The day of publication, where one is known that is no signature's."""
        version = self.filed.version
        is_signed = version.published_from == PublishedFrom.SIGNED
        if version.published_on is None or is_signed:
            return ""
        return version.published_on.isoformat()


def plain(quoted: Quoted) -> str:
    """A sentence in Chinese, for an article."""
    filed, version = quoted.filed, quoted.filed.version
    cell = f"，{quoted.value}" if quoted.cell else ""
    return (
        f"{filed.agency.name}：《{quoted.title}》{_when(quoted)}{cell}。"
        f"{labels.SITE}第 {version.number} 号文本，"
        f"{day_of(version.captured_at)}存档，"
        f"SHA-256：{version.digest}，{quoted.address}"
    )


def _when(quoted: Quoted) -> str:
    """When the text was published, or signed, as a sentence says it."""
    version = quoted.filed.version
    if quoted.published:
        return f"，{quoted.published}发布"
    if version.published_on is None:
        return ""
    return f"，落款日期{version.published_on.isoformat()}"


def gb7714(quoted: Quoted) -> str:
    """GB/T 7714—2015, an electronic resource on the net: [EB/OL]."""
    filed, version = quoted.filed, quoted.filed.version
    published = f"({quoted.published})" if quoted.published else ""
    cell = f"：{quoted.value}" if quoted.cell else ""
    return (
        f"{filed.agency.name}. {quoted.title}{cell}[EB/OL]. "
        f"{published}[{quoted.day}]. {quoted.address}. "
        f"{labels.SITE}第{version.number}号文本, SHA-256: {version.digest}."
    )


def bibtex(quoted: Quoted) -> str:
    """An entry of BibTeX, of the kind `online` of biblatex."""
    filed, version = quoted.filed, quoted.filed.version
    key = (filed.agency.key, str(filed.year), f"v{version.number}", quoted.cell)
    note = f"{labels.SITE}第 {version.number} 号文本，SHA-256：{version.digest}"
    if quoted.cell:
        note = f"{quoted.value}。{note}"
    fields = (
        ("author", body(filed.agency.name)),
        ("title", tex(quoted.title)),
        ("date", quoted.published),
        ("urldate", quoted.day),
        ("url", quoted.address),
        ("note", tex(note)),
    )
    return entry(key, fields)


FORMS = {"plain": plain, "gb7714": gb7714, "bibtex": bibtex}
"""Name → how it is written."""


def told(quoted: Quoted) -> dict[str, str]:
    """All of them, by name, for JSON and templates."""
    return {name: written(quoted) for name, written in FORMS.items()}
