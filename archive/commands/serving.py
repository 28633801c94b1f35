"""`serve` and `work`: the two processes that run as long as the archive is online."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from archive.commands.opening import require_tables

_LOOPBACK = {"127.0.0.1": "127.0.0.1", "localhost": "localhost", "::1": "[::1]"}
"""Addresses of this machine → how they stand in an address of the web."""
_ONLY_HERE = (
    "Warning: --host {host} is open to other machines, but ARCHIVE_HOSTS is not set, "
    "so that only localhost, 127.0.0.1 and [::1] are answered. Set ARCHIVE_HOSTS to "
    "the names visitors use (ARCHIVE_HOSTS=archive.example.org)."
)

if TYPE_CHECKING:
    from config import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
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
    from archive.commands.website import CannotListen, require_free, serve_forever

    # Said here, before processes are started that could not do without.
    if not settings.secret_key:
        raise click.ClickException(
            "ARCHIVE_SECRET_KEY is not set: write a long random text and keep"
            " it secret."
        )
    if not host:
        # Sockets would take it for all addresses.
        raise click.BadParameter("it is empty: write an address", param_hint="--host")
    require_tables(settings)
    try:
        require_free(host, port)
    except CannotListen as why:
        raise click.ClickException(str(why)) from None
    is_here = host in _LOOPBACK
    if settings.is_for_loopback and not is_here:
        click.echo(_ONLY_HERE.format(host=host), err=True)
    if not settings.public_url and settings.is_for_loopback:
        name = _LOOPBACK.get(host, "localhost")
        settings = replace(settings, public_url=f"http://{name}:{port}")
    serve_forever(settings, host, port, workers)


@click.command()
@click.pass_obj
def work(settings: Settings) -> None:
    """Run jobs: collect what is asked for on the website, keep the index up to date."""
    from archive.jobs import main as run_worker

    require_tables(settings)
    sys.exit(run_worker(settings))
