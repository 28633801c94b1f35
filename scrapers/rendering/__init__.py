"""Pages that portals draw by scripts, drawn by the system's Chromium.

The browser shows, and decides nothing: each byte that it gets was asked for by our own
fetcher, under our name, within robots.txt and pace. It can reach nothing by itself.

rendering   read first: the fetcher that draws pages
supply      what is handed to the browser, and what is withheld
drawing     one page, from its document to what stands on it in the end
browser     the program: found, started sealed, ended
watch       a page's own time and memory, and the end of a browser that takes more
"""

from scrapers.rendering.browser import require_browser
from scrapers.rendering.rendering import LACKS, RENDERED, Rendering, lacks_of

__all__ = ["LACKS", "RENDERED", "Rendering", "lacks_of", "require_browser"]
