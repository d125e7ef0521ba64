"""What a bench is set up with: devices and places, as values; what they may be."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.container_words import CONDITIONS
from lab.domain.scan import read_scan

DEVICE_KINDS: dict[str, str] = {
    "centrifuge": N_("centrifuge"),
    "incubator": N_("incubator"),
    "reader": N_("reader"),
}
RADIUS = range(20, 401)
"""Millimetres from a rotor's axis to the bottom of its tubes, from the smallest bench models to floor models."""


class DeviceFacts(Value, frozen=True, omit_defaults=False, kw_only=True):
    """A device. ``card`` is what its card says."""

    name: str
    kind: str
    location_id: int
    card: str = ""
    radius_mm: int | None = None
    active: bool = False


class PlaceFacts(Value, frozen=True, omit_defaults=False, kw_only=True):
    """A place to put containers."""

    name: str
    condition: str
    location_id: int
    card: str = ""
    active: bool = False


def check_device(facts: DeviceFacts) -> None:
    """Insist that it can be used.

    Raises:
        Refused: it has no name, is of no kind we know, or its radius cannot be one.
    """
    _named(facts.name)
    if facts.kind not in DEVICE_KINDS:
        raise Refused(N_("There is no such choice."), where="kind", remedy=N_("Choose one of the list."))
    if facts.radius_mm is not None and facts.radius_mm not in RADIUS:
        raise Refused(
            N_("A rotor's radius is %(least)s to %(most)s mm."),
            where="radius_mm",
            remedy=N_("Measure from the axis to the bottom of a tube."),
            least=RADIUS[0],
            most=RADIUS[-1],
        )
    if facts.radius_mm is None and facts.kind == "centrifuge":
        raise Refused(
            N_("A centrifuge has a radius: it turns g into speed."),
            where="radius_mm",
            remedy=N_("Measure from the axis to the bottom of a tube."),
        )
    _card(facts.card, "device")


def check_place(facts: PlaceFacts) -> None:
    """Insist that it can be used.

    Raises:
        Refused: it has no name, or keeps nothing we know.
    """
    _named(facts.name)
    if facts.condition not in CONDITIONS:
        raise Refused(N_("There is no such choice."), where="condition", remedy=N_("Choose one of the list."))
    _card(facts.card, "place")


def _named(name: str) -> None:
    if not name.strip():
        raise Refused(N_("A name is needed."), where="name")


def _card(card: str, kind: str) -> None:
    scan = read_scan(card) if card else None
    if card and (scan is None or scan.kind != kind or scan.text != card):
        raise Refused(
            N_("That is no card of this kind."),
            where="card",
            remedy=N_("Leave it as it was given."),
        )
