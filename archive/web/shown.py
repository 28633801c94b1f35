"""How numbers, dates, sizes and addresses are written on pages; the filters and globals
of the templates.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask

from archive.catalogue import CHINA
from archive.report import Number
from archive.web import addresses, labels


def number(value: Number | None) -> str:
    """With thousands separators, no needless zeros; nothing for None."""
    if value is None:
        return ""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        return text.rstrip("0").rstrip(".")
    return text


def signed(value: Number | None) -> str:
    """A difference with its sign: `+15`, `−3`, `0`."""
    if value is None:
        return ""
    if value > 0:
        return f"+{number(value)}"
    return number(value).replace("-", "\N{MINUS SIGN}")


def plain(value: Number | None) -> int | float | None:
    """A figure as a JSON number."""
    if value is None:
        return None
    is_whole = not isinstance(value, Decimal) or not value % 1
    if is_whole:
        return int(value)
    return float(value)


def day(value: date | datetime | None) -> str:
    """`2024年1月20日`; a moment is taken as a day in Beijing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(CHINA)
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """`2024-01-20 10:30`, Beijing time; nothing for None."""
    if value is None:
        return ""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def file_size(value: int) -> str:
    """`3.2 MB`"""
    size = float(value)
    for unit in ("字节", "KB", "MB"):
        if size < 1024:
            decimals = 0 if unit == "字节" or size >= 100 else 1
            return f"{size:.{decimals}f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"


def web_address(value: str) -> str:
    """An address that may stand in a link: http(s) only, else nothing."""
    if value.lower().startswith(("http://", "https://")):
        return value
    return ""


def equip(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.filters.update(
        number=number,
        signed=signed,
        day=day,
        moment=moment,
        file_size=file_size,
        web_address=web_address,
        figure_label=labels.figure_label,
        facet_label=lambda value, facet: labels.facet_label(facet, value),
        region=labels.region_name,
    )
    app.jinja_env.globals.update(
        labels=labels,
        address_again=addresses.address_again,
        address_with=addresses.address_with,
        choosing=addresses.choosing,
        public_address=addresses.public_address,
        url_for=addresses.address,
        asset=_assets(Path(app.static_folder or "")),
    )


def _assets(folder: Path) -> Any:
    """Addresses of static files, which change with their content.

    So browsers may keep a file for good.
    """
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in folder.iterdir()
        if path.is_file()
    }

    def asset(name: str) -> str:
        return addresses.address("static", filename=name, v=digests[name])

    return asset
