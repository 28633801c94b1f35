"""What headers say: where a redirect leads, for how long a host wants to be left alone;
and what may be sent in one.
"""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import httpx

# A value with a line end would add headers of somebody else's choice.
# e.g. "\r\n", "\x7f", "年"
# not "\"abc-123\""
_UNSENT = re.compile(r"[^ -~]")


def location(headers: httpx.Headers) -> str:
    """Where a redirect leads.

    Bytes that are no UTF-8 (GBK addresses) stay as they are, percent-coded.
    """
    location: str = headers.get("location", "")
    if headers.encoding == "iso-8859-1":
        location = quote(location.encode("latin-1"), safe=string.punctuation)
    return location


def retry_after(value: str) -> float:
    """Seconds that a Retry-After header asks for, whether a number or a date.

    0 when it is absent or can't be read.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def one_line(value: str) -> str:
    """A header value as it may be sent: printable ASCII only."""
    return _UNSENT.sub("", value)[:1000]
