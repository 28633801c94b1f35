"""The commands: thin, each a few calls into the rooms. `python -m archive --help`.

1 group       all of them, and the settings they get; read this first
2 reading, importing, sources, collecting   files and portals, into the archive
  new_portal                     begins what a new kind of portal takes
3 searching                      a search on the command line
  serving, website/              the website as a server, and the worker
4 upkeep, people                 for whoever runs the archive
  evidence                       exports, seals and proofs for others
5 opening, progress, acting, troubles   what several of them need
"""

from archive.commands.group import main

__all__ = ["main"]
