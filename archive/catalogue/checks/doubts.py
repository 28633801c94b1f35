"""What may be doubtful in our reading of a report: it says nothing of the report.

Doubts have no rule: each arises in the reader that meets the damage, and is named there
by its key.
"""

from __future__ import annotations

from collections.abc import Mapping

from archive.catalogue.checks.file_notes import FILE_NOTES
from archive.catalogue.checks.record import CASE, TOLD, Check, recorded
from archive.catalogue.states import FindingFamily


def _doubt(
    key: str,
    title: str,
    explanation: str,
    wordings: str | Mapping[str, str],
    weight: int = 2,
    told_apart_by: tuple[str, ...] = (),
) -> Check:
    return recorded(
        FindingFamily.READING,
        key,
        title,
        explanation,
        "",
        weight,
        wordings,
        while_reading=True,
        told_apart_by=told_apart_by,
    )


_SIGNS = {
    "blank": "空白",
    "dash": "短横线",
    "slash": "斜线",
    "none": "“无”",
    "unreadable": "不可辨认的内容",
}
"""What stands in a cell that has no number, in words."""


def _by_sign(wording: str) -> dict[str, str]:
    """A wording for each sign, put in its place SIGN."""
    return {sign: wording.replace("SIGN", words) for sign, words in _SIGNS.items()}


_SOURCES = {
    "registered": "来源登记",
    "list": "列表标题",
    "page": "网页标题",
    "file": "文件名",
    "publisher": "发布机构",
    "page_source": "网页所注来源",
    "site": "网站名称",
    "preamble": "前言",
    "overview": "总体情况部分所述年份",
}
"""Where something was told that a report itself does not say."""


def _by_source(wording: str, *sources: str) -> dict[str, str]:
    """A wording for each source, put in its place SOURCE."""
    return {one: wording.replace("SOURCE", _SOURCES[one]) for one in sources}


_ROW = "{keys:rows}应有 {expected} 个数，读到 {found:span} 个，"
_OVERFULL = (
    "有的格没有数字，其余各格之和已超过总数，可能是数字错位或者粘连，请核对原件。"
)
_LOST = "两边不等，部分数字可能在换行或者换页处缺失，不予采用。"

