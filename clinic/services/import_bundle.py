"""Taking a file of FHIR into the record.

A transaction bundle stands or falls as one; the entries of any other file stand each for itself and are committed in
slices, so that nobody waits for them. What comes in again and says the same changes nothing. Every resource is kept
byte for byte, whether it becomes a row of ours or not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import IntegrityError

from clinic.fhir.importer.bundle import Batch
from clinic.models import Import
from clinic.services.acting import Actor, Work, acting
from clinic.services.importing.items import Item, prepare
from clinic.services.importing.outcome import Outcome, Remark
from clinic.services.importing.references import Known
from clinic.services.importing.taking import Shared, Taking

RIGHT: Final = "record.import"
SLICE: Final = 25
"""Entries committed at once: up to five milliseconds each, so that no other writer waits long (law 15)."""


class _Refusals(Exception):
    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__()
        self.remarks = remarks


def import_bundle(
    actor: Actor, batch: Batch, known: Known | None = None, tell: Callable[[int], None] | None = None
) -> Outcome:
    """Take the entries of a file in.

    Args:
        actor: who imports.
        batch: the file, read (``clinic.fhir.importer.bundle.read_batch``).
        known: what references are known to mean from files of the same run.
        tell: is told how many entries are done, as they are.

    Raises:
        NotAllowed: the actor may not import.
    """
    known = known or Known()
    items, outcome = prepare(actor, batch, tell)
    if batch.atomic and outcome.refused:
        return _refuse_all(actor, batch, outcome.remarks)
    shared = Shared(batch, known, items)
    length = max(len(items), 1) if batch.atomic else SLICE
    slices = [items[start : start + length] for start in range(0, max(len(items), 1), length)]
    for part in slices:
        try:
            found = _retried(actor, shared, part, outcome)
        except _Refusals as refusals:
            return _refuse_all(actor, batch, refusals.remarks)
        outcome.add(found)
        if tell:
            tell(0 if batch.atomic else len(part))
    return outcome


def _retried(actor: Actor, shared: Shared, items: list[Item], before: Outcome) -> Outcome:
    """One slice; once more where another import put the same thing in between reading and writing."""
    try:
        return _slice(actor, shared, items, before)
    except IntegrityError:
        shared.known.forget()
        return _slice(actor, shared, items, before)


def _slice(actor: Actor, shared: Shared, items: list[Item], before: Outcome) -> Outcome:
    outcome = Outcome()
    with acting(actor, RIGHT) as work:
        row = _import_row(work, shared)
        Taking(work, shared, outcome).take(items)
        if shared.batch.atomic and outcome.refused:
            shared.known.forget()
            raise _Refusals(outcome.remarks)
        _sum_up(row, before, outcome)
        work.session.flush()
        work.journal("import", row.id, digest=shared.batch.sha256, detail=_counts(outcome))
    shared.import_id = row.id
    shared.known.settle()
    return outcome


def _import_row(work: Work, shared: Shared) -> Import:
    if shared.import_id is not None:
        return work.session.get_one(Import, shared.import_id)
    row = Import(
        practice_id=work.actor.practice_id,
        sha256=shared.batch.sha256,
        actor_id=work.actor.staff_id,
        at=work.at,
        created=0,
        updated=0,
        unchanged=0,
        refused=0,
    )
    work.session.add(row)
    return row


def _sum_up(row: Import, before: Outcome, now: Outcome) -> None:
    row.created = before.created + now.created
    row.updated = before.updated + now.updated
    row.unchanged = before.unchanged + now.unchanged
    row.refused = before.refused + now.refused


def _counts(outcome: Outcome) -> str:
    return (
        f"created={outcome.created} updated={outcome.updated} unchanged={outcome.unchanged} refused={outcome.refused}"
    )


def _refuse_all(actor: Actor, batch: Batch, remarks: list[Remark]) -> Outcome:
    """A transaction that does not stand: nothing of it is kept but that it came."""
    outcome = Outcome(refused=len(batch.entries), remarks=[remark for remark in remarks if remark.action == "refused"])
    shared = Shared(batch, Known(), [])
    with acting(actor, RIGHT) as work:
        row = _import_row(work, shared)
        row.refused = outcome.refused
        work.session.flush()
        work.journal("import", row.id, digest=batch.sha256, detail=_counts(outcome))
    return outcome
