"""What chips ask of a report: the condition they make together.

Several places are alternatives, so are several years and several kinds of agencies;
what is of different sorts must all hold. A kind of agency beside a place is that of the
place itself: 成都市教育局 is not the 教育局 of its districts. One named apart from the
place is that of all in it, as in 成都没有收到申请的教育局, and so is a level; and where
something in the place is ruled out: 广东教育局 不要深圳的.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter

from archive.regions import Place, place_above
from archive.search.question.tree import And, Field, Fit, Node, Not, Or, all_of
from archive.search.question.understanding.bodies import Kind
from archive.search.question.understanding.chip import Chip
from archive.search.question.understanding.placing import places_inside

_BELOW = {"省": ("市", "县", "乡镇"), "市": ("县", "乡镇"), "县": ("乡镇",)}
_GOVERNMENT = "政府"
"""The sector of governments and their offices."""
_POLICE_OF_DISTRICTS = "公安分局"


def condition_of(
    chips: Sequence[Chip], *, all_inside: bool = False, with_ruled_out: bool = False
) -> Node | None:
    """What all chips ask for; None without chips.

    `all_inside`: agencies of all that lies in a place will do. `with_ruled_out`: so
    will what is ruled out.
    """
    asked, ruled_out = _parted(chips, all_inside)
    denied = () if with_ruled_out else ruled_out.parts()
    return all_of([*asked.parts(), *denied])


def _parted(chips: Sequence[Chip], all_inside: bool) -> tuple[_Asked, _RuledOut]:
    """What chips ask for, and what they rule out."""
    asked, ruled_out = _Asked(all_inside), _RuledOut()
    for chip in chips:
        if chip.is_ruled_out:
            ruled_out.take(chip)
        else:
            asked.take(chip)
    asked.take_all_around(ruled_out.places)
    return asked, ruled_out


def levels_left_out(chips: Sequence[Chip], place: Place) -> tuple[str, ...]:
    """The levels below a place of which no agencies are meant: 成都市教育局 is of 成都
    itself. None where all that lies in it is meant.
    """
    asked, _ = _parted(chips, all_inside=False)
    return _BELOW[place.level] if asked.are_own else ()


def first_of(chips: Sequence[Chip], rest: str) -> tuple[Node, ...]:
    """What comes first where nothing but a place, and perhaps years, is asked for."""
    if rest or any(chip.is_ruled_out for chip in chips):
        return ()
    asked = _Asked()
    for chip in chips:
        asked.take(chip)
    if asked.kinds or not asked.places:
        return ()
    own = _any(list(map(_own, asked.places)))
    return And((own, Field("sector", (_GOVERNMENT,), Fit.IS))), own


class _Asked:
    """What chips ask for together."""

    def __init__(self, all_inside: bool = False) -> None:
        self._all_inside = all_inside
        self.places: list[Place] = []
        self.kinds: list[Kind] = []
        self.years: set[int] = set()

    def take(self, chip: Chip) -> None:
        """Add what a chip asks for."""
        self.places += chip.places
        self.years |= set(chip.years)
        if chip.agency:
            self.kinds.append(chip.agency)

    def take_all_around(self, ruled_out: Sequence[Place]) -> None:
        """Ask for all that lies in the places where something in them is ruled out."""
        self._all_inside |= bool(places_inside(tuple(ruled_out), tuple(self.places)))

    @property
    def are_own(self) -> bool:
        """Whether agencies of the places themselves are asked for, and not those of all
        that lies in them.
        """
        apart = any(kind.is_of_all or kind.level for kind in self.kinds)
        return bool(self.kinds) and not (apart or self._all_inside)

    def parts(self) -> Iterator[Node]:
        """What each sort of chips asks for."""
        if self.places:
            meant = _own if self.are_own else _inside
            if _POLICE_OF_DISTRICTS in {kind.name for kind in self.kinds}:
                meant = _with_police
            yield _any(list(map(meant, self.places)))
        if self.kinds:
            meant_by = _in_a_place if self.places else _anywhere
            yield _any(list(map(meant_by, self.kinds)))
        if self.years:
            years = map(str, sorted(self.years))
            yield Field("year", tuple(years), Fit.IS)


class _RuledOut:
    """What chips rule out: those of one row only where all of them are true.

    不要深圳教育局的 rules out neither all of 深圳 nor the 教育局 of other places.
    """

    def __init__(self) -> None:
        self._rows: list[_Asked] = []
        self._end = -1

    def take(self, chip: Chip) -> None:
        """Add a chip, to the row before where it stands right behind that."""
        if chip.start != self._end:
            self._rows.append(_Asked())
        self._rows[-1].take(chip)
        self._end = chip.end

    @property
    def places(self) -> list[Place]:
        """All places that are named."""
        return list(chain.from_iterable(map(attrgetter("places"), self._rows)))

    def parts(self) -> Iterator[Node]:
        """What each row rules out."""
        for row in self._rows:
            together = all_of(list(row.parts()))
            if together:
                yield Not(together)


def _inside(place: Place) -> Node:
    """All that lies in a place."""
    return Field("region", place.codes, Fit.IS)


def _own(place: Place) -> Node:
    """What belongs to a place itself, without what is of a lower level."""
    lower = _BELOW[place.level]
    return And((_inside(place), Not(Field("level", lower, Fit.IS))))


def _with_police(place: Place) -> Node:
    """What belongs to a district, and its police, which is filed under the city that
    its name begins with: 北京市公安局朝阳分局.
    """
    above = place_above(place)
    if above is None:
        return _own(place)
    called = place.name.removeprefix(above.name)
    short = called.removesuffix("区").removesuffix("新")
    names = (f"公安局{called}分局", f"公安局{short}分局", f"{short}公安分局")
    filed = And((_inside(above), Field("agency", names, Fit.ENDS)))
    return Or((_own(place), filed))


def _anywhere(kind: Kind) -> Node:
    """A kind of agency, under the names that were typed."""
    return _of_level(kind, kind.endings)


def _in_a_place(kind: Kind) -> Node:
    """A kind of agency, under whatever name it has in the place."""
    return _of_level(kind, kind.in_a_place)


def _of_level(kind: Kind, endings: tuple[str, ...]) -> Node:
    """Agencies whose names end so, of the level or sector that was named."""
    asked = (
        Field("agency", endings, kind.ends),
        Field("agency", kind.has, Fit.HAS),
        Field("level", tuple(filter(None, [kind.level])), Fit.IS),
        Field("sector", tuple(filter(None, [kind.sector])), Fit.IS),
    )
    parts = [one for one in asked if one.texts]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _any(nodes: Sequence[Node]) -> Node:
    """What asks for one of the nodes."""
    if len(nodes) == 1:
        return nodes[0]
    return Or(tuple(nodes))
