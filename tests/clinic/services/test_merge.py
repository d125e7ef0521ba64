"""Merging redirects and can be undone; the redirects are a projection of the facts."""

import random
from datetime import date
from threading import Barrier, Thread

import pytest

from clinic.base import db
from clinic.domain.particulars import Particulars
from clinic.domain.patient_story import survivor
from clinic.domain.refusal import Refused
from clinic.models import Fact, JournalAct, Patient, Visit
from clinic.services.acting import NotAllowed
from clinic.services.enter_patient import enter_patient
from clinic.services.enter_visit import enter_visit
from clinic.services.find import Unknown
from clinic.services.merge_patients import merge_patients, unmerge_patients
from clinic.services.patient_facts import particulars_of, policy_of, standing_of
from clinic.services.read_patient import read_chart
from clinic.services.surviving import family_of, survivor_of
from tests.counts import count
from tests.fixtures.people import make_visit


@pytest.fixture
def manager(practice):
    return practice.actor("manager")


@pytest.fixture
def people(manager):
    names = ("Calloway", "Osei", "Moreau", "Haddad", "Jansen", "Verhoeven")
    return [enter_patient(manager, Particulars(last=name)) for name in names]


def redirects() -> dict[int, int | None]:
    return dict(db.session.query(Patient.id, Patient.merged_into_id).all())


def test_a_merge_is_told_to_both_and_redirects(manager, people) -> None:
    one, two, *_ = people
    assert merge_patients(manager, two, one, " same  card ") == one
    assert survivor_of(manager, two).id == one
    rows = db.session.query(Fact).filter_by(type="patient.merged").order_by(Fact.id).all()
    assert [(row.thing_id, row.body, row.reason, row.actor_id) for row in rows] == [
        (two, {"into_id": one}, "same card", manager.staff_id),
        (one, {"from_id": two}, "same card", manager.staff_id),
    ]
    acts = db.session.query(JournalAct).filter_by(act="patient.merge").order_by(JournalAct.id)
    assert [(row.thing_id, row.detail) for row in acts] == [(two, "patient.merged"), (one, "patient.merged")]


def test_visits_and_policies_stay_and_are_read_together(manager, people, practice) -> None:
    one, two, *_ = people
    mine = make_visit(practice, db.session.get_one(Patient, one), date(2026, 5, 1))
    theirs = make_visit(practice, db.session.get_one(Patient, two), date(2026, 5, 2))
    merge_patients(manager, two, one, "same card")
    chart = read_chart(manager, two)
    assert [(visit.id, visit.patient_id) for visit in chart.visits] == [(theirs.id, two), (mine.id, one)]
    assert chart.ids == (one, two)
    unmerge_patients(manager, two, "two cards after all")
    assert [visit.id for visit in read_chart(manager, one).visits] == [mine.id]
    assert [visit.id for visit in read_chart(manager, two).visits] == [theirs.id]
    assert db.session.get_one(Visit, theirs.id).patient_id == two


def test_what_is_entered_for_a_merged_chart_goes_to_whom_it_became(manager, people, practice) -> None:
    one, two, *_ = people
    merge_patients(manager, two, one, "same card")
    visit = enter_visit(manager, two, on=date(2026, 5, 4), location_id=practice.location.id)
    assert db.session.get_one(Visit, visit).patient_id == one


def test_chains_are_followed_and_undone_one_by_one(manager, people) -> None:
    one, two, three, *_ = people
    merge_patients(manager, one, two, "same card")
    merge_patients(manager, two, three, "same card")
    assert survivor_of(manager, one).id == three
    assert [row.id for row in family_of(manager, one).merged] == [one, two]
    unmerge_patients(manager, two, "no")
    assert survivor_of(manager, one).id == two
    assert [row.id for row in family_of(manager, three).merged] == []


