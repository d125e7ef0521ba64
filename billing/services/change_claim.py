"""Changing the coding of a claim: one act of the biller, one fact."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from billing.coding.changes import Change, SetField, SetLine, apply
from billing.coding.grounds import Grounds
from billing.coding.story import ASIDE, Changed
from billing.models import ClaimRecord
from billing.services.claim_value import Assembled, assemble, coding_of, load
from billing.services.deadline import due_on
from billing.services.judging import NOTHING, Judged, judge
from billing.services.own_profiles import own_profiles
from billing.services.telling import THING, tell
from billing.services.who_pays import insured
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.value import Value, as_json
from clinic.domain.words import N_
from clinic.models import Coverage, Fact, Location, Provider
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import Unknown

_MEANT: dict[str, Any] = {
    "coverage_id": Coverage,
    "rendering_id": Provider,
    "referring_id": Provider,
    "supervising_id": Provider,
    "location_id": Location,
}
"""Fields that hold an id, and whose it is."""


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
        Unknown: the change names someone or something the practice does not have.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        must_be_known(record, change)
        return carry_out(work, record, change)


def here_as_seen(actor: Actor, claim_id: int, sequence: int | None) -> ClaimRecord:
    """A claim that may still be changed, as the person saw it.

    Raises:
        Refused: it has left the house.
        ChangedElsewhere: it has moved on since.
        Unknown: there is no such claim.
    """
    record = load(actor, claim_id)
    must_be_as_seen(record, sequence)
    must_be_here(record)
    return record


def must_be_as_seen(record: ClaimRecord, sequence: int | None) -> None:
    """Nothing, where all that was told of the claim since the page was made says nothing of its codes (``ASIDE``).

    Raises:
        ChangedElsewhere: something else was told since.
    """
    if sequence is None or sequence == record.sequence:
        return
    since = select(Fact.id).where(
        Fact.practice_id == record.practice_id,
        Fact.thing == THING,
        Fact.thing_id == record.id,
        Fact.sequence > sequence,
        Fact.type.not_in(ASIDE),
    )
    if sequence > record.sequence or db.session.scalar(since.limit(1)) is not None:
        raise ChangedElsewhere


def must_be_here(record: ClaimRecord) -> None:
    """A claim changes until it leaves or is given up.

    Raises:
        Refused: it has left, or was withdrawn.
    """
    if record.journey == "withdrawn":
        raise Refused(
            N_("This claim was withdrawn and does not change any more."),
            where="claim",
            remedy=N_("Open a new one for the visit."),
        )
    if record.journey == "printed":
        raise Refused(
            N_("This claim is printed and does not change while its paper may be mailed."),
            where="claim",
            remedy=N_("Say on the page of its stack that it was spoiled, then change it."),
        )
    if record.journey != "none":
        raise Refused(
            N_("This claim has left the house and does not change any more."),
            where="claim",
            remedy=N_("Correct it with a replacement claim."),
        )


def carry_out(work: Work, record: ClaimRecord, change: Change, grounds: Grounds | None = None) -> Outcome:
    """Do a change inside an act that is under way; ``grounds`` is the suggestion it came of.

    Raises:
        Refused: the change does not fit.
    """
    coding = apply(coding_of(record), change)
    assembled = assemble(record, as_json(coding))
    judged = judge(assembled.claim, coding) if assembled.claim else NOTHING
    tell(
        work,
        record,
        "claim.changed",
        Changed(
            change=change,
            blocks=judged.blocks,
            warnings=judged.warnings,
            due_on=due_on(assembled.claim, own_profiles(record.practice_id)),
            grounds=grounds,
        ),
    )
    return Outcome(assembled=assembled, judged=judged)


def must_be_known(record: ClaimRecord, change: Change) -> None:
    """An id in a change is one of this practice, a policy one of this patient.

    Raises:
        Unknown: it is any other.
    """
    if not isinstance(change, SetField | SetLine) or change.field not in _MEANT or change.value is None:
        return
    model = _MEANT[change.field]
    wanted = select(model.id).where(model.practice_id == record.practice_id, model.id == change.value)
    if model is Coverage:
        wanted = wanted.where(Coverage.patient_id.in_({record.patient_id, insured(record.patient)[0].id}))
    if not isinstance(change.value, int) or db.session.scalar(wanted) is None:
        raise Unknown(change.field)
