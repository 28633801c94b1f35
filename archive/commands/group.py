"""The group of all commands. To add one: a function in a file of its subject, and a
line here.

The files import the rooms they use inside their functions, so that `--help` is there at
once and `read` loads no search.
"""

from __future__ import annotations

import click

from archive.commands.collecting import collect
from archive.commands.importing import import_
from archive.commands.people import accounts
from archive.commands.reading import read
from archive.commands.searching import search
from archive.commands.serving import serve, work
from archive.commands.sources import sources
from archive.commands.upkeep import audit, dictionary, migrate, rebuild, reindex
from config import VERSION, BadSettings, Settings

COMMANDS: tuple[click.Command, ...] = (
    read,
    import_,
    sources,
    collect,
    search,
    serve,
    work,
    accounts,
    migrate,
    rebuild,
    reindex,
    audit,
    dictionary,
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="archive")
@click.pass_context
def cli(context: click.Context) -> None:
    """A public archive of China's government-information-disclosure annual reports."""
    # Before any command: a setting that can't be used is told in one line.
    try:
        context.obj = Settings.from_environment()
    except BadSettings as wrong:
        raise click.ClickException(str(wrong)) from None


for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    cli(prog_name="python -m archive")
