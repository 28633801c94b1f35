"""The polite fetcher: every request to a portal goes through it.

fetch        one address after the other, with redirects and second attempts
manners      robots.txt: what may be asked, and how often
turns        one request at a time to a host, and a pause between two
standing     how long that is, and when a host is not asked at all
wire         one request, within bounds of size and time
bodies       what its body is, unfolded
headers      what headers say, and what may be sent in one
exchanges    a request as it is sent, and what is kept as evidence of its answer
addresses    which addresses may be asked: no private ones
challenges   answers of bot filters, recognised and never worked around
"""

from scrapers.fetching.challenges import refusal
from scrapers.fetching.fetch import PATIENCE, VERSION, Fetcher
from scrapers.fetching.standing import Standing, Turn
from scrapers.fetching.turns import InMemory, Lines, Patience, Sleep, Turns

__all__ = [
    "PATIENCE",
    "VERSION",
    "Fetcher",
    "InMemory",
    "Lines",
    "Patience",
    "Sleep",
    "Standing",
    "Turn",
    "Turns",
    "refusal",
]
