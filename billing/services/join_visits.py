"""Several visits on one claim: putting one on, taking one out."""

from __future__ import annotations

from sqlalchemy.orm import joinedload, selectinload

from billing.coding.changes import PutLines, TakeLines, apply
from billing.coding.coding import CodedLine, Coding, fresh
from billing.coding.story import OfVisit, Withdrawn
from billing.domain.professional import MAX_DIAGNOSES
from billing.models import ClaimRecord
from billing.services.change_claim import carry_out, must_be_here
from billing.services.claim_value import coding_of, load
from billing.services.from_record import diagnoses_of, lines_of
from billing.services.pricing import price_list
from billing.services.telling import tell
from billing.services.visits_together import Host, claims_of, host_of, must_fit
from clinic.domain.code import Code
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Coverage, Patient, Visit
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from clinic.services.mappings import mapped


def join_visit(actor: Actor, claim_id: int, visit_id: int, *, confirmed: bool = False) -> None:
    """Bill one more visit on a claim: its problems and acts are put on, what is there already is not.

    Where the visit has a claim in preparation of its own, that one's codes are put on instead and it is withdrawn;
    ``confirmed`` says that the person knows.

    Raises:
        Refused: the two cannot be together, or it was not confirmed; the sentence says why.
    """
    with acting(actor, "claim.code") as work:
        record = load(actor, claim_id)
        must_be_here(record)
        visit = one(
            actor,
            Visit,
            visit_id,
            joinedload(Visit.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
            selectinload(Visit.acts),
            selectinload(Visit.problems),
        )
        host = host_of(record, [visit])
        own = must_fit(host, visit, claims_of(actor.practice_id, [visit.id]))
        if own is not None and not confirmed:
            raise Refused(
                N_("Claim %(number)s is being prepared for that visit."),
                where="join",
                remedy=N_("Say that it may be withdrawn; its codes come along."),
                number=own.number,
            )
        tell(work, record, "claim.visit_added", OfVisit(visit_id=visit.id))
        brought = _of_claim(record, own) if own else _of_record(host, visit)
        if brought.lines or brought.diagnoses:
            carry_out(work, record, brought)
        if own is not None:
            tell(work, own, "claim.withdrawn", Withdrawn(into=record.id))


def take_visit_out(actor: Actor, claim_id: int, visit_id: int) -> None:
    """Bill a visit on this claim no more: its lines leave, and it waits to be coded again.

    Raises:
        Refused: the claim has left, does not bill the visit, or bills no other.
    """
    with acting(actor, "claim.code") as work:
        record = load(actor, claim_id)
        must_be_here(record)
        if visit_id not in {link.visit_id for link in record.visits}:
            raise Refused(N_("That visit is not on this claim."), where="join")
        if len(record.visits) == 1:
            raise Refused(
                N_("This claim bills no other visit."), where="join", remedy=N_("Withdraw the claim instead.")
            )
        numbers = lines_leaving(record, visit_id)
        if numbers:
            carry_out(work, record, TakeLines(numbers))
        tell(work, record, "claim.visit_removed", OfVisit(visit_id=visit_id))


def lines_leaving(record: ClaimRecord, visit_id: int) -> tuple[str, ...]:
    """The lines that leave with a visit: those of its day that no other visit of that day accounts for."""
    visits = {link.visit_id: link.visit for link in record.visits}
    day = visits[visit_id].on
    others = [visit for visit in visits.values() if visit.id != visit_id and visit.on == day]
    names = mapped(record.practice_id, others)
    acts = [act for visit in others for act in visit.acts]
    codes = {Code(act.system or "", act.code or "") for act in acts} | {names.act(act) for act in acts}
    return tuple(
        line.number for line in coding_of(record).lines if line.service.start == day and line.code not in codes
    )


def _of_record(host: Host, visit: Visit) -> PutLines:
    """What the visit's record says, as far as the claim has room for its diagnoses: the desk shows the others."""
    record, coding = host.record, coding_of(host.record)
    prices = price_list(record.practice_id, record.coverage.payer_id if record.coverage else None)
    priced: Coding = fresh()
    for line in lines_of(visit, prices, host.names):
        priced = apply(priced, line)
    new = [code for code in diagnoses_of(visit, host.names) if code not in coding.diagnoses]
    room = MAX_DIAGNOSES - len(coding.diagnoses)
    return PutLines(diagnoses=tuple(new[:room]), lines=_not_there(coding, priced.lines))


def _of_claim(record: ClaimRecord, own: ClaimRecord) -> PutLines:
    """What was coded for the visit already. Too many diagnoses are refused: a line would lose what it points at."""
    theirs = coding_of(own)
    return PutLines(diagnoses=theirs.diagnoses, lines=_not_there(coding_of(record), theirs.lines))


def _not_there(coding: Coding, lines: tuple[CodedLine, ...]) -> tuple[CodedLine, ...]:
    there = {(line.code, line.service, line.modifiers) for line in coding.lines}
    return tuple(line for line in lines if (line.code, line.service, line.modifiers) not in there)
