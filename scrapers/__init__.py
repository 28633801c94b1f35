"""From list pages of portals to leads, and from leads to what stands beside a report.

Read first: source (what is passed on, what can go wrong), then families.

fetching                                      the polite fetcher
rendering                                     the fetcher that draws pages, by a browser
families, listing, leads, titles              list pages, by the portal's software
looks                                         what stands in place of a list; how much
                                              a list says it holds
columns                   where a page leads on to: columns of reports, ways to them
selected                                      lists by selectors, for what no family
                                              reads
articles, attachments, gone, pages            pages of reports, and what a page holds
"""

from scrapers.columns import Leading, Onward, above, names_column, onward
from scrapers.families import (
    FAMILIES,
    Family,
    family_titles,
    judged,
    list_page,
    recognise,
)
from scrapers.fetching import (
    Fetcher,
    Lines,
    Patience,
    Sleep,
    Standing,
    Turn,
    Turns,
)
from scrapers.gone import GONE
from scrapers.leads import may_lead_to
from scrapers.looks import Look, Told, look_at, told_of_list
from scrapers.pages import of_same_site
from scrapers.rendering import Rendering, lacks_of, require_browser
from scrapers.selected import Selectors, family_by, wrong_selectors
from scrapers.source import (
    Article,
    Capture,
    Changed,
    Exchange,
    Fetching,
    Form,
    Lead,
    Learnt,
    ListPage,
    Refused,
    SourceTrouble,
    Unreachable,
)
from scrapers.titles import is_report_like

__all__ = [
    "FAMILIES",
    "GONE",
    "Article",
    "Capture",
    "Changed",
    "Exchange",
    "Family",
    "Fetcher",
    "Fetching",
    "Form",
    "Lead",
    "Leading",
    "Learnt",
    "Lines",
    "ListPage",
    "Look",
    "Onward",
    "Patience",
    "Refused",
    "Rendering",
    "Selectors",
    "Sleep",
    "SourceTrouble",
    "Standing",
    "Told",
    "Turn",
    "Turns",
    "Unreachable",
    "above",
    "family_by",
    "family_titles",
    "is_report_like",
    "judged",
    "lacks_of",
    "list_page",
    "look_at",
    "may_lead_to",
    "names_column",
    "of_same_site",
    "onward",
    "recognise",
    "require_browser",
    "told_of_list",
    "wrong_selectors",
]
