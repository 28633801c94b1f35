"""Where a report says its agency can be reached. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.report.model import Section

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TRADITIONAL = "電話郵編碼聯傳諮詢號樓層鎮廈點設處網辦"
_SIMPLIFIED = "电话邮编码联传咨询号楼层镇厦点设处网办"
_COMPARED = (
    {code: code - 0xFEE0 for code in _FULL_WIDTH}
    | dict.fromkeys(map(ord, "—–―‐−"), ord("-"))
    | str.maketrans(_TRADITIONAL, _SIMPLIFIED)
)
"""Full-width and traditional signs to ordinary ones, one for one, so that places stay:
what is found is returned as printed.
"""

# Where an address ends: at the label of whatever is told next.
_NEXT = (
    r"邮\s*编|邮政|电\s*话|传\s*真|联\s*系|咨询|电子|邮\s*箱|网\s*址|"
    r"办公时间|受理时间|工作时间|[Ee]-?mail"
)
_NO_PLACE = r"\([^)\n]{0,40}(?::|邮|电话)"
"""A bracket that does not belong to an address: （邮编：100000）."""
_LONG_BRACKET = r"\([^)\n]{40}"
_PLACE = rf"(?:[^,。;()\n]|(?!{_NO_PLACE})\([^()\n]{{1,40}}\)){{4,80}}?"
_END_OF_PLACE = rf"(?=\s*(?:[,。;)\n]|{_NO_PLACE}|{_LONG_BRACKET}|{_NEXT}|$))"
_ADDRESS_LABEL = r"(?:地\s*址|办公地点|联系地点|接待地点)\s*(?:[:为是]|位于|在)*"
# e.g. "地址:示例市示例路1号,邮编", "办公地点位于示例市示例路1号(3层)。"
# not "地址:。"
_ADDRESS = re.compile(rf"{_ADDRESS_LABEL}\s*({_PLACE}){_END_OF_PLACE}")
_ENDS_LIKE_AN_ADDRESS = "(?<=[路街道巷号楼层室镇村厦])"
# e.g. "设在示例市示例路1号。", "位于示例大厦3楼,"
# not "位于全国前列。"
_LOCATION = re.compile(
    rf"(?:位于|设在|地处)\s*({_PLACE}){_ENDS_LIKE_AN_ADDRESS}{_END_OF_PLACE}"
)

_AREA_CODE = r"(?:\((?:86-)?0\d{2,3}\)|(?:86-)?0\d{2,3})"
_LANDLINE = rf"{_AREA_CODE}[\s-]{{0,3}}\d{{7,8}}"
_SERVICE = r"[48]00-?\d{3,4}-?\d{3,4}"
_MOBILE = r"1[3-9]\d{9}"
_EXTENSION = r"(?:\s?(?:转|-)\s?\d{1,5})?"
_NOT_A_COUNT = r"(?!\d|\s?[个次件人余])"  # 接到电话12345678个
_NUMBER = (
    rf"(?<![\d-])(?:{_LANDLINE}|{_SERVICE}|{_MOBILE}|\d{{7,8}})"
    rf"{_EXTENSION}{_NOT_A_COUNT}"
)
_WITH_FAX = r"(?:\s*[(/、和及]?\s*传\s*真\)?)?"
# e.g. "电话:0000-1234567", "电话(传真):0000-1234567转8", "电 话 1234567"
# not "电话12345678个", "电话:12345"
_PHONE = re.compile(rf"(?:电\s*话)(?:号码)?{_WITH_FAX}\s*[:为是]{{0,2}}\s*({_NUMBER})")
_PHONE_LABEL = "(?:联系方式|联系人|致电|拨打|[Tt][Ee][Ll])"
# e.g. "联系方式:示例市示例路1号,0000-1234567", "Tel 0000-1234567"
# not "邮编:100000"
_PHONE_FURTHER_ON = re.compile(rf"{_PHONE_LABEL}[^。\n]{{0,60}}?({_NUMBER})")
# e.g. "请与示例市商务局联系(0000-1234567)"
# not "(1234567)"
_PHONE_IN_BRACKETS = re.compile(r"\((\(?0\d{2,3}\)?-\d{7,8})\)")

_POSTCODE_LABEL = r"(?:邮\s*编|邮\s*政\s*编\s*码|邮码)"
# e.g. "邮编:100000", "邮政编码 100000"
# not "信用代码:100000000012345678"
_POSTCODE = re.compile(rf"{_POSTCODE_LABEL}\s*[:为是]{{0,2}}\s*(\d{{6}})(?!\d)")

_LETTER = "[A-Za-z0-9]"
_DOMAIN = r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
# Signs for @ that keep addresses from being gathered by machines.
_AT = r"(?:@|[(\[【]\s?(?:at|AT|@|#)\s?[)\]】])"
# e.g. "xxgk@example.gov.cn", "xxgk(at)example.gov.cn"
# not "xxgk#example.gov.cn"
_EMAIL = re.compile(rf"({_LETTER}[A-Za-z0-9._%+-]{{0,63}}\s?{_AT}\s?{_DOMAIN})")
_OTHER_AT = r"(?:#|\s?at\s?|\*)"
# e.g. "邮箱:xxgk#example.gov.cn", "E-mail: xxgk at example.gov.cn"
# not "xxgk#example.gov.cn"
_EMAIL_BY_LABEL = re.compile(
    r"(?:邮箱|邮件|[Mm]ail)[^\n。]{0,8}?"
    rf"({_LETTER}[A-Za-z0-9._-]{{0,63}}{_OTHER_AT}{_DOMAIN})"
)


class _Field(NamedTuple):
    """One thing a report says about how its agency is reached."""

    key: str
    signs: tuple[str, ...]
    """One of these stands in any text that fits: a cheap look before the patterns."""
    patterns: tuple[re.Pattern[str], ...]
    """The surer first; group 1 is what is wanted."""

    def can_be_in(self, text: str) -> bool:
        """Whether a text holds a sign of this field: a cheap look beforehand."""
        return any(sign in text for sign in self.signs)


_ADDRESS_SIGNS = ("址", "地点", "位于", "设在", "地处")
_PHONE_SIGNS = ("话", "話", "聯", "联系", "致电", "拨打", "tel", "Tel", "TEL", "ＴＥＬ")
_EMAIL_SIGNS = ("@", "＠", "#", "＃", "at", "AT", "*")
# e.g. "地址:示例市示例路1号,", "电话:0000-1234567", "邮编:100000", "a@example.cn"
_FIELDS = (
    _Field("address", _ADDRESS_SIGNS, (_ADDRESS, _LOCATION)),
    _Field(
        "phone",
        (*_PHONE_SIGNS, "-", "－"),
        (_PHONE, _PHONE_FURTHER_ON, _PHONE_IN_BRACKETS),
    ),
    _Field("postcode", ("编", "編", "邮码"), (_POSTCODE,)),
    _Field("email", _EMAIL_SIGNS, (_EMAIL, _EMAIL_BY_LABEL)),
)
_MAX_TEXT = 20_000
# e.g. "监督", "投诉举报热线"
# not "联系电话"
_COMPLAINTS = re.compile("监督|投诉|举报|信访")
_NEAR = 10
"""Signs before a number in which it is said what the number is for."""


def read_contact(sections: Sequence[Section]) -> dict[str, str]:
    """`address`, `phone`, `postcode`, `email` as printed, the preamble's before
    anything said later; what is not printed has no key.

    Of several numbers the first; numbers for complaints (监督电话) are not the
    agency's.
    """
    found: dict[str, str] = {}
    for section in sections:
        prose = section.prose[:_MAX_TEXT]
        sought = [field for field in _FIELDS if field.key not in found]
        for key, printed in _read_fields(sought, prose):
            found[key] = printed
    return found


def _read_fields(sought: Sequence[_Field], prose: str) -> Iterator[tuple[str, str]]:
    """The fields that a text tells, each with its key and as printed.

    The signs of the text are made ordinary only if it can tell any.
    """
    can_be_told = [field for field in sought if field.can_be_in(prose)]
    if not can_be_told:
        return
    compared = prose.translate(_COMPARED)
    for field in can_be_told:
        match = _first_fit(field, compared)
        if match is not None:
            printed = prose[match.start(1) : match.end(1)]
            yield field.key, printed.strip()


def _first_fit(field: _Field, compared: str) -> re.Match[str] | None:
    """The first match of the surest pattern that is no number for complaints.

    `compared`: the text with full-width and traditional signs made ordinary.
    """
    is_phone = field.key == "phone"
    for pattern in field.patterns:
        for match in pattern.finditer(compared):
            is_blank = not match[1].strip()
            is_anothers = is_phone and _is_for_complaints(match, compared)
            if not is_blank and not is_anothers:
                return match
    return None


def _is_for_complaints(match: re.Match[str], compared: str) -> bool:
    """监督电话：… is that of the office that watches over the agency."""
    begin = max(match.start(1) - _NEAR, 0)
    before = compared[begin : match.start(1)]
    return _COMPLAINTS.search(before) is not None
