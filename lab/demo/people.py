"""Who works at the demo's bench."""

from __future__ import annotations

from sqlalchemy import select

from clinic.base import db
from clinic.models import Provider, Staff, Visit
from clinic.services.acting import Actor


def somebody(practice_id: int, username: str) -> Actor:
    """One of the demo's people, as services know them."""
    wanted = select(Staff).where(Staff.practice_id == practice_id, Staff.username == username)
    return _actor(db.session.scalars(wanted).one())


def provider_of(visit: Visit) -> Actor:
    """Who treated the patient."""
    provider = db.session.get_one(Provider, visit.provider_id)
    return _actor(db.session.get_one(Staff, provider.staff_id))


def _actor(member: Staff) -> Actor:
    return Actor(member.practice_id, member.id, tuple(role.name for role in member.roles), member.name)
