"""Where a report says its agency can be reached. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.report.model import Section

_FIELDS = {
    "address": re.compile(
        r"(?:通[讯信]地址|联系地址|办公地址|地\s*址|地点)\s*[：:为]\s*([^，。；,;）)\n]{4,80}?)(?=[，。；,;）)\n\s]|联系|电话|邮|$)"
    ),
    "phone": re.compile(
        r"(?:电\s*话|联系方式)(?:号码)?\s*[：:为]?\s*([(（]?0?\d[\d\-－—–()（）]{5,20}\d(?:转\d{1,5})?)"
    ),
    "postcode": re.compile(r"(?:邮\s*编|邮政编码)\s*[：:为]?\s*(\d{6})(?!\d)"),
    "email": re.compile(r"([A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}[@＠][A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4})"),
}
_MAX_TEXT = 20_000


def read_contact(sections: Sequence[Section]) -> dict[str, str]:
    """`address`, `phone`, `postcode`, `email` as printed, the preamble's before anything said later."""
    found: dict[str, str] = {}
    for section in sections:
        prose = section.prose[:_MAX_TEXT]
        for key, pattern in _FIELDS.items():
            if key not in found and (match := pattern.search(prose)):
                found[key] = match[1].strip()
    return found
