"""The polite fetcher: every request to a portal goes through it.

fetch        one address after the other, with redirects and second attempts
manners      robots.txt, and the pause between two requests to a host
wire         one request, within bounds of size and time
addresses    which addresses may be asked: no private ones
challenges   answers of bot filters, recognised and never worked around
"""

from scrapers.fetching.challenges import refusal
from scrapers.fetching.fetch import VERSION, Fetcher

__all__ = ["VERSION", "Fetcher", "refusal"]
