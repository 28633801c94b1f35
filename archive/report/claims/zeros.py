"""How reports say in words that there was none: patterns over plain text, as data.

What is denied must be the whole thing: between the denial and the thing, and behind it
up to the end of the clause, only words may stand that narrow nothing. 未收到政府信息公
开申请 states 0; 未收到涉密的政府信息公开申请, 未出现政府信息公开申请超期答复的情况 and
未发生行政复议纠错案件 state nothing. `WHOLE` says what else has to hold.
"""

from __future__ import annotations

import re

from archive.report.claims.wordings import CASES, COUNT, GAP, PAPERS, Wording

_NOT = r"(?:未|没有|无(?!法|障|正当|论|须|需|关|理|权|锡)|不存在|尚未|从未)(?:曾|有)?"
_OF_US = r"我|本|局|委|办|厅|院|县|区|市|镇|乡|街道|机关|部门|单位"
_HAPPENED = (
    r"(?:收到|接到|受理|接收|接受|收悉|发生|出现|产生|涉及|新增|(?<!尚未)办理)过?(?!的)"
)
_END = r"(?=[，。；！]|$|、?(?:也|且|均|故|因此)?(?:[未无]|没有))"
_APPLIED = r"(?:政府|政务|相关|有关)*"
_WHO = (
    r"公民|自然人|法人|其[他它]组织|组织|企业|单位|个人|群众|公众|社会|各界|申请人|市民|村民|居民|人|"
    r"提交|提出|递交|发来|主动|要求|向|来自|通过|以|任何|各类|各种|一[件例份起宗个]|书面|口头|网[站络上]|信函|电子邮件|邮件|邮寄|"
    rf"在线|当面|现场|平台|渠道|方式|形式|途径|互联网|{_OF_US}|新|有|的|到|和|或者?|及|以及|与|、|等"
)
_APPLICATION = (
    rf"(?:关于|有关|相关|涉及)?(?:(?:(?:政府|政务)信息)?依?申请{_APPLIED}(?:信息)?公开(?:{_APPLIED}信息)?(?:的?书面)?(?:的?申请)?"
    rf"|{_APPLIED}(?:信息)?公开(?:的|类|方面的?)?(?:书面)?申请|(?:公开|获取|提供){_APPLIED}信息的?(?:书面)?申请|政府信息的?申请)"
    r"(?:的|办?件|信[件函]|来[信件]|案[件例]|事[项宜件]|业务|情[况形]|材料|[请诉需要]求|表|书|受理|发生|产生|出现|提出)*+"
)
_OR_REVIEWS = r"(?=(?:[、和及与或]|以及)(?:因此|因政府信息公开|被|提起|引[发起]的?|相关|有关|的|申请|行政)*+(?:复议|诉讼))"
_LAW_CASE = (
    r"有关|被|有|曾|发生|出现|收到|接到|产生|存在|受到|新增?|过|到|了|引[发起致]|导致|涉及(?=政府信息|政务|信息公开|依申请)|针对|关于|相关|"
    r"因|由|对|就|于|向|而|此|以|政府|政务|信息|公开|依申请|申请人|申请|(?<!复议)(?<!诉讼)工作|行为|事[项务件]|问题|"
    r"答复|不服|不满意?|不当|提起|提出|进行|起诉|的|任何|公民|法人|其[他它]组织|组织|个人|群众|公众|社会|市民|村民|居民|人|"
    rf"行政|复议(?!机关|决定)|诉讼|应诉|案[件例]?|举报|投诉|申诉|信访|上访|异议|{_OF_US}|"
    r"、|和|与|及|或者?|等|类|方面|情[况形]|现象|一[起件例宗]"
)
_LIST = r"(?:案件|申请|情况|数量?|[、和与及]|行政|诉讼|复议|应诉|举报|投诉)*+"
_CAME_TO_NONE = r"(?:均|都|也)?(?:为|：)?[“”]?(?:未发生|没有发生|没有|零|无)(?:发生|案件)?[“”]?(?=[，。；]|$)"
_CARRIED = r"(?:有|收到|发生|出现|存在|涉及|将|需要?|任何|政府|信息|公开|依|申请|由|从|的|上一?年度?|结转|和|及|、)*"
_PAPER = (
    r"(?:任何|新的?|过|了|的|行政|政府|本|级|机关|部门|单位|[局委办厅院县区市镇乡])*"
)
_PAPER_ACT = r"(?:制发|制定|出台|印发|发布)"


def _law_case(key: str, sign: str) -> Wording:
    return Wording(
        key,
        sign,
        re.compile(
            rf"{_NOT}(?P<gap>(?={GAP}{{0,60}}?{sign})(?:{_LAW_CASE})*+){_END}|(?:行政)?{sign}{_LIST}{_CAME_TO_NONE}"
        ),
        CASES,
    )


