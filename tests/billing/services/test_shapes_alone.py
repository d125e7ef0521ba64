"""Claims without a visit, with too many diagnoses, withdrawn, and visits that move. Each is the fold of its facts."""

from datetime import date

import pytest

from billing.coding.changes import AddDiagnosis
from billing.models import ClaimRecord
from billing.services.billed_visits import visit_is_billed, visit_moves
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, load
from billing.services.hold_claim import finish_coding
from billing.services.join_visits import join_visit, take_visit_out
from billing.services.open_claim import open_claim
from billing.services.open_without_visit import open_without_visit
from billing.services.withdraw_claim import withdraw_claim
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.models import Fact, Problem
from clinic.services.acting import acting
from clinic.services.find import Unknown
from tests.billing.services.shaping import THIRTEEN, add_line, as_told, coding, record_of, two_visits, visits, waiting
from tests.billing.services.steps import digest_of
from tests.fixtures.people import make_patient, make_visit


def test_a_claim_without_a_visit(practice, other_practice) -> None:
    biller, patient = practice.actor("biller"), make_patient(practice)
    claim_id = open_without_visit(
        biller, patient.id, date(2026, 5, 5), practice.location.id, provider_id=practice.provider.id, place="81"
    )
    assert visits(claim_id) == []
    add_line(practice, claim_id, on=date(2026, 5, 5))
    claim = assemble(load(biller, claim_id)).claim
    assert (claim.part.place, claim.acts[0].service.start) == ("81", date(2026, 5, 5))
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    assert record_of(claim_id).preparation == "coded"
    assert as_told(claim_id)
    before = db.session.query(ClaimRecord).count()
    for wrong in ({"on": date(2026, 5, 7)}, {"on": date(1950, 1, 1)}, {"place": "8"}, {"place": "٨١"}):
        told = {"on": date(2026, 5, 5), **wrong}
        with pytest.raises(Refused) as refused:
            open_without_visit(biller, patient.id, location_id=practice.location.id, **told)
        assert refused.value.where == next(iter(wrong))
    for unknown in ({"location_id": other_practice.location.id}, {"provider_id": other_practice.provider.id}):
        told = {"location_id": practice.location.id, **unknown}
        with pytest.raises(Unknown):
            open_without_visit(biller, patient.id, date(2026, 5, 5), **told)
    assert db.session.query(ClaimRecord).count() == before


def test_more_than_twelve_problems_open_a_claim_all_the_same(practice) -> None:
    biller, patient = practice.actor("biller"), make_patient(practice)
    visit = make_visit(practice, patient)
    db.session.add_all(
        Problem(
            practice_id=practice.row.id,
            patient_id=patient.id,
            visit_id=visit.id,
            system=ICD10CM,
            code=code,
            words="something",
        )
        for code in THIRTEEN
    )
    db.session.commit()
    claim_id = open_claim(biller, visit.id)
    assert len(coding(claim_id).diagnoses) == 12
    with pytest.raises(Refused) as refused:
        change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, "R519")))
    assert refused.value.where == "diagnoses"


def test_a_withdrawn_claim_gives_its_visit_back_or_not(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    with pytest.raises(Refused) as refused:
        withdraw_claim(biller, claim_id, "  ")
    assert refused.value.where == "withdraw"
    withdraw_claim(biller, claim_id, "opened by mistake")
    assert waiting() == {first, later.id}
    assert as_told(claim_id)
    with pytest.raises(Refused):
        withdraw_claim(biller, claim_id, "again")
    again = open_claim(biller, first)
    assert again != claim_id
    withdraw_claim(biller, again, "a courtesy, not billed", visit_done=True)
    assert waiting() == {later.id}
    assert visits(again) == [first]
    assert as_told(again)
    told = db.session.query(Fact).filter_by(thing="claim", thing_id=again, type="claim.withdrawn").one()
    assert (told.body, told.reason) == ({"visit_done": True}, "a courtesy, not billed")
    assert not visit_is_billed(practice.row.id, first)


def test_a_visit_moves_once_no_claim_holds_it(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    join_visit(biller, claim_id, later.id)

    def moves(visit_id: int) -> bool:
        with acting(practice.actor("assistant"), "visit.move") as work:
            work.journal("visit", visit_id)
            try:
                visit_moves(work, visit_id, 1)
            except Refused:
                return False
        return True

    assert not moves(first)
    take_visit_out(biller, claim_id, first)
    assert moves(first)
    assert not moves(later.id)
    withdraw_claim(biller, claim_id, "wrong patient", visit_done=True)
    assert moves(later.id)
