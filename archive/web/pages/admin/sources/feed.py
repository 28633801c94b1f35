"""Troubles of sources as an Atom feed (RFC 4287), for programs without a session; and
its address, on one's own account.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from lxml import etree

from archive.catalogue import Act, schedule
from archive.store import Standing, feeds, identity, needs, runs
from archive.web.addresses import public_address
from archive.web.current import current_archive
from archive.web.pages.admin.gate import blueprint, do, person

MOST = 100
_ATOM = "http://www.w3.org/2005/Atom"
_TYPE = "application/atom+xml; charset=utf-8"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_TITLE = "年报档案：来源的问题"


@blueprint.get("/sources.atom")
def feed() -> Response:
    """The worst troubles of sources that stand now, the latest first."""
    moment = runs.now()
    with current_archive().store.session() as db:
        standing = needs.of_sources(db, moment, MOST)
        known = identity.known(db)
    ordered = sorted(standing, key=_updated, reverse=True)
    archive_id = uuid.UUID(known[0]) if known else uuid.NAMESPACE_URL
    return Response(_atom(ordered, archive_id, moment), content_type=_TYPE)


def _updated(one: Standing) -> datetime:
    return one.since or _LONG_AGO


def _atom(standing: Sequence[Standing], archive: uuid.UUID, moment: datetime) -> bytes:
    """The document. Numbers are made of the archive's key: they are the same wherever
    it stands.
    """
    root = etree.fromstring(f'<feed xmlns="{_ATOM}" xml:lang="zh-CN"/>')
    _add(root, "id", uuid.uuid5(archive, "sources.atom").urn)
    _add(root, "title", _TITLE)
    # Without a trouble it is as new as the day: what stood yesterday is gone.
    morning = moment.astimezone(schedule.CHINA).replace(hour=0, minute=0, second=0)
    newest = max(map(_updated, standing), default=morning)
    _add(root, "updated", _stamp(newest))
    author = etree.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", "年报档案")
    _link(root, public_address("admin.home"))
    for one in standing:
        _entry(root, one, archive)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: etree._Element, one: Standing, archive: uuid.UUID) -> None:
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _add(entry, "id", uuid.uuid5(archive, one.key).urn)
    _add(entry, "title", f"{one.name}：{one.need.label}")
    _add(entry, "updated", _stamp(_updated(one)))
    _link(entry, public_address("admin.source", source_id=one.source_id))
    etree.SubElement(
        entry, f"{{{_ATOM}}}category", term=one.need.value, label=one.need.label
    )
    _add(entry, "content", f"{one.told or one.need.label}\n{one.url}")


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _clean(text)


def _link(parent: etree._Element, address: str) -> None:
    etree.SubElement(
        parent, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=address
    )


def _clean(text: str) -> str:
    """A text without what no XML may hold, such as the control signs in titles."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@blueprint.post("/own/feed")
def own_feed() -> str:
    """Makes an address for one's feed, and shows it once."""
    who = person()
    token = do(lambda db: feeds.offer(db, who.account_id), Act.FEED_MADE, who.name)
    # Without a public address: by the name that was asked for, which the guards know.
    site = current_archive().settings.public_url or request.host_url.rstrip("/")
    address = site + url_for("admin.feed", key=token)
    return render_template("admin/own/feed.html", address=address)


@blueprint.post("/own/feed/end")
def own_feed_end() -> ResponseReturnValue:
    """Ends one's feed."""
    who = person()
    do(lambda db: feeds.end(db, who.account_id), Act.FEED_ENDED, who.name)
    flash("订阅地址已停用。")
    return redirect(url_for("admin.own"))
