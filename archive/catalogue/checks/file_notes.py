"""What readers note while they read a file: the wordings of the check `document_note`.

They name the case and its values; what is said of it stands here alone.
"""

from __future__ import annotations

FILE_NOTES = {
    "struck_out": "文中有划去的文字，未读取。",
    # A part of the report waits in a tab until a script shows it.
    "unfolded": "网页中有平时不显示的部分（如未展开的标签页），已一并读取。",
    "carried": "正文不在网页上，而在网页携带的数据中，由脚本显示；读取的是这些数据。",
    "embedded": "网页正文中嵌有文件，文件未随网页读取，请另行导入该文件。",
    "pictures_unread": "网页正文中有 {count} 张图片而没有表格，图片中的文字未能读取。",
    "picture_refused": "网页正文中的图片未能读取：{reason}。",
    "recognised": "本件为扫描件或图片，文字由程序识别，可能有误，请以原件为准。",
    # Fonts of OFD files may draw a sign without saying which it is.
    "signs_unknown": "OFD 文件中有 {count} 个字只有字形编号，未能读取。",
    "sheet_hidden": "工作表“{name}”是隐藏的，未读取。",
    "cells_hidden": "工作表“{name}”中有 {count} 格在隐藏的行或列中，未读取。",
    "text_in_page": "正文取自网页，表格取自{names:quoted}。",
    "text_in_file": "正文取自“{name}”，表格取自{names:quoted}。",
    "packed_parts": "报告由压缩包中的几个文件合成：{names:quoted}。",
    "packed_aside": "压缩包中另有 {names:count} 个文件未采用，不是报告正文，"
    "或与所读文件重复：{names:quoted}。",
    "packed_pictures": "压缩包中另有 {names:count} 个文件未读，是其他文件之外的图片："
    "{names:quoted}。",
    "packed_over": "压缩包内文件过多，有 {names:count} 个文件未读：{names:quoted}。",
    "packed_refused": "压缩包中有 {names:count} 个文件未能读取："
    "{names:quoted}（{reason}）。",
    "packed_rest": "压缩包中还有 {names:count} 个文件未能读取：{names:quoted}。",
}
"""Case → what is said. `reason` quotes the words in which a file was refused."""
