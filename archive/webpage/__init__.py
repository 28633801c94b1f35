"""What a web page is, for the scrapers and the readers alike. Pure: nothing of ours is
imported but the catalogue. Read first: labels.

decoding   bytes → text, by one tolerant rule
labels     labels of the block above a text, and the official meta tags
dates      days as pages print them
furniture  what is the portal's and not the page's: menus, feet, buttons
files      which links lead to files, by their endings
ending     whether a page breaks off
addresses  what can be the address of a source, and which are the same
same_list  which addresses name the same list page, however spelled
"""

from archive.webpage.addresses import (
    MAX_URL,
    host_key,
    is_too_long,
    is_web_port,
    place_of,
    source_address,
)
from archive.webpage.dates import DAY, first_date, has_date, without_date
from archive.webpage.decoding import decode, printed, visible
from archive.webpage.ending import breaks_off
from archive.webpage.files import (
    names_attachment,
    names_viewed_file,
    names_workbook,
)
from archive.webpage.furniture import (
    FURNITURE_TAGS,
    UNSHOWN_TAGS,
    is_furniture_line,
    names_furniture,
)
from archive.webpage.labels import (
    ARTICLE_TITLE,
    CONTENT_SOURCE,
    LABELS,
    META_TAGS,
    PUBLISHED_METAS,
    SITE_CODE,
    SITE_NAME,
    Meaning,
    labels_of,
)
from archive.webpage.same_list import source_key

__all__ = [
    "ARTICLE_TITLE",
    "CONTENT_SOURCE",
    "DAY",
    "FURNITURE_TAGS",
    "LABELS",
    "MAX_URL",
    "META_TAGS",
    "PUBLISHED_METAS",
    "SITE_CODE",
    "SITE_NAME",
    "UNSHOWN_TAGS",
    "Meaning",
    "breaks_off",
    "decode",
    "first_date",
    "has_date",
    "host_key",
    "is_furniture_line",
    "is_too_long",
    "is_web_port",
    "labels_of",
    "names_attachment",
    "names_furniture",
    "names_viewed_file",
    "names_workbook",
    "place_of",
    "printed",
    "source_address",
    "source_key",
    "visible",
    "without_date",
]
