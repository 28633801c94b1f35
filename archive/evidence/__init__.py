"""Evidence: what was asked and answered, kept so that others can check it without us.

canonical    a sighting as a line of bytes
merkle       one hash over all lines of a day
sealing      the days that are over, sealed; stamping has an authority of time say when
checking     all sealed days tested again
records      a sighting as records of WARC; addresses and index_lines are their index
export       files of WARC of many sightings; packed makes a WACZ of them
proving      all that is needed to check one original, in a zip; its texts are in data/
"""

from archive.evidence.canonical import exchanges_told
from archive.evidence.checking import Checked, check_days
from archive.evidence.export import About, Exported, InTheWay, export
from archive.evidence.proving import NotProvable, Provable, provable, prove
from archive.evidence.sealing import seal_days
from archive.evidence.stamping import stamp_days

__all__ = [
    "About",
    "Checked",
    "Exported",
    "InTheWay",
    "NotProvable",
    "Provable",
    "check_days",
    "exchanges_told",
    "export",
    "provable",
    "prove",
    "seal_days",
    "stamp_days",
]
