"""Code 128 and Data Matrix as modules. zxing-cpp chooses the encodation and the size; the dots are ours."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import zxingcpp


class Run(NamedTuple):
    """Dark modules side by side, counted from the upper left of the symbol."""

    x: int
    y: int
    width: int
    height: int


class Symbol(NamedTuple):
    """A symbol: how many modules it is wide and high, and the dark ones as rectangles that do not overlap."""

    width: int
    height: int
    runs: tuple[Run, ...]


@lru_cache(maxsize=4096)
def code_128(text: str) -> Symbol:
    """Bars one module high, without quiet zone."""
    bits = _modules(text, zxingcpp.BarcodeFormat.Code128)
    row = bits[0]
    return Symbol(len(row), 1, tuple(_dark(row, 0)))


@lru_cache(maxsize=4096)
def data_matrix(text: str) -> Symbol:
    """ECC 200 in the smallest square that holds the text, without quiet zone."""
    bits = _modules(text, zxingcpp.BarcodeFormat.DataMatrix)
    runs: list[Run] = []
    open_runs: dict[tuple[int, int], int] = {}
    for y, row in enumerate(bits):
        here = {(run.x, run.width) for run in _dark(row, y)}
        runs += [Run(x, top, width, y - top) for (x, width), top in open_runs.items() if (x, width) not in here]
        open_runs = {run: open_runs.get(run, y) for run in sorted(here)}
    runs += [Run(x, top, width, len(bits) - top) for (x, width), top in open_runs.items()]
    return Symbol(len(bits[0]), len(bits), tuple(sorted(runs, key=lambda run: (run.y, run.x))))


def _modules(text: str, kind: zxingcpp.BarcodeFormat) -> list[bytes]:
    # an oblong Data Matrix would be smaller by a few modules and wider than the room beside the text
    image = zxingcpp.create_barcode(text, kind, force_square=True).to_image(scale=1, add_quiet_zones=False)
    seen = memoryview(image)  # type: ignore[arg-type]  # it gives its buffer; its stub does not say so
    _, wide = seen.shape or (0, 1)
    flat = seen.tobytes()
    return [flat[start : start + wide] for start in range(0, len(flat), wide)]


def _dark(row: bytes, y: int) -> list[Run]:
    runs, x = [], 0
    for light, modules in groupby(row, lambda shade: shade > 0):
        count = sum(1 for _ in modules)
        if not light:
            runs.append(Run(x, y, count, 1))
        x += count
    return runs
