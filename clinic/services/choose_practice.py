"""For which practice the command line acts."""

from __future__ import annotations

from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice, Role
from clinic.policy import RoleName
from clinic.services.acting import Actor, founding


def choose_practice(name: str | None = None) -> Actor:
    """The command line as an actor, for the practice of that name or the only one there is.

    On an empty database a practice without particulars is made, so that every command works after ``flask db upgrade``.

    Raises:
        Refused: there is no practice of that name, or several and none is named.
    """
    practices = list(db.session.scalars(select(Practice).order_by(Practice.id)))
    if name is not None:
        practices = [practice for practice in practices if practice.name.casefold() == name.casefold()]
        if not practices:
            raise Refused(N_("There is no practice of that name."), remedy=N_("Give its name as it is shown."))
    if len(practices) > 1:
        raise Refused(N_("There are several practices."), remedy=N_("Say for which with --practice NAME."))
    practice = practices[0] if practices else _first_practice()
    return Actor(practice.id, None, tuple(role.value for role in RoleName), N_("Command line"))


def _first_practice() -> Practice:
    """A practice with its roles and nobody in it; people are taken on later."""
    with founding("practice.found") as work_of:
        first = work_of(0)
        practice = Practice(name=N_("Practice"), created_at=first.at)
        first.session.add(practice)
        first.session.flush()
        work = work_of(practice.id)
        work.session.add_all(Role(practice_id=practice.id, name=role.value) for role in RoleName)
        work.journal("practice", practice.id)
    return practice
