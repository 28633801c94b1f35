"""Several originals → the one report in them: a page and the files that hang on it.

Many portals print the text in the page and put the tables into a workbook, a PDF or a
picture beside it. Which files are the report is chosen as among those of an archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.catalogue import HTML, PICTURES
from archive.reading.block_numbers import numbered
from archive.reading.pictures import picture_at
from archive.reading.readers import read
from archive.reading.sniff import sniff
from archive.reading.unreadable import Unreadable
from archive.reading.zipped import Candidate, chosen_of, to_add, whose
from archive.report import Document, Hints, Note


@dataclass(frozen=True, slots=True)
class File:
    """One of the originals in which a report may lie."""

    body: bytes
    hints: Hints = Hints()
    shown_as: str = ""
    """For a picture that a page shows: its address as it is written in the page."""

    @property
    def is_page(self) -> bool:
        """Whether it is a web page, which has an address and no name of its own."""
        if sniff(self.body) != HTML:
            return False
        return not self.hints.file_name

    @property
    def name(self) -> str:
        """What it is called beside the others."""
        return self.hints.file_name or self.hints.url


def read_together(files: Sequence[File]) -> tuple[Document, tuple[int, ...]]:
    """The report that lies in these files, and which of them it was read from.

    The main one comes first. Raises Unreadable when none can be read.
    """
    if len(files) == 1:
        return read(files[0].body, files[0].hints), (0,)
    pictures = {one.shown_as: one.body for one in files if one.shown_as}
    candidates: dict[int, Candidate] = {}
    refusals: list[Unreadable] = []
    for at, one in enumerate(files):
        if one.shown_as:
            continue
        try:
            document = read(one.body, one.hints, pictures)
        except Unreadable as refusal:
            refusals.append(refusal)
        else:
            is_picture = sniff(one.body) in PICTURES
            # A year in the address of a page is no year of its report.
            name = "" if one.is_page else one.name
            candidates[at] = Candidate(name, document, is_picture)
    if not candidates:
        raise refusals[0]
    return _whole(files, candidates)


def _is_looked_at(one: File) -> bool:
    """Whether a file is a picture that the page shows, and no ornament."""
    shown = {one.shown_as: one.body}
    if not one.shown_as:
        return False
    return picture_at(one.shown_as, shown) is not None


def _may_belong(one: Candidate, main: Candidate) -> bool:
    """Whether a file may be of the report of the main one: it says nothing else.

    Last year's tables, and the report of another agency, hang on pages by mistake.
    """
    agency, year = whose(one)
    main_agency, main_year = whose(main)
    if year and main_year and year != main_year:
        return False
    # 市商务局 in a file is 示例市商务局 of the page.
    names = sorted((agency, main_agency), key=len)
    if not all(names):
        return True
    return names[1].endswith(names[0])


def _parts(used: Sequence[File]) -> Note:
    """What is said of a report whose text is in one file and its tables in others."""
    first, *others = used
    tables = {"names": tuple(one.name for one in others)}
    if first.is_page:
        return Note("text_in_page", tables)
    return Note("text_in_file", {"name": first.name, **tables})


def _whole(
    files: Sequence[File], candidates: dict[int, Candidate]
) -> tuple[Document, tuple[int, ...]]:
    """The chosen files as one document, and which they are."""
    first, *others = candidates.values()
    found = [first, *(one for one in others if _may_belong(one, first))]
    try:
        chosen = chosen_of(found)
    except Unreadable:
        # Reports of several agencies or years: the page speaks for itself alone.
        chosen = found[:1]
    used = [at for one in chosen for at, other in candidates.items() if other is one]
    first, *others = chosen
    blocks, notes = list(first.document.blocks), list(first.document.notes)
    for one in others:
        blocks += to_add(one)
        notes += one.document.notes
    if others:
        notes.append(_parts([files[at] for at in used]))
    if first.document.scanned and sniff(files[used[0]].body) == HTML:
        used += [at for at, one in enumerate(files) if _is_looked_at(one)]
    document = replace(
        first.document,
        blocks=tuple(numbered(blocks)) if others else first.document.blocks,
        notes=tuple(dict.fromkeys(notes)),
        scanned=any(one.document.scanned for one in chosen),
    )
    return document, tuple(used)
