"""Whether only those pack at a place who were trained to (UN3373): so it is until the practice says otherwise there.

The rule has no row of its own: the last fact about a place says it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select, tuple_

from clinic.base import db
from clinic.domain.value import as_json
from clinic.models import Fact, Location
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from lab.domain.container import NotPossible
from lab.domain.package_events import TrainedOnly
from lab.domain.package_refusals import package_refused

THING = "packing_rule"
TYPE = "packing_rule.set"


def trained_only(practice_id: int, location_id: int) -> bool:
    """Whether a place lets nobody pack whose training does not hold."""
    return rules_of(practice_id, (location_id,))[location_id]


def rules_of(practice_id: int, location_ids: Collection[int]) -> dict[int, bool]:
    """The rule of each of these places, in one statement."""
    mine = (Fact.practice_id == practice_id, Fact.thing == THING, Fact.thing_id.in_(location_ids))
    last = select(Fact.thing_id, func.max(Fact.sequence)).where(*mine).group_by(Fact.thing_id)
    rows = db.session.scalars(select(Fact).where(*mine, tuple_(Fact.thing_id, Fact.sequence).in_(last)))
    said = {row.thing_id: bool(row.body["trained_only"]) for row in rows}
    return {each: said.get(each, True) for each in location_ids}


def set_trained_only(actor: Actor, location_id: int, reason: str, *, wanted: bool) -> None:
    """Say it of a place; that anybody may pack needs a reason. What is so already is not told again.

    Raises:
        Refused: the reason is missing.
        Unknown: there is no such place.
    """
    with acting(actor, "lab.catalogue") as work:
        place, said = one(actor, Location, location_id), " ".join(reason.split())
        if not wanted and not said:
            raise package_refused(NotPossible("reason"), "reason")
        if trained_only(actor.practice_id, place.id) != wanted:
            body = TrainedOnly(at=work.at, trained_only=wanted)
            work.fact(THING, place.id, TYPE, as_json(body), reason=said or None)
        work.journal(THING, place.id, detail=TYPE)
