"""A digest in words, for people, and as plain data, for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from archive.catalogue import Need, schedule
from archive.store import News, Standing

MOST_LINES = 40
"""Of one kind, written out; the others are counted."""
MOST_ITEMS = 300
_LONGEST = 200
NOTHING = "没有新的情况。"
_RECOVERED = "恢复正常"


def words_of(found: News, moment: datetime, public_url: str) -> dict[str, Any]:
    """Subject, text and items of a digest. `public_url`: what stands before links."""
    return {
        "subject": _subject(found, moment),
        "text": _text(found, moment, public_url),
        "fresh": [_item(one, public_url) for one in found.fresh[:MOST_ITEMS]],
        "recovered": [_item(one, public_url) for one in found.recovered[:MOST_ITEMS]],
        "fresh_count": len(found.fresh),
        "recovered_count": len(found.recovered),
        "standing_count": len(found.standing),
        "at": moment.isoformat(),
        "since": found.since.isoformat() if found.since else None,
    }


def _subject(found: News, moment: datetime) -> str:
    parts = []
    if found.fresh:
        parts.append(f"新增 {len(found.fresh)} 项需要处理")
    if found.recovered:
        parts.append(f"{len(found.recovered)} 个来源恢复")
    told = "，".join(parts) or "没有新的情况"
    return f"年报档案：{told}（{_day(moment)}）"


def _text(found: News, moment: datetime, public_url: str) -> str:
    begin = f"自 {_moment(found.since)} 以来" if found.since else "截至现在"
    lines = [f"{begin}（{_moment(moment)} 整理，北京时间）：", ""]
    if found.is_empty:
        lines += [NOTHING, ""]
    for need in Need:
        some = [one for one in found.fresh if one.need is need]
        lines += _section(need.label, some, public_url)
    lines += _section(_RECOVERED, found.recovered, public_url)
    lines += ["现在需要处理的：" + (_counts(found.standing) or "没有。")]
    if public_url:
        lines.append(f"{public_url}/admin/")
    return "\n".join(lines) + "\n"


def _section(title: str, some: Sequence[Standing], public_url: str) -> list[str]:
    if not some:
        return []
    lines = [f"【{title}】{len(some)}"]
    for one in some[:MOST_LINES]:
        lines += _lines(one, public_url)
    more = len(some) - MOST_LINES
    if more > 0:
        lines.append(f"……另有 {more} 项，见网站。")
    return [*lines, ""]


def _lines(one: Standing, public_url: str) -> list[str]:
    since = f"（{_day(one.since)} 起）" if one.since else ""
    name = f"{_short(one.name)}：" if one.name else ""
    lines = [f"· {name}{_short(one.told)}{since}"]
    where = _address(one, public_url)
    if where:
        lines.append(f"  {where}")
    return lines


def _counts(standing: Sequence[Standing]) -> str:
    counts = Counter(one.need for one in standing)
    told = [f"{need.label} {counts[need]}" for need in Need if counts[need]]
    return "，".join(told) + "。" if told else ""


def _item(one: Standing, public_url: str) -> dict[str, Any]:
    """A trouble as a program reads it."""
    return {
        "need": one.need.value,
        "key": one.key,
        "name": _short(one.name),
        "told": _short(one.told),
        "since": one.since.isoformat() if one.since else None,
        "source": one.source_id,
        "url": one.url,
        "page": _address(one, public_url),
    }


def _address(one: Standing, public_url: str) -> str:
    """Where on the site it is seen; empty where the site has no public address."""
    if not public_url:
        return ""
    if one.source_id is not None:
        return f"{public_url}/admin/sources/{one.source_id}"
    return f"{public_url}/admin/review" if one.need is Need.HELD else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _day(moment: datetime) -> str:
    return moment.astimezone(schedule.CHINA).strftime("%Y-%m-%d")


def _moment(moment: datetime) -> str:
    return moment.astimezone(schedule.CHINA).strftime("%Y-%m-%d %H:%M")
