"""Agency name → sector: a reviewed list of words, under the names agencies have had
since 2008.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from archive import catalogue
from archive.regions.chain import ZONE
from archive.regions.divisions import DATA

SECTORS: tuple[str, ...] = tuple(catalogue.SECTORS)
"""The keys of the sectors in the order in which they are shown."""
_WORDS: dict[str, list[str]] = tomllib.loads(
    (DATA / "sectors.toml").read_text(encoding="utf-8")
)
"""Sector → the words that mean it; every sector of the catalogue stands there."""

TOWNSHIP = re.compile(
    r"^[^局委厅]{0,14}?(?:街道|街办|镇|乡|苏木)"
    r"(?:人民政府|政府|办事处|党政|党工委|综合|便民|财政所|社会事务|经济发展|公共服务|$)"
)
"""What is left of the name of a township's or street office's body once its region is
taken off.
"""


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """All words as one pattern, longer words first, and the sector of each."""
    sector = {word: key for key, words in _WORDS.items() for word in words}
    return re.compile("|".join(sorted(sector, key=len, reverse=True))), sector


def sector_of(body: str) -> str:
    """The sector of an agency by its name without region; empty when the list has no
    word for it.

    The word that stands first decides (教育和体育局 → 教育), after the name of a
    development zone has been taken off.
    """
    if TOWNSHIP.match(body):
        return catalogue.TOWNSHIPS
    pattern, sector = _pattern()
    zone = ZONE.match(body)
    match = (pattern.search(body, zone.end()) if zone else None) or pattern.search(body)
    if match is None:
        return ""
    return sector[match[0]]
