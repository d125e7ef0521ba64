"""What is checked before a package is sealed: the lines that its contents and its way ask for.

Rules of packing instruction P650 for UN3373 (triple packing, mark, drop, air), of an exempt human specimen, of dry ice
(UN1845) and of formalin, in our own words. A package is an answer to all its lines, or it is not sealed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from clinic.domain.words import N_
from lab.domain.package_story import Consignment

DRY_ICE = "dry_ice"
"""The line that asks for the net mass."""


class Line(NamedTuple):
    """One line of the checklist."""

    key: str
    words: str
    """What is true once it is ticked; a message id."""
    rule: str
    """Where it comes from."""
    asked: Callable[[Consignment], bool] = lambda _sent: True


def _category_b(sent: Consignment) -> bool:
    return sent.category == "B"


def _exempt(sent: Consignment) -> bool:
    return sent.category == "exempt"


def _liquid(sent: Consignment) -> bool:
    return any(not item.dry for item in sent.items)


def _solid_only(sent: Consignment) -> bool:
    return bool(sent.items) and not _liquid(sent)


def _several(sent: Consignment) -> bool:
    return len(sent.items) > 1


def _air(sent: Consignment) -> bool:
    return sent.by_air and _category_b(sent)


def _air_liquid(sent: Consignment) -> bool:
    return _air(sent) and _liquid(sent)


def _formalin(sent: Consignment) -> bool:
    return any(item.formalin for item in sent.items)


LINES: tuple[Line, ...] = (
    Line("primary", N_("Every container is leakproof and closed."), "P650 (4), (5)"),
    Line("absorbent", N_("There is enough absorbent for all the liquid inside."), "P650 (5)", _liquid),
    Line("siftproof", N_("Dry contents cannot sift out."), "P650 (6)", _solid_only),
    Line("apart", N_("Containers are wrapped or kept apart, so that they do not touch."), "P650 (4)", _several),
    Line("secondary", N_("The secondary bag is leakproof and closed."), "P650 (2)"),
    Line("papers", N_("The list of contents lies between the secondary bag and the outer box."), "P650 (4)"),
    Line("outer", N_("The outer box is rigid; one face is at least 100 x 100 mm."), "P650 (2), (3)", _category_b),
    Line("outer_exempt", N_("The outer packing is strong enough for what is in it."), "P650 exempt", _exempt),
    Line(
        "mark",
        N_("The diamond UN3373, 50 mm a side, and “Biological substance, Category B” stand on the outside."),
        "P650 (3)",
        _category_b,
    ),
    Line("mark_exempt", N_("“Exempt human specimen” stands on the outside."), "P650 exempt", _exempt),
    Line(
        "judged",
        N_("A professional judged that these specimens are unlikely to hold pathogens."),
        "P650 exempt",
        _exempt,
    ),
    Line("responsible", N_("Name and phone of the person responsible stand on it."), "P650 air", _category_b),
    Line("pressure", N_("Primary or secondary packing holds 95 kPa."), "P650 air", _air_liquid),
    Line("air_volume", N_("At most 1 L in a container and 4 L in the box."), "P650 air", _air_liquid),
    Line(
        DRY_ICE,
        N_("Dry ice can vent; UN1845 and its net mass stand on the outside."),
        "P650 (8), UN1845",
        lambda sent: sent.condition == "frozen",
    ),
    Line("cold", N_("Cold packs are in the box."), "laboratory", lambda sent: sent.condition == "refrigerated"),
    Line("formalin", N_("Each jar of formalin carries its hazard text."), "29 CFR 1910.1048", _formalin),
)
"""All lines there are (law 7), in the order they are done."""


def lines_for(sent: Consignment) -> tuple[Line, ...]:
    """The lines this package asks for."""
    return tuple(line for line in LINES if line.asked(sent))


def open_lines(sent: Consignment) -> tuple[Line, ...]:
    """Those not ticked yet. Dry ice is not ticked without its mass."""
    return tuple(line for line in lines_for(sent) if not ticked(sent, line))


def ticked(sent: Consignment, line: Line) -> bool:
    """Whether a line is done."""
    return line.key in sent.ticks and (line.key != DRY_ICE or bool(sent.dry_ice_g))


KEYS = frozenset(line.key for line in LINES)
