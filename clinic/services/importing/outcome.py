"""What came of an import: four counts, and what a person should know about single entries."""

from __future__ import annotations

import msgspec

from clinic.domain.value import Value
from clinic.fhir.importer.bundle import Entry
from clinic.fhir.importer.reading import Bad


class Remark(Value, frozen=True, kw_only=True):
    """One thing to tell about an entry. No patient data: numbers, types, message ids."""

    entry: int
    type: str | None = None
    action: str
    """``created``, ``updated`` or ``refused``."""
    problem: str
    """``invalid``, ``kept``, ``unresolved``, ``withdrawn`` or ``possible-duplicate``."""
    message: str
    same_as: tuple[int, ...] = ()
    """Ids of the patients a new one may be the same as."""


class Outcome(msgspec.Struct):
    """What came of a file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    remarks: list[Remark] = msgspec.field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another part of the same work in."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.refused += other.refused
        self.remarks.extend(other.remarks)


def refuse(outcome: Outcome, entry: Entry, kind: str | None, bad: Bad) -> None:
    """Count an entry as refused, and say why."""
    outcome.refused += 1
    outcome.remarks.append(
        Remark(entry=entry.number, type=kind, action="refused", problem="invalid", message=bad.text())
    )
