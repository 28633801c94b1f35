"""Commands for whoever meets a new portal.

finding      `sources find`: from any address of a portal to its lists of reports
new_portal   `new-portal`: the pages of one that no family reads, for its developer
"""

from archive.commands.portals.finding import find
from archive.commands.portals.new_portal import new_portal

__all__ = ["find", "new_portal"]
