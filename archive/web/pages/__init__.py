"""The pages, a blueprint each.

find       the front page, searching, and taking a result list home
reports    a report with its original; how to read it
cells      one figure of a report, as a card with its quotation
agencies   the list of agencies, an agency with its years
bodies     whom the page of an agency shows: its reports, its years without one
coverage   how much of what should be here is here, and what is known of the rest
known      what is known of bodies and years, in words; for the two above
compare    two reports side by side
indicators  what is computed from figures: the definitions
totals     what many reports say together: trends, regions, peers
status     how the archive is doing
evidence   how what we saw can be checked, and the zip for it
health     for machines that watch
measures   what is counted and logged of every answer
api        the same questions as data
admin      for people with an account
"""

from archive.web.pages import (
    admin,
    agencies,
    api,
    cells,
    compare,
    coverage,
    evidence,
    find,
    health,
    indicators,
    measures,
    reports,
    status,
    totals,
)

BLUEPRINTS = (
    tuple(
        page.blueprint
        for page in (
            *(find, reports, cells, evidence, agencies, coverage, compare),
            *(indicators, status, health, api),
        )
    )
    + totals.BLUEPRINTS
)
"""What everybody may see; `admin` brings its own."""

__all__ = ["BLUEPRINTS", "admin", "measures"]
