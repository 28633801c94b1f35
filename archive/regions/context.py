"""What the hints say about the place of an agency whose name leaves it open.

Hints are what is known beside the report: the portal it stood on, the title in the
list, the address, the telephone. Whatever contradicts another leaves the place open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from archive.regions.chain import leading
from archive.regions.divisions import (
    COUNTY,
    Division,
    Divisions,
    lineage,
    listed,
    on_one_line,
    rank,
    related,
    rows,
)
from archive.regions.names import stem
from archive.regions.spelling import clean, syllables
from archive.report import Hints

_LONGEST_URL = 2_000
_LONGEST_PHONE = 200
# The area code in front of a number of seven or eight digits.
# e.g. "025-12345678", "(0371)12345678", "+86 021 12345678"
# not "12345678", "025-1234", "（0371）12345678"
_PHONE = re.compile(
    r"""
    (?<!\d) (?:\+?86[-\s]?)?       # the country's code
    \(? (0\d{2,3}) \)?            # the area's, with or without brackets
    [-\s—–]* (?=\d{7,8}(?!\d))    # before seven or eight digits
    """,
    re.VERBOSE,
)
# e.g. "320106", "110100"
# not "bm1900", "32010"
_SIX_DIGITS = re.compile(r"[0-9]{6}")
# Codes of GB/T 2260 that stand for no place of their own but for what the province
# keeps under itself: 市辖区, 县, 省直辖县级行政区划.
_OF_PROVINCE = ("0100", "0200", "9000")


def settle(
    candidates: Divisions, hints: Hints, year: int | None, phone: str = ""
) -> Division | None:
    """The one candidate that every telling hint agrees on.

    A hint tells when it fits one candidate only. None when none tells or two disagree.
    """
    answers = {
        fitting[0]
        for fitting in _fitting(candidates, hints, year, phone)
        if len(fitting) == 1
    }
    if len(answers) == 1:
        return answers.pop()
    return None


def _fitting(
    candidates: Divisions, hints: Hints, year: int | None, phone: str
) -> Iterator[Divisions]:
    """For each hint, the candidates that agree with it."""
    yield _along(candidates, _of_site_code(hints.site_code, year))
    for text in _texts(hints):
        named = _along(candidates, _named(text, year))
        is_settled = len(named) == 1
        yield named if is_settled else _mentioned(candidates, text, year)
    yield _mentioned(candidates, unquote(hints.url[:_LONGEST_URL]), year)
    yield _of_host(candidates, hints.url, year)
    yield related(candidates, _of_phone(phone))


def _along(candidates: Divisions, places: Divisions) -> Divisions:
    """The candidates that one of the places contains, or that contain one.

    A site of 南京市 speaks for its 鼓楼区, and one of 鼓楼区 for 南京市.
    """
    return related(candidates, [place.code for place in places])


def place_of(hints: Hints, year: int | None, phone: str = "") -> Divisions:
    """Where an agency is whose name has no place.

    One division; or all that are meant, when hints name several or contradict each
    other; or none.
    """
    sure: list[Division] = []
    unsettled: list[Divisions] = []
    named = [_named(text, year) for text in _texts(hints)]
    for places in (*named, _of_site_code(hints.site_code, year)):
        if len(places) > 1:
            settled = settle(places, hints, year, phone)
            if settled is None:
                unsettled.append(places)
                continue
            places = (settled,)
        sure += places
    if not sure:
        if unsettled:
            return unsettled[0]
        return ()
    if _contradict(sure):
        return tuple(sorted(set(sure)))
    # 江苏省 and 南京市 agree: the closest is meant
    closest = max(sure, key=lambda each: rank(each.code))
    return (closest,)


def _contradict(places: Sequence[Division]) -> bool:
    """Whether two of the places cannot both be meant: 徐州市 and 洛阳市."""
    return not all(
        on_one_line(one.code, other.code) for one, other in combinations(places, 2)
    )


def _texts(hints: Hints) -> list[str]:
    """The hints in words, cleaned; those that say something.

    The portal's name comes last: a county portal carries the reports of its departments
    and townships too.
    """
    told = (hints.agency, hints.title, hints.publisher, hints.site_name)
    cleaned = map(clean, told)
    return list(filter(None, cleaned))


def _named(text: str, year: int | None) -> Divisions:
    """The divisions a title, publisher or site name begins with."""
    found = leading(text, year)
    if found:
        return found.divisions
    return ()


def _of_site_code(site_code: str, year: int | None) -> Divisions:
    """The division of a portal's SiteIDCode, by its first six digits; () for none.

    Portals of governments have six digits of GB/T 2260 and four more; those of
    ministries begin with `bm`. 110100 (市辖区) stands for 北京市 itself.
    """
    code = site_code.strip()[:6]
    if not _SIX_DIGITS.fullmatch(code):
        return ()
    division = listed(code, year)
    if division is None and code[2:] in _OF_PROVINCE:
        division = listed(f"{code[:2]}0000", year)
    if division is None:
        return ()
    return (division,)


def _mentioned(candidates: Divisions, text: str, year: int | None) -> Divisions:
    """The candidates whose province or prefecture a text mentions."""

    def occurs(name: str) -> bool:
        return name in text

    return _known_by_parent(candidates, year, occurs)


def _known_by_parent(
    candidates: Divisions, year: int | None, occurs: Callable[[str], bool]
) -> Divisions:
    """The candidates of which a division above occurs, by its stem, in some hint."""
    found = []
    for division in candidates:
        parents = lineage(division.code, year)[:-1]
        # 江苏 and 南京 of 鼓楼区
        stems = [stem(parent.name) for parent in parents]
        if any(occurs(name) for name in stems if name):
            found.append(division)
    return tuple(found)


def _of_host(candidates: Divisions, url: str, year: int | None) -> Divisions:
    """The candidates whose prefecture or province stands in the host name in pinyin.

    gulou.nanjing.gov.cn is a portal of 南京.
    """
    labels = _host_labels(url)
    if not labels:
        return ()

    def occurs(name: str) -> bool:
        return syllables(name) in labels

    return _known_by_parent(candidates, year, occurs)


def _host_labels(url: str) -> set[str]:
    """{"gulou", "nanjing", "gov", "cn"}; empty for what is no address.

    An address may be anything a page linked to: a bracket that looks like the beginning
    of an IPv6 address makes `urlsplit` raise.
    """
    try:
        host = urlsplit(url[:_LONGEST_URL]).hostname or ""
    except ValueError:
        return set()
    labels = set(host.split("."))
    labels.discard("")
    return labels


def _of_phone(phone: str) -> list[str]:
    """Codes of the divisions that the area codes of a telephone number serve.

    "025-12345678" → 320100 (南京市). Reports print several numbers in one field, with
    full-width signs as often as not.
    """
    codes: list[str] = []
    for area in _PHONE.findall(normalize("NFKC", phone[:_LONGEST_PHONE])):
        codes += _served().get(area, ())
    return codes


@lru_cache(maxsize=1)
def _served() -> dict[str, tuple[str, ...]]:
    """Telephone area code → the codes of the prefectures it serves.

    Several cities share one after the merging of networks: 024 is 沈阳, 抚顺 and more.
    """
    return {area: tuple(codes.split()) for area, codes, *_ in rows("area_codes.tsv")}


def fits_suffix(place: Division, suffix: str, year: int | None) -> Division | None:
    """市 of 市商务局: the closest division on a place's line that is called so.

    None when there is none. 区 means a county's level: no 自治区, no 地区.
    """
    from_below = reversed(lineage(place.code, year))
    for each in from_below:
        is_called_so = each.name.endswith(suffix)
        is_other_level = suffix == "区" and rank(each.code) < COUNTY
        if is_called_so and not is_other_level:
            return each
    return None
