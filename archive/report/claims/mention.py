"""What is looked at to judge a number or a denial: it, its clause, sentence and topic.

Data only; the judging is done in `things/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.report.claims.scope import Scope
from archive.report.document import Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the running text with what is around it."""

    printed: str
    text: str
    """Plain; empty for a sentence that states no number."""
    at: Place
    topic: str
    """Plain text of the section's heading and the whole paragraph, to tell what the
    sentence speaks of.
    """


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of a sentence, and the words that may say what it counts."""

    match: re.Match[str]
    """The words that told it."""
    words: str
    """Its clause up to it, from the number before on."""
    behind: str
    """Its clause behind it, up to the next number."""
    number: re.Match[str]
    sentence: Sentence
    scope: Scope

    @property
    def told_by(self) -> str:
        """The words that told what the number counts: 主动公开政府信息."""
        return self.match[0]

    @property
    def words_before(self) -> str:
        """What stands in `words` before those that told it: [未按期]答复3件."""
        begin = self.match.start()
        return self.words[:begin]

    @property
    def clause(self) -> str:
        """What stands before the number in its clause, other numbers included."""
        at = self.number.start()
        return self.scope.text[self.scope.clause(at) : at]

    @property
    def before(self) -> str:
        """What stands in the sentence before the words that told it."""
        begin = self.number.start() - len(self.words)
        return self.scope.text[: begin + self.match.start()]

    @property
    def rest(self) -> str:
        """What stands in the sentence behind the number."""
        end = self.number.end()
        return self.scope.text[end:]

    def group(self, name: str) -> str:
        """A named part of the words that told it, empty where they have none.

        The patterns of a thing differ in the groups they have.
        """
        groups = self.match.groupdict()
        return groups.get(name) or ""


@dataclass(frozen=True, slots=True)
class Denial:
    """Words of a sentence that deny something: 未收到政府信息公开申请."""

    match: re.Match[str]
    sentence: Sentence
    scope: Scope

    @property
    def before(self) -> str:
        """What stands in the sentence before them."""
        return self.scope.text[: self.match.start()]

    @property
    def clause(self) -> str:
        """The whole clause they stand in."""
        begin = self.scope.clause(self.match.start())
        return self.scope.text[begin : self.scope.clause_end(self.match.end())]

    @property
    def clause_before(self) -> str:
        """What stands before them in their clause."""
        begin = self.scope.clause(self.match.start())
        return self.scope.text[begin : self.match.start()]

    @property
    def gap(self) -> str:
        """What stands between the denial and the thing: 未收到[公民提出的]申请.

        Empty for a denial without such words: 申请为零.
        """
        groups = self.match.groupdict()
        return groups.get("gap") or ""
