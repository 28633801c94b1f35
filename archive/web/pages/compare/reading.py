"""What an address asks: its parameters as a question, each bounded, with notes about
what could not be taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from werkzeug.datastructures import MultiDict

from archive.catalogue import FIGURES, INDICATORS, LEVELS, SECTORS
from archive.regions import by_name, is_code, region_path
from archive.search import FACETS, MAX_CHARACTERS, Counted, only_conditions
from archive.web.addresses import page_asked
from archive.web.asking import Tell
from archive.web.figures import chosen
from archive.web.pages.compare.asked import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_AGENCIES,
    MOST_CONDITIONS,
    MOST_FIGURES,
    MOST_VALUES,
    MOST_YEARS,
    Asked,
    Whom,
)

Args = MultiDict[str, str]
_OWN = frozenset(["year", "region", "level", "sector", "agency"])
"""Facets that a question has parameters of its own for."""
_OF_MANY = (
    *("agency", "of", "figure", "year", "where", "region", "sector", "level", "q"),
    *(facet.key for facet in FACETS if facet.key not in _OWN),
)
_LONGEST = MAX_CHARACTERS
"""Signs of one value."""
# e.g. "2022", "2019-2024", "2019–2024", "2019..2024", "2022年", "2019至2024年"
# not "19-24", "2019-"
_YEARS = re.compile(r"^(20\d\d)年?(?:(?:[-–—~至到]|\.\.)(20\d\d)年?)?$", re.ASCII)
# e.g. "k3x7m2q4wz"
# not "short", "K3X7M2Q4WZ"
CODE = re.compile(r"^[a-z2-7]{10}$")
DROPPED = "dropped"
"""Told beside a question: how many agencies it has lost, since there are none such."""
# e.g. "12"
# not "-1", "123456"
_FEW_DIGITS = re.compile(r"^[0-9]{1,5}$")


def asked(args: Args) -> tuple[Asked, tuple[str, ...]]:
    """The question, and what of it was not taken as it stands."""
    notes: list[str] = []
    tell = notes.append
    figures = _figures(args, tell)
    conditions = _conditions(args, tell)
    by_year = args.get("shape", "") == "years"
    years = _years(args, tell)
    found = Asked(
        whom=_whom(args, tell),
        years=years,
        figures=figures,
        conditions=conditions,
        is_any=len(conditions) > 1 and args.get("join", "") == "any",
        sort=_sort(args, figures, years if by_year else (), tell),
        by_year=by_year,
        plot=_plot(args, figures),
        page=page_asked(args),
    )
    lost = _FEW_DIGITS.match(args.get(DROPPED, ""))
    if lost:
        tell(f"{int(lost[0]):,} 个机关键在档案中没有，没有放进问题。")
    return found, tuple(dict.fromkeys(notes))


def is_asked(args: Args) -> bool:
    """Whether an address asks for many reports at all, and not for two."""
    return any(args.get(name) for name in _OF_MANY)


def _values(args: Args, name: str, most: int, tell: Tell) -> tuple[str, ...]:
    """The values of a parameter, each once; what is too long or too many is told."""
    given = [one.replace("\0", "").strip() for one in args.getlist(name)]
    values = tuple(dict.fromkeys(filter(None, given)))
    short = tuple(one for one in values if len(one) <= _LONGEST)
    if len(short) < len(values):
        tell(f"参数 {name} 有的值超过 {_LONGEST} 个字，没有使用。")
    if len(short) > most:
        tell(f"参数 {name} 有 {len(short)} 个值，只使用了前 {most} 个。")
    return short[:most]


def _whom(args: Args, tell: Tell) -> Whom:
    agencies = _values(args, "agency", MOST_AGENCIES, tell)
    words = args.get("q", "").replace("\0", " ").strip()[:MAX_CHARACTERS].strip()
    facets = []
    for facet in FACETS:
        if facet.key in _OWN:
            continue
        values = _values(args, facet.key, MOST_VALUES, tell)
        if values:
            facets.append((facet.key, values))
    regions = _regions(_values(args, "region", MOST_VALUES, tell), tell)
    return Whom(
        agencies=tuple(sorted(agencies)),
        of=_code(args, tell),
        words=words,
        facets=tuple(facets),
        regions=regions,
        below=bool(regions) and args.get("below", "") == "1",
        sectors=_known(args, "sector", SECTORS, tell),
        levels=_known(args, "level", LEVELS, tell),
    )


def _code(args: Args, tell: Tell) -> str:
    code = args.get("of", "").strip()
    if not code or CODE.match(code):
        return code
    tell("参数 of 应为保存过的短码。")
    return ""


def _known(args: Args, name: str, known: Iterable[str], tell: Tell) -> tuple[str, ...]:
    """Values of a closed list; others are told."""
    values = _values(args, name, MOST_VALUES, tell)
    allowed, others = chosen.told_apart(values, frozenset(known).__contains__)
    what = "领域" if name == "sector" else "层级"
    for one in others:
        tell(f"没有“{one[:20]}”这个{what}。")
    return allowed


def _regions(values: tuple[str, ...], tell: Tell) -> tuple[str, ...]:
    """Codes of GB/T 2260; a name is taken where only one place is called so."""
    codes: set[str] = set()
    for value in values:
        codes |= _coded(value, tell) if is_code(value) else _called(value, tell)
    return tuple(sorted(codes))


def _coded(code: str, tell: Tell) -> set[str]:
    """The code as it is; that no list has it is told."""
    if not region_path(code):
        tell(f"行政区划代码表（2003年以来）中没有 {code}。")
    return {code}


def _called(name: str, tell: Tell) -> set[str]:
    """The code of the only place that is called so; empty for several or none."""
    codes = {place.code for place in by_name().get(name, ())}
    if len(codes) == 1:
        return codes
    if codes:
        told = "、".join(sorted(codes)[:8])
        tell(f"“{name[:20]}”有 {len(codes)} 处，请改写行政区划代码：{told}。")
        return set()
    tell(f"没有找到行政区划“{name[:20]}”，请写全称或六位代码。")
    return set()


def _years(args: Args, tell: Tell) -> tuple[int, ...]:
    found: set[int] = set()
    for value in _values(args, "year", MOST_VALUES, tell):
        # Chinese keyboards write wide digits and signs: ２０１９－２０２４.
        match = _YEARS.match(normalize("NFKC", value))
        if match is None:
            tell(f"年度“{value[:20]}”应写作 2022 或 2019-2024，不早于 2000 年。")
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        found |= {*range(min(first, last), max(first, last) + 1)}
    years = tuple(sorted(found.intersection(range(FIRST_YEAR, LAST_YEAR + 1))))
    if len(years) > MOST_YEARS:
        tell(f"共 {len(years)} 个年度，只使用了最近 {MOST_YEARS} 个。")
    return years[-MOST_YEARS:]


def known_key(text: str) -> str:
    """The key that a text is, or names: `公开率` is disclosed_share; else empty."""
    if text in FIGURES or text in INDICATORS:
        return text
    return _names().get(text, "")


@cache
def _names() -> dict[str, str]:
    """What indicators and figures are called → key; of one name the first."""
    found: dict[str, str] = {}
    for key, indicator in INDICATORS.items():
        found.setdefault(indicator.label, key)
    for key, record in FIGURES.items():
        found.setdefault(record.label, key)
        found.setdefault(record.short, key)
    return found


def _figures(args: Args, tell: Tell) -> tuple[str, ...]:
    found = []
    for value in _values(args, "figure", MOST_FIGURES, tell):
        key = known_key(value)
        if key:
            found.append(key)
        else:
            tell(f"没有“{value[:40]}”这一项数据或指标。")
    return tuple(dict.fromkeys(found))


def _conditions(args: Args, tell: Tell) -> tuple[Counted, ...]:
    """The conditions, each once; a text may join several that must all hold."""
    found: dict[Counted, None] = {}
    is_any = args.get("join", "") == "any"
    for value in _values(args, "where", MOST_CONDITIONS, tell):
        conditions, trouble = only_conditions(value)
        if trouble:
            tell(trouble)
        elif is_any and len(conditions) > 1:
            tell(
                f"满足一个即可时，条件“{value[:40]}”里不能再写“且”，没有使用；"
                "请改为全部满足，写成一个条件：(甲 且 乙) 或 丙。"
            )
        else:
            found |= dict.fromkeys(conditions)
    if len(found) > MOST_CONDITIONS:
        tell(f"条件有 {len(found)} 个，只使用了前 {MOST_CONDITIONS} 个。")
    return tuple(found)[:MOST_CONDITIONS]


def _sort(
    args: Args, figures: tuple[str, ...], years: tuple[int, ...], tell: Tell
) -> str:
    sort = args.get("sort", "").strip()
    column = sort.removeprefix("-")
    columns = {"name", "region", *map(str, years)}
    if not years:
        columns |= {"year", *figures}
    if not sort or column in columns:
        return sort
    tell(f"表中没有“{column[:40]}”这一列，没有按它排序。")
    return ""


def _plot(args: Args, figures: tuple[str, ...]) -> str:
    plot = args.get("plot", "").strip()
    # The first is drawn anyway: one question, one address.
    if plot in figures[1:]:
        return plot
    return ""
