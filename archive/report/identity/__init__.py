"""Who reports, for which year, published when, and where it can be reached.

who_and_when agency, year and date, from title, preamble, signature and what the page
says
contact address, telephone, postcode and e-mail of the body that answers applications
"""

from archive.report.identity.contact import read_contact
from archive.report.identity.who_and_when import (
    agency_name,
    publication_date,
    report_year,
)

__all__ = [
    "agency_name",
    "publication_date",
    "read_contact",
    "report_year",
]
