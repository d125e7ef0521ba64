"""Founding a practice: its name, the five roles, and one administrator who can take on the others."""

from __future__ import annotations

import secrets
import uuid

from flask_security import hash_password

from clinic.models import Practice, Role, Staff, staff_role
from clinic.policy import RoleName
from clinic.services.acting import Work, founding


def new_pass_phrase() -> str:
    """A pass phrase nobody has had before: 20 letters and digits in fives, about 100 bits."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def found_practice(name: str, username: str, first: str, last: str, *, demo: bool = False) -> tuple[int, str]:
    """Found a practice with its administrator; gives its id and the administrator's one-time pass phrase."""
    phrase = new_pass_phrase()
    hashed = hash_password(phrase)
    with founding("practice.found") as work_of:
        practice = Practice(name=name, demo=demo, created_at=work_of(0).at)
        session = work_of(0).session
        session.add(practice)
        session.flush()
        work = work_of(practice.id)
        session.add_all(Role(practice_id=practice.id, name=role.value) for role in RoleName)
        session.flush()
        member = add_staff(work, username, first, last, (RoleName.ADMINISTRATOR,), hashed=hashed)
        work.journal("practice", practice.id, detail=f"administrator:{member.id}")
    return practice.id, phrase


def add_staff(
    work: Work, username: str, first: str, last: str, roles: tuple[RoleName, ...], *, hashed: str | None
) -> Staff:
    """A member of staff with roles, within an act under way."""
    member = Staff(
        practice_id=work.actor.practice_id,
        username=username,
        password=hashed,
        fs_uniquifier=uuid.uuid4().hex,
        first=first,
        last=last,
        created_at=work.at,
    )
    work.session.add(member)
    work.session.flush()
    give_roles(work, member, roles)
    return member


def give_roles(work: Work, member: Staff, roles: tuple[RoleName, ...]) -> None:
    """Give a member of staff just these roles."""
    session, practice_id = work.session, work.actor.practice_id
    session.execute(
        staff_role.delete().where(staff_role.c.practice_id == practice_id, staff_role.c.staff_id == member.id)
    )
    for role in session.query(Role).filter(
        Role.practice_id == practice_id, Role.name.in_([each.value for each in roles])
    ):
        session.execute(staff_role.insert().values(practice_id=practice_id, staff_id=member.id, role_id=role.id))
