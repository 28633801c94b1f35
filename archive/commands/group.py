"""The group of all commands. To add one: a function in a file of its subject, and a
line here.

A command's file is loaded when it is called, and imports the rooms it uses inside its
functions: `read` loads no search.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import cast

import click

from archive.commands.troubles import keep_to_ourselves, say_and_leave
from config import VERSION, BadSettings, Settings, one_thread_for_arrays

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("reading", "read"),
    "import": ("importing", "import_"),
    "sources": ("sources", "sources"),
    "collect": ("collecting", "collect"),
    "digest": ("sources.health", "digest"),
    "prune": ("sources.health", "prune"),
    "new-portal": ("new_portal", "new_portal"),
    "search": ("searching", "search"),
    "serve": ("serving", "serve"),
    "work": ("serving", "work"),
    "accounts": ("people", "accounts"),
    "seal": ("evidence", "seal"),
    "prove": ("evidence", "prove"),
    "export-warc": ("evidence", "export_warc"),
    "migrate": ("upkeep", "migrate"),
    "rebuild": ("upkeep", "rebuild"),
    "reindex": ("upkeep", "reindex"),
    "audit": ("upkeep", "audit"),
    "dictionary": ("upkeep", "dictionary"),
}
"""Name → the file of this room that holds it, and its function."""
_OBJECTS_PER_LOOK = 200_000
"""New objects of Python after which it looks for circles among them."""


class Commands(click.Group):
    """All commands, each loaded when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        file, function = COMMANDS[name]
        module = import_module(f"archive.commands.{file}")
        return cast(click.Command, getattr(module, function))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
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
    keep_to_ourselves(context.obj)


def main() -> None:
    """Runs a command. What the machine lacks is said in one line."""
    # What a command loads and makes hardly ever refers back to itself: to look for such
    # circles after every 700 objects took an eighth of an import's time.
    gc.set_threshold(_OBJECTS_PER_LOOK)
    one_thread_for_arrays()
    try:
        cli(prog_name="python -m archive")
    except Exception as error:
        say_and_leave(error)
    finally:
        # Python looks through all there is for circles once more before it ends: a
        # twelfth of an import's time, for what goes with the process anyway.
        gc.freeze()