ZEROS: tuple[Wording, ...] = (
    Wording(
        "applications_received",
        "申请",
        re.compile(
            rf"(?:{_NOT}{_HAPPENED}|(?:未有|没有|无(?!法|障|正当|论|须|需|关|理|权)|不存在)(?!依申请公开(?:政府)?信息{_END}))"
            rf"(?P<gap>(?:{_WHO})*+){_APPLICATION}(?:{_END}|{_OR_REVIEWS})"
            rf"|{_NOT}(?P<bare>收到|接到|受理|接收)过?(?:任何|相关|有关)?申请(?=[，。；]|$)"
            r"|(?:依申请公开|公开的?申请|公开政府信息的申请)(?:政府信息|申请|办?件|事项|数量?|情况)*[“”]?(?:为|：|均为|实现|是)?[“”]?"
            r"(?:零|无)(?:受理|申请|件|发生)?[“”]?(?=[，。；、]|$)|(?P<none>零申请)(?=[，。；、]|$)"
        ),
        COUNT,
    ),
    _law_case("reviews", "复议"),
    _law_case("lawsuits", "诉讼"),
    Wording(
        "carried_in",
        "结转",
        re.compile(
            rf"{_NOT}{_CARRIED}(?:上年|上一年)度?结转(?!{GAP}{{0,12}}(?:复议|诉讼|诉|超|逾))"
        ),
        COUNT,
    ),
    Wording(
        "carried_out",
        "结转",
        re.compile(
            rf"{_NOT}{_CARRIED}(?:结转(?:至|到)?(?:下|次)一?年|(?:下|次)一?年度?结转)(?!{GAP}{{0,12}}(?:复议|诉讼|诉|超|逾))"
        ),
        COUNT,
    ),
    Wording(
        "documents_issued",
        "规范性文件",
        re.compile(
            rf"{_NOT}(?:新|另行)?{_PAPER_ACT}(?:[、和或](?:修[订改]|{_PAPER_ACT}|未?(?:宣布)?(?:废止|失效)))*{_PAPER}规范性文件(?:的?情况)?{_END}"
            rf"|(?:无|没有)(?:新增|新制定|新制发|新出台|制定|制发|出台)?(?:的)?(?:行政)?规范性文件(?:的)?(?:制发|出台|制定)?(?:情况)?(?=[，。；]|$)"
        ),
        PAPERS,
    ),
    Wording(
        "documents_repealed",
        "规范性文件",
        re.compile(
            rf"{_NOT}(?:宣布)?(?:废止|失效)(?:[、和或]失效)?{_PAPER}规范性文件(?:的?情况)?{_END}"
            rf"|(?:无|没有)(?:行政)?规范性文件(?:被)?废止(?:情况)?{_END}"
        ),
        PAPERS,
    ),
    Wording(
        "fee",
        "费",
        re.compile(
            rf"(?:{_NOT}|不|免)(?:予|曾|向|产生|发生)?{GAP}{{0,12}}?(?:收取|收费|收|产生|发生){GAP}{{0,16}}?(?:信息处理费|费用|处理费|检索费)"
            rf"|{_NOT}(?:发生|产生|出现){GAP}{{0,12}}?收费(?:情况|行为|事项)?{_END}"
            rf"|信息处理费(?:收取)?(?:的)?(?:情况)?[：为]?(?:无|零|〇)(?=[，。；]|$)"
            rf"|(?:公开|申请|信息){GAP}{{0,12}}?{_NOT}(?:任何)?收(?:取)?费(?:用|情况)?(?=[，。；]|$)"
        ),
        frozenset({"元"}),
    ),
)
"""What states 0 in words."""

_ONE_KIND = (re.compile(r"自然人|个人"), re.compile(r"法人|组织|单位|企业|机构"))
_OURSELVES = re.compile(r"[我本](?:单位|机构)")
_WAYS = re.compile(r"网[站络上]|互联网|在线|书面|口头|信函|邮|当面|现场|平台")
_OPEN = re.compile(r"等|任何|各种|各类")
_NARROWED = re.compile(
    r"其中|自然人|法人|除|该|此|上述|某|另|涉|超|逾|拒|杜绝|防止|确保|力争|避免|转办|重复|许可|审批|救助|低保|补[贴助]|认定|当事人|第三[方人]|"
    r"期间|[未没](?!央)|无(?!锡|为|棣|极)|不(?!断|同|仅|少|懈)|网上|线上|线下|网站|网络|在线|平台|信函|邮[件箱寄]|当面|现场|窗口|通过|节假日"
)
_REPORTED = re.compile(r"(?:报告|统计|年度)期间")
OUTCOME = re.compile(
    r"撤销|纠|败|胜诉|变更|确认|违|超期|超时|逾期|维持|责令|改判|驳回|整改|追责|问责|重新|审结|办结|结案|未决|积压|履行|执行|听证"
)
_NOT_THIS_FEE = re.compile(
    r"违|超|标准|乱|减免(?!情况)|应收|逾期|不得|擅自|重复|[多少漏]收|欠|困难|低保|符合|条件|属于|\d(?:件|人|名|位|次)"
)


def denies_the_whole(key: str, match: re.Match[str], clause: str, before: str) -> bool:
    """Whether words that match one of ZEROS deny all of it. `clause`: theirs, `before`:
    what of it stands before.
    """
    if key == "fee":
        return not _NOT_THIS_FEE.search(clause)
    if _NARROWED.search(_REPORTED.sub("", re.split("[、和及与或且]", before)[-1])):
        return False
    gap = match.groupdict().get("gap") or ""
    if key in {"reviews", "lawsuits"}:
        return not OUTCOME.search(clause) and not _names_some(gap)
    return key != "applications_received" or (
        not _names_some(gap) and not OUTCOME.search(clause)
    )


def _names_some(gap: str) -> bool:
    """Whether only some applicants or one way to apply are named."""
    people, bodies = (bool(kind.search(_OURSELVES.sub("", gap))) for kind in _ONE_KIND)
    is_one_kind = (
        bodies and not people and "公民" not in gap and "群众" not in gap
    ) or (people and not bodies)
    return is_one_kind or (len(set(_WAYS.findall(gap))) == 1 and not _OPEN.search(gap))
