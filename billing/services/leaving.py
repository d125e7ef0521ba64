"""Which claims may leave, and why the others stay. Only looks: nobody waits while it does (law 15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.story import Standing, Stop
from billing.domain.canonical import digest
from billing.domain.claim import Claim
from billing.edits import Facts, check
from billing.models import ClaimRecord, ClaimVisit
from billing.services.claim_value import Assembled, assemble, coding_of
from billing.services.hold_claim import ready_steps
from billing.services.judging import judge
from billing.services.own_profiles import own_profiles
from billing.services.routes import Route
from billing.services.telling import standing_of
from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Coverage, Patient, Visit
from clinic.services.acting import Actor
from clinic.services.clock import today
from clinic.services.find import Unknown
from clinic.services.library import library

AnyClaim = Claim[Any, Any]

ROWS = 500
"""Claims loaded at a time."""
DUPLICATE = "DUP-02"
"""The edit that finds the same acts on another claim."""

WITHDRAWN = Stop(what=N_("It was withdrawn."))
NOT_READY = Stop(
    what=N_("It is not ready."), remedy=N_("Open it to see which step is next: coding, review or signature.")
)
ASKED = Stop(
    what=N_("A question about it is not settled."),
    remedy=N_("Wait for its answer and take it up, or take the question back with a reason."),
)
CHANGED = Stop(what=N_("It is no longer what was reviewed."), remedy=N_("Return it to coding and review it again."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A claim as it was when it was looked at."""

    claim_id: int
    number: str
    patient_id: int
    visits: tuple[int, ...]
    standing: Standing
    answered: frozenset[tuple[str, str]] = frozenset()
    """Findings somebody has given a reason for: code and field."""
    claim: Any = None
    """The claim that may leave, None where it stays."""
    digest: str | None = None
    route: Route | None = None
    form: str = ""
    """In which its payer takes it, where it may leave."""
    stop: Stop | None = None
    """Why it stays."""

    @property
    def gone(self) -> bool:
        """Whether it has left already, or lies in the tray."""
        return self.standing.journey not in {"none", "withdrawn"}

    @property
    def told(self) -> bool:
        """Whether its stop is one to keep: that of a claim that was ready. What is known already is not told again."""
        return self.stop not in (None, WITHDRAWN, NOT_READY, self.standing.stopped)


def look_at(actor: Actor, claim_ids: Iterable[int]) -> list[Looked]:
    """Look at claims as all rows around them are now, in the order of their ids.

    Raises:
        Unknown: the actor's practice has no such claim.
    """
    ready = ready_steps(actor.practice_id)
    found = [_look(record, ready) for record in rows_of(actor, claim_ids)]
    return _apart(actor, found)


def rows_of(actor: Actor, claim_ids: Iterable[int]) -> Iterator[ClaimRecord]:
    """The records with all that assembling reads, anew from the database.

    Raises:
        Unknown: the actor's practice has no such claim.
    """
    ids = sorted(set(claim_ids))
    for start in range(0, len(ids), ROWS):
        wanted = ids[start : start + ROWS]
        rows = db.session.scalars(
            select(ClaimRecord)
            .where(ClaimRecord.practice_id == actor.practice_id, ClaimRecord.id.in_(wanted))
            .options(
                joinedload(ClaimRecord.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
                selectinload(ClaimRecord.visits).joinedload(ClaimVisit.visit).joinedload(Visit.location),
            )
            .order_by(ClaimRecord.id)
            .execution_options(populate_existing=True)
        ).all()
        if len(rows) != len(wanted):
            raise Unknown(ClaimRecord.__tablename__)
        yield from rows


def _look(record: ClaimRecord, ready: tuple[str, ...]) -> Looked:
    coding = coding_of(record)
    seen = Looked(
        claim_id=record.id,
        number=record.number,
        patient_id=record.patient_id,
        visits=tuple(link.visit_id for link in record.visits),
        standing=standing_of(record),
        answered=frozenset((reason.finding, reason.field) for reason in coding.reasons),
    )
    if seen.gone:
        return seen
    if record.journey == "withdrawn":
        return replace(seen, stop=WITHDRAWN)
    if record.preparation not in ready:
        return replace(seen, stop=NOT_READY)
    if record.open_questions:
        return replace(seen, stop=ASKED)
    assembled = assemble(record)
    stop = _changed(record, assembled)
    if stop is None:
        judged = judge(assembled.claim, coding)
        holding = [
            finding.code
            for finding in judged.findings
            if finding.severity == "block"
            or (finding.severity == "warn" and (finding.code, finding.field) not in seen.answered)
        ]
        stop = _found(holding) if holding else None
    if stop is not None:
        return replace(seen, stop=stop)
    form = own_profiles(record.practice_id).for_claim(assembled.claim).form
    return replace(seen, claim=assembled.claim, digest=record.digest, route=assembled.route, form=form)


def _changed(record: ClaimRecord, assembled: Assembled) -> Stop | None:
    if assembled.claim is None:
        return Stop(what=assembled.missing[0].words)
    return None if digest(assembled.claim) == record.digest else CHANGED


def _found(codes: Sequence[str]) -> Stop:
    return Stop(
        what=N_("Findings hold it: %(codes)s."),
        params={"codes": ", ".join(dict.fromkeys(codes))},
        remedy=N_("Send it back to coding; mend them there, or say why they are let through."),
    )


def _apart(actor: Actor, found: list[Looked]) -> list[Looked]:
    """Claims of one batch that bill the same act twice all stay: which of them is right, a person decides."""
    alike: dict[Any, list[Looked]] = {}
    for each in found:
        if each.claim is not None:
            alike.setdefault((each.claim.coverage.member_id, each.claim.patient.birth), []).append(each)
    facts = Facts(on=today(), codes=library(), profile_for=own_profiles(actor.practice_id).for_claim)
    stops: dict[int, Stop] = {}
    for group in alike.values():
        for each in group if len(group) > 1 else ():
            others = facts.knowing(*(other.claim for other in group if other is not each))
            for finding in check(each.claim, others):
                if finding.code == DUPLICATE and (finding.code, finding.field) not in each.answered:
                    stops[each.claim_id] = _twice(str(dict(finding.params).get("claim", "")))
    return [replace(each, claim=None, stop=stops[each.claim_id]) if each.claim_id in stops else each for each in found]


def _twice(other: str) -> Stop:
    return Stop(
        what=N_("It bills the same as claim %(other)s, which was to go with it."),
        params={"other": other},
        remedy=N_("Send one of them, then decide on the other."),
    )
