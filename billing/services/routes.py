"""Which way a payer's claims go, and what the payer is called there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select

from billing.models import Clearinghouse, Enrolment, PayerRoute
from billing.services.once import once
from clinic.base import db
from clinic.domain.period import Period
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Payer
from clinic.services.find import Unknown


class Route(NamedTuple):
    """How claims reach one payer. Without a clearinghouse they reach it on paper only: see :func:`addressed`."""

    payer_name: str
    clearinghouse_id: int | None
    """None where the practice has none, or has several and chose none for this payer."""
    submitter_id: str
    """What the clearinghouse calls the practice (ISA06, GS02, 1000A NM109)."""
    receiver_id: str
    """What it calls itself (ISA08, GS03, 1000B NM109)."""
    receiver_name: str
    payer_number: str | None
    """What it calls the payer, where that differs from the payer's own number."""
    enrols: bool
    """Whether the payer takes files only from those it has enrolled."""
    several: bool
    """Whether the practice could go more than one way."""


class Way(NamedTuple):
    """A route, and what its clearinghouse calls payers that are named in the same file."""

    route: Route
    numbers: dict[int, str]
    """By payer; only of those that it calls otherwise than they call themselves."""


_Ways = list[tuple[str, Clearinghouse | None, PayerRoute | None]]
"""The payer's name, each active clearinghouse of the practice, what was said of the two together."""


def routes_of(practice_id: int, payer_ids: Collection[int]) -> dict[int, Route]:
    """The way to each of these payers of the practice, in one statement; ids of other practices are left out.

    A payer's own route serves while its clearinghouse is active; else the only active clearinghouse of the practice
    does, under the number kept for the payer there. Nothing is refused here: a claim that goes nowhere can still be
    looked at and printed.
    """
    return {payer_id: _chosen(found) for payer_id, found in _ways(practice_id, payer_ids).items()}


def way_of(practice_id: int, payer_id: int, others: Iterable[int] = ()) -> Way:
    """The way to a payer, with the numbers of other payers that a file along it names: one statement.

    Raises:
        Unknown: the practice has no such payer.
    """
    ways = _ways(practice_id, {payer_id, *others})
    if payer_id not in ways:
        raise Unknown(Payer.__tablename__)
    route = _chosen(ways[payer_id])
    numbers = {
        each: said.payer_number
        for each, found in ways.items()
        for _name, house, said in found
        if house and said and said.payer_number and house.id == route.clearinghouse_id
    }
    return Way(route, numbers)


def _ways(practice_id: int, payer_ids: Collection[int]) -> dict[int, _Ways]:
    """By payer, read once a transaction: the claims of a batch share their payers."""
    key = (_ways, practice_id)
    known = once(key, dict[int, _Ways])
    wanted = sorted({payer_id for payer_id in payer_ids if payer_id not in known})
    if wanted:
        for payer_id, name, house, route in db.session.execute(
            select(Payer.id, Payer.name, Clearinghouse, PayerRoute)
            .outerjoin(
                Clearinghouse, and_(Clearinghouse.practice_id == Payer.practice_id, Clearinghouse.active.is_(True))
            )
            .outerjoin(
                PayerRoute, and_(PayerRoute.payer_id == Payer.id, PayerRoute.clearinghouse_id == Clearinghouse.id)
            )
            .where(Payer.practice_id == practice_id, Payer.id.in_(wanted))
            .order_by(Payer.id, Clearinghouse.id)
        ):
            known.setdefault(payer_id, []).append((name, house, route))
        once(key, lambda: known)  # kept here where reading has begun the transaction
    return {payer_id: known[payer_id] for payer_id in payer_ids if payer_id in known}


def _chosen(ways: _Ways) -> Route:
    used = [way for way in ways if way[2] is not None and way[2].used]
    name, house, route = (used or ways)[0]
    if house is None or (len(ways) > 1 and not used):
        return Route(name, None, "", "", "", None, enrols=False, several=len(ways) > 1)
    return Route(
        name,
        house.id,
        house.submitter_id,
        house.receiver_id,
        house.name,
        route.payer_number if route else None,
        enrols=route.enrols if route else False,
        several=len(ways) > 1,
    )


def consents(
    practice_id: int, payer_id: int, transaction: str, provider_ids: Collection[int]
) -> tuple[Period, ...] | None:
    """When the payer takes such files of the practice or of one of these providers.

    None where it takes them of anyone. What has not been answered is no consent. At most one statement where the route
    was asked for in the same transaction, and that only for a payer that enrols.
    """
    route = routes_of(practice_id, (payer_id,)).get(payer_id)
    if route is None or not route.enrols:
        return None
    spans = {
        Period(starts, ends)
        for provider_id, starts, ends in _granted(practice_id, payer_id, transaction)
        if provider_id is None or provider_id in provider_ids
    }
    return tuple(sorted(spans, key=lambda span: (span.start, span.end or date.max)))


def _granted(practice_id: int, payer_id: int, transaction: str) -> list[tuple[int | None, date, date | None]]:
    def read() -> list[tuple[int | None, date, date | None]]:
        rows = db.session.execute(
            select(Enrolment.provider_id, Enrolment.starts, Enrolment.ends).where(
                Enrolment.practice_id == practice_id,
                Enrolment.payer_id == payer_id,
                Enrolment.transaction == transaction,
                Enrolment.starts.is_not(None),
            )
        )
        return [(provider_id, starts, ends) for provider_id, starts, ends in rows if starts is not None]

    return once((_granted, practice_id, payer_id, transaction), read)


def addressed(route: Route) -> Route:
    """The same route, if a file can be sent along it.

    Raises:
        Refused: the practice has no clearinghouse, or several and none is chosen for this payer.
    """
    if route.clearinghouse_id is not None:
        return route
    if route.several:
        raise Refused(
            N_("Claims to %(payer)s could go through more than one clearinghouse."),
            where="payer.route",
            remedy=N_("Choose one on the payer's page, under Routes."),
            payer=route.payer_name,
        )
    raise Refused(
        N_("The practice has no clearinghouse, so no file to %(payer)s can be addressed."),
        where="practice.clearinghouse",
        remedy=N_("Enter one under House, Clearinghouses."),
        payer=route.payer_name,
    )


def route_for(practice_id: int, payer_id: int) -> Route:
    """The way a file to this payer takes.

    Raises:
        Unknown: the practice has no such payer.
        Refused: as :func:`addressed` does.
    """
    found = routes_of(practice_id, (payer_id,)).get(payer_id)
    if found is None:
        raise Unknown(Payer.__tablename__)
    return addressed(found)
