"""Where a claim stands on its four axes, and since which fact: never one status (law 4). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from billing.coding.story import Standing
from clinic.domain.value import Value

AxisName = Literal["preparation", "journey", "adjudication", "owes"]
AXES: tuple[AxisName, ...] = ("preparation", "journey", "adjudication", "owes")


class Axis(Value, frozen=True):
    """One axis of one claim."""

    name: AxisName
    stands: str
    since: int
    """Sequence of the fact that put it there."""
    course: tuple[str, ...]
    """The places on this axis, in their order, that this claim goes through."""


def axes(standings: Sequence[Standing], steps: tuple[str, ...]) -> tuple[Axis, ...]:
    """The four axes of a claim, from what it was after each of its facts.

    ``steps`` are the acts the practice asks for between coding and sending: ``review``, ``sign``.

    Raises:
        IndexError: the claim has no facts.
    """
    now = standings[-1]
    return tuple(_axis(name, standings, _course(name, now, standings, steps)) for name in AXES)


def _axis(name: AxisName, standings: Sequence[Standing], course: tuple[str, ...]) -> Axis:
    stands = getattr(standings[-1], name)
    since = standings[-1].sequence
    for standing in reversed(standings):
        if getattr(standing, name) != stands:
            break
        since = standing.sequence
    return Axis(name, stands, since, course)


def _course(name: AxisName, now: Standing, standings: Sequence[Standing], steps: tuple[str, ...]) -> tuple[str, ...]:
    if name == "preparation":
        asked = {"reviewed": "review" in steps, "signed": "sign" in steps}
        return tuple(
            place
            for place in ("coding", "coded", "reviewed", "signed")
            if asked.get(place, True) or place == now.preparation
        )
    if name == "journey":
        if now.journey == "withdrawn":
            return ("none", "withdrawn")
        paper = any(standing.journey == "printed" for standing in standings)
        return ("none", "printed", "sent") if paper else ("none", "sent")
    return (now.adjudication,) if name == "adjudication" else ("payer", "patient", "nobody")
