"""What a queue's page offers: whom and what to narrow it to, whom to give claims to, and why each of them is there."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, literal, select, union_all

from billing.services.assign_claims import given_to
from billing.services.queue_page import Shown
from clinic.base import db
from clinic.models import Fact, Payer, Provider, Role, Staff
from clinic.models.staff import staff_role
from clinic.services.acting import Actor


class Choice(NamedTuple):
    """Ids with names, in the order of the names."""

    payers: list[tuple[int, str]]
    providers: list[tuple[int, str]]
    colleagues: list[tuple[int, str]]

    def name(self, staff_id: int | None) -> str:
        """A colleague's name; empty where it is nobody one may give claims to."""
        return dict(self.colleagues).get(staff_id or 0, "")


def choice(actor: Actor) -> Choice:
    """The practice's payers, those who render, and those who work on claims: in one statement."""
    payers = select(literal("payers"), Payer.id, Payer.name).where(
        Payer.practice_id == actor.practice_id, Payer.active.is_(True)
    )
    providers = select(
        literal("providers"), Provider.id, func.coalesce(Provider.first + " ", "").concat(Provider.last)
    ).where(Provider.practice_id == actor.practice_id, Provider.active.is_(True), Provider.outside.is_(False))
    colleagues = (
        select(literal("colleagues"), Staff.id, Staff.first + " " + Staff.last)
        .join(staff_role, staff_role.c.staff_id == Staff.id)
        .join(Role, Role.id == staff_role.c.role_id)
        .where(Staff.practice_id == actor.practice_id, Staff.active.is_(True), Role.name.in_(given_to(actor)))
        .distinct()
    )
    found: dict[str, list[tuple[int, str]]] = {"payers": [], "providers": [], "colleagues": []}
    for kind, row_id, name in db.session.execute(union_all(payers, providers, colleagues)):
        found[kind].append((row_id, name.strip()))
    return Choice(**{kind: sorted(rows, key=lambda row: (row[1].casefold(), row[0])) for kind, rows in found.items()})


def reasons(rows: Shown) -> dict[int, str]:
    """What was said when each claim of a page that is back in coding was sent back last."""
    back = [row.claim for row in rows.rows if row.claim is not None and row.claim.returned]
    if not back:
        return {}
    facts = db.session.execute(
        select(Fact.thing_id, Fact.reason)
        .where(
            Fact.practice_id == back[0].practice_id,
            Fact.thing == "claim",
            Fact.thing_id.in_([claim.id for claim in back]),
            Fact.type == "claim.returned",
        )
        .order_by(Fact.thing_id, Fact.sequence)
    )
    return {claim_id: reason or "" for claim_id, reason in facts}
