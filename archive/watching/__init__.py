"""What somebody who watches over a running archive can see of it.

sign     the sign of life of the worker, in a file that the website reads
events   what happens, as lines of JSON for another program
"""

from archive.watching.events import ACCESS, OfVisitor, log_as_json, of_run, told
from archive.watching.sign import SILENT, Sign, give_sign, last_sign

__all__ = [
    "ACCESS",
    "SILENT",
    "OfVisitor",
    "Sign",
    "give_sign",
    "last_sign",
    "log_as_json",
    "of_run",
    "told",
]
