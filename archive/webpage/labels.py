"""What a page says of itself, and by which labels.

Above the text stands a block of label and value, 6 to 12 fields as a table or a list;
under the title a line such as 来源：… 发布时间：…. Labels come with a colon,
with 】 or with nothing behind them, and with blanks inside (索 引 号). Values may be
empty, so that the next label stands where a value should: a label is never a value.

The head of the page holds the meta tags of 国办发〔2017〕47号 (政府网站发展指引);
portals fill them in all kinds of ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What the value behind a label is; the first seven are keys of `Document.meta`."""

    TITLE = "title"
    PUBLISHED = "published"
    DATED = "dated"
    """Of no certain day, of publication in most cases."""
    UPDATED = "updated"
    """Changes with every repair of the page."""
    WRITTEN = "written"
    """Of the signature: publication follows."""
    PUBLISHER = "publisher"
    SOURCE = "source"
    INDEX = "index"
    CLASS = "class"
    VALIDITY = "validity"
    NUMBER = "number"
    KEYWORDS = "keywords"
    OPENNESS = "openness"
    FURNITURE = "furniture"
    """No field but a counter or button that stands in the same line."""


_TEXTS: dict[Meaning, tuple[str, ...]] = {
    Meaning.TITLE: ("信息名称", "名称", "标题", "文件名称"),
    Meaning.PUBLISHED: (
        *("发布日期", "公开日期", "发布时间", "公开时间", "发表日期", "发表时间"),
        *("公布日期", "公布时间", "上网日期", "上网时间", "发布于"),
    ),
    Meaning.DATED: ("录入时间", "录入日期", "上传时间", "日期", "时间"),
    Meaning.UPDATED: ("更新日期", "更新时间", "更新于"),
    Meaning.PUBLISHER: (
        "发布机构",
        "公开机构",
        "发文机关",
        "发文机构",
        "公开责任部门",
        "发布单位",
    ),
    Meaning.SOURCE: ("信息来源", "文章来源", "来源", "稿源"),
    Meaning.INDEX: ("索引号", "信息索引号", "公开索引号"),
    Meaning.CLASS: (
        "分类",
        "主题分类",
        "信息分类",
        "组配分类",
        "公文种类",
        "体裁",
        "体裁分类",
        "服务对象分类",
    ),
    Meaning.WRITTEN: (
        *("成文日期", "成文时间", "生成日期", "生成时间", "形成日期", "制发日期"),
        *("印发日期", "印发时间", "发文日期", "发文时间", "签发日期", "制作日期"),
    ),
    Meaning.VALIDITY: (
        "有效性",
        "时效",
        "时效性",
        "生效日期",
        "生效时间",
        "废止日期",
        "终止时间",
        "失效时间",
    ),
    Meaning.NUMBER: ("文号", "发文字号", "发布文号"),
    Meaning.KEYWORDS: ("主题词", "关键词", "主题导航", "内容概述"),
    Meaning.OPENNESS: ("公开方式", "公开形式", "公开时限", "公开范围"),
    Meaning.FURNITURE: (
        "文件下载",
        "信息格式",
        "浏览次数",
        "点击数",
        "点击率",
        "阅读",
        "字体",
        "字号",
        "作者",
        "责任编辑",
        "编辑",
        "打印",
        "关闭",
        "分享到",
    ),
}
"""The surest label of each meaning first."""

_WEAK = frozenset(("公开时间", "发布单位", "文章来源", "稿源"))
# Short everyday words, and words that only some portals have.
_RARE = frozenset(
    (
        *("公开时间", "时间", "发布于", "更新于", "发布单位", "文章来源", "稿源"),
        *("点击数", "点击率", "阅读", "责任编辑", "编辑"),
    )
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the block above the text or of the line under the title."""

    text: str
    """As printed, without blanks and colon."""
    meaning: Meaning
    is_weak: bool
    """Whether its value counts only where nothing surer is given; readers of reports
    leave it, as the report itself is surer."""
    is_rare: bool
    """Whether the word may be an honest value as well: 编辑 as author, for one."""


LABELS: tuple[Label, ...] = tuple(
    Label(text, meaning, is_weak=text in _WEAK, is_rare=text in _RARE)
    for meaning, texts in _TEXTS.items()
    for text in texts
)


def labels_of(meaning: Meaning) -> tuple[str, ...]:
    """The labels of a meaning as printed, weak ones too, the surest first."""
    return _TEXTS[meaning]


ARTICLE_TITLE = "articletitle"
CONTENT_SOURCE = "contentsource"
SITE_NAME = "sitename"
SITE_CODE = "siteidcode"
"""Ten signs: the region by GB/T 2260 and four more, or bm and eight for ministries."""

META_TAGS: dict[str, str] = {
    ARTICLE_TITLE: "title",
    "pubdate": "pubdate",
    CONTENT_SOURCE: "source",
    "author": "author",
    SITE_NAME: "site_name",
    SITE_CODE: "site_code",
    "columnname": "column",
    "columntype": "column_type",
}
"""Name of a meta tag of 国办发〔2017〕47号, in lower case → key in `Document.meta`."""

PUBLISHED_METAS = ("pubdate", "publishdate", "firstpublishedtime", "createdate")
"""Meta tags that hold the day of publication, the official one first.

After a move to new software they name the day of the move: a date shown on the page
goes before them.
"""
