"""Coding done, reviewed, signed: three acts, each bound to the digest of what was seen (law 3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from billing.coding.story import Held, Returned
from billing.domain.canonical import digest
from billing.domain.claim import Claim
from billing.models import ClaimRecord
from billing.services.claim_value import assemble, coding_of, load
from billing.services.judging import judge
from billing.services.telling import tell
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice, Provider
from clinic.services.acting import Actor, Work, acting

STEPS = ("review", "sign")
"""The acts a practice may ask for between coding and sending, in order."""


def finish_coding(actor: Actor, claim_id: int, seen: str) -> None:
    """Say that the coding is done.

    Raises:
        Refused: something blocks it, a warning has no reason, or it is not what was seen.
    """
    with acting(actor, "claim.code") as work:
        record = _in_hand(work, claim_id, ("coding",))
        tell(work, record, "claim.coded", Held(digest=_clean(record, seen)))


def review_claim(actor: Actor, claim_id: int, seen: str) -> None:
    """Say that a coded claim is right.

    Raises:
        Refused: it is not coded, is not what was seen, or the practice wants another pair of eyes.
    """
    with acting(actor, "claim.review") as work:
        record = _in_hand(work, claim_id, ("coded",))
        _other_eyes(work, "review", record.coded_by)
        tell(work, record, "claim.reviewed", Held(digest=_clean(record, seen)))


def sign_claim(actor: Actor, claim_id: int, seen: str) -> None:
    """Sign a claim in one's own name: only who rendered may.

    Raises:
        Refused: it is not ready to be signed, is not what was seen, or was rendered by someone else.
    """
    with acting(actor, "claim.sign") as work:
        record = _in_hand(work, claim_id, ("reviewed",) if "review" in _practice(work).steps else ("coded", "reviewed"))
        rendered = work.session.scalar(
            select(Provider.staff_id).where(
                Provider.practice_id == actor.practice_id, Provider.id == (record.rendering_id or 0)
            )
        )
        if rendered is None or rendered != actor.staff_id:
            raise Refused(N_("Only who rendered the visit can sign its claim."), where="claim")
        _other_eyes(work, "sign", record.coded_by)
        tell(work, record, "claim.signed", Held(digest=_clean(record, seen)))


def return_claim(actor: Actor, claim_id: int, reason: str) -> None:
    """Send a claim back to coding, with the reason.

    Raises:
        Refused: no reason was given, or the claim has left.
    """
    with acting(actor, "claim.review") as work:
        record = _in_hand(work, claim_id, ("coded", "reviewed", "signed"))
        if not reason.strip():
            raise Refused(N_("Say what has to change."), where="reason")
        tell(work, record, "claim.returned", Returned(), reason=reason.strip())


def _in_hand(work: Work, claim_id: int, preparations: tuple[str, ...]) -> ClaimRecord:
    record = load(work.actor, claim_id)
    if record.journey != "none":
        raise Refused(N_("This claim is not in preparation any more."), where="claim")
    if record.preparation not in preparations:
        raise Refused(
            N_("This claim is not at that step now."), where="claim", remedy=N_("Open it again to see where it stands.")
        )
    return record


def _clean(record: ClaimRecord, seen: str) -> str:
    """The claim's digest, if it is what the person saw and nothing holds it."""
    nothing_asked(record)
    assembled = assemble(record)
    if assembled.claim is None:
        raise Refused(assembled.missing[0].words, where=assembled.missing[0].field)
    now = digest(assembled.claim)
    if now != seen:
        raise Refused(
            N_("The claim has changed since this page was made."),
            where="claim",
            remedy=N_("Look at it again before you decide."),
        )
    _nothing_holds(assembled.claim, record)
    return now


def nothing_asked(record: ClaimRecord) -> None:
    """A claim waits for the answers to what is asked about it, and until somebody has taken them up.

    Raises:
        Refused: a question is not closed.
    """
    if record.open_questions:
        raise Refused(
            N_("A question about this claim is not settled."),
            where="questions",
            remedy=N_("Wait for its answer and take it up, or take the question back with a reason."),
        )


def _nothing_holds(claim: Claim[Any, Any], record: ClaimRecord) -> None:
    judged = judge(claim, coding_of(record))
    if judged.blocks:
        raise Refused(N_("%(count)s findings block this claim."), where="findings", count=judged.blocks)
    if judged.warnings:
        raise Refused(
            N_("%(count)s warnings have no reason yet."),
            where="findings",
            remedy=N_("Mend them, or say why they are let through."),
            count=judged.warnings,
        )


def _practice(work: Work) -> Practice:
    return work.session.get_one(Practice, work.actor.practice_id)


def _other_eyes(work: Work, step: str, first: int | None) -> None:
    """Four eyes: where the practice wants it, who coded does not review or sign the same claim."""
    if step in _practice(work).four_eyes and first is not None and first == work.actor.staff_id:
        raise Refused(
            N_("This practice wants a second person for that, and you coded this claim."),
            where="claim",
            remedy=N_("Ask a colleague."),
        )


def ready_steps(practice_id: int) -> tuple[str, ...]:
    """The preparations from which a claim of the practice may leave."""
    steps = db.session.get_one(Practice, practice_id).steps
    if "sign" in steps:
        return ("signed",)
    return ("reviewed", "signed") if "review" in steps else ("coded", "reviewed", "signed")
