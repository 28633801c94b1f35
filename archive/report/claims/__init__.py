"""All that reads numbers from sentences: 全年主动公开政府信息120条 → proactive_total
120 条.

1 stated      the way: sections → sentences → claims; a breakdown and its parts
2 sentences   one sentence: which number stands beside which words
3 wordings, channels the words that name a thing counted, and the channels of
publication
4 scope whose number, of which time: of this body or another's, this year's or an
earlier
5 meaning, zeros       whether the number is that claim's; what 没有, 未发生 say
"""

from archive.report.claims.stated import read_claims

__all__ = [
    "read_claims",
]
