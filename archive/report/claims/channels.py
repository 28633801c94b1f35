"""The channels a body publishes through, by the names reports give them. Data over
plain text.
"""

from __future__ import annotations

import re

NAMES = {
    "website": r"网站|官网|网络",
    "wechat": r"微信公众平台|微信公众号|微信|公众号",
    "weibo": r"微博",
}
"""Channel → its names, the longer first."""
_ALL_NAMES = "|".join(NAMES.values())
_OTHER_NAMES = "抖音|客户端|头条"
_NO_POST = "留言|回复|收到|接到|受理|申请"
OTHER_THINGS = {
    "website": (
        rf"{NAMES['wechat']}|{NAMES['weibo']}|抖音|客户端|{_NO_POST}|"
        r"专栏|栏目|目录|答复|咨询|维护|监测|检查|排查|建设|信箱|数量"
    ),
    "wechat": rf"{NAMES['weibo']}|{_OTHER_NAMES}|网站|{_NO_POST}",
    "weibo": rf"{NAMES['wechat']}|{_OTHER_NAMES}|网站|{_NO_POST}",
}
"""Channel → words that make another thing of what follows its name."""
SINGLE_CHANNEL = re.compile(rf"{_ALL_NAMES}|专栏|平台|公报|公开栏|栏目")
SEVERAL = re.compile(r"等|、|和|及|多种|各种|各类(?:平台|渠道)|主动公开目录")
ANOTHER_CHANNEL = re.compile(
    rf"(?:{_ALL_NAMES}|{_OTHER_NAMES}|APP|平台|公报)”?(?:和|、|及|与|以及)[^，。；]{{0,12}}$"
)
HEADS = (
    ("reviews", re.compile("行政复议")),
    ("lawsuits", re.compile("诉讼")),
    *((key, re.compile(names)) for key, names in NAMES.items()),
)
"""What 分别 can speak of; the first that fits."""
_HEAD = rf"行政复议|行政诉讼|诉讼|{_ALL_NAMES}"
_JOIN = r"[、和与及]|以及"
RESPECTIVELY = re.compile(
    rf"(?P<heads>(?:(?:政务|官方|政府|门户)*+(?:{_HEAD})(?:(?!{_HEAD}|{_JOIN}|分别)[^，。；\d]){{0,8}}(?:{_JOIN})?){{2,4}})分别[^，。；\d]{{0,14}}"
)
"""What stands before the numbers that 分别 hands out. Nothing in it fits in two ways,
so no text is slow to search.
"""
