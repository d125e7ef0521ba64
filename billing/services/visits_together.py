"""Which visits may share a claim: one patient, one policy, one provider, one place, and nobody billed them yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from billing.models import ClaimRecord, ClaimVisit
from billing.services.claim_value import coding_of
from billing.services.who_pays import in_force, insured
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Coverage, Visit
from clinic.services.acting import Actor
from clinic.services.mappings import Mapped, mapped
from clinic.services.surviving import family_of

WHERE = "join"
"""Where all of these refusals stand."""


def claims_of(practice_id: int, visit_ids: Sequence[int]) -> dict[int, list[ClaimRecord]]:
    """The claims that bill each visit, but those withdrawn."""
    rows = db.session.execute(
        select(ClaimVisit.visit_id, ClaimRecord)
        .join(ClaimRecord, ClaimRecord.id == ClaimVisit.claim_id)
        .where(
            ClaimVisit.practice_id == practice_id,
            ClaimRecord.practice_id == practice_id,
            ClaimVisit.visit_id.in_(visit_ids),
            ClaimRecord.journey != "withdrawn",
        )
        .options(selectinload(ClaimRecord.visits))
        .order_by(ClaimRecord.id)
    ).all()
    found: dict[int, list[ClaimRecord]] = {}
    for visit_id, record in rows:
        found.setdefault(visit_id, []).append(record)
    return found


@dataclass(frozen=True, kw_only=True)
class Host:
    """A claim that visits may join, with what is asked of each of them."""

    record: ClaimRecord
    rendering_id: int | None
    place_id: int | None
    patient_id: int
    """Whom insurers know."""
    policies: list[Coverage]
    names: Mapped
    """What things of other systems are here."""


def host_of(record: ClaimRecord, visits: Sequence[Visit]) -> Host:
    """The claim as a host of these visits, which have their acts and problems at hand."""
    who, policies = insured(record.patient)
    coding = coding_of(record)
    return Host(
        record=record,
        rendering_id=coding.rendering_id,
        place_id=coding.location_id or next((link.visit.location_id for link in record.visits), None),
        patient_id=who.id,
        policies=policies,
        names=mapped(record.practice_id, visits),
    )


def must_fit(host: Host, visit: Visit, claims: Mapping[int, Sequence[ClaimRecord]]) -> ClaimRecord | None:
    """Whether a visit may go on a claim; gives the claim in preparation that is the visit's own, if there is one.

    ``claims`` are those of ``claims_of``.

    Raises:
        Refused: it may not; the sentence says why.
    """
    record = host.record
    if any(link.visit_id == visit.id for link in record.visits):
        raise Refused(N_("That visit is on this claim already."), where=WHERE)
    if visit.department != "medical":
        raise Refused(N_("A dental visit is not billed on a professional claim."), where=WHERE)
    known = {host.patient_id, record.patient_id}
    if visit.patient_id not in known and insured(visit.patient)[0].id != host.patient_id:
        raise Refused(N_("That visit is another patient's."), where=WHERE)
    own = _own(record, claims.get(visit.id, ()))
    _same_policy(record, own, {row.id for row in host.policies if in_force(row, visit.on)})
    if _differ(host.rendering_id, own.rendering_id if own else host.names.provider_of(visit)):
        raise Refused(
            N_("Another provider rendered that visit."),
            where=WHERE,
            remedy=N_("Bill it on a claim of its own."),
        )
    if _differ(host.place_id, (coding_of(own).location_id if own else None) or host.names.location_of(visit)):
        raise Refused(N_("That visit was at another place."), where=WHERE, remedy=N_("Bill it on a claim of its own."))
    return own


def _own(record: ClaimRecord, claims: Sequence[ClaimRecord]) -> ClaimRecord | None:
    """The visit's claim in preparation; refused where the visit is billed already, or shares that claim."""
    others = [claim for claim in claims if claim.id != record.id]
    gone = next((claim for claim in others if claim.journey != "none"), None)
    if gone is not None:
        raise Refused(N_("That visit was billed on claim %(number)s, which has left."), where=WHERE, number=gone.number)
    if len(others) > 1 or any(len(claim.visits) > 1 for claim in others):
        raise Refused(
            N_("Claim %(number)s bills that visit together with others, or in parts."),
            where=WHERE,
            remedy=N_("Take the visit out of it, or withdraw it first."),
            number=others[0].number,
        )
    return others[0] if others else None


def _same_policy(record: ClaimRecord, own: ClaimRecord | None, covering: Collection[int]) -> None:
    coverage_id = record.coverage_id
    if coverage_id is None:
        return
    if own is not None and _differ(coverage_id, own.coverage_id):
        raise Refused(
            N_("Claim %(number)s bills that visit to another policy."),
            where=WHERE,
            remedy=N_("Bill it on a claim of its own."),
            number=own.number,
        )
    if coverage_id not in covering:
        raise Refused(
            N_("The policy of this claim does not cover the day of that visit."),
            where=WHERE,
            remedy=N_("Bill it on a claim of its own."),
        )


def _differ(one: int | None, other: int | None) -> bool:
    """Two that are known and are not the same."""
    return one is not None and other is not None and one != other


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A visit that may join a claim, or why it may not."""

    visit: Visit
    own: ClaimRecord | None = None
    """The visit's own claim, which would be withdrawn."""
    refused: Refused | None = None


NEAREST = 8
"""Visits listed on either side of the claim's day."""


def candidates(actor: Actor, record: ClaimRecord) -> list[Candidate]:
    """The patient's other visits nearest to the claim, by day, each with whether it may join."""
    family = family_of(actor, record.patient_id)
    mine = (
        select(Visit.id)
        .where(
            Visit.practice_id == actor.practice_id,
            Visit.patient_id.in_([family.patient.id, *(row.id for row in family.merged)]),
            Visit.id.not_in([link.visit_id for link in record.visits]),
        )
        .limit(NEAREST)
    )
    day = record.service_on
    before = mine.where(Visit.on < day).order_by(Visit.on.desc(), Visit.id.desc()).subquery()
    since = mine.where(Visit.on >= day).order_by(Visit.on, Visit.id).subquery()
    visits = db.session.scalars(
        select(Visit)
        .where(Visit.practice_id == actor.practice_id)
        .where(or_(Visit.id.in_(select(before.c.id)), Visit.id.in_(select(since.c.id))))
        .options(
            joinedload(Visit.provider),
            joinedload(Visit.location),
            joinedload(Visit.patient),
            selectinload(Visit.acts),
            selectinload(Visit.problems),
        )
        .order_by(Visit.on, Visit.id)
    ).all()
    claims, host = claims_of(actor.practice_id, [visit.id for visit in visits]), host_of(record, visits)
    return [_candidate(host, visit, claims) for visit in visits]


def _candidate(host: Host, visit: Visit, claims: Mapping[int, Sequence[ClaimRecord]]) -> Candidate:
    try:
        return Candidate(visit=visit, own=must_fit(host, visit, claims))
    except Refused as refused:
        return Candidate(visit=visit, refused=refused)
