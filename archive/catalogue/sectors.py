"""The sectors of agencies: what part of government an agency belongs to.

The words by which an agency's name tells its sector stand in
`archive/regions/data/sectors.toml`, under these keys.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of government; visitors read its `key`, and addresses hold it."""

    key: str
    english: str


TOWNSHIPS = "街道乡镇"
"""Told by the form of the name, not by words."""

_RECORDS = (
    # A people's government publishes by 31 March, two months after its departments.
    Sector("政府", "people's governments and their offices"),
    Sector("发改", "development and reform"),
    Sector("教育", "education"),
    Sector("科技", "science and technology"),
    Sector("工信", "industry and information technology"),
    Sector("民族宗教", "ethnic and religious affairs"),
    Sector("公安", "public security"),
    Sector("民政", "civil affairs"),
    Sector("司法", "justice"),
    Sector("财政", "finance"),
    Sector("人社", "human resources and social security"),
    Sector("自然资源", "natural resources"),
    Sector("生态环境", "ecology and environment"),
    Sector("住建", "housing and urban-rural development"),
    Sector("公积金", "housing provident funds"),
    Sector("城管", "urban management"),
    Sector("交通", "transport"),
    Sector("水利", "water resources"),
    Sector("农业农村", "agriculture and rural affairs"),
    Sector("林业", "forestry"),
    Sector("商务", "commerce"),
    Sector("文旅", "culture and tourism"),
    # Names change with every reform: the words in the file cover those since 2008.
    Sector("广电新闻", "broadcasting and press"),
    Sector("体育", "sports"),
    Sector("卫健", "health"),
    Sector("医保", "medical insurance"),
    Sector("退役军人", "veterans affairs"),
    Sector("应急", "emergency management"),
    Sector("消防", "fire services"),
    Sector("人防", "civil air defence"),
    Sector("审计", "audit"),
    Sector("国资", "state-owned assets"),
    Sector("市场监管", "market regulation"),
    Sector("统计", "statistics"),
    Sector("信访", "petitions"),
    Sector("金融", "financial affairs"),
    Sector("税务", "taxation"),
    Sector("海关", "customs"),
    Sector("气象", "meteorology"),
    Sector("邮政烟草", "post and tobacco"),
    Sector("能源", "energy"),
    Sector("粮食储备", "grain and reserves"),
    Sector("乡村振兴", "rural revitalisation"),
    Sector("政务服务", "government services"),
    Sector("机关事务", "government offices administration"),
    Sector("档案", "archives and local history"),
    Sector("外事", "foreign and overseas affairs"),
    Sector("研究参事", "research and counsellors"),
    Sector("党务", "Party schools and staffing"),
    Sector("群团", "mass organisations"),
    # Public utilities publish under 条例 第五十五条 by rules of their ministries.
    Sector("公用企业", "public utilities"),
    Sector(TOWNSHIPS, "townships and subdistricts"),
    Sector("开发区", "development zones"),
)
"""In the order in which pages list them."""

SECTORS: dict[str, Sector] = {sector.key: sector for sector in _RECORDS}
"""Key → record."""
