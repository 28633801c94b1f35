"""Figures and indicators as conditions of a question: `申请>100`, 没有收到申请.

1 condition  a condition, and how an address writes it; read this first
2 names      what figures are called: the catalogue's labels, and a reviewed list
3 numerals   numbers and their units as they are typed: 1万2千, 五成
  ranges     two of them: 100到500件
  amounts    a comparison with a number: 超过一百件, <50%
4 beside     the name of what is compared, before the number or behind it
  turned     the same with the number first: 100<申请
  beginning  where all that begins;  behind  what may follow: nothing more, or bodies
5 typed      the conditions in what was typed;  order  an order by a figure: 申请最多
  newest     an order by date: 最新的年报

Where a rule is in doubt it understands nothing: the text is then searched for as it is.
"""

from archive.search.question.conditions.beginning import EACH_YEAR
from archive.search.question.conditions.beside import YEARS_WITHIN, name_from
from archive.search.question.conditions.condition import (
    COMPARE,
    Condition,
    read_condition,
)
from archive.search.question.conditions.names import keys_named
from archive.search.question.conditions.newest import newest_in
from archive.search.question.conditions.order import Ordered, order_in, orders_missing
from archive.search.question.conditions.typed import Found, cut

__all__ = [
    "COMPARE",
    "EACH_YEAR",
    "YEARS_WITHIN",
    "Condition",
    "Found",
    "Ordered",
    "cut",
    "keys_named",
    "name_from",
    "newest_in",
    "order_in",
    "orders_missing",
    "read_condition",
]
