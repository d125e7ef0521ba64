"""Label stock: what is loaded in a label printer, and where each line stands on it. Lengths in micrometres.

Four sizes. ``tube`` is the 2 x 1 inch of CLSI AUTO12. ``cryo`` is 1.28 x 0.5 inch, a usual wrap for 1.5 and 2 mL
cryogenic vials; ``vial`` is the next larger one, 1.5 x 0.75 inch, on which the longer number of an aliquot has its bar
code too. ``cassette`` is 26 x 7 mm: the writing face of a tissue cassette and the shoulder of a 5 mL vial; a bar
code has no room there, the Data Matrix has.

Code 128 runs along the tube with ten modules of quiet zone at each end and a narrow bar of 0.19 to 0.33 mm
(CLSI AUTO02); its height is what the lines leave.
"""

from __future__ import annotations

from typing import Literal

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

NARROW_LEAST, NARROW_MOST = 190, 330
"""Narrow bar of Code 128 on tubes."""

Part = Literal["name", "person", "number", "what", "drawn", "keep", "sent", "hazard", "number_sent"]


class Line(Value, frozen=True):
    """A line of text: what it says, from letter to letter, from line to line."""

    part: Part
    pitch: int
    lead: int


class Stock(Value, frozen=True, kw_only=True):
    """One size of label."""

    key: str
    """Its words are in ``clinic.domain.set_up.LABEL_STOCKS``."""
    width: int
    height: int
    side: int
    """What stays free left and right."""
    edge: int
    """What stays free above and below."""
    over: tuple[Line, ...] = ()
    """Lines above the bar code, over the whole width."""
    under: tuple[Line, ...]
    """Lines below it, left of the Data Matrix."""
    gap: int
    """Above and below the bars."""
    bars_least: int | None = None
    """None: no bar code on this stock."""
    bars_most: int | None = None
    matrix: int
    """The Data Matrix is at most this wide."""


TUBE = Stock(
    key="tube",
    width=50_800,
    height=25_400,
    side=1500,
    edge=900,
    over=(Line("name", 1625, 2750), Line("person", 1375, 2375)),
    under=(
        Line("number", 1500, 2500),
        Line("what", 1250, 2125),
        Line("drawn", 1250, 2125),
        Line("keep", 1250, 2125),
        Line("sent", 1250, 2125),
        Line("hazard", 1250, 2125),
    ),
    gap=400,
    bars_least=4000,
    bars_most=9000,
    matrix=7000,
)

CRYO = Stock(
    key="cryo",
    width=32_512,
    height=12_700,
    side=500,
    edge=400,
    over=(Line("name", 1125, 1750), Line("person", 1000, 1500)),
    under=(
        Line("number_sent", 1000, 1625),
        Line("what", 1000, 1625),
        Line("drawn", 1000, 1500),
        Line("keep", 1000, 1500),
        Line("hazard", 1000, 1500),
    ),
    gap=250,
    bars_least=1750,
    bars_most=4000,
    matrix=6000,
)

VIAL = Stock(
    key="vial",
    width=38_100,
    height=19_050,
    side=750,
    edge=500,
    over=(Line("name", 1250, 2125), Line("person", 1125, 1875)),
    under=(
        Line("number", 1250, 2000),
        Line("what", 1125, 1875),
        Line("drawn", 1125, 1875),
        Line("keep", 1125, 1875),
        Line("sent", 1125, 1875),
        Line("hazard", 1125, 1875),
    ),
    gap=300,
    bars_least=2500,
    bars_most=8000,
    matrix=6000,
)

CASSETTE = Stock(
    key="cassette",
    width=26_000,
    height=7000,
    side=400,
    edge=300,
    under=(
        Line("name", 1000, 1625),
        Line("number", 1000, 1500),
        Line("what", 1000, 1625),
        Line("person", 1000, 1500),
    ),
    gap=0,
    matrix=6000,
)

STOCKS: dict[str, Stock] = {stock.key: stock for stock in (TUBE, VIAL, CRYO, CASSETTE)}


def stock_of(key: str) -> Stock:
    """The stock of that key.

    Raises:
        Refused: there is none.
    """
    if key not in STOCKS:
        raise Refused(N_("There is no such label stock."), where="stock", remedy=N_("Choose one of the list."))
    return STOCKS[key]


def nearest(micrometres: int, dpi: int) -> int:
    """A length in whole dots."""
    return (micrometres * dpi + 12_700) // 25_400


def within(micrometres: int, dpi: int) -> int:
    """The most whole dots that a length holds."""
    return micrometres * dpi // 25_400
