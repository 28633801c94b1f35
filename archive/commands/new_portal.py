"""`new-portal`: what a developer begins with where no family reads a portal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.commands.opening import open_archive

if TYPE_CHECKING:
    from config import Settings
    from scrapers import Capture, Fetcher, ListPage

ROOT = Path(__file__).resolve().parents[2]
SAVED = Path("tests/portals/pages/saved")
FAMILIES = Path("scrapers/families")
TODO = (
    "Look this through: put in what a person reads on the page, names of real bodies "
    "replaced by 示例 ones here and in the page, then take this line out."
)
# What a file and a key of FAMILIES may be called.
# e.g. "shili", "new_portal2"
# not "2new", "New", "a-b"
_NAME = re.compile(r"^[a-z][a-z0-9_]{1,30}$")
_SKELETON = '''"""{name}: who makes this system, and where a page has its list."""

from __future__ import annotations

from scrapers.listing import Layout, Mark

# By what a page of it is known: patterns with examples above them, how surely (0 to
# 100), and why, in Chinese. Until there is one no page is taken for this family.
MARKS: tuple[Mark, ...] = ()
# How its lists are laid out; `article` is a pattern of the addresses of its articles.
LISTS = Layout("{name}")
'''


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was served, and what is read from it today."""

    file: str
    capture: Capture
    read: dict[str, Any]


@click.command("new-portal")
@click.argument("url")
@click.option(
    "--name", default="", help="What the family is to be called: a-z, 0-9, _."
)
@click.pass_obj
def new_portal(settings: Settings, url: str, name: str) -> None:
    """Save pages of the portal whose list is at URL, for a family to be written.

    Saves the list, its second page and an article, with expectations that fail until a
    person has filled them in, and begins the file of the family. Only in a checkout.
    """
    from archive.collecting import fetcher_of
    from archive.webpage import source_address
    from scrapers import SourceTrouble

    if not (ROOT / SAVED).is_dir():
        raise click.ClickException(
            f"There is no {SAVED} beside the program: this works in a checkout only."
        )
    try:
        address = source_address(url)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    name = name or _name_from(address)
    _refuse_known(name)
    with open_archive(settings) as archive, fetcher_of(archive) as fetcher:
        try:
            pages = _pages(fetcher, address, name)
        except SourceTrouble as trouble:
            raise click.ClickException(str(trouble)) from None
    for page in pages:
        _write(page)
    skeleton = ROOT / FAMILIES / f"{name}.py"
    skeleton.write_text(_SKELETON.format(name=name), encoding="utf-8")
    _say_what_next(name, pages)


def _name_from(url: str) -> str:
    """A name from the host: the part that tells it apart."""
    from urllib.parse import urlsplit

    parts = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    name = re.sub(r"[^a-z0-9_]", "_", parts[0])
    return name if _NAME.match(name) else f"portal_{name}"[:30]


def _refuse_known(name: str) -> None:
    """Raises ClickException for a name that can't be one, or is taken."""
    from scrapers import FAMILIES as known

    if not _NAME.match(name):
        raise click.ClickException(f"{name!r} is no name: --name with a-z, 0-9 and _.")
    files = [ROOT / FAMILIES / f"{name}.py", *(ROOT / SAVED).glob(f"{name}-*")]
    there = [file for file in files if file.exists()]
    if name in known or there:
        told = there[0].relative_to(ROOT) if there else f"the family {name}"
        raise click.ClickException(f"{told} is there already: choose another --name.")


def _pages(fetcher: Fetcher, url: str, name: str) -> list[Kept]:
    """The list, its second page and an article, as far as they can be told today.

    Raises SourceTrouble where the list can't be had.
    """
    first = fetcher.get(url)
    page = _list_of(first)
    kept = [Kept(f"{name}-1.page", first, _as_read(first))]
    if page is None:
        return kept
    if page.next_url:
        kept += _if_had(f"{name}-2.page", partial(_second, fetcher, page), _as_read)
    if page.leads:
        article = partial(fetcher.get, page.leads[0].url)
        kept += _if_had(f"{name}-1.article", article, _article_read)
    return kept


def _if_had(
    file: str, ask: Callable[[], Capture], read: Callable[[Capture], dict[str, Any]]
) -> list[Kept]:
    """A page besides the first; none, and said so, where it can't be had."""
    from scrapers import SourceTrouble

    try:
        capture = ask()
    except SourceTrouble as trouble:
        click.echo(f"{file} could not be had: {trouble}", err=True)
        return []
    return [Kept(file, capture, read(capture))]


def _second(fetcher: Fetcher, page: ListPage) -> Capture:
    """The page behind the first, as collecting asks for it."""
    from scrapers import GONE

    url = page.next_url or ""
    answer = fetcher.post(url, page.form) if page.form else fetcher.get(url)
    learnt = page.learnt
    if answer.status in GONE and page.instead:
        answer = fetcher.get(page.instead)
        learnt = replace(learnt, from_one=True)
    return replace(answer, learnt=learnt)


def _list_of(capture: Capture) -> ListPage | None:
    """What is read from a list page today; None where nothing is."""
    from scrapers import Changed, judged

    family, _ = judged(capture)
    try:
        return family.list_page(capture) if family else None
    except Changed:
        return None


def _as_read(capture: Capture) -> dict[str, Any]:
    from scrapers import judged

    family, why = judged(capture)
    page = _list_of(capture)
    listed = asdict(page) if page else None
    if listed and not listed["passed"]:
        del listed["passed"]
    return {"family": family.name if family else None, "why": why, "list": listed}


def _article_read(capture: Capture) -> dict[str, Any]:
    """What is read from the page of a report today."""
    from scrapers import Changed, recognise

    family = recognise(capture)
    try:
        article = asdict(family.article(capture)) if family else None
    except Changed:
        article = None
    return {"family": family.name if family else None, "article": article}


def _write(page: Kept) -> None:
    """The bytes as they were served, and beside them what is to be filled in."""
    path = ROOT / SAVED / page.file
    path.write_bytes(page.capture.body)
    capture = page.capture
    is_moved = capture.asked.partition("#")[0] != capture.url
    address = capture.url if is_moved else capture.asked
    asked: dict[str, Any] = {"todo": TODO, "asked": address, "form": capture.form}
    asked |= {"learnt": asdict(capture.learnt)}
    text = json.dumps({**asked, **page.read}, ensure_ascii=False, indent=1, default=str)
    ending = ".article.json" if path.suffix == ".article" else ".json"
    path.with_suffix(ending).write_text(text + "\n", encoding="utf-8")


def _say_what_next(name: str, pages: list[Kept]) -> None:
    for page in pages:
        click.echo(f"{SAVED / page.file}  {page.capture.url}")
    if len(pages) == 1:
        click.echo("No entry could be read, so there is no second page and no article.")
    click.echo(f"{FAMILIES / name}.py")
    click.echo(
        f"""
Next:
1. In {FAMILIES}/__init__.py: import {name}, and before the plain ones of FAMILIES:
        ("{name}", "…", {name}),
2. Fill in MARKS and LISTS of {FAMILIES / name}.py.
3. Replace the names of real bodies in the saved pages, and look each expectation
   through: family, entries, next page, totals. Take its "todo" out: until then
   pytest tests/scrapers fails.
4. A kind of portal in tests/portals/kinds/ that behaves so (CONTRIBUTING.md)."""
    )
