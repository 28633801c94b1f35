"""A question in one way of writing: what lists names, and words that blanks part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from archive.regions import by_name
from archive.search.text import HAN

# A law or a paper, whose place and year are those of its name.
# e.g. "《四川省政府信息公开条例》", "《北京日报》"
# not "《成都市教育局2022年年报》"
_NAMED = re.compile(
    "《[^《》]*(?:条例|办法|规定|细则|法|意见|通知|决定|公报|[日晚]报|志)》"
)
# e.g. "22、23年"
# not "22、23件"
_LISTED_YEARS = re.compile("、(?<=[012][0-9].)(?=(?:[012][0-9]、)*[012][0-9]年(?!级))")
_BEHIND_YEAR = r"年|\s|$|依?申请|公开|行政|诉讼|复议"
# e.g. "2022/2023", "2022/2023申请量"
# not "2022/2023/2024", "a/2022/3", "12022/2023", "2003/2004赛季"
_EITHER_YEAR = re.compile(
    rf"[/+](?<=(?<![0-9/.-])20[0-9]{{2}}.)(?=20[0-9]{{2}}(?:{_BEHIND_YEAR}))"
)
# What other engines call a field is a word here.
_NO_FIELD = "(?<!正文.)(?<!全文.)"
_BEHIND = f"[{HAN}]|20[0-9]{{2}}(?:年|[-—–~至到])"
# e.g. "山东/河南", "合肥+南京", "来源:苏州市财政局", "数据:2019-2022"
# not "1/2", "+南京", "正文:去年", "标题:2022"
_PARTED = re.compile(f"[/+|_→:](?<=[{HAN}].){_NO_FIELD}(?={_BEHIND})")
_NAME = f"[{HAN}]{{2,8}}?"
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_MANY = f"(?P<many>[{''.join(_COUNTS)}])[省市县区州地]"
# e.g. "两省"
# not "三镇"
_NUMBER = re.compile(_MANY)
# Names with their number behind them.
# e.g. "江苏、浙江两省", "苏州、无锡和常州三市"
# not "武汉三镇", "两省交界"
_COUNTED = re.compile(f"{_NAME}(?:(?:、|以及|[和与及]){_NAME})+?{_MANY}")
# e.g. "、", "以及"
# not "的"
_EACH_OTHER = re.compile("、|以及|[和与及]")
_SAYS_NOTHING = "以及"
"""Stands for the number of a list, and is as long."""
_NONE: frozenset[int] = frozenset()
# e.g. "河 南 省", "教育 局"
# not "四川 成都"
_LONE = re.compile(f" [{HAN}](?![{HAN}])")
# Signs that are typed or pasted one by one.
# e.g. "河 南 省 教 育 厅", "西 安 市"
# not "省 市", "四川 成都 武侯"
_SPREAD = re.compile(f"(?<![{HAN}])[{HAN}](?: [{HAN}]){{2,}}(?![{HAN}])")
# The last sign of a name behind a blank.
# e.g. "教育 局", "成都 市"
# not "教育 局面"
_PARTED_END = re.compile(f"(?P<word>[{HAN}]{{2,}}) (?P<end>[局厅省市县区])(?![{HAN}])")
_BUREAUS = ("局", "厅")
_LONGEST = 5
"""Signs of a name before its last one, at most."""


class Written(NamedTuple):
    """A text in one way of writing."""

    text: str
    places: Sequence[int]
    """Where its signs stand in the text as it was typed."""
    counted: Collection[int]
    """Where a list of places ends behind which is their number."""

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of it stands in the text as it was typed, with the number of
        the list that ends there.
        """
        last = end + len(_SAYS_NOTHING) if end in self.counted else end
        return self.places[start], self.places[last - 1] + 1


def in_one_way(text: str) -> Written:
    """A text in normal form as items are read from it: 河 南 省 as 河南省, 2022/2023 as
    2022和2023, 山东/河南 as 山东、河南, and 江苏、浙江两省 without its number.
    """
    places: Sequence[int] = range(len(text))
    if _LONE.search(text):
        gone = set(_blanks_inside(text))
        places = [at for at in places if at not in gone]
        text = "".join(map(text.__getitem__, places))
    text = _NAMED.sub(lambda named: "，" * len(named[0]), text)
    text = _LISTED_YEARS.sub("和", text)
    text = _EITHER_YEAR.sub("和", text)
    text = _PARTED.sub("、", text)
    counted = frozenset(_counted(text)) if _NUMBER.search(text) else _NONE
    for at in counted:
        text = text[:at] + _SAYS_NOTHING + text[at + len(_SAYS_NOTHING) :]
    return Written(text, places, counted)


def _blanks_inside(text: str) -> Iterator[int]:
    """Where the blanks are that part what belongs together."""
    for spread in _SPREAD.finditer(text):
        yield from range(spread.start() + 1, spread.end(), 2)
    for parted in _PARTED_END.finditer(text):
        word, last = parted["word"], parted["end"]
        names = {word[-length:] + last for length in range(1, _LONGEST + 1)}
        if last in _BUREAUS or names & by_name().keys():
            yield parted.end("word")


def _counted(text: str) -> Iterator[int]:
    """Where lists end that are as long as the number behind them says."""
    for match in _COUNTED.finditer(text):
        names = _EACH_OTHER.split(match[0])
        if len(names) == _COUNTS[match["many"]]:
            yield match.start("many")
