"""The demo's practice: founded, furnished and staffed from reference/demo/practice.toml."""

from __future__ import annotations

from typing import Any

from flask_security import hash_password
from sqlalchemy import select

from billing.demo.record import act_code, practice
from billing.models import Clearinghouse
from clinic.base import db
from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Charge, ChargePrice, Location, Payer, Practice, Provider, Staff
from clinic.policy import RoleName
from clinic.services.acting import Actor, Work, founding
from clinic.services.found_practice import add_staff, found_practice, give_roles, new_pass_phrase
from lab.demo.furnishing import furnish

FIRST = "priya"
"""Who founds it."""


def demo_practice() -> Practice | None:
    """The demo that is there.

    Raises:
        Refused: the database holds a practice that is no demo; it is left alone.
    """
    practices = db.session.scalars(select(Practice)).all()
    if any(not practice.demo for practice in practices):
        raise Refused(
            N_("this database holds a practice that is not a demo, so no demo is put into it."),
            remedy=N_("Give the demo a folder of its own: CABINET_INSTANCE=demo sh run."),
        )
    return practices[0] if practices else None


def found_demo() -> tuple[int, str]:
    """Found the demo's practice; gives its id and the pass phrase all of its people log in with."""
    plan = practice()
    practice_id, _phrase = found_practice(plan["practice"]["name"], FIRST, "Priya", "Nair", demo=True)
    phrase = new_pass_phrase()
    hashed = hash_password(phrase)
    with founding("practice.furnish") as work_of:
        work = work_of(practice_id)
        _furnish(work, plan)
        _staff(work, plan, hashed)
        furnish(work)
        work.journal("practice", practice_id, detail="demo")
    return practice_id, phrase


def new_phrase(practice_id: int) -> str:
    """A fresh pass phrase for all of the demo's people: the old one is kept nowhere."""
    phrase = new_pass_phrase()
    hashed = hash_password(phrase)
    with founding("staff.phrase") as work_of:
        work = work_of(practice_id)
        for member in work.session.scalars(select(Staff).where(Staff.practice_id == practice_id)):
            member.password = hashed
        work.journal("practice", practice_id, detail="demo")
    return phrase


def person(practice_id: int, username: str) -> Actor:
    """One of the demo's people, as services know them."""
    member = db.session.scalars(select(Staff).where(Staff.practice_id == practice_id, Staff.username == username)).one()
    return Actor(practice_id, member.id, tuple(role.name for role in member.roles), member.name)


def _furnish(work: Work, plan: dict[str, Any]) -> None:
    row = work.session.get_one(Practice, work.actor.practice_id)
    for name, value in plan["practice"].items():
        setattr(row, name, value)
    here = {"practice_id": row.id}
    work.session.add_all(Clearinghouse(**here, **row) for row in plan["clearinghouses"])
    work.session.add_all(Location(**here, **_without_key(row)) for row in plan["locations"])
    work.session.add_all(Provider(**here, outside=True, **row) for row in plan["colleagues"])
    payers = {row["key"]: Payer(**here, **_without_key(row)) for row in plan["payers"]}
    work.session.add_all(payers.values())
    work.session.flush()
    for row in plan["charges"]:
        system, code = act_code(row["code"])
        charge = Charge(
            **here, system=system, code=code, words=row["words"], price_cents=Money.parse(row["price"]).cents
        )
        work.session.add(charge)
        work.session.flush()
        work.session.add_all(
            ChargePrice(**here, charge_id=charge.id, payer_id=payers[key].id, price_cents=Money.parse(price).cents)
            for key, price in row.get("prices", {}).items()
        )


def _without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "key"}


def _staff(work: Work, plan: dict[str, Any], hashed: str) -> None:
    for row in plan["staff"]:
        roles = tuple(RoleName(role) for role in row["roles"])
        there = work.session.scalars(
            select(Staff).where(Staff.practice_id == work.actor.practice_id, Staff.username == row["username"])
        ).one_or_none()
        if there is None:
            there = add_staff(work, row["username"], row["first"], row["last"], roles, hashed=hashed)
        else:
            there.password = hashed
            give_roles(work, there, roles)
        if "provider" in row:
            work.session.add(
                Provider(
                    practice_id=work.actor.practice_id,
                    staff_id=there.id,
                    first=row["first"],
                    last=row["last"],
                    **row["provider"],
                )
            )
    work.session.flush()
