"""Evidence: what was asked and answered, kept so that others can check it without us.

canonical    a sighting as a line of bytes
merkle       one hash over all lines of a day
records      a sighting as records of WARC; addresses and index_lines are their index
export       files of WARC of many sightings; packed makes a WACZ of them
"""

from archive.evidence.canonical import exchanges_told
from archive.evidence.export import About, Exported, InTheWay, export

__all__ = ["About", "Exported", "InTheWay", "exchanges_told", "export"]
