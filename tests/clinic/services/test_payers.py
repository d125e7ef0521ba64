"""Payers, as their people enter and change them."""

from __future__ import annotations

import msgspec
import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import PayerFacts
from clinic.models import Fact, Payer
from clinic.services.acting import NotAllowed
from clinic.services.change_payer import change_payer
from clinic.services.changing import facts_of, print_of
from clinic.services.enter_payer import enter_payer
from clinic.services.find import Unknown

PLAN = PayerFacts(name="Lakeside Plan", payer_system="payer", payer_number="LSP01", filing="CI", active=True)


def test_a_payer_is_entered_changed_and_told(practice) -> None:
    who = practice.actor("biller")
    payer = enter_payer(who, PLAN)
    seen = facts_of(PayerFacts, db.session.get(Payer, payer))
    db.session.commit()
    change_payer(
        who, payer, msgspec.structs.replace(seen, phone="218-555-0101", payer_number=" ", filing="MB"), print_of(seen)
    )
    row = db.session.get(Payer, payer, populate_existing=True)
    assert (row.phone, row.payer_number, row.filing) == ("2185550101", None, "MB")
    state: dict = {}
    for fact in db.session.query(Fact).filter_by(thing="payer", thing_id=payer).order_by(Fact.sequence):
        state |= fact.body["after"]
    assert msgspec.convert(state, PayerFacts) == facts_of(PayerFacts, row)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": "Northlake Mutual"}, "name"),
        ({"name": ""}, "name"),
        ({"filing": "XX"}, "filing"),
        ({"payer_system": "other"}, "payer_system"),
        ({"postal_code": "5"}, "postal_code"),
        ({"state": "M1"}, "state"),
        ({"phone": "1"}, "phone"),
    ],
)
def test_what_is_refused(practice, fields, where) -> None:
    with pytest.raises(Refused) as refused:
        enter_payer(practice.actor("manager"), msgspec.structs.replace(PLAN, **fields))
    assert refused.value.where == where
    assert db.session.query(Payer).count() == 1


def test_a_payer_may_keep_its_own_name_but_not_take_anothers(practice) -> None:
    who = practice.actor("manager")
    payer = enter_payer(who, PLAN)
    change_payer(who, payer, PLAN, print_of(PLAN))
    with pytest.raises(Refused):
        change_payer(who, payer, msgspec.structs.replace(PLAN, name="Northlake Mutual"), print_of(PLAN))


def test_whose(practice, other_practice) -> None:
    with pytest.raises(Unknown):
        change_payer(practice.actor("biller"), other_practice.payer.id, PLAN, "")
    for role in ("assistant", "provider", "administrator"):
        with pytest.raises(NotAllowed):
            enter_payer(practice.actor(role), PLAN)
