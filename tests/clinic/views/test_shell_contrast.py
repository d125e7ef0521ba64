"""Every pair of tokens that meets on a screen can be read, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CSS = ROOT / "static" / "css"
TOKENS = {
    name: pair
    for name, *pair in re.findall(
        r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", (CSS / "tokens.css").read_text("utf-8")
    )
}
THEMES = ("light", "dark")
GROUNDS = ("desk", "well", "sheet", "field", "accent-wash")
SEVERITIES = ("block", "warn", "advise", "ok")

TEXT = (
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent") for ground in GROUNDS),
    *((each, ground) for each in SEVERITIES for ground in (*GROUNDS, f"{each}-wash")),
    *((ink, f"{each}-wash") for ink in ("ink", "ink-2", "accent") for each in SEVERITIES),
    *(("severity-on", each) for each in SEVERITIES),
    ("accent-on", "accent"),
)
OUTLINES = (
    *(("edge", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in (*GROUNDS, *(f"{each}-wash" for each in SEVERITIES))),
    *((each, f"{each}-wash") for each in SEVERITIES),
)


def _light(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (OUTLINES, 3.0)], ids=["text", "outlines"])
def test_pairs(pairs, least, theme) -> None:
    at = THEMES.index(theme)
    short = {
        f"{front} on {ground}": round(found, 2)
        for front, ground in pairs
        if (found := contrast(TOKENS[front][at], TOKENS[ground][at])) < least
    }
    assert short == {}


def test_no_other_sheet_writes_a_colour() -> None:
    written = re.compile(r":[^;{]*(?:#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\()")
    strays = {
        path.name: found
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css" and (found := written.findall(path.read_text("utf-8")))
    }
    assert strays == {}


def test_every_token_used_is_there() -> None:
    sheets = "\n".join(path.read_text("utf-8") for path in CSS.rglob("*.css"))
    declared = set(re.findall(r"(--[\w-]+)\s*:", sheets))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) <= declared
