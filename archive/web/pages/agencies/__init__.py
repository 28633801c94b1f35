"""Agencies: the list of all, and each with its years.

1 asked    which agencies an address asks for; read this first
2 listed   the list, as a page and as data
  exports  the list as a file
3 single   an agency with its years;  told  an agency as JSON
4 page     all addresses, and which of these files answers each
"""

from archive.web.pages.agencies.listed import agencies_json
from archive.web.pages.agencies.page import blueprint
from archive.web.pages.agencies.single import agency_json

__all__ = ["agencies_json", "agency_json", "blueprint"]
