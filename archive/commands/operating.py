"""Commands for whoever runs the archive: database, index, processes, accounts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from config import Settings

if TYPE_CHECKING:
    from archive.pipeline import Archive

Open = Callable[[Settings], "Archive"]


def add_to(cli: click.Group, open_archive: Open) -> None:
    """Adds these commands to the group; each opens the archive as the others do."""

    @cli.command()
    @click.pass_obj
    def migrate(settings: Settings) -> None:
        """Make the database's tables, or bring them up to date."""
        from archive.store import Store, schema

        store = Store(settings.database_url)
        schema.upgrade(store)
        store.close()
        click.echo("The database is up to date.")

    @cli.command()
    @click.pass_obj
    def rebuild(settings: Settings) -> None:
        """Read every original again with today's readers; no network."""
        from archive.pipeline import index_marked, read_again

        with (
            open_archive(settings) as archive,
            click.progressbar(length=1, label="Reading again") as bar,
        ):
            tally = read_again(archive, lambda done, total: _show(bar, done, total))
            index_marked(archive)
        click.echo(
            f"{tally.new} new, {tally.same} refilled, {tally.changed} changed, "
            f"{tally.failed} failed"
        )

    @cli.command()
    @click.pass_obj
    def reindex(settings: Settings) -> None:
        """Build the search index anew beside the live one, then swap."""
        from archive.pipeline import way as pipeline

        with open_archive(settings) as archive:
            count = pipeline.reindex(archive)
        click.echo(f"{count} reports indexed.")

    @cli.command()
    @click.pass_obj
    def audit(settings: Settings) -> None:
        """Test every original against its hash, and the index against the database."""
        from archive.pipeline import way as pipeline

        with (
            open_archive(settings) as archive,
            click.progressbar(length=1, label="Testing originals") as bar,
        ):
            found = pipeline.audit(archive, lambda done, total: _show(bar, done, total))
        for line in found.damaged:
            click.echo(line, err=True)
        click.echo(f"{found.originals} originals, {len(found.damaged)} damaged")
        if found.unknown:
            click.echo(
                f"{found.unknown} originals kept but not noted; they are when "
                "they are met again"
            )
        if found.index_trouble:
            click.echo(found.index_trouble, err=True)
        click.echo(
            f"{found.not_indexed} reports not in the index, {found.index_only} "
            "only in the index"
        )
        sys.exit(0 if found.is_clean else 1)

    @cli.command()
    @click.argument("text", default="")
    @click.option(
        "--filter",
        "-f",
        "filters",
        multiple=True,
        help="Narrow by a facet: year=2021, region=990100, …",
    )
    @click.option(
        "--sort",
        default="relevance",
        type=click.Choice(["relevance", "year", "published", "agency"]),
    )
    @click.option("--page", default=1, type=click.IntRange(1, 1_000_000))
    @click.option("--size", default=20, show_default=True, type=click.IntRange(1, 100))
    @click.option(
        "--synonyms/--no-synonyms",
        default=True,
        help="Search also what means the same.",
    )
    @click.option(
        "--fold/--no-fold", default=False, help="Show near-identical reports as one."
    )
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a hit.")
    @click.pass_obj
    def search(
        settings: Settings,
        /,
        text: str,
        filters: tuple[str, ...],
        as_json: bool,
        **asked: Any,
    ) -> None:
        """Ask the archive, as on the website: words, "exact text", year:2019..2023, (复
        议 OR 诉讼) -教育 …
        """
        from archive.commands.searching import answer, filters_of
        from archive.search import Query

        query = Query(text, filters_of(filters), **asked)
        with open_archive(settings) as archive:
            answer(archive, query, as_json)

    @cli.command()
    @click.option("--host", default="127.0.0.1", show_default=True)
    @click.option(
        "--port", default=8000, show_default=True, type=click.IntRange(1, 65535)
    )
    @click.option(
        "--workers",
        default=2,
        show_default=True,
        type=click.IntRange(1, 64),
        help="Processes.",
    )
    @click.pass_obj
    def serve(settings: Settings, host: str, port: int, workers: int) -> None:
        """Serve the website."""
        from archive.commands.serving import serve_forever

        if not settings.secret_key:
            raise click.ClickException(
                "ARCHIVE_SECRET_KEY is not set: write a long random text and keep"
                " it secret."
            )
        open_archive(settings).__exit__()
        serve_forever(settings, host, port, workers)

    @cli.command()
    @click.pass_obj
    def work(settings: Settings) -> None:
        """Run jobs: collect what is asked for on the website, keep the index up to
        date.
        """
        from archive.jobs import main as run_worker

        open_archive(settings).__exit__()
        sys.exit(run_worker(settings))

    @cli.group()
    def accounts() -> None:
        """People who may log in."""

    @accounts.command("add")
    @click.argument("name")
    @click.option(
        "--password-stdin", is_flag=True, help="Read the password from standard input."
    )
    @click.pass_obj
    def accounts_add(settings: Settings, name: str, password_stdin: bool) -> None:
        """Make an account, or give an existing one a new password."""
        from archive.store import accounts as table
        from archive.store.passwords import WeakPassword, hash_password

        if password_stdin:
            password = sys.stdin.readline().rstrip("\n")
        else:
            password = click.prompt(
                "Password", hide_input=True, confirmation_prompt=True
            )
        try:
            kept = hash_password(name, password)
        except WeakPassword as weak:
            raise click.ClickException(str(weak)) from None
        with open_archive(settings) as archive:
            is_new = archive.store.write(
                lambda session: table.set_password(session, name, kept)
            )
        click.echo(f"{name}: {'account made' if is_new else 'password changed'}")


def _show(bar: object, done: int, total: int) -> None:
    bar.length = total  # type: ignore[attr-defined]
    bar.update(done - bar.pos)  # type: ignore[attr-defined]
