"""What was decided about things of other systems, looked up where a claim is made: a statement for all its visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ScalarSelect, and_, or_, select
from sqlalchemy.orm import aliased

from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.domain.mapping import LONGEST, coded_key
from clinic.models import Charge, ForeignResource, Mapping, Payer, Problem, Visit, VisitAct
from clinic.services.mapping_uses import IN_ERROR, came_as, of_key, payer_key, undecided, without_number


@dataclass(frozen=True)
class Mapped:
    """What the foreign things of some visits are here. What is decided to be nothing of ours is there as None."""

    providers: dict[int, int | None] = field(default_factory=dict)
    """By the id of the colleague whom the import made."""
    places: dict[str, int | None] = field(default_factory=dict)
    acts: dict[str, Code | None] = field(default_factory=dict)
    """Codes of the charge list."""
    problems: dict[str, Code | None] = field(default_factory=dict)

    def act(self, row: VisitAct) -> Code | None:
        """The code of the charge list that an act is billed by; None where none was chosen."""
        return self.acts.get(coded_key(row.system, row.code, row.words))

    def not_billed(self, row: VisitAct) -> bool:
        """Whether it was decided that an act is not billed."""
        return self.acts.get(coded_key(row.system, row.code, row.words), row) is None

    def problem(self, row: Problem) -> Code | None:
        """The diagnosis that a problem stands for."""
        return self.problems.get(coded_key(row.system, row.code, row.words))

    def reason(self, visit: Visit) -> Code | None:
        """The diagnosis that the reason of a visit without any problem stands for."""
        return None if has_problem(visit) or not visit.reason else self.problems.get(visit.reason[:LONGEST])

    def provider_of(self, visit: Visit) -> int | None:
        """Who rendered the visit, as one of ours; the colleague it names where nothing was decided of them."""
        return self.providers.get(visit.provider_id or 0, visit.provider_id)

    def location_of(self, visit: Visit) -> int | None:
        """Where it was, as a place of ours."""
        return visit.location_id or self.places.get(visit.place_key or "")


NOTHING = Mapped()


def has_problem(visit: Visit) -> bool:
    """Whether the visit says itself what it was for."""
    return any(row.status != IN_ERROR for row in visit.problems)


def mapped(practice_id: int, visits: Sequence[Visit]) -> Mapped:
    """What was decided about all that the visits name, in one statement; none where they name nothing."""
    providers = {visit.provider_id for visit in visits if visit.provider is not None and visit.provider.outside}
    keys = {
        "place": {visit.place_key for visit in visits if visit.place_key and visit.location_id is None},
        "act": {coded_key(row.system, row.code, row.words) for visit in visits for row in visit.acts},
        "problem": {
            coded_key(row.system, row.code, row.words)
            for visit in visits
            for row in visit.problems
            if row.system != ICD10CM or not row.code
        }
        | {visit.reason[:LONGEST] for visit in visits if visit.reason and not has_problem(visit)},
    }
    wanted = [and_(Mapping.kind == kind, Mapping.key.in_(sorted(found))) for kind, found in keys.items() if found]
    if providers:
        wanted.append(and_(Mapping.kind == "practitioner", ForeignResource.id.is_not(None)))
    if not wanted:
        return NOTHING
    came = and_(
        Mapping.kind == "practitioner",
        ForeignResource.practice_id == Mapping.practice_id,
        ForeignResource.thing == "provider",
        ForeignResource.thing_id.in_(sorted(filter(None, providers))),
        ForeignResource.key == Mapping.key,
    )
    rows = db.session.execute(
        select(Mapping, Charge.system, Charge.code, ForeignResource.thing_id)
        .outerjoin(Charge, and_(Charge.practice_id == Mapping.practice_id, Charge.id == Mapping.charge_id))
        .outerjoin(ForeignResource, came)
        .where(Mapping.practice_id == practice_id, ~undecided(), or_(*wanted))
        .order_by(Mapping.id.desc())
    )
    made = Mapped()
    for row, system, code, provider_id in rows:
        if row.kind == "practitioner" and provider_id is not None:
            made.providers[provider_id] = row.provider_id
        elif row.kind == "place":
            made.places[row.key] = row.location_id
        elif row.kind == "act":
            made.acts[row.key] = Code(system, code) if system and code else None
        else:
            made.problems[row.key] = Code(row.system or ICD10CM, row.code) if row.code else None
    return made


def payers_here(practice_id: int, payers: Iterable[Payer]) -> dict[int, Payer | None]:
    """The payer of ours for each that an import made, by its id; None where it is not billed.

    A payer that has its number is one of ours and not asked about.
    """
    wanted = {row.id for row in payers if not row.payer_number}
    if not wanted:
        return {}
    ours = aliased(Payer)
    rows = db.session.execute(
        select(Payer.id, ours)
        .outerjoin(ForeignResource, came_as(Payer.practice_id, "payer", Payer.id))
        .join(Mapping, of_key(practice_id, "payer", payer_key()))
        .outerjoin(ours, and_(ours.practice_id == Mapping.practice_id, ours.id == Mapping.payer_id))
        .where(Payer.practice_id == practice_id, Payer.id.in_(sorted(wanted)), without_number(), ~undecided())
        .order_by(Mapping.id.desc())
    )
    return {payer_id: row for payer_id, row in rows}  # noqa: C416  rows are tuples, a dict wants pairs


def payer_here(practice_id: int, payer_id: int) -> ScalarSelect[Any]:
    """The same for one payer, inside another statement: the id of the payer of ours, NULL where there is none."""
    return (
        select(Mapping.payer_id)
        .select_from(Payer)
        .outerjoin(ForeignResource, came_as(Payer.practice_id, "payer", Payer.id))
        .join(Mapping, of_key(practice_id, "payer", payer_key()))
        .where(Payer.practice_id == practice_id, Payer.id == payer_id, without_number(), Mapping.payer_id.is_not(None))
        .order_by(Mapping.id)
        .limit(1)
        .scalar_subquery()
    )
