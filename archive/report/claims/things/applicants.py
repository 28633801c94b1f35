"""Who applies for information, and by which way: words of applications, as data.

The official form counts applications by natural persons and by five kinds of
法人或其他组织; prose names them freely. A number that speaks of some applicants or one
way only is not the number of all applications.
"""

from __future__ import annotations

import re

WHO_APPLIES = (
    "公民|自然人|法人|其[他它]组织|组织|企业|单位|个人|群众|公众|社会|各界|"
    "申请人|市民|村民|居民"
)
FILES = "提交|提出|递交|发来|主动|要求"
BY_WHICH_WAY = "信函|电子邮件|邮件|邮寄|在线|当面|现场|平台|渠道|方式|形式|途径|互联网"
_THE_BODY = "我|本|局|委|办|厅|院|县|区|市|镇|乡|街道|机关|部门|机构"
_WHAT_IS_SOUGHT = "政府|政务|信息|公开|依法?|行政|人民|行为|事项|处理|所"
WIDE = "|".join(
    (
        "办结|办理",
        WHO_APPLIES,
        "和|或者?|及|以及|与|、|等",
        FILES,
        "获取|向",
        _THE_BODY,
        "各类|各种|有效|新|有|的|了|到|共计?|累计|总计|合计|全年",
        rf"通过|网[站络上]|书面|{BY_WHICH_WAY}",
        r"有关|相关|关于|任何|并|答复|\d{1,4}[名位]",
        _WHAT_IS_SOUGHT,
    )
)
"""Words that may stand between 收到 and 申请 and narrow nothing."""

# e.g. "公民、法人和其他组织提出的", "12名群众通过网络提交的政府信息公开"
ANY_APPLICANTS = re.compile(rf"(?:{WIDE})*+")
"""Who applies, how, and for what. Where anything else stands between 收到 and 申请,
some applications only are counted.
"""

# e.g. "自然人", "网上", "邮寄"
# not "公民", "政府信息"
SOME_APPLICANTS = re.compile(
    "自然人|企业|法人|个人|书面|网络|网上|网站|信函|邮|当面|现场|在线|互联网"
)
# e.g. "公民、法人", "网上和书面"
# not "自然人"
SEVERAL_APPLICANTS = re.compile(r"[、和或及等与]")

_ONE_APPLICANT = r"自然人|法人|企业(?!\w{0,6}[局办委])"  # 企业发展局 is an office
_ONLINE = r"网络|网上|网站|官网|线[上下]"
_BY_POST = r"信函|信件|邮[箱件寄]|电子邮|当面|现场|在线"
_INTERNET = r"互联网(?!信息办)|平台|窗口|传真|微信|公众号|热线|书面"  # 互联网信息办公室
# e.g. "通过政府网站", "其中自然人", "微信公众号", "书面申请"
# not "市互联网信息办公室", "企业发展局"
ONE_WAY = re.compile(rf"{_ONE_APPLICANT}|{_ONLINE}|{_BY_POST}|{_INTERNET}")
"""One kind of applicant, or one way to apply."""

# e.g. "通过网站等渠道", "线上线下"
# not "通过网站"
ANY_WAY = re.compile("等|各种|各类|多种|不同|线上线下|均|全部")
"""More ways than the one named."""


def is_one_way_only(text: str) -> bool:
    """Whether one way to apply, or one kind of applicant, is named and no more.

    True for 通过网站, False for 通过网站等渠道 and for 收到申请.
    """
    if not ONE_WAY.search(text):
        return False
    return ANY_WAY.search(text) is None
