"""Claims of several visits or none of one: divided and joined. Each is the fold of its facts."""

from datetime import date

import pytest

from billing.coding.changes import AddDiagnosis, SetField, SetLine
from billing.models import ClaimRecord
from billing.services.change_claim import ChangedElsewhere, change_claim
from billing.services.claim_value import assemble, load
from billing.services.divide_claim import divide_by, divide_claim
from billing.services.hold_claim import finish_coding
from billing.services.join_visits import join_visit, take_visit_out
from billing.services.open_claim import open_claim
from billing.services.visits_together import candidates
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.models import Fact, JournalAct, Patient
from clinic.services.acting import NotAllowed
from clinic.services.find import Unknown
from clinic.services.merge_patients import merge_patients
from tests.billing.services.shaping import (
    add_line,
    as_told,
    coding,
    facts,
    other_place,
    other_provider,
    record_of,
    second_policy,
    two_visits,
    visits,
    waiting,
)
from tests.billing.services.steps import coded_claim, digest_of, ready_claim
from tests.fixtures.people import make_patient, make_visit


def test_lines_go_to_a_second_claim(practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    number = add_line(practice, claim_id)
    change_claim(biller, claim_id, SetField("note", "with interpreter"))
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    before = coding(claim_id).charged()
    second = divide_claim(biller, claim_id, [number], sequence=record_of(claim_id).sequence)
    one, two = record_of(claim_id), record_of(second)
    assert (one.preparation, two.preparation, one.digest) == ("coding", "coding", None)
    assert one.total_cents + two.total_cents == before.cents
    assert (one.number != two.number, two.patient_id) == (True, one.patient_id)
    assert visits(claim_id) == visits(second)
    assert [code.value for code in coding(second).diagnoses] == ["E119"]
    assert [code.value for code in coding(claim_id).diagnoses] == ["I10"]
    assert coding(second).lines[0].pointers == (1,)
    assert coding(second).note == "with interpreter"
    opened = db.session.query(Fact).filter_by(thing="claim", thing_id=second).one()
    assert (opened.type, opened.version, opened.body["divided_from"]) == ("claim.opened", 2, claim_id)
    assert facts(claim_id)[-1] == "claim.changed"
    assert {row.thing_id for row in db.session.query(JournalAct).filter_by(thing="claim")} == {claim_id, second}
    assert as_told(claim_id, second)
    assert assemble(load(biller, second)).claim is not None


def test_to_another_payer_and_provider(practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    number = add_line(practice, claim_id)
    policy, provider = second_policy(practice, record_of(claim_id).patient_id), other_provider(practice)
    second = divide_claim(biller, claim_id, [number], coverage_id=policy, rendering_id=provider)
    assert (record_of(second).coverage_id, record_of(second).rendering_id) == (policy, provider)
    assert record_of(claim_id).coverage_id != policy
    assert as_told(claim_id, second)


def test_each_provider_a_claim(practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    provider = other_provider(practice)
    with pytest.raises(Refused) as refused:
        divide_by(biller, claim_id, "provider")
    assert refused.value.where == "divide"
    change_claim(biller, claim_id, SetLine(add_line(practice, claim_id), "rendering_id", provider))
    (second,) = divide_by(biller, claim_id, "provider")
    assert record_of(second).rendering_id == provider
    assert [line.rendering_id for line in coding(second).lines] == [None]
    assert as_told(claim_id, second)


def test_what_cannot_be_divided_changes_nothing(practice, other_practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    before = len(facts(claim_id))
    for numbers in ([], ["1"], ["7"]):
        with pytest.raises(Refused) as refused:
            divide_claim(biller, claim_id, numbers)
        assert refused.value.where == "divide"
    number = add_line(practice, claim_id)
    theirs = other_practice.provider.id
    for chosen in ({"coverage_id": 99_000}, {"rendering_id": theirs}):
        with pytest.raises(Unknown):
            divide_claim(biller, claim_id, [number], **chosen)
    with pytest.raises(ChangedElsewhere):
        divide_claim(biller, claim_id, [number], sequence=1)
    with pytest.raises(Unknown):
        divide_claim(other_practice.actor("biller"), claim_id, [number])
    with pytest.raises(NotAllowed):
        divide_claim(practice.actor("provider"), claim_id, [number])
    assert len(facts(claim_id)) == before + 2
    assert db.session.query(ClaimRecord).count() == 1


def test_a_visit_is_put_on_and_taken_out(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    join_visit(biller, claim_id, later.id)
    assert visits(claim_id) == [first, later.id]
    assert [line.service.start.day for line in coding(claim_id).lines] == [4, 6]
    assert len(coding(claim_id).diagnoses) == 1
    assert facts(claim_id) == ["claim.opened", "claim.visit_added", "claim.changed"]
    assert as_told(claim_id)
    assert waiting() == set()
    take_visit_out(biller, claim_id, first)
    assert visits(claim_id) == [later.id]
    assert record_of(claim_id).service_on == date(2026, 5, 6)
    assert as_told(claim_id)
    assert waiting() == {first}
    for visit_id in (first, later.id):
        with pytest.raises(Refused):
            take_visit_out(biller, claim_id, visit_id)


def test_visits_of_merged_charts_are_one_patients(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    other = make_patient(practice, "Calloway", "Bea", covered=False)
    theirs = make_visit(practice, other, date(2026, 5, 5))
    with pytest.raises(Refused):
        join_visit(biller, claim_id, theirs.id)
    merge_patients(practice.actor("manager"), later.patient_id, other.id, "same card")
    join_visit(biller, claim_id, theirs.id)
    assert [line.service.start.day for line in coding(claim_id).lines] == [4, 5]
    assert [each.visit.id for each in candidates(biller, record_of(claim_id)) if each.refused is None] == [later.id]
    assert as_told(claim_id)


def test_an_earlier_day_moves_the_day_of_service(practice) -> None:
    biller = practice.actor("biller")
    patient = make_patient(practice)
    first, later = make_visit(practice, patient), make_visit(practice, patient, date(2026, 5, 6))
    claim_id = open_claim(biller, later.id)
    join_visit(biller, claim_id, first.id)
    assert record_of(claim_id).service_on == date(2026, 5, 4)
    assert as_told(claim_id)


def test_by_day_divides_what_was_joined(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    join_visit(biller, claim_id, later.id)
    (second,) = divide_by(biller, claim_id, "day")
    assert (visits(claim_id), visits(second)) == ([first], [later.id])
    assert record_of(second).service_on == later.on
    assert as_told(claim_id, second)


def test_the_visits_own_claim_comes_along_and_is_withdrawn(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    own = open_claim(biller, later.id)
    change_claim(biller, own, AddDiagnosis(Code(ICD10CM, "E119")))
    change_claim(biller, own, SetLine("1", "pointers", [2, 1]))
    with pytest.raises(Refused) as refused:
        join_visit(biller, claim_id, later.id)
    assert refused.value.params == {"number": record_of(own).number}
    assert visits(own) == [later.id]
    join_visit(biller, claim_id, later.id, confirmed=True)
    assert [code.value for code in coding(claim_id).diagnoses] == ["I10", "E119"]
    assert coding(claim_id).lines[-1].pointers == (2, 1)
    assert (record_of(own).journey, record_of(own).owes, visits(own)) == ("withdrawn", "nobody", [])
    gone = db.session.query(Fact).filter_by(thing="claim", thing_id=own, type="claim.withdrawn").one()
    assert (gone.version, gone.body) == (2, {"into": claim_id})
    assert as_told(claim_id, own)
    assert waiting() == set()
    with pytest.raises(Refused):
        change_claim(biller, own, SetField("note", "too late"))


def test_what_cannot_be_together_is_refused(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    patient = db.session.get_one(Patient, later.patient_id)
    stranger = make_visit(practice, make_patient(practice, "Eze", "Ngozi"))
    dental, elsewhere, by_other, uncovered = (make_visit(practice, patient) for _ in range(4))
    dental.department = "dental"
    elsewhere.location_id = other_place(practice)
    by_other.provider_id = other_provider(practice)
    uncovered.on = date(2025, 5, 4)
    patient.coverages[0].starts = date(2026, 1, 1)
    db.session.commit()
    (first,) = visits(claim_id)
    before = facts(claim_id)
    for visit_id in (stranger.id, dental.id, elsewhere.id, by_other.id, uncovered.id, first):
        with pytest.raises(Refused) as refused:
            join_visit(biller, claim_id, visit_id, confirmed=True)
        assert refused.value.where == "join"
    assert facts(claim_id) == before
    sent = ready_claim(practice, "Moreau")
    db.session.get_one(ClaimRecord, sent).journey = "sent"
    db.session.commit()
    with pytest.raises(Refused) as refused:
        join_visit(biller, sent, later.id)
    assert refused.value.where == "claim"
