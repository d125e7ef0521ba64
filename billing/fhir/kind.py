"""What a kind of claim adds to the resource that all kinds share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from billing.domain.claim import Claim
from billing.fhir.care_team import CareTeam
from billing.fhir.lines import Links, Pointing
from clinic.domain.money import Money
from clinic.fhir.elements import Json
from clinic.fhir.node import Node


class Information(NamedTuple):
    """supportingInfo as it is written: the entries, numbered, and for each line (from 1) the sequences it names."""

    entries: list[Json]
    of_lines: dict[int, list[int]]


class Read(NamedTuple):
    """What of a resource is read alike for every kind."""

    node: Node
    place: str
    pointing: Pointing
    team: CareTeam
    accident: date | None
    """The day of the accident, as the accident element says it."""
    shared: dict[str, Any]
    """Fields that the parts of all kinds have, by name."""


class Own(NamedTuple):
    """What is read of one kind."""

    part: Any
    acts: list[Any]
    patient_paid: Money | None


class Kind(NamedTuple):
    """A kind of claim as a resource."""

    key: str
    type: str
    """Claim.type, of HL7's claim-type."""
    uses: tuple[str, ...]
    """Claim.use that are read."""
    assisted: bool
    """Whether it knows who assisted."""
    use: Callable[[Any], str]
    """Claim.use of a part."""
    information: Callable[[Claim[Any, Any]], Information]
    item: Callable[[Any, int, Any, Links], Json]
    """An act, where it stands from 1, the claim's part, what it names."""
    read: Callable[[Read], Own]
