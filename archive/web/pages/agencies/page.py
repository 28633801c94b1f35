"""The addresses of agencies, and which file answers each."""

from __future__ import annotations

from flask import Blueprint

from archive.web.guards import limiter
from archive.web.pages.agencies import exports, listed, single

blueprint = Blueprint("agencies", __name__)

_export = limiter.limit("60 per minute")(exports.agencies_export)
_kinds = "<any(csv, xlsx, jsonl):kind>"

blueprint.get("/agencies")(listed.agencies)
blueprint.get("/agencies.json")(listed.agencies_json)
blueprint.get(f"/agencies.{_kinds}")(_export)
blueprint.get("/agencies/definitions.csv")(exports.agencies_definitions)
blueprint.get("/agencies/export")(exports.choose_export)
blueprint.get("/agencies/<key>")(single.agency)
blueprint.get("/agencies/<key>.json")(single.agency_json)
blueprint.get("/agencies/<key>.<any(csv, xlsx):kind>")(single.agency_export)
