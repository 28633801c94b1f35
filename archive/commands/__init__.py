"""The commands: thin, each a few calls into the rooms. `python -m archive --help`.

group       the group, and reading, importing, collecting, sources
operating   for whoever runs the archive: database, index, processes, accounts
searching   a search on the command line;  serving: the website under gunicorn
"""

from archive.commands.group import main

__all__ = [
    "main",
]
