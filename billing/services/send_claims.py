"""Sending: what leaves is frozen, kept byte for byte, and goes once (laws 3 and 15)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from billing.coding.story import Sent
from billing.documents import cms1500
from billing.domain.canonical import digest, to_json
from billing.domain.claim import Claim
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.payers import profile_for
from billing.services.claim_value import assemble, coding_of, load
from billing.services.hold_claim import ready_steps
from billing.services.judging import judge
from billing.services.telling import tell
from billing.services.transmission import transmission
from billing.x12 import write_837p
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location, Practice, Printer
from clinic.paper.grid import Offset
from clinic.services.acting import Actor, Work, acting
from clinic.services.number import next_number

AnyClaim = Claim[Any, Any]


class _Form(NamedTuple):
    """How claims leave in one form: the ending of the file's name, and what makes its bytes."""

    ending: str
    write: Callable[[Work, int, Sequence[AnyClaim]], bytes]


def _as_837p(work: Work, control: int, claims: Sequence[AnyClaim]) -> bytes:
    practice = work.session.get_one(Practice, work.actor.practice_id)
    zone = work.session.scalar(
        select(Location.time_zone).where(Location.practice_id == practice.id).order_by(Location.id).limit(1)
    )
    return write_837p(transmission(practice, control, work.at, zone or "UTC"), claims)


def _as_paper(work: Work, control: int, claims: Sequence[AnyClaim]) -> bytes:
    del control
    printer = work.session.scalar(
        select(Printer).where(Printer.practice_id == work.actor.practice_id).order_by(Printer.id)
    )
    offset = Offset(printer.offset_x, printer.offset_y) if printer else Offset(0, 0)
    return cms1500.render((cms1500.pages(claim) for claim in claims), offset=offset)


FORMS: dict[str, _Form] = {"837p": _Form("edi", _as_837p), "cms1500": _Form("pdf", _as_paper)}


def send_claims(actor: Actor, claim_ids: Sequence[int]) -> tuple[int, ...]:
    """Send claims, each in the form its payer takes: one submission a form. All of them go, or none.

    Raises:
        Refused: nothing was chosen, or one of them cannot leave; the sentence names it.
    """
    if not claim_ids:
        raise Refused(N_("Choose at least one claim."), where="claims")
    with acting(actor, "claim.send") as work:
        ready = ready_steps(actor.practice_id)
        by_form: dict[str, list[tuple[ClaimRecord, AnyClaim]]] = {}
        for claim_id in sorted(set(claim_ids)):
            record = load(actor, claim_id)
            claim = _leaving(record, ready)
            by_form.setdefault(profile_for(claim).form, []).append((record, claim))
        return tuple(_submit(work, form, chosen) for form, chosen in sorted(by_form.items()))


def _leaving(record: ClaimRecord, ready: tuple[str, ...]) -> AnyClaim:
    """The claim, if it may leave: ready, unchanged since it was held, and nothing blocks it."""
    if record.journey != "none":
        raise Refused(N_("Claim %(number)s has left already."), where=record.number, number=record.number)
    if record.preparation not in ready:
        raise Refused(N_("Claim %(number)s is not ready."), where=record.number, number=record.number)
    assembled = assemble(record)
    if assembled.claim is None or digest(assembled.claim) != record.digest:
        raise Refused(
            N_("Claim %(number)s is no longer what was reviewed."),
            where=record.number,
            remedy=N_("Return it to coding and review it again."),
            number=record.number,
        )
    claim: AnyClaim = assembled.claim
    judged = judge(claim, coding_of(record))
    if judged.blocks or judged.warnings:
        raise Refused(N_("Findings hold claim %(number)s."), where=record.number, number=record.number)
    return claim


def _submit(work: Work, form: str, chosen: list[tuple[ClaimRecord, AnyClaim]]) -> int:
    how = FORMS[form]
    control = next_number(work, form)
    body = how.write(work, control, [claim for _, claim in chosen])
    submission = Submission(
        practice_id=work.actor.practice_id,
        form=form,
        control_number=control,
        file_name=f"{form}-{control:09d}.{how.ending}",
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        actor_id=work.actor.staff_id,
        at=work.at,
    )
    work.session.add(submission)
    work.session.flush()
    for record, claim in chosen:
        kept = digest(claim)
        work.session.add(
            SubmittedClaim(
                practice_id=work.actor.practice_id,
                submission_id=submission.id,
                claim_id=record.id,
                snapshot=to_json(claim),
                digest=kept,
            )
        )
        tell(work, record, "claim.sent", Sent(submission_id=submission.id, digest=kept))
    work.journal("submission", submission.id, digest=submission.sha256, detail=form)
    return submission.id
