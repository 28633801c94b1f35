"""The archive opened for a command, and files named on the command line."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.pipeline import Archive
    from config import Settings


class FilePath(click.Path):
    """A file or folder named on the command line; an empty name is refused.

    `"$FOLDER"` of a variable that is not set would be the folder one stands in.
    """

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        if not os.fspath(value):
            self.fail("it is empty: name a file or a folder ('.' is this one)")
        return super().convert(value, param, ctx)


@contextmanager
def loading() -> Iterator[None]:
    """While rooms are loaded that work through many files.

    All of it stays: Python need not look for circles among it, now or later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def open_archive(settings: Settings) -> Archive:
    """The archive, its tables known to be those of this program, and its folder of data
    that of its database. An empty database gets its tables.

    Raises ClickException, which says what to do, when they are not.
    """
    from archive.pipeline import Archive, NotTogether, require_together
    from archive.store import Store, schema

    store = Store(settings.database_url)
    try:
        if schema.make_if_empty(store):
            # Said, in case an address was mistyped; not among what is printed for
            # other programs.
            click.echo("A new, empty database was made.", err=True)
        schema.require_current(store)
        require_together(settings, store)
    except (schema.OutOfDate, NotTogether) as wrong:
        raise click.ClickException(str(wrong)) from None
    finally:
        store.close()
    return Archive(settings)


def require_tables(settings: Settings) -> None:
    """Raises as `open_archive` does; for processes that open the archive themselves."""
    open_archive(settings).close()


def expand(paths: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Files, and the files in folders (sorted, hidden ones left out).

    Beside each its trouble, in Chinese, where a folder can't be read; else empty.
    """
    for path in paths:
        # What `Path.is_dir` does with a name that no file can have differs by version.
        if os.path.isdir(path):  # noqa: PTH112
            yield from _files_in(path)
        else:
            yield path, ""


def _files_in(path: Path) -> Iterator[tuple[Path, str]]:
    troubles: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=troubles.append):
        # Sorted, so that the same import reads in the same order on every machine; what
        # is hidden (.git, .DS_Store) is nobody's report. Links to folders are not
        # followed: they may go round.
        folders[:] = sorted(filter(_is_visible, folders))
        for name in sorted(filter(_is_visible, names)):
            yield Path(folder, name), ""
    for trouble in troubles:
        yield Path(str(trouble.filename)), "没有读取权限或无法打开文件夹。"


def _is_visible(name: str) -> bool:
    return not name.startswith(".")


def shown(path: Path | str) -> str:
    """A name that can be printed, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
