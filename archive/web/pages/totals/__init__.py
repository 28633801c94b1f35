"""Pages of what many reports say together.

1 words     totals and figures in words; what an address asks for. Read this first
2 trends    year by year, of a part of the country
3 regions   the map, and a place with all that is in it
4 peers     an agency beside those of its kind
5 rollup    a government's numbers against those of all below it
"""

from archive.web.pages.totals import peers, regions, rollup, trends

BLUEPRINTS = tuple(page.blueprint for page in (trends, regions, peers, rollup))

__all__ = ["BLUEPRINTS"]
