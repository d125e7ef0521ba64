"""Dividing a claim: some of its lines go to a second one, by choice, by provider or by day of service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from billing.coding.changes import SetField, TakeLines
from billing.coding.coding import Coding
from billing.coding.dividing import Share, by_day, by_provider, taken
from billing.coding.story import OfVisit
from billing.models import ClaimRecord
from billing.services.begin_claim import begin_claim
from billing.services.change_claim import carry_out, here_as_seen, must_be_known
from billing.services.claim_value import coding_of
from billing.services.telling import tell
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work, acting

By = Literal["provider", "day"]
_BY: dict[By, Callable[[Coding], tuple[Share, ...]]] = {"provider": by_provider, "day": by_day}


def divide_claim(
    actor: Actor,
    claim_id: int,
    numbers: Sequence[str],
    *,
    coverage_id: int | None = None,
    rendering_id: int | None = None,
    sequence: int | None = None,
) -> int:
    """Put the lines of these numbers on a second claim and give its id; both claims are in coding afterwards.

    The second claim bills the same policy and provider unless others are given. ``sequence`` is that of the claim the
    person saw.

    Raises:
        Refused: the claim has left, a line is not there, or nothing would go or stay.
        ChangedElsewhere: the claim has moved on since.
        Unknown: the policy is not the patient's, or the provider not the practice's.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        for field, chosen in (("coverage_id", coverage_id), ("rendering_id", rendering_id)):
            must_be_known(record, SetField(field, chosen))
        share = Share(numbers=tuple(dict.fromkeys(numbers)), coverage_id=coverage_id, rendering_id=rendering_id)
        _some_go_some_stay(coding_of(record), share)
        return _part(work, record, share)


def divide_by(actor: Actor, claim_id: int, by: By, *, sequence: int | None = None) -> tuple[int, ...]:
    """Give each further provider, or each further day of service, a claim of its own; the ids of those.

    Raises:
        Refused: the claim has left, or all its lines are of one provider or day.
        ChangedElsewhere: the claim has moved on since.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        shares = _BY[by](coding_of(record))
        if not shares:
            only = {
                "provider": N_("All lines are by one provider."),
                "day": N_("All lines are of one day of service."),
            }
            raise Refused(only[by], where="divide", remedy=N_("Choose the lines that go to a second claim."))
        return tuple(_part(work, record, share) for share in shares)


def _some_go_some_stay(coding: Coding, share: Share) -> None:
    there = {line.number for line in coding.lines}
    missing = next((number for number in share.numbers if number not in there), None)
    if missing is not None:
        raise Refused(N_("There is no line %(number)s."), where="divide", number=missing)
    if not share.numbers:
        raise Refused(N_("Choose the lines that go to a second claim."), where="divide")
    if len(share.numbers) == len(there):
        raise Refused(
            N_("All lines would go, and this claim would be empty."),
            where="divide",
            remedy=N_("Leave at least one, or change the policy or provider of the whole claim."),
        )


def _part(work: Work, record: ClaimRecord, share: Share) -> int:
    new = taken(coding_of(record), share)
    days = {line.service.start for line in new.lines}
    visits = {link.visit_id: link.visit.on for link in record.visits}
    along = tuple(visit for visit, on in visits.items() if on in days) or tuple(visits)
    carry_out(work, record, TakeLines(share.numbers))
    _let_go(work, record, {visit: visits[visit] for visit in along})
    second = begin_claim(
        work, patient_id=record.patient_id, on=min(days), visits=along, coding=new, divided_from=record.id
    )
    return second.id


def _let_go(work: Work, record: ClaimRecord, gone: dict[int, date]) -> None:
    """A visit of which no line is left leaves with them, while the claim keeps another."""
    days = {line.service.start for line in coding_of(record).lines}
    for visit, on in gone.items():
        if on not in days and len(record.visits) > 1:
            tell(work, record, "claim.visit_removed", OfVisit(visit_id=visit))