DOUBTS: tuple[Check, ...] = (
    _doubt(
        # Text copied out of a PDF loses cells, or runs two numbers together.
        "row_damaged",
        "表格行数字不齐",
        "一行中的数字比应有的多或少，能由勾稽关系推定的已推定，其余留空。",
        {
            "inferred": f"{_ROW}由勾稽关系推定。",
            "partly": f"{_ROW}只能推定其中一部分。",
            "open": f"{_ROW}无法确定。",
            "wide": "表三有 {count} 行每行多出数字，按勾稽关系不计其中第 "
            "{columns:names} 列。",
        },
    ),
    _doubt(
        "row_by_order",
        "行名无法辨认",
        "行名无法辨认的一行，按前后各行的顺序认定，勾稽关系不能印证的格留空。",
        {
            "named": "有一行的行名“{printed}”无法辨认，按前后各行的顺序应为"
            "{keys:rows}，各列的勾稽关系与此相符。",
            "unnamed": "有一行没有可读的行名，按前后各行的顺序应为{keys:rows}，"
            "各列的勾稽关系与此相符。",
            "named_open": "有一行的行名“{printed}”无法辨认，按前后各行的顺序应为"
            "{keys:rows}，勾稽关系不能印证的格不予采用。",
            "unnamed_open": "有一行没有可读的行名，按前后各行的顺序应为{keys:rows}，"
            "勾稽关系不能印证的格不予采用。",
        },
    ),
    _doubt(
        # Two rows merged with a line break in each cell look like a wrapped number.
        "numbers_stacked",
        "一格中有几行数字",
        "一格中的数字分几行印出，可能是几个数字，不能确定是一个数，不予采用。",
        "{keys:cells}分行印作“{printed}”，可能是上下几个数字，不能确定是一个数，"
        "不予采用。",
    ),
    _doubt(
        "row_overfull",
        "数字错位或者粘连",
        "有的格没有数字，其余各格之和却已超过总数。",
        {
            "row": f"{{total:row}}{_OVERFULL}",
            "column": f"{{total:column}}{_OVERFULL}",
        },
        weight=3,
    ),
    _doubt(
        # Some offices print the columns of applicants in another order.
        "columns_unknown",
        "列的次序不明",
        "各列的次序与规定不同，而列名不能全部辨认。",
        "各列的次序与规定不同而列名不能全部辨认，{keys:rows}没有读取。",
        weight=3,
    ),
    _doubt(
        "cut_off",
        "文件不全",
        "文件在表格中间结束，最后一个数字可能不全。",
        "文件在{keys:cells}处中断，其中的数字可能不全，不予采用。",
        weight=3,
    ),
    _doubt(
        # Downloads break off, and pasted texts lose their end.
        "ends_early",
        "文件似有中断",
        "文件在报告写完之前中断，其后的部分未见，不据此指出缺漏。",
        "文件似在“{last}”处中断，其后的部分未见。",
        weight=3,
    ),
    _doubt(
        "digits_lost",
        "部分数字缺失",
        "数字在换行或者换页处可能缺了几位，不予采用。",
        {
            "row": f"{{keys:cells}}印作“{{printed}}”，{{total:row}}{_LOST}",
            "column": f"{{keys:cells}}印作“{{printed}}”，{{total:column}}{_LOST}",
        },
        weight=3,
    ),
    _doubt(
        "rows_missing",
        "表格缺行",
        "规定的表格中有的行没有找到。",
        "没有找到{keys:rows}，其中 {keys:count} 格没有读取。",
        weight=3,
    ),
    _doubt(
        "scan_repaired",
        "识别更正",
        "扫描件中个别数字识别有误，由勾稽关系更正。",
        "{keys:cells}识别为“{printed}”，由勾稽关系推定为 {value}。",
    ),
    _doubt(
        "scan_unsure",
        "识别存疑",
        "扫描件中的数字与勾稽关系不符，可能是文字识别有误。",
        "{keys:cells}与勾稽关系不符，可能是文字识别有误，请核对原件。",
        weight=3,
    ),
    _doubt(
        # A blank cell may mean 0 or nothing at all; only arithmetic can tell.
        "blank_inferred",
        "空格推定",
        "表中空着的格由勾稽关系推定。",
        _by_sign("{keys:cells}印的是SIGN，由勾稽关系推定。"),
        weight=1,
    ),
    _doubt(
        # O and l for 0 and 1 come from text recognition and from typing.
        "letter_for_digit",
        "数字印法不规范",
        "表中的数字夹有字母、空隙或者注号，按所示的数字读取。",
        "{keys:cells}印作“{printed}”，按数字 {number} 读取。",
        weight=1,
    ),
    _doubt(
        "cells_missing",
        "数字缺失",
        "表中有的格没有可读的数字，不作推定。",
        _by_sign("{keys:cells}印的是SIGN，没有可读的数字。"),
    ),
    _doubt(
        "table_not_found",
        "未找到表格",
        "规定的表格没有找到。",
        "没有找到{keys:table}，其中 {keys:count} 格没有读取。",
        weight=3,
    ),
    _doubt(
        "table_repeated",
        "表格重复",
        "同一张表在文中出现不止一次且数字不同，取第一处。",
        {
            "cells": "{keys:cells}在文中出现不止一次且不相同，取第一处。",
            "tables": "文中有 {count} 份依申请公开情况表（表三）且数字不同，"
            "读取其中完整的第一份。",
        },
    ),
    _doubt(
        "inference_withdrawn",
        "推定不成立",
        "推定的数字与其他勾稽关系不符，不予采用。",
        "{keys:cells}的推定未能由全部勾稽关系印证，不予采用。",
    ),
    _doubt(
        # The form of 2019 has no unit for procurement; 元 and 万元 are both meant.
        "unit_not_printed",
        "未注明单位",
        "金额没有印出单位。",
        "{keys:cells}未注明单位，按“{unit}”读取。",
        weight=1,
    ),
    _doubt(
        "document_note",
        "文件读取说明",
        "读取文件时遇到的情况。",
        FILE_NOTES,
        told_apart_by=(CASE, "name", "names", "reason", TOLD),
    ),
    _doubt(
        "form_inferred",
        "格式推定",
        "由内容推定报告采用的格式。",
        "各章节符合规定格式，但没有读到统计表格；格式按年度推定为{form:form}。",
        weight=3,
    ),
    _doubt(
        # Texts exported without their heading keep it in the page or the file name.
        "title_outside",
        "标题不在正文",
        "标题取自网页或文件信息。",
        _by_source("没有在正文中读到标题，标题取自SOURCE。", "list", "page", "file"),
        weight=1,
    ),
    _doubt("title_unknown", "标题未知", "没有找到报告标题。", "没有找到报告标题。"),
    _doubt(
        "agency_inferred",
        "机关推定",
        "没有在标题和落款中读到机关，由来源推定。",
        _by_source(
            "没有在标题和落款中读到机关，据SOURCE判断为“{name}”。",
            *("registered", "list", "publisher", "page_source", "site"),
        ),
    ),
    _doubt(
        "agency_differs",
        "所写机关不一",
        "各处所写的机关不同，本站按其中一处认定；网页和列表的名称不是报告自己的。",
        "本站按“{name}”认定，另有一处写作“{other}”。",
    ),
    _doubt(
        "agency_unknown",
        "机关未知",
        "未能确定是哪个机关的报告。",
        "没有在标题、落款和来源中读到报告机关，未能确定是哪个机关的报告。",
        weight=3,
    ),
    _doubt(
        # 城关镇人民政府 alone names bodies in many counties.
        "region_open",
        "地区未定",
        "机关名称可能指不止一个地区，未作推定。",
        "“{agency}”可能在{regions:names}等地，没有材料可以确定，未作推定。",
    ),
    _doubt(
        "year_inferred",
        "年度推定",
        "没有在标题和统计期限中读到年度，由其他内容推定。",
        _by_source(
            "没有在标题和统计期限中读到年度，据SOURCE判断为 {year} 年。",
            *("preamble", "list", "page", "file", "overview"),
        ),
    ),
    _doubt(
        "year_differs",
        "所写年度不一",
        "各处所写的年度不同，本站按其中一处归档；网页和列表的标题不是报告自己的。",
        "本站按 {year} 年归档，另有一处写作 {other} 年。",
    ),
    _doubt(
        # Software writes other days than that of publication; people mistype them.
        "publication_unsure",
        "发布日期存疑",
        "所注日期不可能是该年度报告的发布日期，或者页面只注明更新日期。",
        {
            "update": "页面只注明更新日期（{day}），实际发布日期可能更早。",
            "replaced": "所注日期 {day} 不可能是 {year} 年度报告的发布日期，"
            "改取 {taken}。",
            "dropped": "所注日期 {day} 不可能是 {year} 年度报告的发布日期，不予采用。",
        },
    ),
    _doubt(
        "year_unknown",
        "年度未知",
        "未能确定报告年度。",
        "没有在标题、统计期限和正文中读到报告年度，未能确定年度。",
        weight=3,
    ),
)
