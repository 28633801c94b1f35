"""`accounts`: people who may log in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from archive.commands.acting import noting
from archive.commands.opening import open_archive

if TYPE_CHECKING:
    from datetime import datetime

    from archive.catalogue import Act
    from archive.store import Account, Session
    from config import Settings

Result = TypeVar("Result")
ROLES = ("viewer", "editor", "admin")
"""Written out, so that `--help` loads nothing; the values of Role."""

_role_choice = click.Choice(ROLES)


@click.group()
def accounts() -> None:
    """People who may log in: viewers look, editors collect and decide, admins let
    people in.
    """


@accounts.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """List everybody: role, state, second factor, when last seen."""
    from archive.store import accounts as table

    with open_archive(settings) as archive, archive.store.session() as session:
        for known in table.list_accounts(session):
            account = known.account
            state = "disabled" if account.disabled else "enabled"
            if known.is_invited and not account.disabled:
                state = "invited"
            factor = "second factor" if account.factor else ""
            seen = f"seen {known.seen_at:%Y-%m-%d %H:%M}" if known.seen_at else ""
            told = f"{account.role:8} {state:9} {factor:14} {seen:21} {account.name}"
            click.echo(told)


@accounts.command("add")
@click.argument("name")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)
@click.option(
    "--role", type=_role_choice, help="What the person may do; a new one is an admin."
)
@click.pass_obj
def add(settings: Settings, name: str, password_stdin: bool, role: str | None) -> None:
    """Make an account, or give an existing one a new password."""
    from archive.store import passwords

    name = _known_as(name)
    # No argument: those stand in the shell's history and in the list of processes.
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        kept = passwords.hash_password(name, password)
    except passwords.WeakPassword as weak:
        raise click.ClickException(str(weak)) from None
    is_new = _written(settings, lambda session: _add(session, name, kept, role))
    click.echo(f"{name}: {'account made' if is_new else 'password changed'}")


def _add(session: Session, name: str, kept: str, role: str | None) -> bool:
    """Whether the account is new."""
    from archive.catalogue import Act, Role
    from archive.store import accounts as table

    account = table.find_account(session, name)
    if account is None:
        first = Role(role or Role.ADMIN)
        table.add_account(session, name, first, kept)
        noting(Act.ACCOUNT_ADDED, name, first.label)(session)
        return True
    table.set_password(session, account, kept)
    noting(Act.PASSWORD_CHANGED, account.name)(session)
    if role and table.set_role(session, account, Role(role)):
        noting(Act.ROLE_CHANGED, account.name, Role(role).label)(session)
    return False


@accounts.command("invite")
@click.argument("name")
@click.option("--role", type=_role_choice, default="viewer", show_default=True)
@click.pass_obj
def invite(settings: Settings, name: str, role: str) -> None:
    """Make an account, and print a one-time link by which NAME sets the password."""
    from archive.catalogue import Act, Role
    from archive.store import accounts as table
    from archive.store import links

    name = _known_as(name)

    def add_and_offer(session: Session) -> tuple[str, datetime] | None:
        if table.find_account(session, name) is not None:
            return None
        account = table.add_account(session, name, Role(role))
        noting(Act.ACCOUNT_INVITED, name, Role(role).label)(session)
        return links.offer(session, account)

    offered = _written(settings, add_and_offer)
    if offered is None:
        raise click.ClickException(f"{name} has an account: see `accounts reset`.")
    _show_link(*offered)


@accounts.command("reset")
@click.argument("name")
@click.option(
    "--second-factor", is_flag=True, help="Take the second factor away as well."
)
@click.pass_obj
def reset(settings: Settings, name: str, second_factor: bool) -> None:
    """Print a one-time link by which NAME sets a new password."""
    from archive.catalogue import LINK_OFFERS, Act
    from archive.store import factors, links

    def offer(session: Session, account: Account) -> tuple[str, datetime] | None:
        if account.disabled:
            return None
        if second_factor and factors.remove(session, account):
            noting(Act.FACTOR_REMOVED, account.name)(session)
        noting(LINK_OFFERS[links.kind_for(account)], account.name)(session)
        return links.offer(session, account)

    offered = _of_account(settings, name, offer)
    if offered is None:
        raise click.ClickException(
            f"{name} is disabled: `accounts enable` comes first."
        )
    _show_link(*offered)


def _show_link(token: str, expires_at: datetime) -> None:
    click.echo(f"/admin/link/{token}")
    click.echo(
        "Put the site's address before it and give it to the person. It is shown once,"
        f" can be used once, and holds until {expires_at:%Y-%m-%d %H:%M} UTC."
    )


@accounts.command("role")
@click.argument("name")
@click.argument("role", type=_role_choice)
@click.pass_obj
def role(settings: Settings, name: str, role: str) -> None:
    """Give NAME another role; who is logged in has to log in again."""
    from archive.catalogue import Act, Role
    from archive.store import accounts as table

    wanted = Role(role)

    def change(session: Session, account: Account) -> bool:
        return table.set_role(session, account, wanted)

    _changed(settings, name, change, Act.ROLE_CHANGED, wanted.label)
    click.echo(f"{name}: {role}")


@accounts.command("disable")
@click.argument("name")
@click.pass_obj
def disable(settings: Settings, name: str) -> None:
    """Let NAME in no more, at once."""
    _set_disabled(settings, name, True)
    click.echo(f"{name}: disabled")


@accounts.command("enable")
@click.argument("name")
@click.pass_obj
def enable(settings: Settings, name: str) -> None:
    """Let NAME in again."""
    _set_disabled(settings, name, False)
    click.echo(f"{name}: enabled")


def _set_disabled(settings: Settings, name: str, disabled: bool) -> None:
    from archive.catalogue import Act
    from archive.store import accounts as table

    def change(session: Session, account: Account) -> bool:
        return table.set_disabled(session, account, disabled)

    act = Act.ACCOUNT_DISABLED if disabled else Act.ACCOUNT_ENABLED
    _changed(settings, name, change, act)


@accounts.command("logout")
@click.argument("name")
@click.pass_obj
def logout(settings: Settings, name: str) -> None:
    """Log NAME out everywhere, at once."""
    from archive.catalogue import Act
    from archive.store import sessions

    def end(session: Session, account: Account) -> bool:
        sessions.end_all(session, account.id)
        return True

    _changed(settings, name, end, Act.SESSIONS_ENDED)
    click.echo(f"{name}: logged out everywhere")


def _changed(
    settings: Settings,
    name: str,
    change: Callable[[Session, Account], bool],
    act: Act,
    detail: str = "",
) -> None:
    """Changes an account, and notes it where it was not so already."""

    def noted(session: Session, account: Account) -> None:
        if change(session, account):
            noting(act, account.name, detail)(session)

    _of_account(settings, name, noted)


def _of_account(
    settings: Settings, name: str, work: Callable[[Session, Account], Result]
) -> Result:
    """Does something with an account. Raises ClickException when there is none."""
    from archive.store import accounts as table

    def find_and_work(session: Session) -> Result:
        account = table.find_account(session, name)
        if account is None:
            raise click.ClickException("No such account: see `accounts list`.")
        return work(session, account)

    return _written(settings, find_and_work)


def _written(settings: Settings, work: Callable[[Session], Result]) -> Result:
    """One transaction. Raises ClickException for what must not be."""
    from archive.store import accounts as table

    with open_archive(settings) as archive:
        try:
            return archive.store.write(work)
        except table.LastAdmin as last:
            raise click.ClickException(str(last)) from None


def _known_as(name: str) -> str:
    from archive.store import accounts as table

    try:
        return table.clean_name(name)
    except table.BadName as bad:
        raise click.ClickException(str(bad)) from None
