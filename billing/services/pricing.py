"""What the practice asks: its charge list, with the prices of one payer where it has others."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from clinic.base import db
from clinic.domain.code import Code
from clinic.domain.money import Money
from clinic.domain.value import Value
from clinic.models import Charge, ChargePrice
from clinic.services.mappings import payer_here


class Priced(Value, frozen=True):
    """A row of the charge list as one payer is asked for it."""

    code: Code
    words: str
    price: Money


def price_list(practice_id: int, payer_id: int | None) -> dict[tuple[str, str], Priced]:
    """The active charges by (system, code). A payer of another system is asked the prices of the one it is here."""
    rows = db.session.execute(
        select(Charge, ChargePrice.price_cents)
        .outerjoin(
            ChargePrice,
            and_(
                ChargePrice.practice_id == Charge.practice_id,
                ChargePrice.charge_id == Charge.id,
                ChargePrice.payer_id == (func.coalesce(payer_here(practice_id, payer_id), payer_id) if payer_id else 0),
            ),
        )
        .where(Charge.practice_id == practice_id, Charge.active)
    )
    return {
        (charge.system, charge.code): Priced(
            Code(charge.system, charge.code),
            charge.words,
            Money(charge.price_cents if special is None else special, charge.currency),
        )
        for charge, special in rows
    }