def test_into_a_merged_chart_means_into_whom_it_became(manager, people) -> None:
    one, two, three, *_ = people
    merge_patients(manager, two, one, "same card")
    assert merge_patients(manager, three, two, "same card") == one
    assert redirects()[three] == one


def test_no_circle_and_no_second_merge(manager, people) -> None:
    one, two, three, *_ = people
    merge_patients(manager, two, one, "same card")
    before = db.session.query(Fact).count()
    for patient, into in ((one, one), (one, two), (two, three)):
        with pytest.raises(Refused):
            merge_patients(manager, patient, into, "same card")
    with pytest.raises(Refused):
        unmerge_patients(manager, three, "never was")
    assert db.session.query(Fact).count() == before


def test_a_reason_is_needed(manager, people) -> None:
    one, two, *_ = people
    with pytest.raises(Refused) as refused:
        merge_patients(manager, two, one, "  ")
    assert refused.value.where == "reason"
    merge_patients(manager, two, one, "same card")
    with pytest.raises(Refused):
        unmerge_patients(manager, two, "")
    assert redirects()[two] == one


def test_what_was_compared_is_what_is_merged(manager, people) -> None:
    one, two, *_ = people
    with pytest.raises(Refused):
        merge_patients(manager, two, one, "same card", (1, 2))
    assert merge_patients(manager, two, one, "same card", (1, 1)) == one


def test_only_a_manager_and_only_here(practice, other_practice, people) -> None:
    one, two, *_ = people
    for role in ("assistant", "biller", "provider", "administrator"):
        with pytest.raises(NotAllowed):
            merge_patients(practice.actor(role), two, one, "same card")
        with pytest.raises(NotAllowed):
            unmerge_patients(practice.actor(role), two, "no")
    stranger = other_practice.actor("manager")
    theirs = enter_patient(stranger, Particulars(last="Calloway"))
    for patient, into in ((theirs, one), (one, theirs)):
        with pytest.raises(Unknown):
            merge_patients(stranger, patient, into, "same card")
    with pytest.raises(Unknown):
        survivor_of(stranger, one)


@pytest.mark.parametrize("seed", range(count(3, 200)))
def test_redirects_are_rebuilt_from_the_facts(manager, people, seed: int) -> None:
    dice = random.Random(seed)
    for _step in range(25):
        one, two = dice.choice(people), dice.choice(people)
        try:
            if dice.random() < 0.6:
                merge_patients(manager, one, two, "same card")
            else:
                unmerge_patients(manager, one, "no")
        except Refused:
            continue
    rebuilt = {each: standing_of(manager, each) for each in people}
    assert {each: standing.merged_into_id for each, standing in rebuilt.items()} == redirects()
    for each in people:
        row = db.session.get_one(Patient, each)
        assert (rebuilt[each].chart_number, rebuilt[each].particulars) == (row.chart_number, particulars_of(row))
        assert list(rebuilt[each].policies) == [(policy.id, policy_of(policy)) for policy in row.coverages]
        assert survivor_of(manager, each).id == survivor(each, redirects())
        assert redirects()[survivor_of(manager, each).id] is None
    told = db.session.query(Fact).filter(Fact.type.in_(("patient.merged", "patient.unmerged")))
    pairs = [(row.thing_id, row.body) for row in told]
    assert sorted((each, body["into_id"]) for each, body in pairs if "into_id" in body) == sorted(
        (body["from_id"], each) for each, body in pairs if "from_id" in body
    ), "every merge is told to both"


def test_two_merges_that_cross_make_no_circle(app, manager, people) -> None:
    one, two, *_ = people
    db.session.commit()
    gate, ends = Barrier(2), []

    def merge(patient: int, into: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                ends.append(merge_patients(manager, patient, into, "same card"))
            except Refused:
                ends.append(None)
            finally:
                db.session.remove()

    threads = [Thread(target=merge, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert sorted(redirects()[each] is None for each in (one, two)) == [False, True]
    assert ends.count(None) == 1
