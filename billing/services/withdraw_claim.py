"""Withdrawing a claim that should never leave."""

from __future__ import annotations

from billing.coding.story import Withdrawn
from billing.services.change_claim import must_be_here
from billing.services.claim_value import load
from billing.services.telling import tell
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting


def withdraw_claim(actor: Actor, claim_id: int, reason: str, *, visit_done: bool = False) -> None:
    """Give a claim up, with the reason.

    Its visits wait to be coded again where no other claim bills them; ``visit_done`` says that nothing is to be
    billed for them, and they do not come back.

    Raises:
        Refused: no reason was given, or the claim has left or was withdrawn already.
    """
    with acting(actor, "claim.code") as work:
        record = load(actor, claim_id)
        must_be_here(record)
        if not reason.strip():
            raise Refused(N_("Say why the claim is withdrawn."), where="withdraw")
        tell(work, record, "claim.withdrawn", Withdrawn(visit_done=visit_done), reason=reason.strip())
