"""What a web page is; used by the scrapers and the readers alike. Imports nothing of
ours.

decoding   bytes → text, by one tolerant rule
"""

from archive.webpage.decoding import decode, printed, visible

__all__ = [
    "decode",
    "printed",
    "visible",
]
