"""Sources by the file: what would come of every line is shown before anything is saved.

The file goes with the form that saves it, packed: nothing of it stays here meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections import Counter
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act
from archive.jobs import family_titles, wrong_selectors
from archive.store import Session, audit_log, sources
from archive.web.current import current_archive
from archive.web.pages.admin.gate import actor, blueprint

MOST_PACKED = 400_000
"""Signs of a packed file: a form is bounded, and so is a request."""
_SHOWN = 500
"""Lines that need a look, on a page."""
_TOO_LARGE = "文件太大，网页上不能导入，请用命令 python -m archive sources import。"
_CUT = "文件没有完整送到，请重新上传。"


@blueprint.get("/sources/import")
def importing() -> str:
    """The form for a file."""
    return render_template(
        "admin/sources/import.html", answers=None, columns=sources.COLUMNS
    )


@blueprint.post("/sources/import")
def import_sources() -> ResponseReturnValue:
    """Shows what would come of a file; the second time, does it."""
    saves, updates = "save" in request.form, "update" in request.form
    try:
        data = _unpacked(request.form.get("packed", "")) if saves else _uploaded()
        sheet, packed = sources.read_sheet(data), _packed(data)
    except sources.BadSheet as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.importing"))
    how = sources.Taking(family_titles(), wrong_selectors, updates, saves)
    note = _noting()

    def work(db: Session) -> list[sources.LineAnswer]:
        return sources.take_in(db, sheet, how, note)

    answers = current_archive().store.write(work)
    looked_at = [one for one in answers if one.told or one.came == sources.Came.WRONG]
    return render_template(
        "admin/sources/import.html",
        answers=answers,
        looked_at=looked_at[:_SHOWN],
        more=max(len(looked_at) - _SHOWN, 0),
        counts=Counter(one.came for one in answers),
        kinds=sources.Came,
        unknown=sheet.unknown,
        is_saved=saves,
        updates=updates,
        packed=packed,
    )


def _noting() -> Callable[[Session, Act, str, str], None]:
    who = actor()

    def note(db: Session, act: Act, subject: str, detail: str) -> None:
        audit_log.note(db, who, act, subject, detail)

    return note


def _uploaded() -> bytes:
    """The bytes of the file that was sent. Raises BadSheet."""
    file = request.files.get("file")
    data = file.read(sources.MAX_BYTES + 1) if file else b""
    if not data:
        raise sources.BadSheet("请选择一个 CSV 文件。")
    return data


def _packed(data: bytes) -> str:
    """A file as a form carries it. Raises BadSheet where it is too large for that."""
    packed = base64.b64encode(zlib.compress(data, 9)).decode("ascii")
    if len(packed) > MOST_PACKED:
        raise sources.BadSheet(_TOO_LARGE)
    return packed


def _unpacked(packed: str) -> bytes:
    """The file that a form carried. Raises BadSheet."""
    unpacking = zlib.decompressobj()
    try:
        packed_bytes = base64.b64decode(packed[:MOST_PACKED], validate=True)
        # No more than a file may have: little can be unpacked to very much.
        data = unpacking.decompress(packed_bytes, sources.MAX_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise sources.BadSheet(_CUT) from None
    if not unpacking.eof:
        raise sources.BadSheet(_CUT)
    return data
