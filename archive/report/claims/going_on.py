"""Numbers that leave to an earlier part of the sentence what they count. Pure.

微信300条，微博45条; 制定规范性文件5件，废止3件; 上年收到30件，今年为18件.
"""

from __future__ import annotations

import re

from archive.report.claims.scope import Scope
from archive.report.claims.stated_numbers import StatedNumbers
from archive.report.claims.things import (
    CHANNELS,
    GAP,
    HOW_MANY,
    NAMES,
    PAPERS,
    PROACTIVE_TOTAL,
    SINGLE_CHANNEL,
    THINGS,
    Thing,
    are_own_papers,
)

_POSTS = "图文|信息|文章|消息|稿件|内容|各类|原创"
# e.g. "发布信息", "2023年全年推送图文消息共"
# not "关注"
_POSTED = re.compile(
    rf"^(?:\d{{4}}年度?)?(?:[^，。；\d]{{0,6}}?)(?:发布|推送|更新|推文)"
    rf"(?:{_POSTS})*{HOW_MANY}$"
)
"""What a channel named before did: 公众号关注3万人，发布信息300条."""

_WHEN = r"今年|本年度?|当年|全年|\d{4}年度?"
_WHO = "我[局委办厅院县区市镇乡]|本[局委办厅院级]|本机关|我单位"
_BECAME = "增至|增加到|增长到|降至|下降到|上升到"
# e.g. "今年为", "而我局仅", "本年度增至"
# not "今年答复"
_SAME = re.compile(
    rf"^(?:[、而则]|其中|{_WHEN}|{_WHO}|仅|只)*+"
    rf"(?:共计?|为|是|有|达到?|{_BECAME}|约|总计|仅)*+$"
)
"""Words before a number that leave what it counts to the number before."""

# e.g. "其中市本级", "市政府办公室受理", "本机关收到"
# not "其中自然人"
_OF_OUR_LEVEL = re.compile(
    rf"^(?:其中：?)?{GAP}{{0,10}}?(?:本级|本机关|政府办公?室?)"
    rf"(?:共?(?:收到|受理|办理|公开|发布))?{HOW_MANY}$"
)

# e.g. "抖音", "微信等"
# not "公众号关注3万人"
_MORE_CHANNELS = re.compile("抖音|头条|客户端|等|渠道")
_GOING_ON = tuple(thing for thing in THINGS if thing.continued)
_HEAD = 16
"""Signs of a sentence in which the channel that it speaks of is named."""


def things_gone_on_with(
    number: re.Match[str], words: str, scope: Scope, stated: StatedNumbers
) -> list[Thing]:
    """The things a number can count by what was said before; empty if by nothing.

    `words`: those before the number in its clause.
    """
    unit = number["unit"] or "件"
    before = scope.text[: number.start() - len(words)]
    for thing in _GOING_ON:
        if unit not in thing.units:
            continue
        if _goes_on(thing, words, before, scope, stated):
            return [thing]
    if stated.last is not None and _OF_OUR_LEVEL.match(words):
        is_stated = stated.last.key in stated.by_key and unit in stated.last.units
        return [stated.last] if is_stated else []
    passed = stated.passed
    if passed is not None and passed.unit == unit and _SAME.match(words):
        return [passed.thing]
    is_posted = _POSTED.match(words) and not SINGLE_CHANNEL.search(words)
    return _channel_spoken_of(before) if is_posted else []


def _goes_on(
    thing: Thing, words: str, before: str, scope: Scope, stated: StatedNumbers
) -> bool:
    """Whether words go on with a thing named before: 制定规范性文件5件，[废止]3件.

    A channel goes on only with a channel, or opens the parts of a total (公开30条，其
    中网站20条), and papers only with the body's own.
    """
    if thing in CHANNELS:
        is_part = words.startswith("其中") and stated.last is PROACTIVE_TOTAL
        if not is_part and stated.last not in CHANNELS:
            return False
    if thing in PAPERS and not are_own_papers(before, scope):
        return False
    for wording in thing.continued:
        is_spoken_of = wording.sign in before
        if is_spoken_of and wording.pattern.search(words):
            return True
    return False


def _channel_spoken_of(before: str) -> list[Thing]:
    """The one channel that a sentence speaks of from its head on; else none.

    公众号关注3万人，发布信息300条 speaks of one; 微信、抖音等渠道发布300条 of several.
    """
    head = before[:_HEAD]
    if not SINGLE_CHANNEL.search(head):
        return []
    if _MORE_CHANNELS.search(before):
        return []
    named = [thing for thing in CHANNELS if re.search(NAMES[thing.key], before)]
    if len(named) != 1:
        return []
    return named
