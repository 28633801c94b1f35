"""`accounts`: people who may log in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archive.commands.opening import open_archive

if TYPE_CHECKING:
    from config import Settings


@click.group()
def accounts() -> None:
    """People who may log in."""


@accounts.command("add")
@click.argument("name")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)
@click.pass_obj
def add(settings: Settings, name: str, password_stdin: bool) -> None:
    """Make an account, or give an existing one a new password."""
    from archive.store import accounts as table
    from archive.store import passwords

    # No argument: those stand in the shell's history and in the list of processes.
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        kept = passwords.hash_password(name, password)
    except passwords.WeakPassword as weak:
        raise click.ClickException(str(weak)) from None
    with open_archive(settings) as archive:
        is_new = archive.store.write(
            lambda session: table.set_password(session, name, kept)
        )
    click.echo(f"{name}: {'account made' if is_new else 'password changed'}")
