"""Adding what was done at a visit: a row of the charge list, or words alone. No price here."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.visit_story import ActAdded
from clinic.domain.words import N_
from clinic.models import Charge, Visit, VisitAct
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from clinic.services.visit_facts import tell

_WORDS = 300
_MOST_UNITS = 9_999_999


def add_act(
    actor: Actor, visit_id: int, text: str, charge_id: int | None = None, quantity: Decimal = Decimal(1)
) -> int:
    """Add an act by a row of the charge list, else by what was typed: a code of that list, else words.

    Raises:
        Refused: nothing was typed, the row is not on the list, or the quantity is none.
    """
    with acting(actor, "visit.write") as work:
        visit = one(actor, Visit, visit_id)
        words = " ".join(text.split())
        charge = _charge(actor, words, charge_id)
        if charge_id is not None and charge is None:
            raise Refused(N_("This is not on the charge list."), where="text", remedy=N_("Choose one of the list."))
        if charge is None and not words:
            raise Refused(N_("Nothing was typed."), where="text", remedy=N_("Type a code or words."))
        if len(words) > _WORDS:
            raise Refused(N_("An act is a line."), where="text", remedy=N_("Write the rest as a note."))
        exponent = quantity.as_tuple().exponent
        if not (isinstance(exponent, int) and exponent >= -3 and 0 < quantity <= _MOST_UNITS):
            raise Refused(
                N_("The number of units is more than none, with at most three decimals."),
                where="quantity",
                remedy=N_("Look at the number."),
            )
        row = VisitAct(
            practice_id=actor.practice_id,
            visit_id=visit.id,
            system=charge.system if charge else None,
            code=charge.code if charge else None,
            words=charge.words if charge else words,
            quantity=quantity,
        )
        work.session.add(row)
        work.session.flush()
        body = ActAdded(act_id=row.id, words=row.words, quantity=quantity, system=row.system, code=row.code)
        tell(work, visit.id, "visit.act_added", body)
        return row.id


def charges_like(actor: Actor, text: str, limit: int = 12) -> list[Charge]:
    """Rows of the charge list by the beginning of their code or by all words typed, by code."""
    words = text.lower().split()
    if not words:
        return []
    alike: list[ColumnElement[bool]] = [
        func.lower(Charge.code).startswith(word, autoescape=True)
        | func.lower(Charge.words).contains(word, autoescape=True)
        for word in words
    ]
    wanted = select(Charge).where(Charge.practice_id == actor.practice_id, Charge.active, *alike)
    return list(db.session.scalars(wanted.order_by(Charge.code, Charge.system).limit(limit)))


def _charge(actor: Actor, words: str, charge_id: int | None) -> Charge | None:
    mine = select(Charge).where(Charge.practice_id == actor.practice_id, Charge.active)
    if charge_id is not None:
        return db.session.scalar(mine.where(Charge.id == charge_id))
    rows = db.session.scalars(mine.where(func.lower(Charge.code) == words.lower()).limit(2)).all() if words else []
    return rows[0] if len(rows) == 1 else None
