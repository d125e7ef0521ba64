"""Putting on an open claim what the bench did since it was opened: offered at the desk, taken in one act."""

from __future__ import annotations

from billing.models import ClaimRecord
from billing.services.change_claim import carry_out, here_as_seen
from billing.services.claim_value import coding_of
from billing.services.lab_lines import LabOffer, changes_of, lab_offer
from billing.services.pricing import price_list
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting


def offer_for(record: ClaimRecord) -> LabOffer:
    """What the bench did at the claim's visits and the claim lacks."""
    payer_id = record.coverage.payer_id if record.coverage else None
    visits = [link.visit_id for link in record.visits]
    return lab_offer(record.practice_id, coding_of(record), visits, lambda: price_list(record.practice_id, payer_id))


def take_lab(actor: Actor, claim_id: int, *, sequence: int | None = None) -> int:
    """Put the bench's lines on a claim; gives how many those are. ``sequence`` is that of the claim the person saw.

    Raises:
        Refused: the claim is not here any more, or lacks nothing.
        ChangedElsewhere: the claim has moved on since.
        Unknown: there is no such claim.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        found = offer_for(record)
        if not found:
            raise Refused(N_("The bench did nothing that this claim lacks."), where="claim")
        for change in changes_of(found):
            carry_out(work, record, change)
        return len(found.lines)
