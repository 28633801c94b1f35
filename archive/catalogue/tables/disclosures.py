"""Table 2 of the official forms: what was disclosed on the body's own initiative.

The headings of its blocks are items of 条例 第二十条, which lists what every body
discloses. The two forms count different things in the same rows.
"""

from __future__ import annotations

from archive.catalogue.tables.labels import Block, Label

_REGULATIONS = Label(
    "regulations",
    ("规章",),
    english="Regulations",
    explanation="规章, made by departments of the State Council and by governments"
    " that may make them (article 20, item 1).",
)
_NORMATIVE = Label(
    "normative_documents",
    # Tables of 2021 without 行政 are common.
    ("行政规范性文件", "规范性文件"),
    english="Normative documents",
    explanation="Administrative normative documents, the rules below regulations"
    " (article 20, item 1).",
)
_LICENSING = Label(
    "licensing",
    ("行政许可",),
    english="Administrative licensing",
    explanation="Licences applied for and decided on (article 20, item 5).",
)
_OTHER_SERVICES = Label(
    "other_services",
    ("其他对外管理服务事项",),
    english="Other services to the public",
    explanation="Other matters of administration handled for the public"
    " (article 20, item 5).",
)
_PENALTIES = Label(
    "penalties",
    ("行政处罚",),
    english="Administrative penalties",
    explanation="Penalties imposed by the body (article 20, item 6).",
)
_COERCION = Label(
    "coercion",
    ("行政强制",),
    english="Administrative coercion",
    explanation="Coercive measures of the body (article 20, item 6).",
)
_FEES = Label(
    "fees",
    ("行政事业性收费",),
    english="Administrative fees",
    explanation="Fees charged by the body for its work (article 20, item 8).",
)
_PROCUREMENT = Label(
    "procurement",
    ("政府集中采购",),
    english="Centralised government procurement",
    explanation="What was bought through centralised procurement (article 20, item 9).",
)

_DECISIONS = Label(
    "decisions",
    ("本年处理决定数量", "处理决定数量"),
    english="decisions made this year",
)
# The form of 2019 asks for items as well as for decisions; that of 2021 dropped them.
_PREVIOUS = Label(
    "previous_items",
    ("上一年项目数量",),
    english="items last year",
    explanation="Items of this sort that the body had in the year before.",
    unit="项",
)
# The one figure of the forms that may be negative.
_CHANGE = Label(
    "item_change",
    ("本年增/减",),
    english="change of items this year",
    explanation="Items added, or with a minus items dropped, during the year.",
    unit="项",
)

DISCLOSURES_2021 = (
    Block(
        "第二十条第（一）项",
        (_REGULATIONS, _NORMATIVE),
        (
            Label("issued", ("本年制发件数",), english="issued this year"),
            # 本年度止件数 is a misprint that spreads from file to file.
            Label(
                "repealed",
                ("本年废止件数", "本年度止件数"),
                english="repealed this year",
            ),
            Label("in_force", ("现行有效件数",), english="in force"),
        ),
    ),
    Block("第二十条第（五）项", (_LICENSING,), (_DECISIONS,)),
    Block("第二十条第（六）项", (_PENALTIES, _COERCION), (_DECISIONS,)),
    Block(
        "第二十条第（八）项",
        (_FEES,),
        (
            Label(
                "amount",
                ("本年收费金额（单位：万元）",),
                english="amount charged this year",
                explanation="In 万元 (10,000 yuan).",
                unit="万元",
            ),
        ),
    ),
)

DISCLOSURES_2019 = (
    Block(
        "第二十条第（一）项",
        (_REGULATIONS, _NORMATIVE),
        (
            Label("made", ("本年新制作数量",), english="newly made this year"),
            Label(
                "published", ("本年新公开数量",), english="newly disclosed this year"
            ),
            Label("public_total", ("对外公开总数量",), english="disclosed in all"),
        ),
    ),
    Block(
        "第二十条第（五）项",
        (_LICENSING, _OTHER_SERVICES),
        (_PREVIOUS, _CHANGE, _DECISIONS),
    ),
    Block(
        "第二十条第（六）项", (_PENALTIES, _COERCION), (_PREVIOUS, _CHANGE, _DECISIONS)
    ),
    Block("第二十条第（八）项", (_FEES,), (_PREVIOUS, _CHANGE)),
    Block(
        "第二十条第（九）项",
        (_PROCUREMENT,),
        (
            Label("items", ("采购项目数量",), english="projects", unit="项"),
            # The form of 2019 leaves the unit to the cell: 元 and 万元 are both found.
            Label(
                "amount",
                ("采购总金额",),
                english="amount in all",
                explanation="In 万元 (10,000 yuan), whatever unit is printed.",
                unit="万元",
            ),
        ),
    ),
)
