"""Entering and correcting patients, and those who may be the same."""

from datetime import date

import pytest
from msgspec.structs import replace

from clinic.base import db
from clinic.domain.particulars import Particulars
from clinic.domain.refusal import Refused
from clinic.models import Coverage, Fact, JournalAct, Patient
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, print_of
from clinic.services.correct_patient import correct_patient
from clinic.services.enter_patient import MayBeSame, enter_patient
from clinic.services.find import Unknown
from clinic.services.look_alikes import look_alikes, said_unlike, traits_of
from clinic.services.merge_patients import merge_patients
from clinic.services.patient_facts import particulars_of, standing_of
from clinic.services.tell_apart import tell_apart

BEA = Particulars(last="Calloway", first="Beatrix", birth=date(1967, 3, 14), sex="F", phone="218-555-0142")


@pytest.fixture
def biller(practice):
    return practice.actor("biller")


def facts(patient_id: int) -> list[str]:
    rows = db.session.query(Fact).filter_by(thing="patient", thing_id=patient_id).order_by(Fact.sequence)
    return [row.type for row in rows]


def test_a_patient_gets_the_next_chart_number_and_leaves_fact_and_journal(biller) -> None:
    first = enter_patient(biller, BEA)
    second = enter_patient(biller, Particulars(last=" Òsei ", first="Marvin"))
    rows = [db.session.get_one(Patient, each) for each in (first, second)]
    assert [row.chart_number for row in rows] == ["000001", "000002"]
    assert [row.name_key for row in rows] == ["calloway beatrix", "osei marvin"]
    assert rows[0].phone == "2185550142"
    assert facts(first) == ["patient.entered"]
    acts = [(row.act, row.thing, row.thing_id, row.actor_id) for row in db.session.query(JournalAct)]
    assert acts == [("patient.write", "patient", each, biller.staff_id) for each in (first, second)]


def test_the_journal_holds_no_name(biller) -> None:
    enter_patient(biller, BEA)
    row = db.session.query(JournalAct).one()
    assert row.detail == "patient.entered"


def test_a_look_alike_is_shown_first_and_nothing_is_entered(biller) -> None:
    first = enter_patient(biller, BEA)
    with pytest.raises(MayBeSame) as asked:
        enter_patient(biller, replace(BEA, last="Caloway", phone=None))
    assert [each.patient.id for each in asked.value.alikes] == [first]
    assert asked.value.alikes[0].likeness.reasons == ("near_name", "same_birth")
    assert db.session.query(Patient).count() == 1
    assert db.session.query(Fact).count() == 1
    assert enter_patient(biller, Particulars(last="Osei")) > first, "the chart number was not spent"


def test_who_said_that_they_are_others_is_kept_with_both(biller) -> None:
    first = enter_patient(biller, BEA)
    second = enter_patient(biller, replace(BEA, first="Bea"), (first,))
    kept = db.session.query(Fact).filter_by(thing_id=second, type="patient.entered").one()
    assert kept.body["unlike"] == [first]
    assert kept.actor_id == biller.staff_id
    assert (said_unlike(biller, first), said_unlike(biller, second)) == ((second,), (first,))


def test_saying_so_of_one_is_not_saying_so_of_all(biller) -> None:
    first = enter_patient(biller, BEA)
    enter_patient(biller, replace(BEA, first="Bea"), (first,))
    with pytest.raises(MayBeSame) as asked:
        enter_patient(biller, replace(BEA, middle="Anne"), (first,))
    assert len(asked.value.alikes) == 2


def test_a_phone_is_found_however_it_was_written(biller) -> None:
    first = enter_patient(biller, Particulars(last="Moreau", phone="218-555-0142"))
    db.session.get_one(Patient, first).phone = "+1 (218) 555-0142"
    db.session.commit()
    with pytest.raises(MayBeSame) as asked:
        enter_patient(biller, BEA)
    assert asked.value.alikes[0].likeness.reasons == ("same_phone",)


