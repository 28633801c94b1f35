"""What may be doubtful in the reading of a report.

Doubts have no rule: each arises in the reader that meets the damage, and is named there
by its key. Four are of the family of contradictions (机关名称不一, 年度不一, 其他地方的
机关, 章节序号): they show only while a report is read.
"""

from __future__ import annotations

from archive.catalogue.check_record import Check
from archive.catalogue.states import FindingFamily


def _doubt(
    key: str,
    title: str,
    explanation: str,
    family: FindingFamily = FindingFamily.READING,
    weight: int = 2,
) -> Check:
    return Check(key, title, explanation, "", family, weight, while_reading=True)


DOUBTS: tuple[Check, ...] = (
    _doubt(
        # Text copied out of a PDF loses cells, or runs two numbers together.
        "row_damaged",
        "表格行数字不齐",
        "一行中的数字比应有的多或少，能由勾稽关系推定的已推定，其余留空。",
    ),
    _doubt(
        "row_by_order", "行名无法辨认", "行名无法辨认的一行，按前后各行的顺序认定。"
    ),
    _doubt(
        "row_overfull",
        "数字错位或者粘连",
        "有的格没有数字，其余各格之和却已超过总数。",
        weight=3,
    ),
    _doubt(
        # Some offices print the columns of applicants in another order.
        "columns_unknown",
        "列的次序不明",
        "各列的次序与规定不同，而列名不能全部辨认。",
        weight=3,
    ),
    _doubt(
        "cut_off", "文件不全", "文件在表格中间结束，最后一个数字可能不全。", weight=3
    ),
    _doubt(
        "digits_lost", "末位数字缺失", "数字在换行处可能缺了末位，不予采用。", weight=3
    ),
    _doubt("rows_missing", "表格缺行", "规定的表格中有的行没有找到。", weight=3),
    _doubt("scan_repaired", "识别更正", "扫描件中个别数字识别有误，由勾稽关系更正。"),
    _doubt(
        "scan_unsure",
        "识别存疑",
        "扫描件中的数字与勾稽关系不符，可能是文字识别有误。",
        weight=3,
    ),
    # A blank cell may mean 0 or nothing at all; only arithmetic can tell.
    _doubt("blank_inferred", "空格推定", "表中空着的格由勾稽关系推定。", weight=1),
    _doubt(
        # O and l for 0 and 1 come from text recognition and from typing.
        "letter_for_digit",
        "数字印法不规范",
        "表中的数字夹有字母、空隙或者注号，按所示的数字读取。",
        weight=1,
    ),
    _doubt("cells_missing", "数字缺失", "表中有的格没有可读的数字，不作推定。"),
    _doubt("table_not_found", "未找到表格", "规定的表格没有找到。", weight=3),
    _doubt(
        "table_repeated", "表格重复", "同一张表在文中出现不止一次且数字不同，取第一处。"
    ),
    _doubt(
        "inference_withdrawn", "推定不成立", "推定的数字与其他勾稽关系不符，不予采用。"
    ),
    # The form of 2019 has no unit for procurement; 元 and 万元 are both meant.
    _doubt("unit_not_printed", "未注明单位", "金额没有印出单位。", weight=1),
    _doubt("document_note", "文件读取说明", "读取文件时遇到的情况。"),
    _doubt("form_inferred", "格式推定", "由内容推定报告采用的格式。", weight=3),
    # Texts exported without their heading keep it in the page or the file name.
    _doubt("title_outside", "标题不在正文", "标题取自网页或文件信息。", weight=1),
    _doubt("title_unknown", "标题未知", "没有找到报告标题。"),
    _doubt("agency_inferred", "机关推定", "标题没有写明机关，由落款或来源推定。"),
    _doubt("agency_unknown", "机关未知", "未能确定是哪个机关的报告。", weight=3),
    # 城关镇人民政府 alone names bodies in many counties.
    _doubt("region_open", "地区未定", "机关名称可能指不止一个地区，未作推定。"),
    _doubt("year_inferred", "年度推定", "标题没有写明年度，由其他内容推定。"),
    _doubt("year_unknown", "年度未知", "未能确定报告年度。", weight=3),
    _doubt(
        "agency_disagreement",
        "机关名称不一",
        "标题与落款的机关名称不同。",
        FindingFamily.REPORT,
    ),
    _doubt(
        "year_disagreement",
        "年度不一",
        "标题年度与统计期限的年度不同。",
        FindingFamily.REPORT,
        3,
    ),
    _doubt(
        "other_place",
        "其他地方的机关",
        "正文出现不属于本机关所在地的机关名称，可能是沿用其他报告的文字；"
        "所引文件、学习交流和协作对象不计。",
        FindingFamily.REPORT,
    ),
    _doubt(
        "section_numbers",
        "章节序号",
        "章节序号与规定格式不同。",
        FindingFamily.REPORT,
        1,
    ),
)
