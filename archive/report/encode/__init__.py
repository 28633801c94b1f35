"""A report as JSON, and what makes two reports the same. Pure.

1 writing    to_json: the whole report, as it is stored beside each version
2 restoring  from_json: the way back
3 public     contract: what `read --json` promises to outside programs
4 values     the values of findings: written, restored, given out
5 hashing    content_hash: the same text gives the same, whatever the file
"""

from archive.report.encode.hashing import content_hash
from archive.report.encode.public import contract
from archive.report.encode.restoring import from_json
from archive.report.encode.values import (
    public_values,
    values_from_json,
    values_to_json,
)
from archive.report.encode.writing import to_json

__all__ = [
    "content_hash",
    "contract",
    "from_json",
    "public_values",
    "to_json",
    "values_from_json",
    "values_to_json",
]
