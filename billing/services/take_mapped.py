"""Putting on an open claim what was decided about foreign names since: offered at the desk, taken in one act.

A claim is often opened before anyone has said what another system's names are here. The record is not rewritten, and
neither is a claim unasked: what mappings now yield and the claim lacks is shown, and put on when its biller says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy.orm import selectinload

from billing.coding.changes import AddLine, Change, PutLines, SetField, apply
from billing.coding.coding import CodedLine, Coding, fresh
from billing.domain.professional import MAX_ACTS, MAX_DIAGNOSES
from billing.models import ClaimRecord, ClaimVisit
from billing.services.change_claim import carry_out, here_as_seen
from billing.services.claim_value import coding_of
from billing.services.from_record import diagnoses_of, lines_of
from billing.services.pricing import Priced, price_list
from clinic.domain.code import Code
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.models import Visit
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from clinic.services.mappings import Mapped, mapped

Prices = dict[tuple[str, str], Priced]


class Offer(Value, frozen=True, kw_only=True):
    """What a claim could take."""

    rendering_id: int | None = None
    location_id: int | None = None
    diagnoses: tuple[Code, ...] = ()
    lines: tuple[CodedLine, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self != Offer()

    @property
    def parts(self) -> int:
        """How many things that is."""
        people = (self.rendering_id, self.location_id)
        return len(self.diagnoses) + len(self.lines) + sum(part is not None for part in people)


def offer(record: ClaimRecord, visits: Sequence[Visit], names: Mapped) -> Offer:
    """What mappings yield for the visits of a claim in coding and the claim lacks; nothing of one further on."""
    if record.journey != "none" or record.preparation != "coding" or not visits or names == Mapped():
        return Offer()
    coding = coding_of(record)
    rendering, location = names.provider_of(visits[0]), names.location_of(visits[0])
    theirs = coding.rendering_id in (None, visits[0].provider_id)
    return Offer(
        rendering_id=rendering if theirs and rendering != coding.rendering_id else None,
        location_id=location if coding.location_id is None and visits[0].location_id is None else None,
        diagnoses=_diagnoses(coding, visits, names),
        lines=_lines(record, coding, visits, names),
    )


def take_mapped(actor: Actor, claim_id: int, *, sequence: int | None = None) -> int:
    """Put on a claim what mappings yield for its visits and it lacks; gives how many things that were.

    Args:
        actor: who codes.
        claim_id: the claim.
        sequence: that of the claim the person saw.

    Raises:
        Refused: the claim is no longer in coding, or there is nothing to take.
        ChangedElsewhere: the claim has moved on since.
        Unknown: there is no such claim.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        visits = _visits(actor, record)
        found = offer(record, visits, mapped(record.practice_id, visits))
        if not found:
            raise Refused(N_("Nothing was decided that this claim lacks."), where="claim")
        for change in _changes(coding_of(record), found):
            carry_out(work, record, change)
        return found.parts


def _changes(coding: Coding, found: Offer) -> list[Change]:
    changes: list[Change] = []
    if found.rendering_id is not None:
        changes.append(SetField("rendering_id", found.rendering_id))
    if found.location_id is not None:
        changes.append(SetField("location_id", found.location_id))
    if found.diagnoses or found.lines:
        changes.append(_put(coding, found))
    return changes


def _put(coding: Coding, found: Offer) -> PutLines:
    """Where the claim then has one diagnosis, a line can only be for it: as for a line that is typed."""
    there = (*coding.diagnoses, *found.diagnoses)
    if len(there) != 1:
        return PutLines(diagnoses=found.diagnoses, lines=found.lines)
    return PutLines(diagnoses=there, lines=tuple(replace(line, pointers=(1,)) for line in found.lines))


def _diagnoses(coding: Coding, visits: Sequence[Visit], names: Mapped) -> tuple[Code, ...]:
    """As many as the claim has room for; not those that the record itself says, which were there to be seen."""
    found = dict.fromkeys(code for visit in visits for code in diagnoses_of(visit, names))
    own = {code for visit in visits for code in diagnoses_of(visit)}
    new = [code for code in found if code not in own and code not in coding.diagnoses]
    return tuple(new[: max(0, MAX_DIAGNOSES - len(coding.diagnoses))])


def _lines(record: ClaimRecord, coding: Coding, visits: Sequence[Visit], names: Mapped) -> tuple[CodedLine, ...]:
    if not any(names.acts.values()):
        return ()
    prices = price_list(record.practice_id, record.coverage.payer_id if record.coverage else None)
    there = {(line.code, line.service) for line in coding.lines}
    own = [line for visit in visits for line in lines_of(visit, prices)]
    new: list[AddLine] = []
    for line in (line for visit in visits for line in lines_of(visit, prices, names)):
        if line in own:
            own.remove(line)
        elif (line.code, line.service) not in there:
            new.append(line)
    made = fresh()
    for line in new[: max(0, MAX_ACTS - len(coding.lines))]:
        made = apply(made, line)
    return made.lines


def _visits(actor: Actor, record: ClaimRecord) -> list[Visit]:
    links: list[ClaimVisit] = record.visits
    whole = (selectinload(Visit.acts), selectinload(Visit.problems))
    return [one(actor, Visit, link.visit_id, *whole) for link in links]
