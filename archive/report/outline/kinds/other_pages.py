"""What a page is that has a report's address or title and none of its substance; data,
and the search in it.

Firewalls, log-ins and broken servers answer with status 200. Their words count only
where nothing of a report was found: reports speak of log-ins and maintenance too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.report.plain import plain

_LOOKED_AT = 4_000
"""Signs of the beginning; such pages are short."""


class OtherPage(NamedTuple):
    """A kind of page, the words that tell it (in plain text), and what it is.

    `is_wall`: who answers so does not want to show the page to us.
    """

    words: re.Pattern[str]
    why: str
    is_wall: bool = False


# The makers of firewalls sign their pages: 安全狗, 云锁, 创宇盾, D盾, 雷池 (SafeLine).
# e.g. "您的访问被拦截", "AccessDenied", "网站防火墙", "请求存在安全威胁，已被阻断"
# not "全年公开12条"
_BLOCKED = re.compile("|".join((
    *("拦截", "阻断", "防火墙", "安全狗", "云锁", "创宇盾", "[dD]盾", "雷池", "玄武盾"),
    *("安全防护", "非法请求", "恶意请求", "疑似攻击", "攻击行为", "安全威胁", "黑名单"),
    *("(?:访问|请求)被(?:拒绝|禁止|限制)", "(?:拒绝|禁止)(?:您的)?访问", "safeline"),
    *("accessdenied", "forbidden", "requestblocked", "beenblocked", "waf(?![a-z])"),
    *("safedog", "yunsuo", "封禁"),
)), re.IGNORECASE)  # fmt: skip
# e.g. "请输入验证码", "请完成安全验证", "Justamoment", "拖动滑块"
# not "验收"
_CHALLENGE = re.compile("|".join((
    *("验证码", "安全验证", "人机验证", "访问验证", "滑块", "justamoment", "captcha"),
    *("checkingyourbrowser", "访问过于频繁", "操作过于频繁", "verifyyouarehuman"),
)), re.IGNORECASE)  # fmt: skip
# e.g. "请登录后查看", "会话已过期", "登录超时", "您没有访问权限"
# not "登记"
_LOG_IN = re.compile("|".join((
    *("请先?(?:重新)?登[录陆]", "登[录陆]超时", "重新登[录陆]", "用户登[录陆]"),
    *("会话(?:已|已经)?(?:过期|超时|失效)", "sessionexpired", "sessiontimeout"),
    *("统一身份认证", "用户名.{0,12}密码", "unauthorized", "未登[录陆]"),
    "没有(?:访问|浏览|查看)?权限",
)), re.IGNORECASE)  # fmt: skip
# e.g. "网站正在维护升级", "系统升级中", "暂停访问", "undermaintenance"
# not "维护权益"
_MAINTENANCE = re.compile("|".join((
    *("升级维护", "维护升级", "正在(?:维护|升级|建设|改版)", "维护中", "升级中"),
    *("(?:系统|网站|平台|服务器)(?:升级|维护|改版)", "undermaintenance"),
    *("暂停(?:访问|服务|开放|使用)", "underconstruction", "建设中"),
)), re.IGNORECASE)  # fmt: skip
_THINGS = "页面|网页|文章|信息|内容|栏目|文件|资源|链接"
# e.g. "您访问的页面不存在", "该信息已被删除", "404NotFound", "暂无内容"
# not "公开404条"
_GONE = re.compile("|".join((
    rf"(?:{_THINGS})(?:已经?)?被?(?:删除|下线|不存在|失效|过期)",
    *("找不到", "未找到", "走丢", "notfound", "^404(?![0-9])"),
    "(?:http|错误|error).{0,4}404",
    *("不存在或已", "暂无(?:内容|数据|相关|信息)", "已(?:被)?(?:删除|撤销|下架)"),
)), re.IGNORECASE)  # fmt: skip
# e.g. "系统繁忙，请稍后再试", "502BadGateway", "HTTPStatus500", "出错了"
# not "公开500条"
_BROKEN = re.compile("|".join((
    *("系统繁忙", "服务器?(?:繁忙|错误|异常|内部)", "稍后(?:再试|重试|访问)", "出错了"),
    *("internalservererror", "badgateway", "serviceunavailable", "gatewaytime"),
    *("temporarilyunavailable", "serviceistemporarily", "whitelabelerror"),
    *("数据库(?:连接|错误|异常)", "errorestablishing", "exception", "stacktrace"),
    *("^50[0-4](?![0-9])", "(?:http|错误|error|status).{0,4}50[0-4]"),
    "系统(?:错误|异常|出错)",
    *("发生错误", "请求(?:错误|失败|超时)", "badrequest"),
)), re.IGNORECASE)  # fmt: skip
_CLOSED = "停止|关闭|到期|暂停|关停|停用|下线|迁移|整合|并入|迁至|搬迁"
# e.g. "本域名出售", "域名已过期", "thisdomainisforsale", "网站未备案", "站点已停止"
# e.g. "本网站已关停", "网站已迁移至新址"
# not "域名管理"
_PARKED = re.compile("|".join((
    *("域名.{0,8}(?:出售|转让|过期|到期|停放|续费)", "domain.{0,20}(?:sale|expired)"),
    *("parked", "未备案", f"(?:站点|网站|主机|空间)(?:已|已经)?(?:{_CLOSED})"),
    *("没有找到站点", "站点创建成功", "welcometonginx", "itworks!"),
)), re.IGNORECASE)  # fmt: skip
# e.g. "YouneedtoenableJavaScript", "请启用JavaScript", "正在加载", "浏览器版本过低"
# not "正在推进"
_SHELL = re.compile("|".join((
    *("javascript", "(?:正在)?(?:加载|载入)中?[.…。]*$", "正在(?:加载|载入|跳转)"),
    *("加载中", r"loading", "浏览器(?:版本)?(?:过低|不支持)"),
    *("redirecting", "页面跳转", "不支持(?:您|你)?.{0,4}浏览器"),
)), re.IGNORECASE)  # fmt: skip

OTHER_PAGES: tuple[OtherPage, ...] = (
    OtherPage(_CHALLENGE, "这是验证码或访问验证页，网站没有给出报告", is_wall=True),
    OtherPage(_BLOCKED, "这是网站防护系统的拦截页，不是年度报告", is_wall=True),
    OtherPage(_LOG_IN, "这是登录页或登录已失效的提示，不是年度报告", is_wall=True),
    OtherPage(_PARKED, "这是域名停放、网站关闭或迁移的页面，不是年度报告"),
    OtherPage(_MAINTENANCE, "这是网站维护或升级的提示，不是年度报告"),
    OtherPage(_BROKEN, "这是服务器出错的页面，不是年度报告"),
    OtherPage(_GONE, "这是页面不存在或已删除的提示，不是年度报告"),
    OtherPage(_SHELL, "页面的内容由脚本显示，原件中只有空壳，没有报告正文"),
)
"""The first that fits decides."""


def other_page(text: str) -> str:
    """What a page without a report's substance is, by its words; empty if unknown.

    `text`: its title and beginning, as printed.
    """
    compact = plain(text[:_LOOKED_AT])
    for page in OTHER_PAGES:
        if page.words.search(compact):
            return page.why
    return ""


def is_other_page(why: str) -> bool:
    """Whether a reason says that this is such a page, and no other document."""
    return any(why.startswith(page.why) for page in OTHER_PAGES)


def is_wall(why: str) -> bool:
    """Whether a reason says that a page is a log-in, a challenge or a refusal."""
    return any(page.is_wall and why.startswith(page.why) for page in OTHER_PAGES)
