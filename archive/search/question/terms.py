"""The terms of a question in plain language, whose words no text need hold all.

Whoever asks words it otherwise than whoever wrote. So beside the words count the words
inside longer ones, the pairs of neighbouring characters, which find words that the
dictionary lacks and reward words that stand together as they do in the question, and
the single characters, which find 纳税人 for 税.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from archive.search.question.plain_language import EMPTY, only_asking, subject
from archive.search.question.tree import And, Node, Phrase, Synonymous, Words
from archive.search.text import HAN
from archive.search.words import words

MAX_TERMS = 512
"""Different terms that are looked up: the first ones."""

# A word of the question weighs 1. The other weights were chosen on collections of legal
# advice, cases and handbooks; within wide bounds they hardly matter.
PART_WEIGHT = 0.3
"""Of a word inside a longer one."""
PAIR_WEIGHT = 0.35
"""Of a pair of characters."""
SIGN_WEIGHT = 0.3
"""Of a single character."""
ASKING_WEIGHT = 0.9
"""Of a word that only asks. It is light: it never tells more than the least telling
word of the question, however few texts have it (see answer.near).
"""
EMPTY_WEIGHT = 0.4
"""Of a word that stands in any text, which is light, too."""
OTHER_WEIGHT = 0.6
"""Of a word that means the same as one of the question."""

# e.g. "收费多少", "张8某", "82线"
# not "，", " "
_RUN = re.compile(r"[^\W_]+")
# e.g. "信"
# not "t", "2", "，"
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = 10
"""Characters of a sentence that is not asked."""
_ASKED = ("?", "？")
_MARKS = '"“”„＂「『」』'
_QUOTATION = f"[{_MARKS}][^{_MARKS}]+[{_MARKS}]"
_PAUSE = "[，、。；：,;:]?"
# e.g. "指出的“目录更新滞后”问题", "“一网通办”，指的是什么"
# not "收到申请 “按时答复” 讲座"
_NAMED = re.compile(rf"\w{_PAUSE}{_QUOTATION}|{_QUOTATION}{_PAUSE}\w")
# e.g. "申请 “按时答复” 讲座", "“按时答复”"
# not "指出的“目录更新滞后”问题"
_QUOTED_ALONE = re.compile(rf"(?:^|\s)-?[{_MARKS}][^{_MARKS}]*[{_MARKS}](?:\s|$)")
_LONG_WORDS = 6
"""Telling words of a text typed without a blank that make it a sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or one or two characters that stand side by side."""

    text: str
    weight: float
    is_word: bool
    is_light: bool = False
    """Whether it never tells more than any other word of the question."""


def plain_texts(node: Node | None, as_pasted: bool = False) -> list[str]:
    """The texts of a question that asks for plain words alone.

    None of one that asks also for quoted text, properties, alternatives, or that
    something is missing. `as_pasted`: quoted text is as good as any other.
    """
    texts: list[str] = []
    for part in _parts(node):
        match part:
            case Words(text) | Synonymous(Words(text)):
                texts.append(text)
            case Phrase(text) if as_pasted:
                texts.append(text)
            case _:
                return []
    return texts


def quoted_texts(node: Node | None) -> list[str]:
    """The quoted texts that must be there."""
    return [part.text for part in _parts(node) if isinstance(part, Phrase)]


def as_typed(text: str, node: Node | None) -> list[str]:
    """The plain texts of a question. Of a sentence, asked or pasted, in which something
    stands in quotation marks without a blank before or behind, that too: so things are
    named in it, and nobody asks for them letter by letter.

    `text`: the question as typed, which `node` stands for.
    """
    texts = plain_texts(node)
    if texts or not _NAMED.search(text) or _QUOTED_ALONE.search(text):
        return texts
    named = plain_texts(node, as_pasted=True)
    is_asked = text.rstrip().endswith(_ASKED) or bool(only_asking(" ".join(named)))
    return named if is_asked or sum(map(len, named)) >= _SENTENCE else []


def _parts(node: Node | None) -> list[Node | None]:
    """What must all hold; brackets within brackets are opened."""
    if not isinstance(node, And):
        return [node]
    return list(chain.from_iterable(map(_parts, node.parts)))


def others_of(node: Node | None) -> list[str]:
    """The texts that mean the same as those of a question."""
    synonymous = [part for part in _parts(node) if isinstance(part, Synonymous)]
    return [other.text for part in synonymous for other in part.others]


def is_in_plain_language(texts: Sequence[str]) -> bool:
    """Whether somebody asks in a sentence, rather than names what must be there."""
    if any(map(only_asking, texts)):
        return True
    return any(len(telling_words([text])) >= _LONG_WORDS for text in texts)


def telling_words(texts: Sequence[str]) -> list[str]:
    """The different words that tell what the question is about, in order."""
    return list(dict.fromkeys(chain.from_iterable(map(_telling, texts))))


@lru_cache(1_000)  # asked for several times a question
def _telling(text: str) -> tuple[str, ...]:
    """The words of a text that tell, each as often as it stands there."""
    found = chain.from_iterable(map(words, subject(text)))
    return tuple(word for word in found if word not in EMPTY)


def terms_of(texts: Sequence[str], others: Sequence[str] = ()) -> list[Term]:
    """All terms of a question, words first, at most MAX_TERMS.

    `others`: texts that mean the same.
    """
    subjects = _subjects(texts)
    pairs: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for run in chain.from_iterable(map(_RUN.findall, subjects)):
        pairs.update(a + b for a, b in pairwise(run) if _tell_together(a, b))
        signs.update(filter(_tells_alone, run))
    asked = _words(subjects)
    found = _weighed(asked, 1, is_word=True)
    found += _weighed(pairs, PAIR_WEIGHT, is_word=False)
    found += _weighed(signs, SIGN_WEIGHT, is_word=False)
    asking = chain.from_iterable(map(only_asking, texts))
    meant = chain.from_iterable(map(words, others))
    found += _weighed(_new(meant, asked), OTHER_WEIGHT, is_word=True)
    light = _weighed(_new(asking, asked), ASKING_WEIGHT, is_word=True)
    light += _weighed(_empty(subjects) if asked else {}, EMPTY_WEIGHT, is_word=True)
    found += [replace(term, is_light=True) for term in light]
    return found[:MAX_TERMS]


def _tell_together(first: str, second: str) -> bool:
    """Pairs of letters stand in any English word, and tell nothing.

    Those across a border do: 张8某, 82线.
    """
    return bool(_HAN.match(first) or _HAN.match(second))


def _tells_alone(sign: str) -> bool:
    is_han = _HAN.match(sign) is not None
    return is_han and sign not in EMPTY


def _new(found: Iterable[str], asked: Mapping[str, float]) -> dict[str, float]:
    """The words that are not asked for anyway, and tell something; each once."""
    return {word: 1.0 for word in found if word not in asked and word not in EMPTY}


def _empty(subjects: Sequence[str]) -> dict[str, float]:
    """The words that stand in any text, as often as they are asked for.

    Of two short questions alike in all else they tell which is meant: 能提前还吗 and
    不能提前还吗.
    """
    every = chain.from_iterable(map(words, subjects))
    return dict(Counter(word for word in every if word in EMPTY))


def _subjects(texts: Sequence[str]) -> list[str]:
    """What is asked about in all the texts."""
    return list(chain.from_iterable(map(subject, texts)))


def _words(subjects: Sequence[str]) -> dict[str, float]:
    """How much each telling word is asked for.

    One that stands inside a longer word counts less: 预付 where 预付卡 is asked for.
    """
    whole: Counter[str] = Counter()
    everything: Counter[str] = Counter()
    for part in subjects:
        whole.update(words(part))
        everything.update(words(part, finely=True))
    asked: dict[str, float] = {}
    for word, times in everything.items():
        if word not in EMPTY:
            asked[word] = whole[word] + PART_WEIGHT * (times - whole[word])
    return asked


def _weighed(asked: Mapping[str, float], weight: float, *, is_word: bool) -> list[Term]:
    """Terms with their weights.

    What is asked twice counts more, but less than twice: nobody repeats a word to say
    that it matters twice as much.
    """
    found = []
    for text, times in asked.items():
        damped = 2 * times / (1 + times)
        found.append(Term(text, weight * damped, is_word))
    return found
