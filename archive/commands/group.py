"""The commands: thin, each a few calls into the rooms. `python -m archive --help`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.operating import add_to
from config import BadSettings, Settings

if TYPE_CHECKING:
    from archive.pipeline import Archive
    from archive.report import Report


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option("0.1.0", prog_name="archive")
@click.pass_context
def cli(context: click.Context) -> None:
    """A public archive of China's government-information-disclosure annual reports."""
    try:
        context.obj = Settings.from_environment()
    except BadSettings as wrong:
        raise click.ClickException(str(wrong)) from None


def main() -> None:
    cli(prog_name="python -m archive")


def _open(settings: Settings) -> Archive:
    """The archive, its tables known to be those of this program."""
    from archive.pipeline import Archive
    from archive.store import Store, schema

    store = Store(settings.database_url)
    try:
        schema.require_current(store)
    except schema.OutOfDate as old:
        raise click.ClickException(str(old)) from None
    finally:
        store.close()
    return Archive(settings)


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def read(settings: Settings, files: tuple[Path, ...], as_json: bool) -> None:
    """Read FILES without a database and show what is in them."""
    from archive.interpreting import Interpreter
    from archive.pipeline import read_file
    from archive.reading import Unreadable
    from archive.report import Hints, check, contract

    failed = False
    with Interpreter() as interpreter:
        for path, trouble in expand(files):
            try:
                if trouble:
                    raise Unreadable(trouble)
                body = read_file(path, settings.max_file_bytes)
                report, _ = interpreter.interpret(
                    body, Hints(file_name=shown(path.name))
                )
            except Unreadable as unreadable:
                failed = True
                line = json.dumps(
                    {"file": shown(path), "error": str(unreadable)}, ensure_ascii=False
                )
                click.echo(
                    line if as_json else f"{shown(path)}: {unreadable}", err=not as_json
                )
                continue
            report = replace(report, findings=(*report.findings, *check(report)))
            if as_json:
                click.echo(
                    json.dumps(contract(report, shown(path)), ensure_ascii=False)
                )
            else:
                _show(report, shown(path))
    sys.exit(1 if failed else 0)


def _show(report: Report, name: str) -> None:
    from collections import Counter

    click.secho(name, bold=True)
    if not report.is_report:
        click.echo(f"  not a report: {report.why}")
        return
    region = report.agency.region
    click.echo(f"  {report.title}")
    place = f"{region.code} {region.name}" if region else "region unknown"
    click.echo(
        f"  {report.agency.name} · {place} · {report.year} · form {report.form} ·"
        f" {report.published_on or '–'}"
    )
    for section in report.sections:
        click.echo(
            f"  [{section.number}] {section.heading or '（前言）'}: "
            f"{len(section.prose)} characters"
        )
    statuses = Counter(figure.status.value for figure in report.figures.values())
    click.echo(
        "  figures: "
        f"{', '.join(f'{count} {status}' for status, count in statuses.items()) or 'none'}"
    )
    for key, figure in report.figures.items():
        if figure.value:
            click.echo(
                f"    {key} = {figure.value}"
                + ("" if figure.status.value == "exact" else f" ({figure.status})")
            )
    for claim in report.claims:
        click.echo(f"  {claim.key}: {claim.value}{claim.unit} {claim.label}")
    for finding in report.findings:
        click.echo(
            f"  {'?' if finding.family.value == 'reading' else '!'} {finding.message}"
        )


