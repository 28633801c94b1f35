"""`python -m archive`: the commands."""

from archive.commands import main

main()
