"""Sources registered: one for each list page, whatever the spelling of its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import Act, schedule
from archive.store.rows import SourceRow
from archive.store.runs import AT_ONCE, now
from archive.webpage import host_key, source_address, source_key

AUTO = "auto"
"""The family of a source whose portal software is to be recognised."""
MAX_AGENCY, MAX_GROUP = 100, 60
MAX_SELECTORS = 2_000
NO_GROUP = "-"
"""Stands for the sources without a group; no group is called so."""
_LONGEST_NUMBER = 9
"""Digits of a number that any database takes."""


Source = SourceRow
"""A source, as those outside this room name it."""


class BadSource(ValueError):
    """What is said of a source can't be so; the sentence, in Chinese, is for people."""


@dataclass(frozen=True, slots=True)
class SourceFields:
    """What people say of a source besides its address."""

    agency: str = ""
    family: str = AUTO
    group: str = ""
    may_be_empty: bool = False
    rendered: bool = False
    """Whether its pages are drawn by a browser."""
    selectors: str = ""
    """Where on its pages what stands: lines such as `list: ul > li`."""
    season_hours: int = schedule.SEASON_HOURS
    """Hours between two looks from January to April."""
    rest_hours: int = schedule.REST_HOURS
    """The same in the other months."""

    def cleaned(self) -> SourceFields:
        """The same as it is kept. Raises BadSource for what is too long."""
        agency = _one_line(self.agency, MAX_AGENCY, "机关")
        group = _one_line(self.group, MAX_GROUP, "分组")
        named = "" if group == NO_GROUP else group
        family = self.family or AUTO
        if len(self.selectors) > MAX_SELECTORS:
            raise BadSource(f"选择器超过 {MAX_SELECTORS} 个字符。")
        for hours in (self.season_hours, self.rest_hours):
            if not 1 <= hours <= schedule.LONGEST_HOURS:
                raise BadSource(f"间隔须为 1 至 {schedule.LONGEST_HOURS} 小时。")
        lines = filter(None, map(str.strip, self.selectors.splitlines()))
        return replace(
            self,
            agency=agency,
            family=family,
            group=named,
            selectors="\n".join(lines),
        )


def fields_of(source: SourceRow) -> SourceFields:
    """What is said of a source now."""
    names = [field.name for field in fields(SourceFields)]
    return SourceFields(**{name: getattr(source, name) for name in names})


def selector_lines(line: str) -> str:
    """Selectors a line each, out of one line in which `;` parts them."""
    return line.replace("；", ";").replace(";", "\n")


def selectors_on_one_line(lines: str) -> str:
    """The same the other way: for a cell, a command line, the audit log."""
    return lines.replace("\n", "; ")


def _one_line(text: str, most: int, name: str) -> str:
    words = " ".join(text.split())
    if len(words) > most:
        raise BadSource(f"{name}“{words[:20]}…”超过 {most} 个字。")
    return words


def address_of(url: str) -> str:
    """The address of a source as it is kept. Raises BadSource for what can't be one."""
    try:
        return source_address(url)
    except ValueError as wrong:
        raise BadSource(str(wrong)) from None


def register(
    session: Session, url: str, said: SourceFields
) -> tuple[SourceRow, Act | None]:
    """The source at that address, and what that came to.

    SOURCE_ADDED for a new one; SOURCE_RESTORED for one that had been removed, which
    comes back as it was, with its history; None for one that is known.
    Raises BadSource.
    """
    address = address_of(url)
    kept = said.cleaned()
    known = find_source(session, address)
    if known is None:
        return _new(session, address, kept), Act.SOURCE_ADDED
    if known.removed_at is None:
        return known, None
    known.removed_at = None
    return known, Act.SOURCE_RESTORED


def _new(session: Session, address: str, kept: SourceFields) -> SourceRow:
    key, host = source_key(address), host_key(address)
    source = SourceRow(url=address, key=key, host=host, added_at=now(), **asdict(kept))
    session.add(source)
    session.flush()
    return source


def find_source(session: Session, name: str) -> SourceRow | None:
    """A source by its number, or by any spelling of its address; removed ones too."""
    name = name.strip()
    if name.isascii() and name.isdigit():
        if len(name) > _LONGEST_NUMBER:
            return None
        return session.get(SourceRow, int(name))
    # Sources of before may share a key: the very spelling comes first.
    spelled = session.scalar(select(SourceRow).where(SourceRow.url == name))
    if spelled is not None:
        return spelled
    key = source_key(name)
    return session.scalar(select(SourceRow).where(SourceRow.key == key))


def how_to_read(session: Session, source_id: int) -> tuple[str, str, bool, str]:
    """Address, family, whether it may be empty, and whose page it is."""
    source = session.get_one(SourceRow, source_id)
    return source.url, source.family, source.may_be_empty, source.agency


def selectors_of(session: Session, source_id: int) -> str:
    """Where on the pages of a source what stands, as people told it; often empty."""
    return session.get_one(SourceRow, source_id).selectors


def is_rendered(session: Session, source_id: int) -> bool:
    """Whether the pages of a source are to be drawn by a browser."""
    return session.get_one(SourceRow, source_id).rendered


def list_sources(session: Session) -> Sequence[SourceRow]:
    """Every source that was not removed, in the order added."""
    question = select(SourceRow).where(SourceRow.removed_at.is_(None))
    return session.scalars(question.order_by(SourceRow.id)).all()


# Sources of before that are one list page under two spellings.


def twin_of(session: Session, source: SourceRow) -> SourceRow | None:
    """The earlier source of the same list page, where there is one.

    Only a source from before addresses were compared has one: its key says so.
    """
    first = _key_of_first(source)
    if not first:
        return None
    return _there(session, [first]).get(first)


def twins(session: Session) -> list[tuple[SourceRow, SourceRow]]:
    """Sources that are the same list page as an earlier one, each with that one."""
    marked = select(SourceRow).where(
        SourceRow.key.contains(" "), SourceRow.removed_at.is_(None)
    )
    rows = session.scalars(marked.order_by(SourceRow.id)).all()
    firsts = _there(session, [_key_of_first(row) for row in rows])
    found = [(row, firsts.get(_key_of_first(row))) for row in rows]
    return [(row, first) for row, first in found if first is not None]


def _key_of_first(source: SourceRow) -> str:
    """The key of the earlier source of the same list page; empty for most."""
    key, mark, _ = source.key.partition(" ")
    return key if mark else ""


def _there(session: Session, keys: Sequence[str]) -> dict[str, SourceRow]:
    """The sources with these keys that were not removed."""
    found: dict[str, SourceRow] = {}
    for at in range(0, len(keys), AT_ONCE):
        has_one = SourceRow.key.in_(keys[at : at + AT_ONCE])
        question = select(SourceRow).where(has_one, SourceRow.removed_at.is_(None))
        found |= {row.key: row for row in session.scalars(question)}
    return found
