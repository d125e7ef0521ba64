"""Saying how claims reach a payer through a clearinghouse."""

from __future__ import annotations

from sqlalchemy import select

from billing.domain.routes import RouteFacts
from billing.models import Clearinghouse, PayerRoute
from billing.services.own_profiles import tell_that_profiles_changed
from clinic.domain.refusal import Refused
from clinic.domain.set_up import as_kept
from clinic.domain.words import N_
from clinic.models import Payer
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import change, enter, facts_of, held, print_of, said

UNSAID = RouteFacts()
"""What stands of a payer and a clearinghouse of which nothing was said."""


def set_route(actor: Actor, payer_id: int, clearinghouse_id: int, facts: RouteFacts, seen: str) -> int:
    """Say it, as it was seen; gives the route's id. Of the payer's other routes none is used afterwards if this one is.

    Raises:
        Refused: claims are to go through a clearinghouse that is no longer active.
        Unknown: there is no such payer or clearinghouse.
        Overtaken: someone else changed it meanwhile.
    """
    kept = as_kept(facts)
    with acting(actor, "route.write") as work:
        payer = held(work, Payer, payer_id)
        house = held(work, Clearinghouse, clearinghouse_id)
        if kept.used and not house.active:
            raise Refused(
                N_("Nothing goes through this clearinghouse any more."),
                where="used",
                remedy=N_("Take it into use again first, or choose another."),
            )
        tell_that_profiles_changed(work)  # a payer may be known by another number from now on
        routes = {route.clearinghouse_id: route for route in _routes(work, payer.id)}
        mine = routes.pop(house.id, None)
        if kept.used:
            for other in (route for route in routes.values() if route.used):
                before = facts_of(RouteFacts, other)
                change(work, other, _unused(before), print_of(before))
        if mine is not None:
            change(work, mine, kept, seen)
            return mine.id
        row = PayerRoute(practice_id=actor.practice_id, payer_id=payer.id, clearinghouse_id=house.id, **said(kept))
        of = {"payer_id": payer.id, "clearinghouse_id": house.id}
        return enter(work, row, kept, body=of | said(kept))


def _routes(work: Work, payer_id: int) -> list[PayerRoute]:
    return list(
        work.session.scalars(
            select(PayerRoute)
            .where(PayerRoute.practice_id == work.actor.practice_id, PayerRoute.payer_id == payer_id)
            .execution_options(populate_existing=True)
        )
    )


def _unused(facts: RouteFacts) -> RouteFacts:
    return RouteFacts(payer_number=facts.payer_number, used=False, enrols=facts.enrols)
