"""Which bodies speak and publish for a people's government."""

from __future__ import annotations

import re

_OFFICE = "政府(?:办公[厅室]|办|秘书处)|行政公署(?:办公室)?"
_OF_OPENNESS = (
    "(?<![局委厅])(?:政务公开|(?:政府)?信息公开)(?:工作)?(?:领导小组)?办(?:公室)?"
)
# e.g. "示例市人民政府办公厅", "示例市政府办", "示例市政务公开办公室"
# e.g. "示例市人民政府办公室（政务公开办）", "示例市人民政府信息公开办公室"
# not "示例市人民政府外事办公室", "示例市商务局办公室"
_GOVERNMENTS_OFFICE = re.compile(rf"{_OFFICE}(?:[（(].{{0,30}}[）)])?$|{_OF_OPENNESS}$")


def is_governments_office(name: str) -> bool:
    """True for the office that reports for a government, mostly under its own name."""
    return _GOVERNMENTS_OFFICE.search(name) is not None
