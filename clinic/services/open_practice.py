"""Opening a practice for good: its name, and the one administrator who takes on everybody else."""

from __future__ import annotations

import re
import unicodedata

from flask_security import hash_password
from sqlalchemy import func, select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice, Staff
from clinic.policy import RoleName
from clinic.services.acting import founding
from clinic.services.found_practice import add_staff, found_practice, new_pass_phrase

_USERNAME = re.compile(r"[\w-]{2,64}\Z")
"""As ``take_on_staff``: what the log-in takes."""


def open_practice(name: str, username: str, first: str, last: str) -> tuple[int, str]:
    """Found a practice, or take over the one that an import has made and nobody works in.

    Gives its id and the administrator's pass phrase, which is kept nowhere but as a digest.

    Raises:
        Refused: a name is empty or taken, or the database holds a demo.
    """
    title, user = name.strip(), unicodedata.normalize("NFKC", username).strip().lower()
    person = first.strip(), last.strip()
    if not title:
        raise Refused(N_("A practice needs a name."), where="NAME")
    if not all(person):
        raise Refused(N_("An administrator needs a first and a last name."), where="--first, --last")
    if not _USERNAME.match(user):
        raise Refused(
            N_("A user name has two to sixty-four letters, digits, hyphens or underscores."), where="--username"
        )
    practices = db.session.scalars(select(Practice)).all()
    if any(practice.demo for practice in practices):
        raise Refused(
            N_("This database holds the demo, and a real practice does not stand beside it."),
            remedy=N_("Give the practice a folder of its own in CABINET_INSTANCE."),
        )
    if db.session.scalar(select(Staff.id).where(Staff.username == user)) is not None:
        raise Refused(N_("This user name is taken."), where="--username", remedy=N_("Choose another."))
    empty = _without_staff()
    if any(practice.name.casefold() == title.casefold() and practice.id != empty for practice in practices):
        raise Refused(N_("There is one of that name already."), where="NAME", remedy=N_("Give another name."))
    if empty is None:
        return found_practice(title, user, *person)
    return empty, _take_over(empty, title, user, person)


def _without_staff() -> int | None:
    """The one practice there is, where nobody can log in to it."""
    rows = db.session.execute(
        select(Practice.id, func.count(Staff.id))
        .outerjoin(Staff, Staff.practice_id == Practice.id)
        .group_by(Practice.id)
    ).all()
    return rows[0][0] if len(rows) == 1 and rows[0][1] == 0 else None


def _take_over(practice_id: int, name: str, username: str, person: tuple[str, str]) -> str:
    phrase = new_pass_phrase()
    hashed = hash_password(phrase)  # slow on purpose, so before anybody waits for this act
    with founding("practice.open") as work_of:
        work = work_of(practice_id)
        work.session.get_one(Practice, practice_id).name = name
        member = add_staff(work, username, *person, (RoleName.ADMINISTRATOR,), hashed=hashed)
        work.journal("practice", practice_id, detail=f"administrator:{member.id}")
    return phrase
