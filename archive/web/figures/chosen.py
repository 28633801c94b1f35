"""Which figures, claims and indicators an address asks for: `figure`, repeatable."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from archive.catalogue import FIGURES, INDICATORS

MOST = 40
"""Keys that one address may ask for; more are left out, and a note says so."""

Keys = tuple[str, ...]


def keys_asked(args: MultiDict[str, str]) -> tuple[Keys, tuple[str, ...]]:
    """The keys, each once and in the order of the address; notes on what is none."""
    notes = []
    given = dict.fromkeys(key for key in args.getlist("figure") if key)
    known = [key for key in given if _is_known(key)]
    unknown = [key for key in given if not _is_known(key)]
    if unknown:
        more = f"等 {len(unknown)} 个" if len(unknown) > 1 else ""
        notes.append(f"没有键为“{unknown[0][:60]}”{more}的数字或指标。")
    if len(known) > MOST:
        notes.append(f"选了 {len(known)} 个数字，只使用了前 {MOST} 个。")
    return tuple(known[:MOST]), tuple(notes)


def _is_known(key: str) -> bool:
    return key in FIGURES or key in INDICATORS
