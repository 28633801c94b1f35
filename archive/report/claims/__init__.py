"""All that reads numbers from sentences: 全年主动公开政府信息120条 → proactive_total
120 条.

1 stated    the way: sections → sentences → claims; read this first
2 things    what is counted, a record for each key; a new claim is a new record there
3 sentences one sentence: which number stands beside which words, read with
            prose, tidied, quantity, mention, going_on, respectively
4 scope     whose number, of which time, and whether done, told by
            reporter, times, undone
5 breakdown, stated_numbers   the parts of a total; what a sentence has stated so far
"""

from archive.report.claims.stated import read_claims

__all__ = [
    "read_claims",
]
