"""What the hints say about the place of an agency whose name leaves it open. Whatever
contradicts leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from archive.regions.chain import leading
from archive.regions.divisions import Division, line, listed, on_one_line, rank, rows
from archive.regions.names import stem
from archive.regions.spelling import clean, syllables
from archive.report import Hints

Places = tuple[Division, ...]
_PHONE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?\(?(0\d{2,3})\)?[-\s—–]*(?=\d{7,8}(?!\d))")


def settle(
    candidates: Places, hints: Hints, year: int | None, phone: str = ""
) -> Division | None:
    """The one candidate that every telling hint agrees on; None when none tells or two
    disagree.
    """
    answers = set()
    for fitting in _fitting(candidates, hints, year, phone):
        if len(fitting) == 1:
            answers.add(fitting[0])
    return answers.pop() if len(answers) == 1 else None


def _fitting(
    candidates: Places, hints: Hints, year: int | None, phone: str
) -> Iterator[Places]:
    """For each hint, the candidates that agree with it."""
    site = _of_site_code(hints.site_code, year)
    yield tuple(
        each for each in candidates if site and on_one_line(each.code, site.code)
    )
    for text in _texts(hints):
        named = _named(text, year)
        fit = tuple(
            each
            for each in candidates
            if any(on_one_line(each.code, place.code) for place in named)
        )
        yield fit if len(fit) == 1 else _mentioned(candidates, text, year)
    yield _mentioned(candidates, unquote(hints.url[:2000]), year)
    yield _of_host(candidates, hints.url, year)
    served = [
        code
        for area in _PHONE.findall(normalize("NFKC", phone[:200]))
        for code in _served().get(area, ())
    ]
    yield tuple(
        each
        for each in candidates
        if any(on_one_line(each.code, code) for code in served)
    )


def place_of(hints: Hints, year: int | None, phone: str = "") -> Places:
    """Where an agency is whose name has no place: one division, or all that are meant,
    or none.
    """
    sure: list[Division] = []
    open_: list[Places] = []
    for places in (
        *(_named(text, year) for text in _texts(hints)),
        tuple(filter(None, (_of_site_code(hints.site_code, year),))),
    ):
        settled = settle(places, hints, year, phone) if len(places) > 1 else None
        if settled or len(places) == 1:
            sure.append(settled or places[0])
        elif places:
            open_.append(places)
    if not sure:
        return open_[0] if open_ else ()
    if any(not on_one_line(one.code, other.code) for one in sure for other in sure):
        return tuple(sorted(set(sure)))
    return (max(sure, key=lambda each: rank(each.code)),)


def _texts(hints: Hints) -> list[str]:
    texts = (hints.agency, hints.title, hints.publisher, hints.site_name)
    return [found for text in texts if (found := clean(text))]


def _named(text: str, year: int | None) -> Places:
    """The divisions a title, publisher or site name begins with."""
    found = leading(text, year)
    return found.divisions if found else ()


def _of_site_code(site_code: str, year: int | None) -> Division | None:
    """The division of a portal's SiteIDCode: its first six digits; 110100 (市辖区)
    stands for 北京市 itself.
    """
    code = site_code.strip()[:6]
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    return listed(code, year) or (
        listed(f"{code[:2]}0000", year)
        if code[2:] in ("0100", "0200", "9000")
        else None
    )


def _mentioned(candidates: Places, text: str, year: int | None) -> Places:
    """The candidates whose province or prefecture a text mentions."""
    return tuple(
        each for each in candidates if any(name in text for name in _above(each, year))
    )


def _above(division: Division, year: int | None) -> Iterable[str]:
    return (
        found for each in line(division.code, year)[:-1] if (found := stem(each.name))
    )


def _of_host(candidates: Places, url: str, year: int | None) -> Places:
    """The candidates whose prefecture or province stands in the host name in pinyin
    (gulou.nanjing.gov.cn).
    """
    try:
        labels = set((urlsplit(url[:2000]).hostname or "").split("."))
    except ValueError:
        return ()
    if not labels - {""}:
        return ()
    return tuple(
        each
        for each in candidates
        if any(syllables(name) in labels for name in _above(each, year))
    )


@lru_cache(maxsize=1)
def _served() -> dict[str, tuple[str, ...]]:
    """Telephone area code → the prefectures it serves; several cities share one after
    the merging of networks.
    """
    return {area: tuple(codes.split()) for area, codes, *_ in rows("area_codes.tsv")}


def fits_suffix(place: Division, suffix: str, year: int | None) -> Division | None:
    """市 of 市商务局: the closest division on a place's line that is called so; None
    when there is none.
    """
    for each in reversed(line(place.code, year)):
        if each.name.endswith(suffix) and not (suffix == "区" and rank(each.code) < 2):
            return each
    return None
