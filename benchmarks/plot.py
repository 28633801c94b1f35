"""A plot of the growth, as SVG: both axes logarithmic."""

from __future__ import annotations

import math
import statistics
from typing import Any

WIDTH, HEIGHT, EDGE = 640, 360, 56
COLOURS = {
    "page p50, ms": "#1f6feb",
    "page p95, ms": "#d1242f",
    "build, s": "#9a6700",
    "memory, MB": "#1a7f37",
    "disk, MB": "#8250df",
}


def growth_plot(growth: list[tuple[int, dict[str, Any]]]) -> str:
    """Reports against milliseconds, seconds and megabytes."""
    lines: dict[str, list[tuple[int, float]]] = {name: [] for name in COLOURS}
    for size, one in growth:
        warm = sorted(took for _, took in one["warm"])
        values = (
            statistics.median(warm),
            warm[int(len(warm) * 0.95)],
            size / one["build"],
            one["rss"] / 1e6,
            one["disk"] / 1e6,
        )
        for line, value in zip(lines.values(), values, strict=True):
            line.append((size, max(value, 0.1)))
    left, right = math.log10(growth[0][0]), math.log10(growth[-1][0]) or 1
    top = math.ceil(
        max(math.log10(value) for line in lines.values() for _, value in line)
    )
    drawn = []

    def place(size: float, value: float) -> str:
        x = EDGE + (math.log10(size) - left) / max(right - left, 0.1) * (
            WIDTH - EDGE - 130
        )
        y = HEIGHT - EDGE / 2 - (math.log10(value) + 1) / (top + 1) * (HEIGHT - EDGE)
        return f"{x:.1f},{y:.1f}"

    for power in range(-1, top + 1):
        x, _, y = place(growth[0][0], 10.0**power).partition(",")
        drawn.append(
            f'<path d="M{x} {y}H{WIDTH - 130}" stroke="#ddd"/><text x="8" y="{y}'
            f'">{10.0**power:g}</text>'
        )
    for size, _ in growth:
        x = place(size, 0.1).partition(",")[0]
        drawn.append(
            f'<text x="{x}" y="{HEIGHT - 8}" text-anchor="middle">{size:,}</text>'
        )
    for number, (name, line) in enumerate(lines.items()):
        points = " ".join(place(*point) for point in line)
        drawn.append(
            f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" '
            'stroke-width="2"/>'
        )
        drawn.append(
            f'<text x="{WIDTH - 120}" y="{40 + 18 * number}" fill="'
            f'{COLOURS[name]}">{name}</text>'
        )
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" '
        'font-size="11">'
    )
    return "\n".join([head, *drawn, "</svg>", ""])
