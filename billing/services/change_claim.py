"""Changing the coding of a claim: one act of the biller, one fact."""

from __future__ import annotations

from billing.coding.changes import Change, apply
from billing.coding.story import Changed, as_json
from billing.services.claim_value import Assembled, assemble, coding_of, load
from billing.services.judging import NOTHING, Judged, judge
from billing.services.telling import tell
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting


class ChangedElsewhere(Exception):
    """Someone else changed the claim since the page was made: the sequence the page knew is no longer the last."""


class Outcome(Value, frozen=True, kw_only=True):
    """The claim after a change."""

    assembled: Assembled
    judged: Judged


def change_claim(actor: Actor, claim_id: int, change: Change, *, sequence: int | None = None) -> Outcome:
    """Apply a change. ``sequence`` is that of the claim the person saw.

    Raises:
        Refused: the claim has left the house, or the change does not fit.
        ChangedElsewhere: the claim has moved on since.
    """
    with acting(actor, "claim.code") as work:
        record = load(actor, claim_id)
        if sequence is not None and sequence != record.sequence:
            raise ChangedElsewhere
        if record.journey != "none":
            raise Refused(
                N_("This claim has left the house and does not change any more."),
                where="claim",
                remedy=N_("Correct it with a replacement claim."),
            )
        coding = apply(coding_of(record), change)
        assembled = assemble(record, as_json(coding))
        judged = judge(assembled.claim, coding) if assembled.claim else NOTHING
        tell(
            work,
            record,
            "claim.changed",
            Changed(change=change, blocks=judged.blocks, warnings=judged.warnings),
        )
        return Outcome(assembled=assembled, judged=judged)
