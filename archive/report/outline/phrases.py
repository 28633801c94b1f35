"""The words by which a line names a disclosure report."""

from __future__ import annotations

import re

from archive.report.plain import plain

# What the report is about: 政府信息公开 in the regulation's words, 政务公开 in others'.
_SUBJECT = "|".join((
    *("政府信息和政务公开", "政府信息与政务公开", "政府信息公开", "政务信息公开"),
    *("信息公开", "政务公开"),
))  # fmt: skip
_REPORT = "年度报告|工作总结报告|工作报告|情况的?报告|年度?报|报告"
# e.g. "政府信息公开工作年度报告", "政务公开年报", "信息公开情况的报告"
# not "政府信息公开指南", "政府工作报告"
PHRASE = re.compile(
    rf"(?P<subject>(?:{_SUBJECT}))[^，。；：？！]{{0,14}}?(?:{_REPORT})"
)
# A sentence, or the beginning of one, that speaks of a report.
# e.g. "根据《条例》编制本报告", "本报告由六部分组成", "现将年度报告公布如下"
# not "示例市2023年政府信息公开工作年度报告"
SENTENCE = re.compile(r"[。；！？]|^(?:根据|按照|依据|为|本报告|本年|现将|现予|特|按)")
# Signs that may follow the phrase: 年度报告（示例市商务局）.
_LONGEST_TAIL = 30


def names_a_report(text: str) -> bool:
    """True when a line names a disclosure report and does not merely speak of one."""
    compact = plain(text)
    match = PHRASE.search(compact)
    if match is None or SENTENCE.search(compact):
        return False
    return len(compact) - match.end() <= _LONGEST_TAIL
