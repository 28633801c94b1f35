"""`website`, `wechat`, `weibo`: what was published through one channel.

Part （四）平台建设 of section 1 tells these numbers; no table carries them.
"""

from __future__ import annotations

import re

from archive.report.claims.mention import Mention
from archive.report.claims.things.thing import GAP, HOW_MANY, Thing, Wording

_WECHAT = "微信公众平台|微信公众号|微信|公众号"
_WEIBO = "微博"
NAMES = {"website": "网站|官网|网络|门户网", "wechat": _WECHAT, "weibo": _WEIBO}
"""Channel → its names, the longer first."""
ANY_NAME = "|".join(NAMES.values())
_OTHER_NAMES = "抖音|客户端|头条"
_POSTS = frozenset({"条", "条次", "篇", "件", "份", "则", "期", "次"})

# e.g. "门户网站", "信息公开专栏", "《示例公报》"
# not "政府信息"
SINGLE_CHANNEL = re.compile(rf"{ANY_NAME}|专栏|平台|公报|公开栏|栏目")
# e.g. "网站、公众号等渠道", "多种"
# not "通过门户网站"
_SEVERAL = re.compile("等|、|和|及|多种|各种|各类(?:平台|渠道)|主动公开目录")
# e.g. "网站和", "通过抖音、"
# not "网站发布", "网站和微信，"
_ANOTHER_BEFORE = re.compile(
    rf"(?:{ANY_NAME}|{_OTHER_NAMES}|APP|平台|公报)”?(?:和|、|及|与|以及)[^，。；]{{0,12}}$"
)


# e.g. "通过门户网", "其中通过"
# not "门户网站发布"
_THROUGH = re.compile("通过(?!.*(?:发布|公开|更新|推送))")
# Parts are told before their total: 通过网站251条、微信公众号983条，共发布信息1234条.
# e.g. "，共发布信息", "，累计公开政府信息"
# not "，共答复"
_IN_ALL = re.compile("，(?:共计?|累计|总计|合计)(?:主动)?(?:发布|公开|推送|更新)")


def names_one_channel(text: str) -> bool:
    """Whether a single channel is named.

    通过门户网站 names one; 通过网站、公众号 and 通过网站等渠道 name several.
    """
    if not SINGLE_CHANNEL.search(text):
        return False
    return _SEVERAL.search(text) is None


def _is_posted(mention: Mention) -> bool:
    """False where another channel is counted with it: 网站和微信发布…."""
    if _THROUGH.match(mention.told_by) and not _IN_ALL.search(mention.rest):
        return False
    return not _ANOTHER_BEFORE.search(mention.before)


# Messages of visitors, readers and reports to higher offices are no publications.
_NO_POST = "留言|回复|收到|接到|受理|申请"
_NO_ITEMS = "粉丝|关注|阅读|访问|点击|浏览|转发|播放|点赞|报送|上报|投稿|采用|采纳"
_SOME_ITEMS = (
    "公告|通知|文件|政策|动态|新闻|公示|视频|图解|指南|财政|预算|决算|征集|调查|许可|"
    "处罚|解读|回应|会议|目录|人事|招聘|规章|规范性|公文"
)
"""One kind of what a channel carries: its number is not the channel's."""
_UPKEEP = "专栏|栏目|目录|答复|咨询|维护|监测|检查|排查|建设|信箱|数量"
_OTHER_THINGS = {
    "website": rf"{_WECHAT}|{_WEIBO}|抖音|客户端|{_NO_POST}|{_UPKEEP}",
    "wechat": rf"{_WEIBO}|{_OTHER_NAMES}|网站|{_NO_POST}",
    "weibo": rf"{_WECHAT}|{_OTHER_NAMES}|网站|{_NO_POST}",
}
"""Channel → words that make another thing of what follows its name."""
_POSTED = "发布|公布|公开|更新|推送|刊发|上传|推文|信息|发文"
_OWNER = "政务|官方|新浪|腾讯|门户(?!网(?!站))|政府|局|我局"


def _channel(key: str, sign: str) -> Thing:
    names = NAMES[key]
    gap = rf"(?:(?!{_OTHER_THINGS[key]}|{_NO_ITEMS}|{_SOME_ITEMS}|等){GAP})"
    posted = re.compile(rf"(?:{names}){gap}{{0,24}}?(?:{_POSTED}){gap}{{0,14}}$")
    goes_on = re.compile(
        rf"^(?:[、和及]|其中：?)?(?:通过|在)?(?:{_OWNER})*(?:{names}){HOW_MANY}$"
    )
    through = re.compile(rf"通过(?:{_OWNER})*(?:{names}){HOW_MANY}$")
    return Thing(
        key=key,
        units=_POSTS,
        before=(Wording(sign, posted), Wording("通过", through)),
        continued=tuple(Wording(said, goes_on) for said in ("发", "公开", "通过")),
        is_meant=_is_posted,
    )


WEBSITE = _channel("website", "网")
WECHAT = _channel("wechat", "")
WEIBO = _channel("weibo", "微博")
