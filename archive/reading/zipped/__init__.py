"""Compressed files (.zip, .gz, .rar, .7z) → the one report in them.

1 packed     the way: unpack, read each file, choose, put together; read this first
2 members    the files of an archive and of archives in it; passwords and bombs
3 bsdtar, rar_headers   the program that unpacks .rar and .7z; what a .rar says itself
4 choice     which files are the report
5 signs      what a document shows of a report at a glance
"""

from archive.reading.zipped.choice import Candidate, chosen_of, whose
from archive.reading.zipped.packed import read_packed, to_add

__all__ = ["Candidate", "chosen_of", "read_packed", "to_add", "whose"]
