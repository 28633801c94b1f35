"""Who reports, for which year, published when, and where it can be reached.

1 agency     the body's name: title, signature, preamble, what the portal says
2 year       the year reported on, held against the statistics period
3 published  the date of publication by a rule of precedence, with info_lines
             (the days behind the labels of a page)
4 contact    address, telephone, postcode and e-mail of who answers applications
5 first_and_last   the lines of a report where all of this stands
"""

from archive.report.identity.agency import agency_name
from archive.report.identity.contact import read_contact
from archive.report.identity.published import Dated, publication, publication_dates
from archive.report.identity.year import report_year

__all__ = [
    "Dated",
    "agency_name",
    "publication",
    "publication_dates",
    "read_contact",
    "report_year",
]
