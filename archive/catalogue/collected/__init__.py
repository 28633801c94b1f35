"""How collecting goes through a year, as pure rules: a calendar can be handed in.

1 schedule   when a source and its pages are looked at again
2 health     which sources are stale, what needs a person, which runs are kept
"""

from archive.catalogue.collected import health, schedule
from archive.catalogue.collected.health import Need, Stale
from archive.catalogue.collected.schedule import CHINA

__all__ = ["CHINA", "Need", "Stale", "health", "schedule"]
