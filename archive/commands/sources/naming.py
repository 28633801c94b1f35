"""What the commands about sources share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from archive.catalogue import Act, SourceCondition

if TYPE_CHECKING:
    from archive.store import Session, Source, SourceWish

AUTO = "auto"
"""The family of a source whose portal software is to be recognised."""

_FILTERS = (
    click.option("--group", default="", help="Only that group; `-`: without one."),
    click.option("--family", "of_family", default="", help="Only that portal system."),
    click.option(
        "--state",
        default="",
        type=click.Choice(["", *(one.value for one in SourceCondition)]),
        help="Only those in that state, as the last run left them.",
    ),
    click.option("--words", default="", help="Only with these words in agency or URL."),
)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that choose sources."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def wish_of(group: str, of_family: str, state: str, words: str) -> SourceWish:
    """What the options of `filters` ask for."""
    from archive.store import SourceWish

    return SourceWish(group, of_family, state, words)


def named_source(session: Session, name: str) -> Source:
    """The source of that number or address. Raises ClickException."""
    from archive.store import sources

    row = sources.find_source(session, name)
    if row is None:
        raise click.ClickException("No such source: see `sources list`.")
    return row


def said_of(act: Act | None) -> str:
    """What the commands say of a source that was registered."""
    if act is None:
        return "is known already"
    return "added" if act == Act.SOURCE_ADDED else "restored, with its history"


def require_family(family: str) -> None:
    """Raises ClickException where there is no such family."""
    from scrapers import family_titles

    known = [AUTO, *family_titles()]
    if family not in known:
        raise click.ClickException(f"No family {family!r}: {', '.join(known)}")


def require_browser() -> None:
    """Raises ClickException where no page could be drawn."""
    from scrapers import SourceTrouble
    from scrapers import require_browser as require

    try:
        require()
    except SourceTrouble as missing:
        raise click.ClickException(str(missing)) from None


def checked_selectors(text: str) -> str:
    """Selectors as they are kept, a line each. Raises ClickException for what are none.

    `text`: parted by line ends or by `;`.
    """
    from archive.store import sources
    from scrapers import wrong_selectors

    lines = sources.selector_lines(text)
    wrong = wrong_selectors(lines)
    if wrong:
        raise click.ClickException(wrong)
    return lines
