"""What comes nearest to a question, where nothing answers it wholly or a sentence asks.

1 finding    the way: texts asked for → documents near to them, and how near
2 weighing   the terms of the question, and what each document has of them
3 closeness  how close the terms stand in a text
"""

from archive.search.answer.near.finding import CLOSE, Nearest, nearest
from archive.search.answer.near.weighing import AHEAD

__all__ = ["AHEAD", "CLOSE", "Nearest", "nearest"]
