"""Readings as programs of before kept them, JSON, and as revision 0006 keeps them: two
pressed JSON values and a summary. Frozen with that revision.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import zstandard

Json = dict[str, Any]

_ROOT = Path(__file__).resolve().parents[1]
_DICTIONARY = zstandard.ZstdCompressionDict(
    (_ROOT / "archive/report/encode/readings-1.zdict").read_bytes()
)
_COMPRESSOR = zstandard.ZstdCompressor(9, dict_data=_DICTIONARY, write_checksum=True)
_DECOMPRESSOR = zstandard.ZstdDecompressor(dict_data=_DICTIONARY)

_APPLICANTS = (
    "natural_person",
    "enterprise",
    "research",
    "social_organisation",
    "legal_service",
    "other",
    "total",
)
_RECURRING = ("licensing", "other_services", "penalties", "coercion", "fees")
_COMPARED = (
    *(f"requests.carried_in.{one}" for one in _APPLICANTS),
    *(f"requests.carried_out.{one}" for one in _APPLICANTS),
    *(
        f"disclosure.{row}.{column}"
        for row in ("regulations", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    ),
    *(
        f"disclosure.{row}.{column}"
        for row in _RECURRING
        for column in ("previous_items", "item_change")
    ),
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.coercion.decisions",
    "disclosure.fees.amount",
    "requests.new.total",
    "requests.concluded.total",
    "requests.granted.total",
    "review.total",
    "litigation_direct.total",
    "litigation_after_review.total",
)


def packed(version_id: int, reading: Json, doubted: set[str]) -> Json:
    """A row of `readings`; `doubted` are the figures that our reading doubts."""
    sections = reading.get("sections", [])
    texts = [[one["number"], one["heading"], _prose(one)] for one in sections]
    summary = _summary(reading, sections, doubted)
    return {
        "version_id": version_id,
        "texts": _press(texts),
        "rest": _press(_rest(reading, sections, texts)),
        "summary": _press(summary) if summary else b"",
    }


def _press(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _COMPRESSOR.compress(text.encode("utf-8", "replace"))


def _prose(section: Json) -> str:
    return "\n".join(_text(one) for one in section["blocks"] if "table" not in one)


def _text(block: Json) -> str:
    text: str = block["heading"] if "heading" in block else block["paragraph"]
    return text


def _rest(reading: Json, sections: list[Json], texts: list[Any]) -> Json:
    return {
        "title": reading.get("title", ""),
        "agency": reading.get("agency")
        or {
            "name": "",
            "region": None,
            "candidates": [],
            "level": "",
            "is_government": False,
            "sector": "",
        },
        "year": reading.get("year"),
        "published_on": reading.get("published_on"),
        "published_from": reading.get("published_from", ""),
        "form": reading.get("form", "free"),
        "is_report": reading.get("is_report", True),
        "why": reading.get("why", ""),
        "sections": [
            {"at": one["at"], "blocks": list(map(_block, one["blocks"]))}
            for one in sections
        ],
        "figures": _figures(reading.get("figures", [])),
        "claims": [_claim(one, texts) for one in reading.get("claims", [])],
        "contact": reading.get("contact", {}),
        "findings": list(map(_finding, reading.get("findings", []))),
    }


def _block(block: Json) -> Any:
    if "table" not in block:
        level = [block["level"]] if "heading" in block else []
        return [len(_text(block)), block["at"], *level]
    cells = block["table"]
    return {
        "at": block["at"],
        "aligned": block["aligned"],
        "cells": [cell[0] for cell in cells],
        "places": _columns([cell[1] for cell in cells]),
        "spans": {str(at): cell[2] for at, cell in enumerate(cells) if len(cell) > 2},
    }


def _columns(places: list[Any]) -> list[Any]:
    """Blocks, rows, columns, pages, lines; one value where all are the same."""
    if not places:
        return []
    filled = [[*(at or ()), None, None, None, None, None][:5] for at in places]
    columns = [list(column) for column in zip(*filled, strict=True)]
    return [
        column[0] if all(one == column[0] for one in column) else column
        for column in columns
    ]


def _figures(figures: list[Json]) -> Json:
    printed, statuses = {}, {}
    for at, one in enumerate(figures):
        value = one["value"]
        if one["printed"] != (None if value is None else str(value)):
            printed[str(at)] = one["printed"]
        if one["status"] != ("missing" if value is None else "exact"):
            statuses[str(at)] = one["status"]
    return {
        "keys": " ".join(one["key"] for one in figures),
        "values": [one["value"] for one in figures],
        "printed": printed,
        "statuses": statuses,
        "places": _columns([one["at"] for one in figures]),
    }


def _claim(claim: Json, texts: list[Any]) -> list[Any]:
    sentence: Any = claim["sentence"]
    for at, (_, _, prose) in enumerate(texts):
        begin = prose.find(sentence)
        if begin >= 0:
            sentence = [at, begin, len(sentence)]
            break
    names = ("unit", "label", "part_of")
    words = [claim[name] for name in names]
    scope = claim.get("scope", "")
    return [claim["key"], claim["value"], sentence, *words, scope, claim["at"]]


def _finding(finding: Json) -> list[Any]:
    """Before 0002 a finding held its whole sentence."""
    values = finding.get("values", {"told": finding.get("message", "")})
    if values.keys() == {"note"}:
        values = {"told": values["note"]}
    keys = finding.get("keys", [])
    weight = finding.get("weight", 1)
    return [finding["check"], weight, values, keys, finding.get("at")]


def _summary(reading: Json, sections: list[Json], doubted: set[str]) -> Json | None:
    if reading.get("year") is None:
        return None
    sure = {
        one["key"]: one
        for one in reading.get("figures", [])
        if one["value"] is not None
        and one["status"] in ("exact", "conflict")
        and one["key"] not in doubted
    }
    keys = [key for key in _COMPARED if key in sure]
    problems = [one for one in sections if one["number"] == 5]
    words = "".join("".join(map(_prose, problems)).split())
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
    return {
        "year": reading["year"],
        "form": reading.get("form", "free"),
        "keys": " ".join(keys),
        "values": [sure[key]["value"] for key in keys],
        "places": _columns([sure[key]["at"] for key in keys]),
        "problems": digest[:32] if len(words) >= 40 else "",
        "problems_at": problems[0]["at"] if problems else None,
    }


def opened(pressed: bytes) -> Any:
    """What was pressed."""
    return json.loads(_DECOMPRESSOR.decompress(pressed))


def whole(texts: list[Any], rest: Json) -> Json:
    """A reading as JSON, as programs of before have it."""
    sections = []
    for (number, heading, prose), written in zip(texts, rest["sections"], strict=True):
        blocks = _blocks(written["blocks"], prose)
        told = {"number": number, "heading": heading, "at": written["at"]}
        sections.append({**told, "blocks": blocks})
    figures = _whole_figures(rest["figures"])
    claims = [_whole_claim(one, texts) for one in rest["claims"]]
    names = ("check", "weight", "values", "keys", "at")
    findings = [dict(zip(names, one, strict=True)) for one in rest["findings"]]
    return {
        **rest,
        "sections": sections,
        "figures": figures,
        "claims": claims,
        "findings": findings,
    }


def _blocks(written: list[Any], prose: str) -> list[Json]:
    blocks: list[Json] = []
    begin = 0
    for one in written:
        if isinstance(one, dict):
            table = [
                [text, at, *spans]
                for text, at, spans in zip(
                    one["cells"],
                    _places(one["places"], len(one["cells"])),
                    _spans(one["spans"], len(one["cells"])),
                    strict=True,
                )
            ]
            blocks.append({"table": table, "aligned": one["aligned"], "at": one["at"]})
            continue
        signs, at, *level = one
        text = prose[begin : begin + signs]
        begin += signs + 1
        if level:
            blocks.append({"heading": text, "level": level[0], "at": at})
        else:
            blocks.append({"paragraph": text, "at": at})
    return blocks


def _spans(written: Json, count: int) -> list[list[Any]]:
    return [[written[str(at)]] if str(at) in written else [] for at in range(count)]


def _places(columns: list[Any], count: int) -> list[Any]:
    filled = [one if isinstance(one, list) else [one] * count for one in columns]
    places: list[Any] = []
    for at in range(count):
        parts = [column[at] for column in filled]
        while parts and parts[-1] is None:
            parts.pop()
        places.append(parts or None)
    return places


def _whole_figures(written: Json) -> list[Json]:
    keys, values = written["keys"].split(), written["values"]
    figures = []
    places = _places(written["places"], len(keys))
    for at, (key, value, place) in enumerate(zip(keys, values, places, strict=True)):
        printed = None if value is None else str(value)
        status = "missing" if value is None else "exact"
        figures.append(
            {
                "key": key,
                "value": value,
                "printed": written["printed"].get(str(at), printed),
                "status": written["statuses"].get(str(at), status),
                "at": place,
            }
        )
    return figures


def _whole_claim(written: list[Any], texts: list[Any]) -> Json:
    key, value, sentence, unit, label, part_of, scope, at = written
    if not isinstance(sentence, str):
        section, begin, signs = sentence
        sentence = texts[section][2][begin : begin + signs]
    names = ("key", "value", "sentence", "unit", "label", "part_of", "scope", "at")
    parts = (key, value, sentence, unit, label, part_of, scope, at)
    return dict(zip(names, parts, strict=True))
