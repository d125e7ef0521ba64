"""What was decided about another system's names is read where a claim is made; an open claim takes it when asked."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.changes import RemoveLine, SetField
from billing.coding.coding import Coding
from billing.models import ClaimRecord
from billing.services.change_claim import ChangedElsewhere, change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.open_claim import open_claim
from billing.services.take_mapped import offer, take_mapped
from clinic.base import db
from clinic.domain.mapping import Decision
from clinic.domain.refusal import Refused
from clinic.models import Charge, ChargePrice, Coverage, Fact, Patient, Payer, Problem, Visit
from clinic.services.find import Unknown
from clinic.services.map_foreign import map_foreign
from clinic.services.mappings import mapped
from tests.clinic.services.mapped import THEIR_NPI, THEIR_PLACE, take_in
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

CHECK, MEDS, HYPERTENSION = "snomed|185349003", "snomed|428191000124101", "snomed|38341003"
SINUSITIS = "Viral sinusitis (disorder)"


@pytest.fixture
def biller(practice):
    return practice.actor("biller")


@pytest.fixture
def visits(biller):
    """Two visits: one with a problem, one with only a reason."""
    take_in(biller)
    return db.session.scalars(select(Visit).order_by(Visit.on)).all()


def charge(practice, code="99213"):
    return db.session.scalars(select(Charge).where(Charge.practice_id == practice.row.id, Charge.code == code)).one()


def decide(practice, biller):
    map_foreign(biller, "practitioner", [THEIR_NPI], Decision(provider_id=practice.provider.id))
    map_foreign(biller, "place", [THEIR_PLACE], Decision(location_id=practice.location.id))
    map_foreign(biller, "act", [CHECK], Decision(charge_id=charge(practice).id))
    map_foreign(biller, "act", [MEDS], Decision(not_ours=True))
    map_foreign(biller, "problem", [HYPERTENSION], Decision(code="I10"))
    map_foreign(biller, "problem", [SINUSITIS], Decision(code="J01.90"))


def cover(practice, payer=None, filing="CI"):
    patient = db.session.scalars(select(Patient)).one()
    policy = {"patient_id": patient.id, "rank": "P", "member_id": "M1", "filing": filing}
    row = Coverage(practice_id=practice.row.id, payer_id=(payer or practice.payer).id, **policy)
    db.session.add(row)
    db.session.commit()
    return row


def coding(claim_id) -> Coding:
    db.session.expire_all()
    return coding_of(db.session.get(ClaimRecord, claim_id))


def test_a_claim_opened_after_the_decision_says_what_it_is_here(practice, biller, visits) -> None:
    decide(practice, biller)
    first, second = (coding(open_claim(biller, visit.id)) for visit in visits)
    assert (first.rendering_id, first.location_id) == (practice.provider.id, practice.location.id)
    assert [code.value for code in first.diagnoses] == ["I10"]
    assert [(line.code.value, line.charge.cents, line.pointers) for line in first.lines] == [("99213", 12000, (1,))]
    assert [code.value for code in second.diagnoses] == ["J0190"]
    assert second.lines == ()  # nobody has said what that kind of visit is here


def test_a_claim_opened_before_takes_it_in_one_act_once(practice, biller, visits) -> None:
    cover(practice)
    claim_id = open_claim(biller, visits[0].id)
    before = coding(claim_id)
    assert (before.diagnoses, before.lines, before.location_id) == ((), (), None)
    decide(practice, biller)
    sequence = load(biller, claim_id).sequence
    assert take_mapped(biller, claim_id, sequence=sequence) == 4
    after = coding(claim_id)
    fresh = coding(open_claim(biller, visits[0].id))
    assert after == fresh
    assert [(line.code.value, line.pointers) for line in after.lines] == [("99213", (1,))]
    assert (after.rendering_id, after.location_id) == (practice.provider.id, practice.location.id)
    with pytest.raises(Refused):
        take_mapped(biller, claim_id)
    with pytest.raises(ChangedElsewhere):
        take_mapped(biller, claim_id, sequence=sequence)
    told = db.session.scalars(select(Fact.type).where(Fact.thing == "claim", Fact.thing_id == claim_id))
    assert set(told) == {"claim.opened", "claim.changed"}
    assert assemble(load(biller, claim_id)).claim is not None


def test_what_the_biller_chose_is_left_alone(practice, biller, visits) -> None:
    other = practice.provider.id
    claim_id = open_claim(biller, visits[0].id)
    change_claim(biller, claim_id, SetField("location_id", practice.location.id))
    map_foreign(biller, "problem", [HYPERTENSION], Decision(code="I10"))
    assert take_mapped(biller, claim_id) == 1
    change_claim(biller, claim_id, SetField("rendering_id", other))
    map_foreign(biller, "practitioner", [THEIR_NPI], Decision(not_ours=True))
    with pytest.raises(Refused):
        take_mapped(biller, claim_id)
    assert coding(claim_id).rendering_id == other


def test_a_line_the_record_itself_gave_and_the_biller_took_out_is_not_offered_again(practice, biller, visits) -> None:
    db.session.add(
        Charge(practice_id=practice.row.id, system="snomed", code="428191000124101", words="m", price_cents=1)
    )
    db.session.commit()
    claim_id = open_claim(biller, visits[0].id)
    change_claim(biller, claim_id, RemoveLine("1"))
    map_foreign(biller, "act", [CHECK], Decision(charge_id=charge(practice).id))
    assert take_mapped(biller, claim_id) == 1
    assert [line.code.value for line in coding(claim_id).lines] == ["99213"]


def test_more_than_twelve_problems_open_and_take_the_first_twelve(practice, biller, visits) -> None:
    visit = visits[0]
    ours = [
        "I10",
        "E119",
        "E785",
        "K219",
        "J45909",
        "N390",
        "G4700",
        "M1990",
        "R110",
        "R42",
        "R519",
        "R69",
        "Z0000",
        "R531",
    ]
    for number in range(len(ours) - 1):
        row = {"system": "snomed", "code": str(number), "words": f"thing {number}", "visit_id": visit.id}
        db.session.add(Problem(practice_id=practice.row.id, patient_id=visit.patient_id, **row))
    db.session.commit()
    early = open_claim(biller, visit.id)
    keys = [HYPERTENSION, *(f"snomed|{number}" for number in range(len(ours) - 1))]
    for key, code in zip(keys, ours, strict=True):
        map_foreign(biller, "problem", [key], Decision(code=code))
    take_mapped(biller, early)
    assert [code.value for code in coding(early).diagnoses] == ours[:12]
    db.session.get(ClaimRecord, early).journey = "withdrawn"
    db.session.commit()
    assert [code.value for code in coding(open_claim(biller, visit.id)).diagnoses] == ours[:12]


@pytest.fixture
def theirs(practice):
    """A payer an import found, without a number."""
    row = Payer(practice_id=practice.row.id, name="Blue Thing", filing="CI")
    db.session.add(row)
    db.session.commit()
    return row


def test_a_policy_with_a_foreign_payer_goes_to_the_one_it_is_here(practice, biller, visits, theirs) -> None:
    ours = db.session.get(Payer, practice.payer.id)
    ours.filing = "BL"
    special = {"charge_id": charge(practice).id, "payer_id": ours.id, "price_cents": 9900}
    db.session.add(ChargePrice(practice_id=practice.row.id, **special))
    cover(practice, theirs)
    decide(practice, biller)
    map_foreign(biller, "payer", ["Blue Thing"], Decision(payer_id=ours.id))
    claim_id = open_claim(biller, visits[0].id)
    claim = assemble(load(biller, claim_id)).claim
    payer = claim.coverage.payer
    assert (payer.identifier.value, claim.coverage.filing) == ("NLM01", "BL")
    assert payer.name.name == "NORTHLAKE MUTUAL"
    assert coding(claim_id).charged().cents == 9900


def test_a_payer_that_is_not_billed_is_passed_over(practice, biller, visits, theirs) -> None:
    cover(practice, theirs)
    assert coding(open_claim(biller, visits[0].id)).coverage_id is not None
    map_foreign(biller, "payer", ["Blue Thing"], Decision(not_ours=True))
    assert coding(open_claim(biller, visits[1].id)).coverage_id is None


def test_the_desk_marks_what_is_not_billed_and_offers_what_was_decided(practice, biller, visits, client) -> None:
    claim_id = open_claim(biller, visits[0].id)
    decide(practice, biller)
    log_in(client, biller, practice)
    address = f"/claims/{claim_id}/code"
    text = client.get(address).get_data(as_text=True)
    assert "not billed</span>" in text
    assert re.search(r"→ <code>99213</code>", text)
    assert "Take the mapped codes" in text
    sequence = re.search(r'data-sequence="(\d+)"', text)[1]
    answer = client.post(f"/claims/{claim_id}/take-mapped", data={"sequence": sequence})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    text = client.get(address).get_data(as_text=True)
    assert "Take the mapped codes" not in text
    assert [code.value for code in coding(claim_id).diagnoses] == ["I10"]
    client.post(f"/claims/{claim_id}/take-mapped", data={"sequence": sequence})
    assert "Someone else changed this claim" in client.get(address).get_data(as_text=True)


def test_it_costs_the_desk_two_statements(practice, biller, visits) -> None:
    """What was decided, and the prices of what could be taken."""
    cover(practice)
    claim_id = open_claim(biller, visits[0].id)
    decide(practice, biller)
    record = load(biller, claim_id)
    wanted = select(Visit).options(selectinload(Visit.acts), selectinload(Visit.problems), joinedload(Visit.provider))
    shown = db.session.scalars(wanted.where(Visit.id == visits[0].id)).all()
    assert record.coverage is not None
    with statements() as sent:
        found = offer(record, shown, mapped(practice.row.id, shown))
    assert found.parts == 4
    assert len(sent) == 2


def test_claims_of_others_are_unknown(practice, other_practice, biller, visits) -> None:
    claim_id = open_claim(biller, visits[0].id)
    with pytest.raises(Unknown):
        take_mapped(other_practice.actor("biller"), claim_id)
