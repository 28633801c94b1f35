"""Agency names as they are compared, and as the ascii of public addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from archive.regions.divisions import rows
from archive.report import Agency

LONGEST = 120
"""No agency's name is longer (the longest in use have some 60 characters); what stands
behind is not looked at.
"""
LONGEST_KEY = 80
_LEAD = re.compile(
    r"^(?:关于|\d{4}年度?|二[〇○零]\d{2}年度?|[·\-—_|:：,，、.。()（）《》“”\"'\[\]【】<>/\\*#]+)+"
)


def clean(text: str) -> str:
    """A name for comparing: compatibility forms and spaces gone, without a leading
    year; at most LONGEST characters.
    """
    folded = unicodedata.normalize("NFKC", text[: LONGEST * 4])
    kept = "".join(
        each
        for each in folded
        if not each.isspace() and unicodedata.category(each) not in ("Cf", "Cc", "Cs")
    )
    return _LEAD.sub("", kept[:LONGEST])


@lru_cache(maxsize=1)
def _readings() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    readings = {name: pinyin.split() for name, pinyin in rows("readings.tsv")}
    names = "|".join(sorted(readings, key=len, reverse=True))
    return re.compile(f"({names}|[省市])"), readings


@lru_cache(maxsize=4096)
def syllables(text: str) -> str:
    """Pinyin without tones in one word: 攀枝花 → panzhihua; letters and digits stay,
    all else goes.
    """
    from pypinyin import lazy_pinyin  # slow to load, and most names never need it

    pattern, readings = _readings()
    spelled = "".join(
        "".join(readings.get(part) or lazy_pinyin(part, errors="default"))
        for part in pattern.split(text)
        if part
    )
    return re.sub(r"[^a-z0-9]", "", spelled.lower().replace("ü", "v"))


def agency_key(agency: Agency, apart: bool = False) -> str:
    """The public address of an agency: `510400-panzhihuashishangwuju`, 000000 where the
    region is open.

    In: an agency as `identify` returns it. A name that is too long, or of which nothing
    is left in ascii, ends in (or is) the first eight hexadecimal digits of its SHA-256.
    With `apart` these always follow: two names that sound alike in one region (税务局,
    水务局) have the same key without it; whoever stores the second one asks for it
    apart.
    """
    name = clean(agency.name)
    code = agency.region.code if agency.region else "000000"
    mark = hashlib.sha256(agency.name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    spelled = syllables(name)
    if not spelled:
        return f"{code}-{mark}"
    if apart or len(spelled) > LONGEST_KEY or len(agency.name) > LONGEST:
        return f"{code}-{spelled[:LONGEST_KEY]}-{mark}"
    return f"{code}-{spelled}"
