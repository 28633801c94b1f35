"""Questions in plain language: what in them is the subject."""

from __future__ import annotations

import re

from archive.search.text import normal

_ASKING = re.compile(
    "为什么|什么样|什么|怎么样|怎么办|怎么|怎样|如何|哪一些|哪些|哪个|哪里|哪儿|哪种|多少钱|多少|多久|几个|是不是|有没有|"
    "能不能|可不可以|请问|是否|何时|何地|谁|吗|呢|吧|啊|一下|告诉我|想知道|想问|求助|谢谢"
)
"""What makes a sentence a question tells nothing of its subject, and is rare in what answers it: left out."""


def subject(text: str) -> list[str]:
    """What is asked about: the question in normal form, cut where it only asks; all of it if nothing else is left."""
    plain = normal(text)
    left = [part for part in _ASKING.split(plain) if any(sign.isalnum() for sign in part)]
    return left or [plain]
