"""Setting what the practice asks for what it does: a row of the charge list, with its prices for single payers."""

from __future__ import annotations

from sqlalchemy import select

from clinic.domain.refusal import Refused
from clinic.domain.set_up import ChargeFacts, PayerPrice, as_kept
from clinic.domain.us_identifiers import read_procedure
from clinic.domain.words import N_
from clinic.models import Charge, ChargePrice, Payer
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import enter, facts_of, held, said, tell_change

MOST_CENTS = 9_999_999_99
"""Ten digits (X12 R elements of claims hold as many before their decimals)."""
RIGHT = "charge.write"


def add_charge(actor: Actor, facts: ChargeFacts) -> int:
    """Add a row; gives its id.

    Raises:
        Refused: the code has no known shape or is on the list, a price is none, or is for a payer nobody knows.
    """
    with acting(actor, RIGHT) as work:
        return add_within(work, facts)


def add_within(work: Work, facts: ChargeFacts) -> int:
    """Add a row within an act under way. Raises as ``add_charge`` does."""
    kept = _checked(facts)
    if _taken(work, kept) is not None:
        raise Refused(N_("This code is on the list already."), where="code", remedy=N_("Change the row it has."))
    _payers(work, kept)
    columns = {name: value for name, value in said(kept).items() if name != "prices"}
    row = Charge(practice_id=work.actor.practice_id, **columns)
    charge_id = enter(work, row, kept)
    _keep_prices(work, charge_id, (), kept.prices)
    return charge_id


def set_charge(actor: Actor, charge_id: int, facts: ChargeFacts, seen: str) -> None:
    """Change a row as it was seen. Claims keep the amounts they were coded with.

    Raises:
        Refused: as ``add_charge``.
        Unknown: there is no such row.
        Overtaken: someone else changed it meanwhile.
    """
    with acting(actor, RIGHT) as work:
        set_within(work, charge_id, facts, seen)


def set_within(work: Work, charge_id: int, facts: ChargeFacts, seen: str) -> None:
    """Change a row within an act under way. Raises as ``set_charge`` does."""
    kept = _checked(facts)
    row = held(work, Charge, charge_id)
    if _taken(work, kept) not in (None, charge_id):
        raise Refused(N_("This code is on the list already."), where="code", remedy=N_("Change the row it has."))
    _payers(work, kept)
    before = charge_facts(row, prices_of(work, charge_id))
    if tell_change(work, row, before, kept, seen):
        row.system, row.code, row.words = kept.system, kept.code, kept.words
        row.price_cents, row.active = kept.price_cents, kept.active
        _keep_prices(work, charge_id, before.prices, kept.prices)


def prices_of(work: Work, charge_id: int) -> list[ChargePrice]:
    """The prices of single payers, as they are now."""
    return list(
        work.session.scalars(
            select(ChargePrice)
            .where(ChargePrice.practice_id == work.actor.practice_id, ChargePrice.charge_id == charge_id)
            .execution_options(populate_existing=True)
        )
    )


def charge_facts(row: Charge, prices: list[ChargePrice]) -> ChargeFacts:
    """A row with its prices as the value it is."""
    pairs = tuple(sorted(PayerPrice(each.payer_id, each.price_cents) for each in prices))
    return facts_of(ChargeFacts, row, prices=pairs)


def _checked(facts: ChargeFacts) -> ChargeFacts:
    code = read_procedure(facts.code)
    kept = as_kept(
        ChargeFacts(
            system=code.system,
            code=code.value,
            words=facts.words,
            price_cents=facts.price_cents,
            active=facts.active,
            prices=tuple(sorted(facts.prices)),
        )
    )
    if not all(0 <= cents <= MOST_CENTS for cents in (kept.price_cents, *(each.price_cents for each in kept.prices))):
        raise Refused(N_("A price is zero or more, of at most ten digits."), where="price_cents")
    if len({each.payer_id for each in kept.prices}) != len(kept.prices):
        raise Refused(N_("A payer has two prices."), where="prices", remedy=N_("Leave one of them blank."))
    return kept


def _taken(work: Work, kept: ChargeFacts) -> int | None:
    return work.session.scalar(
        select(Charge.id).where(
            Charge.practice_id == work.actor.practice_id, Charge.system == kept.system, Charge.code == kept.code
        )
    )


def _payers(work: Work, kept: ChargeFacts) -> None:
    asked = {each.payer_id for each in kept.prices}
    if not asked:
        return
    known = set(
        work.session.scalars(select(Payer.id).where(Payer.practice_id == work.actor.practice_id, Payer.id.in_(asked)))
    )
    if asked - known:
        raise Refused(N_("There is no such choice."), where="prices", remedy=N_("Choose one of the list."))


def _keep_prices(work: Work, charge_id: int, before: tuple[PayerPrice, ...], after: tuple[PayerPrice, ...]) -> None:
    was = {each.payer_id: each.price_cents for each in before}
    now = {each.payer_id: each.price_cents for each in after}
    for row in prices_of(work, charge_id):
        if row.payer_id not in now:
            work.session.delete(row)
        else:
            row.price_cents = now[row.payer_id]
    work.session.add_all(
        ChargePrice(
            practice_id=work.actor.practice_id, charge_id=charge_id, payer_id=payer_id, price_cents=now[payer_id]
        )
        for payer_id in now
        if payer_id not in was
    )
