"""`python -m archive`: the commands."""

from archive.cli import main

main()
