"""Sections → the sentences of their running text, without plans. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.report.claims.mention import Sentence
from archive.report.document import Heading, Paragraph, Table
from archive.report.model import Section
from archive.report.plain import plain

MAX_SENTENCE = 4_000
"""Longer runs without a full stop are looked at in pieces of this size."""
_HEADING = 30
"""Signs up to which a line without a full stop may be a heading."""

# e.g. "公开信息3条。", "“应公开尽公开。”", "没有句号"
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？][”’」』）)]*|\n|$)")
_A_FEW = "[〇一二两三四五六七八九十百千][余多]?[条件份起次宗篇期场]"
# e.g. "公开信息3条", "未收到申请", "举办两次"
# not "信息公开工作稳步推进"
_SAYS_SOMETHING = re.compile(rf"\d|[未没无零不免]|{_A_FEW}")
_MARKER = r"[（(一二三四五六七八九十）)、\d.\s]{0,8}"
_AHEAD = "下一步|下一阶段|今后|明年|新的一年|工作打算|下步"
# e.g. "（三）下一步工作打算", "下一步，我局将", "2.今后"
# not "我局下一步"
_PLANS = re.compile(rf"^(?:{_MARKER})(?:{_AHEAD})")
"""How the outlook begins, with which section 5 ends."""


def sentences_of(section: Section) -> Iterator[Sentence]:
    """The sentences of a section in reading order, without tables and plans.

    A heading like （三）下一步工作打算 opens plans, which the next heading ends.
    """
    heading = plain(section.heading)
    in_plans = False
    for block in section.blocks:
        if isinstance(block, Table):
            continue
        can_be_heading = len(block.text) <= _HEADING and "。" not in block.text
        if can_be_heading:
            line = plain(block.text)
            in_plans = _PLANS.match(line) is not None
        if not in_plans:
            yield from _sentences_in(block, heading)


def _sentences_in(block: Heading | Paragraph, heading: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, up to where it turns to the next year.

    `text` is empty where no number can be stated.
    """
    topic = ""
    for printed in _printed_sentences(block.text):
        if not printed:
            continue
        if _PLANS.match(printed):
            return
        if not _SAYS_SOMETHING.search(printed):
            yield Sentence(printed, "", block.at, "")
            continue
        if not topic:
            topic = heading + plain(block.text[:MAX_SENTENCE])
        yield Sentence(printed, plain(printed), block.at, topic)


def _printed_sentences(text: str) -> Iterator[str]:
    """The sentences of a text as printed, long ones in pieces; some are empty."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        for begin in range(0, len(sentence), MAX_SENTENCE):
            piece = sentence[begin : begin + MAX_SENTENCE]
            yield piece.strip()
