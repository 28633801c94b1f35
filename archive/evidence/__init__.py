"""Evidence: what was asked and answered, kept so that others can check it without us.

canonical   a sighting as a line of bytes
merkle      one hash over all lines of a day
"""

from archive.evidence.canonical import exchanges_told

__all__ = ["exchanges_told"]
