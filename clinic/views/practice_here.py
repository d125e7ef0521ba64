"""The practice of who is logged in and its clock: read once a request, in one statement, and held while it lasts."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import g
from flask_login import current_user
from sqlalchemy import select

from clinic.base import db
from clinic.models.practice import Location, Practice


def practice_here() -> Practice | None:
    """The practice; None before anyone is logged in.

    Held because the session alone would forget the row and ask for it again.
    """
    if "practice" not in g:
        _read()
    found: Practice | None = g.practice
    return found


def zone_here() -> ZoneInfo:
    """The time zone of its first place, those in use first."""
    if "zone" not in g:
        _read()
    found: ZoneInfo = g.zone
    return found


def _read() -> None:
    row = None
    if current_user.is_authenticated:
        first = (
            select(Location.time_zone)
            .where(Location.practice_id == Practice.id)
            .order_by(Location.active.desc(), Location.id)
            .limit(1)
            .scalar_subquery()
        )
        row = db.session.execute(select(Practice, first).where(Practice.id == current_user.practice_id)).first()
    g.practice = row[0] if row else None
    g.zone = ZoneInfo(row[1] if row and row[1] else "UTC")