def test_a_member_id_is_found(biller, practice) -> None:
    first = enter_patient(biller, BEA)
    other = enter_patient(biller, Particulars(last="Osei"))
    for each in (first, other):
        db.session.add(
            Coverage(
                practice_id=practice.row.id,
                patient_id=each,
                payer_id=practice.payer.id,
                rank="P",
                member_id="NLM-1" if each == first else "nlm-1",
                filing="CI",
            )
        )
    db.session.commit()
    found = look_alikes(biller, traits_of(row := db.session.get_one(Patient, other), row.coverages), (other,))
    assert [(each.patient.id, each.likeness.reasons) for each in found] == [(first, ("same_member_id",))]


def test_names_swapped_are_found(biller) -> None:
    first = enter_patient(biller, BEA)
    with pytest.raises(MayBeSame) as asked:
        enter_patient(biller, Particulars(last="Beatrix", first="Calloway"))
    assert asked.value.alikes[0].patient.id == first


def test_nobody_of_another_practice_looks_alike(biller, other_practice) -> None:
    enter_patient(other_practice.actor("biller"), BEA)
    assert enter_patient(biller, BEA)


def test_a_merged_chart_does_not_look_alike(biller, practice) -> None:
    first = enter_patient(biller, BEA)
    second = enter_patient(biller, replace(BEA, first="Bea"), (first,))
    merge_patients(practice.actor("manager"), second, first, "same card")
    with pytest.raises(MayBeSame) as asked:
        enter_patient(biller, replace(BEA, middle="Anne"))
    assert [each.patient.id for each in asked.value.alikes] == [first]


def test_a_correction_is_a_fact_with_both_versions(biller) -> None:
    patient = enter_patient(biller, BEA)
    before = particulars_of(db.session.get_one(Patient, patient))
    assert correct_patient(biller, patient, replace(before, last="Osei-Calloway"), print_of(before))
    row = db.session.get_one(Patient, patient)
    assert (row.last, row.name_key) == ("Osei-Calloway", "oseicalloway beatrix")
    fact = db.session.query(Fact).filter_by(thing_id=patient, type="patient.corrected").one()
    assert (fact.body["before"]["last"], fact.body["after"]["last"]) == ("Calloway", "Osei-Calloway")
    assert standing_of(biller, patient).particulars == particulars_of(row)


def test_a_correction_that_changes_nothing_is_no_fact(biller) -> None:
    patient = enter_patient(biller, BEA)
    before = particulars_of(db.session.get_one(Patient, patient))
    assert not correct_patient(biller, patient, replace(before, phone="218 555 0142"), print_of(before))
    assert facts(patient) == ["patient.entered"]


def test_the_second_to_save_is_told_what_stands_there(biller) -> None:
    patient = enter_patient(biller, BEA)
    seen = particulars_of(db.session.get_one(Patient, patient))
    correct_patient(biller, patient, replace(seen, city="Duluth"), print_of(seen))
    with pytest.raises(Overtaken) as overtaken:
        correct_patient(biller, patient, replace(seen, city="Two Harbors"), print_of(seen))
    assert overtaken.value.now == replace(seen, city="Duluth")
    assert facts(patient) == ["patient.entered", "patient.corrected"]


def test_a_merged_chart_is_not_corrected(biller, practice) -> None:
    first = enter_patient(biller, BEA)
    second = enter_patient(biller, replace(BEA, first="Bea"), (first,))
    merge_patients(practice.actor("manager"), second, first, "same card")
    now = particulars_of(db.session.get_one(Patient, second))
    with pytest.raises(Refused):
        correct_patient(biller, second, replace(now, last="Osei"), print_of(now))


def test_telling_apart_is_kept_with_both(biller) -> None:
    first = enter_patient(biller, BEA)
    second = enter_patient(biller, Particulars(last="Osei"))
    tell_apart(biller, second, first)
    assert (said_unlike(biller, first), said_unlike(biller, second)) == ((second,), (first,))
    with pytest.raises(Refused):
        tell_apart(biller, first, first)


def test_who_may_not(practice, other_practice, biller) -> None:
    provider = practice.actor("provider")
    with pytest.raises(NotAllowed):
        enter_patient(provider, BEA)
    patient = enter_patient(biller, BEA)
    with pytest.raises(NotAllowed):
        correct_patient(provider, patient, BEA, "")
    stranger = other_practice.actor("biller")
    with pytest.raises(Unknown):
        correct_patient(stranger, patient, BEA, "")
    mine = enter_patient(stranger, BEA)
    with pytest.raises(Unknown):
        tell_apart(stranger, mine, patient)
