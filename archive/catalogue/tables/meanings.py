"""What the rows of the statutory tables mean, in plain Chinese, for visitors.

After the 条例 (articles 14 to 42) and the notes of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

MEANINGS: dict[str, str] = {
    "new": "本年内收到的政府信息公开申请（《条例》第二十七条），一份申请计一件。",
    "carried_in": "上一年收到、到上年底还没有办结，转到本年继续办理的申请。",
    "granted": "申请的信息全部提供，或者告知已经公开、如何获取"
    "（第三十六条第一、二项）。",
    "partly_granted": "能够区分处理，提供可以公开的部分，其余不提供（第三十七条）；"
    "只计这一种情形，不再计入其他情形。",
    "refused_state_secret": "依法确定为国家秘密，不予公开（第十四条）。",
    "refused_by_law": "法律、行政法规禁止公开，不予公开（第十四条）。",
    "refused_security": "公开后可能危及国家安全、公共安全、经济安全、社会稳定，"
    "不予公开（第十四条）。",
    "refused_third_party": "涉及商业秘密、个人隐私等，公开会损害第三方合法权益，"
    "不予公开（第十五条）。",
    "refused_internal": "人事管理、后勤管理、内部工作流程三类内部事务信息，"
    "可以不予公开（第十六条第一款）。",
    "refused_process": "讨论记录、过程稿、磋商信函、请示报告四类过程性信息，"
    "可以不予公开（第十六条第二款）。",
    "refused_enforcement_file": "行政执法案卷信息，可以不予公开（第十六条第二款）。",
    "refused_inquiry": "工商、不动产登记资料等，另有专门的查询办法，"
    "告知按该办法获取（第三十六条第七项）。",
    "unavailable_not_held": "经检索没有，或者不属于本机关负责公开"
    "（第三十六条第四、五项）。",
    "unavailable_not_made": "没有现成的信息，需要另行加工、分析，可以不提供"
    "（第三十八条）。",
    "unavailable_unclear": "要求补正之后，申请内容仍不明确（第三十条）。",
    "rejected_petition": "以政府信息公开申请的形式进行信访、投诉、举报，"
    "告知通过相应渠道提出（第三十九条）。",
    "rejected_repeat": "同一申请人就相同内容再次申请，行政机关已经答复过"
    "（第三十六条第六项）。",
    "rejected_publication": "要求提供政府公报、报刊、书籍等公开出版物（第三十九条）。",
    "rejected_excessive": "申请的数量、频次明显超过合理范围，说明的理由不合理"
    "（第三十五条）。",
    "rejected_confirmation": "申请人已经取得信息，要求行政机关确认或者重新出具。",
    "closed_not_corrected": "申请人无正当理由逾期不补正，视为放弃申请（第三十条）。",
    "closed_fee_unpaid": "申请人没有按通知缴纳信息处理费，不再处理（第四十二条）。",
    "closed_other": "以上没有列出的其他处理结果。",
    "closed_any": "2019年格式中的一项；2021年起分为三项，含义不完全相同。",
    "concluded": "本年内各种办理结果之和。",
    "carried_out": "到本年底还没有办结，转到下一年继续办理的申请。",
    "review": "因政府信息公开工作被申请的行政复议（第五十一条）。",
    "litigation_direct": "没有经过复议，直接提起的行政诉讼（第五十一条）。",
    "litigation_after_review": "经过复议之后提起的行政诉讼（第五十一条）。",
    "regulations": "部门规章和地方政府规章（第二十条第一项）。",
    "normative_documents": "行政规范性文件（第二十条第一项）。",
    "licensing": "行政许可的处理决定（第二十条第五项）。",
    "other_services": "其他对外管理服务事项（第二十条第五项），2019年格式才有。",
    "penalties": "行政处罚的处理决定（第二十条第六项）。",
    "coercion": "行政强制的处理决定（第二十条第六项）。",
    "fees": "行政事业性收费的金额，单位万元（第二十条第八项）。",
    "procurement": "政府集中采购（第二十条第九项），2019年格式才有。",
}
"""Key of a row (or of a kind of proceedings) → what it counts."""
