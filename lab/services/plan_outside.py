"""The catalogue and laboratories for a plan made from the command line, without changing anything."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice
from lab.domain.whole_catalogue import Catalogue
from lab.models import Laboratory
from lab.services.catalogue import catalogue_on
from lab.services.shipped import shipped


def practice_for(name: str | None) -> int | None:
    """The practice of that name or the only one; None on an empty database.

    Raises:
        Refused: there is none of that name, or several and none is named.
    """
    practices = db.session.execute(select(Practice.id, Practice.name).order_by(Practice.id)).all()
    if name is not None:
        practices = [row for row in practices if row.name.casefold() == name.casefold()]
        if not practices:
            raise Refused(N_("There is no practice of that name."), remedy=N_("Give its name as it is shown."))
    if len(practices) > 1:
        raise Refused(N_("There are several practices."), remedy=N_("Say for which with --practice NAME."))
    return practices[0].id if practices else None


def catalogue_for(practice_id: int | None, on: date, laboratory_id: int | None = None) -> Catalogue:
    """The catalogue of a practice, or the shipped one where there is no practice."""
    return shipped() if practice_id is None else catalogue_on(practice_id, on, laboratory_id)


def laboratories_of(practice_id: int | None) -> dict[str, int]:
    """The ids of the laboratories in use, by name."""
    if practice_id is None:
        return {}
    rows = db.session.execute(
        select(Laboratory.name, Laboratory.id)
        .where(Laboratory.practice_id == practice_id, Laboratory.active, ~Laboratory.dental)
        .order_by(Laboratory.name)
    )
    return {row.name: row.id for row in rows}