@cli.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def import_(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Take files or folders into the archive. Safe to repeat."""
    from archive.pipeline import Tally, import_paths, in_batches, index_marked

    tally, not_reports = Tally(), 0
    with _open(settings) as archive:
        files = expand(paths)
        for batch in in_batches(_wanted(files, tally)):
            for outcome in import_paths(archive, batch):
                if outcome.kind == "not_a_report":
                    not_reports += 1
                else:
                    tally.count(outcome.kind)
                click.echo(
                    f"{outcome.kind:12} {outcome.where}  "
                    f"{outcome.filed_as or outcome.reason}"
                )
            index_marked(archive)
            archive.index.tidy()
        index_marked(archive)
    click.echo(
        f"{tally.new} new, {tally.same} same, {tally.changed} changed, "
        f"{not_reports} not reports, {tally.failed} failed"
    )
    sys.exit(1 if tally.failed or not_reports else 0)


def _wanted(files: Iterator[tuple[Path, str]], tally: object) -> Iterator[Path]:
    for path, trouble in files:
        if trouble:
            click.echo(f"{'unreadable':12} {shown(path)}  {trouble}")
            tally.count("failed")  # type: ignore[attr-defined]
        else:
            yield path


def expand(paths: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Files, and the files in folders (sorted, hidden ones left out); with the trouble
    where there is one.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112
            yield path, ""
            continue
        troubles: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=troubles.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    yield Path(folder, name), ""
        for trouble in troubles:
            yield Path(str(trouble.filename)), "没有读取权限或无法打开文件夹。"


def shown(path: Path | str) -> str:
    """A name that can be printed, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


@cli.command()
@click.argument("source", required=False)
@click.option(
    "--all", "everything", is_flag=True, help="Collect every source that is not paused."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Read the lists and show what they name; take in nothing.",
)
@click.pass_obj
def collect(
    settings: Settings, source: str | None, everything: bool, dry_run: bool
) -> None:
    """Collect SOURCE (its address or number), or --all: what is new or changed is taken
    in.
    """
    from archive.pipeline import collect_now, fetcher_of, index_marked, list_leads
    from archive.store import sources
    from scrapers.source import SourceTrouble

    failed = False
    with _open(settings) as archive:
        with archive.store.session() as session:
            rows = sources.list_sources(session) if everything else []
            chosen = [row for row in rows if not row.paused]
            if source and (found := sources.find_source(session, source)):
                chosen = [found]
        if not chosen:
            raise click.ClickException(
                "No such source: see `sources list`, or give --all."
            )
        for row in chosen:
            click.echo(f"{row.url}")
            try:
                if dry_run:
                    with fetcher_of(archive) as fetcher:
                        family, leads, _ = list_leads(
                            row.url, row.family, row.may_be_empty, fetcher
                        )
                    for lead in leads:
                        click.echo(
                            f"  {lead.published or '          '}  {lead.title}  "
                            f"{lead.url}"
                        )
                    click.echo(f"  {len(leads)} pages listed ({family.name})")
                    continue
                tally = collect_now(archive, row.id, _progress())
                click.echo(
                    "\r  "
                    + ", ".join(
                        f"{count} {name}" for name, count in tally.as_dict().items()
                    )
                    + " " * 40
                )
                failed = failed or tally.failed > 0
            except SourceTrouble as trouble:
                failed = True
                click.echo(f"\r  {type(trouble).__name__}: {trouble}", err=True)
        index_marked(archive)
        archive.index.tidy()
    sys.exit(1 if failed else 0)


def _progress() -> Callable[[int, int, str], None]:
    """A line that is written over, on a terminal only."""
    on_terminal = sys.stdout.isatty()

    def tell(done: int, total: int, step: str) -> None:
        if on_terminal:
            click.echo(f"\r  {done}/{total}  {step[:40]:40}", nl=False)

    return tell


@cli.group()
def sources() -> None:
    """The list pages we collect from."""


@sources.command("add")
@click.argument("url")
@click.option(
    "--agency", default="", help="Whose page it is, where its reports do not say."
)
@click.option(
    "--family", default="auto", help="The page's system; `auto` recognises it."
)
@click.option("--may-be-empty", is_flag=True, help="An empty list is no error.")
@click.pass_obj
def sources_add(
    settings: Settings, url: str, agency: str, family: str, may_be_empty: bool
) -> None:
    """Add the list page at URL."""
    from archive.store import sources as table
    from scrapers.families import FAMILIES

    if not url.startswith(("http://", "https://")) or len(url) > 2000:
        raise click.ClickException(
            f"{url[:100]!r} is no web address: it begins with http:// or https://"
        )
    if family != "auto" and family not in FAMILIES:
        raise click.ClickException(f"No family {family!r}: auto, {', '.join(FAMILIES)}")
    with _open(settings) as archive:
        row, is_new = archive.store.write(
            lambda session: table.add_source(session, url, agency, family, may_be_empty)
        )
    click.echo(f"{row.id}  {row.url}  {'added' if is_new else 'is known already'}")


@sources.command("list")
@click.pass_obj
def sources_list(settings: Settings) -> None:
    """List the sources with their family and state."""
    from archive.store import sources as table

    with _open(settings) as archive, archive.store.session() as session:
        for row in table.list_sources(session):
            click.echo(
                f"{row.id:4}  {row.recognised or row.family:8} "
                f"{'paused' if row.paused else '':7} {row.url}"
            )


@sources.command("pause")
@click.argument("source")
@click.pass_obj
def sources_pause(settings: Settings, source: str) -> None:
    """Leave SOURCE out of `collect --all`."""
    _pause(settings, source, True)


@sources.command("resume")
@click.argument("source")
@click.pass_obj
def sources_resume(settings: Settings, source: str) -> None:
    """Collect SOURCE again that was paused."""
    _pause(settings, source, False)


def _pause(settings: Settings, source: str, paused: bool) -> None:
    from archive.store import sources as table

    with _open(settings) as archive, archive.store.session() as session:
        row = table.find_source(session, source)
        if row is None:
            raise click.ClickException("No such source: see `sources list`.")
        row.paused = paused
    click.echo(f"{row.url}  {'paused' if paused else 'resumed'}")


add_to(cli, _open)
