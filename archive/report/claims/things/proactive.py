"""`proactive_total`: what was published of the body's own accord, 主动公开.

The total of the year stands in no table of the official forms, only in the prose of
part （一）主动公开.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Mention
from archive.report.claims.things.channels import SINGLE_CHANNEL, names_one_channel
from archive.report.claims.things.thing import Thing, Wording

_WHAT_IS_PUBLISHED = "的|了|各|类|项|政府|政务|公开|工作|信息|动态|内容|数据"
_HOW_MUCH = "共|计|总|合|累|数|量|达|到|约|近|为|有|：|在|发布"
_BY_US = "本[机级]关?|全年|新增|已|涉及|等"
_UP_TO_THE_NUMBER = rf"(?:{_WHAT_IS_PUBLISHED}|{_HOW_MUCH}|{_BY_US}){{0,16}}$"

# e.g. "主动公开", "我局主动向社会公布各类政府信息共计"
# not "未主动公开", "主动公开目录", "法定主动公开内容"
_DISCLOSED = re.compile(
    rf"(?<![不未非应])(?<!法定)主动(?:向社会)?(?:公[开布]|发布){_UP_TO_THE_NUMBER}"
)

_IN_ALL = r"全年|共|累计|总计|合计|年度?|^[我本](?!.{0,2}网).{1,3}"
# e.g. "全年公开政府信息", "2023年累计向社会公开发布信息", "我单位公开"
# not "依申请公开"
_MADE_PUBLIC = re.compile(
    rf"(?:{_IN_ALL})(?:共|累计|总计)?(?:向社会)?公开(?:发布)?{_UP_TO_THE_NUMBER}"
)

_SUMMED_UP = "共计?|累计|总计|合计"
_ANY_INFORMATION = "(?:各类|各项|公开|政府|政务|的)*+信息"
# e.g. "共发布信息", "2023年累计发布各类政务信息共", "向社会发布政府信息"
# not "发布招聘信息", "全年发布信息"
_ISSUED = re.compile(
    rf"(?:{_SUMMED_UP}|向社会)(?:对外|向社会)?发布{_ANY_INFORMATION}"
    rf"(?:总数|总量|数量|{_SUMMED_UP}|达到?|约|近|为|：)*+$"
)

# e.g. "政务新媒体", "抖音"
# not "门户网站"
_MEDIA = re.compile("媒体|媒介|抖音|客户端|APP|视频号|公开屏|广播|电视")
# The clause before, which names a way and no number of its own.
# e.g. "2023年，我局依托政府门户网站，", "通过政务微信，"
# not "通过门户网站等渠道，", "完善门户网站，"
_BY_ONE_WAY = re.compile(
    r"(?:依托|通过|利用|借助|经由?)[^，。；：\d、等和及]{0,24}(?:网站?|微信|公众号|微博)，$"
)
# Two kinds of what one way carried: 通过网站主动公开信息15件，主动公开动态160条.
# e.g. "通过网站主动公开政府信息15件，"
# not "主动公开政府信息15件，"
_COUNTED_BEFORE = re.compile(
    r"(?:依托|通过|利用|借助|在)[^，。；：]{0,24}主动公开[^，。；：]{0,16}\d[条件篇]，$"
)
# e.g. "通过示例气象网", "在示例网"
# not "网络"
_SITE_BEFORE = re.compile(r"(?:通过|在|利用|借助|依托)[^，。；：、等和及]{1,16}网$")

# e.g. "，", "："
# not "、"
_END_OF_CLAUSE = re.compile("[，。；：]")


# e.g. "251条"
# not "第251期"
_PART = re.compile(r"(\d{1,7})条")


def _is_total(mention: Mention) -> bool:
    """False for what was published upon application, or through one channel only.

    通过门户网站主动公开… is not the whole. Without the word 主动 the channel may stand
    earlier in the sentence as well: 公众号每日更新，共公开信息…. What was 发布 where
    channels are named before is theirs, be they one or many.
    """
    lead = mention.before
    if "发布" in mention.told_by and not mention.told_by.startswith("主动"):
        if _is_sum_of(lead, mention.number):
            return True
        is_of_channels = SINGLE_CHANNEL.search(lead) or _MEDIA.search(lead)
        return mention.number["unit"] == "条" and not is_of_channels
    if mention.told_by.startswith("主动"):
        if _is_of_one_way(lead):
            return False
        lead = _END_OF_CLAUSE.split(lead)[-1]
    return "依申请" not in mention.words and not names_one_channel(lead)


def _is_of_one_way(lead: str) -> bool:
    """Whether what stands before 主动公开 leads it by one channel or by media."""
    clause = _END_OF_CLAUSE.split(lead)[-1]
    ways = (_BY_ONE_WAY, _COUNTED_BEFORE, _SITE_BEFORE)
    if any(way.search(lead) for way in ways):
        return True
    return bool(_MEDIA.search(clause)) and not SINGLE_CHANNEL.search(clause)


def _is_sum_of(lead: str, total: re.Match[str]) -> bool:
    """Whether a number is as much as those of channels named before it, two or more."""
    parts = [int(part) for part in _PART.findall(lead)]
    printed = "".join(filter(str.isdigit, total[0]))
    return len(parts) > 1 and printed == str(sum(parts))


PROACTIVE_TOTAL = Thing(
    key="proactive_total",
    units=frozenset({"条", "条次", "件", "份", "篇", "项", "个", "则"}),
    before=(
        Wording("主动", _DISCLOSED),
        Wording("公开", _MADE_PUBLIC),
        Wording("发布", _ISSUED),
    ),
    is_meant=_is_total,
    is_left_to_the_whole=True,
)
