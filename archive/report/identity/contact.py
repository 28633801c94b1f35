"""Where a report says its agency can be reached. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.report.model import Section

_WIDE = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "—–―‐−"), ord("-"))
    | str.maketrans(
        "電話郵編碼聯傳諮詢號樓層鎮廈點設處網辦",
        "电话邮编码联传咨询号楼层镇厦点设处网办",
    )
)
"""Full-width and traditional signs to ordinary ones, one for one, so that places stay.
"""
_NEXT = r"邮\s*编|邮政|电\s*话|传\s*真|联\s*系|咨询|电子|邮\s*箱|网\s*址|办公时间|受理时间|工作时间|[Ee]-?mail"
_NUMBER = (
    r"(?<![\d-])(?:(?:\((?:86-)?0\d{2,3}\)|(?:86-)?0\d{2,3})[\s-]{0,3}\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|1[3-9]\d{9}|\d{7,8})"
    r"(?:\s?(?:转|-)\s?\d{1,5})?(?!\d|\s?[个次件人余])"
)
_NO_PLACE = r"\([^)\n]{0,40}(?::|邮|电话)"
"""A bracket that does not belong to an address."""
_DOMAIN = r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
_FIELDS: dict[str, tuple[re.Pattern[str], ...]] = {
    "address": tuple(
        re.compile(
            rf"{label}\s*((?:[^,。;()\n]|(?!{_NO_PLACE})\([^()\n]{{1,40}}\)){{4,80}}?){must}"
            rf"(?=\s*(?:[,。;)\n]|{_NO_PLACE}|\([^)\n]{{40}}|{_NEXT}|$))"
        )
        for label, must in (
            (r"(?:地\s*址|办公地点|联系地点|接待地点)\s*(?:[:为是]|位于|在)*", ""),
            (r"(?:位于|设在|地处)", r"(?<=[路街道巷号楼层室镇村厦])"),
        )
    ),
    "phone": (
        re.compile(rf"(?:电\s*话)(?:号码)?(?:\s*[(/、和及]?\s*传\s*真\)?)?\s*[:为是]{{0,2}}\s*({_NUMBER})"),
        re.compile(rf"(?:联系方式|联系人|致电|拨打|[Tt][Ee][Ll])[^。\n]{{0,60}}?({_NUMBER})"),
        re.compile(r"\((\(?0\d{2,3}\)?-\d{7,8})\)"),
    ),
    "postcode": (re.compile(r"(?:邮\s*编|邮\s*政\s*编\s*码|邮码)\s*[:为是]{0,2}\s*(\d{6})(?!\d)"),),
    "email": (
        re.compile(
            rf"([A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}\s?(?:@|[(\[【]\s?(?:at|AT|@|#)\s?[)\]】])\s?{_DOMAIN})"
        ),
        re.compile(rf"(?:邮箱|邮件|[Mm]ail)[^\n。]{{0,8}}?([A-Za-z0-9][A-Za-z0-9._-]{{0,63}}(?:#|\s?at\s?|\*){_DOMAIN})"),
    ),
}  # fmt: skip
_SIGNS = {
    "address": ("址", "地点", "位于", "设在", "地处"),
    "phone": (
        "话",
        "話",
        "聯",
        "联系",
        "致电",
        "拨打",
        "tel",
        "Tel",
        "TEL",
        "ＴＥＬ",
        "-",
        "－",
    ),
    "postcode": ("编", "編", "邮码"),
    "email": ("@", "＠", "#", "＃", "at", "AT", "*"),
}
"""A cheap look before the patterns: one of these is in any text that fits."""
_MAX_TEXT = 20_000
_COMPLAINTS = re.compile(r"监督|投诉|举报|信访")
_NEAR = 10
"""Signs before a number in which it is said what the number is for."""


def read_contact(sections: Sequence[Section]) -> dict[str, str]:
    """`address`, `phone`, `postcode`, `email` as printed, the preamble's before
    anything said later.

    Of several numbers the first; numbers for complaints (监督电话) are not the
    agency's.
    """
    found: dict[str, str] = {}
    for section in sections:
        prose = section.prose[:_MAX_TEXT]
        sought = [
            key
            for key, signs in _SIGNS.items()
            if key not in found and any(sign in prose for sign in signs)
        ]
        compared = prose.translate(_WIDE) if sought else ""
        for key in sought:
            if match := next(_fitting(key, compared), None):
                found[key] = prose[match.start(1) : match.end(1)].strip()
    return found


def _fitting(key: str, compared: str) -> Iterator[re.Match[str]]:
    for pattern in _FIELDS[key]:
        for match in pattern.finditer(compared):
            before = compared[max(match.start(1) - _NEAR, 0) : match.start(1)]
            if match[1].strip() and not (key == "phone" and _COMPLAINTS.search(before)):
                yield match
