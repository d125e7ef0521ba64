"""The charge list: prices are facts, codes tell their system, claims of before stay as they were."""

from __future__ import annotations

import msgspec
import pytest

from billing.services.pricing import price_list
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import ChargeFacts, PayerPrice
from clinic.models import Charge, ChargePrice, Fact
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, print_of
from clinic.services.find import Unknown
from clinic.services.set_charge import MOST_CENTS, add_charge, charge_facts, set_charge

LONGER = ChargeFacts(system="", code="99214", words="visit, longer", price_cents=18000, active=True)


def now(charge_id: int) -> ChargeFacts:
    row = db.session.get(Charge, charge_id, populate_existing=True)
    facts = charge_facts(row, db.session.query(ChargePrice).filter_by(charge_id=charge_id).populate_existing().all())
    db.session.commit()
    return facts


@pytest.mark.parametrize(
    ("typed", "system", "code"),
    [
        ("99214", "cpt", "99214"),
        ("0042t", "cpt", "0042T"),
        (" g0009 ", "hcpcs", "G0009"),
        ("d1110", "cdt", "D1110"),
    ],
)
def test_a_code_tells_its_system(practice, typed, system, code) -> None:
    charge = add_charge(practice.actor("biller"), msgspec.structs.replace(LONGER, code=typed))
    row = db.session.get(Charge, charge)
    assert (row.system, row.code) == (system, code)


def test_prices_of_single_payers_come_change_and_go(practice) -> None:
    who, payer = practice.actor("biller"), practice.payer.id
    charge = add_charge(who, msgspec.structs.replace(LONGER, prices=(PayerPrice(payer, 15000),)))
    assert price_list(practice.row.id, payer)["cpt", "99214"].price.cents == 15000
    assert price_list(practice.row.id, None)["cpt", "99214"].price.cents == 18000
    seen = now(charge)
    set_charge(who, charge, msgspec.structs.replace(seen, prices=(PayerPrice(payer, 14000),)), print_of(seen))
    assert price_list(practice.row.id, payer)["cpt", "99214"].price.cents == 14000
    seen = now(charge)
    set_charge(who, charge, msgspec.structs.replace(seen, prices=(), active=False), print_of(seen))
    assert ("cpt", "99214") not in price_list(practice.row.id, payer)
    assert now(charge).prices == ()
    state: dict = {}
    told = db.session.query(Fact).filter_by(thing="charge", thing_id=charge).order_by(Fact.sequence).all()
    for fact in told:
        state |= fact.body["after"]
    assert msgspec.convert(state, ChargeFacts) == now(charge)
    assert told[1].body["before"] == {"prices": [{"payer_id": payer, "price_cents": 15000}]}


def test_a_change_of_price_alone_overtakes(practice) -> None:
    who = practice.actor("biller")
    charge = add_charge(who, LONGER)
    seen = now(charge)
    set_charge(who, charge, msgspec.structs.replace(seen, prices=(PayerPrice(practice.payer.id, 1),)), print_of(seen))
    with pytest.raises(Overtaken):
        set_charge(who, charge, msgspec.structs.replace(seen, words="late"), print_of(seen))
    assert now(charge).words == "visit, longer"


def test_what_is_refused(practice, other_practice) -> None:
    who = practice.actor("manager")
    for fields, where in (
        ({"code": "99213"}, "code"),
        ({"code": "9921"}, "code"),
        ({"code": "ABCDE"}, "code"),
        ({"words": " "}, "words"),
        ({"price_cents": -1}, "price_cents"),
        ({"price_cents": MOST_CENTS + 1}, "price_cents"),
        ({"prices": (PayerPrice(practice.payer.id, 1), PayerPrice(practice.payer.id, 2))}, "prices"),
        ({"prices": (PayerPrice(other_practice.payer.id, 1),)}, "prices"),
    ):
        with pytest.raises(Refused) as refused:
            add_charge(who, msgspec.structs.replace(LONGER, **fields))
        assert refused.value.where == where, fields
    assert db.session.query(Charge).filter_by(practice_id=practice.row.id).count() == 3
    assert db.session.query(ChargePrice).count() == 0


def test_whose(practice, other_practice) -> None:
    theirs = db.session.query(Charge).filter_by(practice_id=other_practice.row.id).first().id
    with pytest.raises(Unknown):
        set_charge(practice.actor("biller"), theirs, LONGER, "")
    for role in ("assistant", "provider", "administrator"):
        with pytest.raises(NotAllowed):
            add_charge(practice.actor(role), LONGER)
