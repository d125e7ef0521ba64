"""Who was told that a new specimen is needed: one row an attempt."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from lab.domain.rejection import CONTACTED, OUTCOMES, WAYS
from lab.models import Contact, Specimen

_LONGEST = 300


class Attempt(Value, frozen=True, kw_only=True):
    """Whom, how, and what came of it."""

    whom: str
    way: str
    outcome: str
    words: str | None = None


def log_contact(actor: Actor, specimen_id: int, attempt: Attempt) -> int:
    """Keep an attempt to reach somebody about a rejected specimen.

    Raises:
        Refused: one of its parts is none of the choices.
        Unknown: there is no such container.
    """
    with acting(actor, "lab.work") as work:
        row = one(actor, Specimen, specimen_id)
        if row.state != "rejected":
            raise Refused(N_("This container was not rejected."), where="whom", remedy=N_("Look at its page."))
        return keep(work, row, attempt)


def keep(work: Work, row: Specimen, attempt: Attempt) -> int:
    """Keep an attempt inside an act under way."""
    for where, value, choices in (
        ("whom", attempt.whom, CONTACTED),
        ("way", attempt.way, WAYS),
        ("outcome", attempt.outcome, OUTCOMES),
    ):
        if value not in choices:
            raise Refused(N_("There is no such choice."), where=where, remedy=N_("Choose one of the list."))
    words = " ".join((attempt.words or "").split())
    if len(words) > _LONGEST:
        raise Refused(N_("This is more than three lines."), where="words", remedy=N_("Say it shorter."))
    contact = Contact(
        practice_id=row.practice_id,
        specimen_id=row.id,
        whom=attempt.whom,
        way=attempt.way,
        outcome=attempt.outcome,
        words=words or None,
        at=work.at,
        staff_id=work.actor.staff_id,
    )
    work.session.add(contact)
    work.session.flush()
    body = {"whom": attempt.whom, "way": attempt.way, "outcome": attempt.outcome, "words": words or None}
    work.fact("lab_contact", contact.id, "lab_contact.logged", {"specimen_id": row.id} | body)
    work.journal("specimen", row.id, detail="lab_contact.logged")
    return contact.id


def contacts_of(actor: Actor, specimen_ids: Collection[int]) -> dict[int, list[Contact]]:
    """The attempts about each container, in order, in one statement."""
    found: dict[int, list[Contact]] = {}
    if not specimen_ids:
        return found
    wanted = select(Contact).where(Contact.practice_id == actor.practice_id, Contact.specimen_id.in_(specimen_ids))
    for row in db.session.scalars(wanted.order_by(Contact.id)):
        found.setdefault(row.specimen_id, []).append(row)
    return found
