"""Sources: what editors work with.

1 asking     which sources an address asks for
2 listing    the first page, and all sources by filters and pages
3 one        a source: added, edited, moved, paused, removed, brought back
4 several    all sources of a filter at once; collecting
5 sheets     sources by the file, looked at before anything is saved
6 finding    looked for, from any address of a portal
7 history    all that happened to a source
  feed       the troubles of all, for programs
  hosts      closed for now, or slow
"""

from archive.web.pages.admin.sources import (
    feed,
    finding,
    history,
    hosts,
    listing,
    one,
    several,
    sheets,
)

__all__ = ["feed", "finding", "history", "hosts", "listing", "one", "several", "sheets"]
