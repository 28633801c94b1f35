"""Two reports compared, and a table made of many, as they are quoted.

The archive itself has put them together, so that it stands where the author stands; the
texts compared are named each with its number and the whole SHA-256 of its original.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from urllib.parse import quote

from archive.store import Text
from archive.web import labels
from archive.web.addresses import public_address
from archive.web.figures.citing.words import body, day_of, day_told, entry, tex

_OF_ADDRESSES = "%!$&'()*+,/:;=?@#[]"
"""Signs of an address that is written already: only others are left to be written."""


def pair_address(a: Text, b: Text) -> str:
    """Where just these two texts go on being compared: it names their versions."""
    return public_address("compare.page", a=_choice(a), b=_choice(b))


def _choice(one: Text) -> str:
    """A text as the address of a comparison names it: `<key>/<year>@<version>`."""
    return f"{one.agency.key}/{one.year}@{one.number}"


def cite_pair(a: Text, b: Text, on: date | None = None) -> dict[str, str]:
    """A comparison of two texts: plain, gb7714 and bibtex, by name.

    `on`: the day of the quotation; today where none is given.
    """
    title, address, day = _title(a, b), pair_address(a, b), day_told(on)
    both = "；".join((_text(a), _text(b)))
    named = "; ".join((_text_of_standard(a), _text_of_standard(b)))
    fields = (
        ("author", body(labels.SITE)),
        ("title", tex(title)),
        ("urldate", day),
        ("url", address),
        ("note", tex(both)),
    )
    keys = [f"{one.agency.key}-{one.year}-v{one.number}" for one in (a, b)]
    return {
        "plain": f"{labels.SITE}：{title}。{both}。{day}查阅，{address}",
        "gb7714": f"{labels.SITE}. {title}[EB/OL]. [{day}]. {address}. {named}.",
        "bibtex": entry(("compare", *keys), fields),
    }


def _title(a: Text, b: Text) -> str:
    return f"《{a.title}》与《{b.title}》的比较"


def _text(one: Text) -> str:
    """A text as a sentence of ours names it."""
    return (
        f"{one.agency.name}{one.year}年度第 {one.number} 号文本，"
        f"{day_of(one.captured_at)}存档，SHA-256：{one.digest}"
    )


def _text_of_standard(one: Text) -> str:
    """The same behind an address, as the standard has its signs."""
    return f"{one.agency.name}{one.year}年度第{one.number}号文本, SHA-256: {one.digest}"


def cite_table(
    title: str, address: str, proof: str = "", on: date | None = None
) -> dict[str, str]:
    """A table that was put together from many reports: plain, gb7714 and bibtex.

    `title`: what it holds, in words; `address`: where the same question is asked again,
    whole; `proof`: which texts it was made of, in words, since reports are added and
    read anew; `on`: the day of the quotation, today where none is given. [DB/OL] is
    the standard's sign for data on the net.
    """
    day = day_told(on)
    note = "，".join(filter(None, (f"数据截至 {day}", proof)))
    # A condition has signs at which an address ends where it stands in a text.
    address = quote(address, safe=_OF_ADDRESSES)
    # One paper quotes several tables of a day.
    mark = sha256(f"{address} {note}".encode()).hexdigest()[:8]
    fields = (
        ("author", body(labels.SITE)),
        ("title", tex(title)),
        ("date", day),
        ("urldate", day),
        ("url", address),
        ("note", tex(note)),
    )
    return {
        "plain": f"{labels.SITE}：{title}。{note}，{address}",
        "gb7714": f"{labels.SITE}. {title}[DB/OL]. ({day})[{day}]. {address}. {note}.",
        "bibtex": entry(("table", day, mark), fields),
    }
