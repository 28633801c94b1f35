"""The names of governments that are spelled beforehand: as the dictionary spells them.

`python -m tests.regions.test_spelled` writes them anew, after a change of the divisions
or of readings.tsv.
"""

from __future__ import annotations

from archive.regions import governments
from archive.regions.divisions import DATA, rows
from archive.regions.spelling import by_dictionary, clean

_ABOUT = (
    "# The governments' names as pypinyin and readings.tsv spell them: written by"
    " python -m tests.regions.test_spelled\n"
    "# name\tpinyin\n"
)


def _spelled() -> dict[str, str]:
    names = sorted({clean(one.name) for one in governments()})
    return {name: by_dictionary(name) for name in names}


def test_all_governments_are_spelled_as_the_dictionary_does() -> None:
    assert dict(rows("spelled.tsv")) == _spelled()


if __name__ == "__main__":
    lines = (f"{name}\t{pinyin}\n" for name, pinyin in _spelled().items())
    (DATA / "spelled.tsv").write_text(_ABOUT + "".join(lines), encoding="utf-8")
