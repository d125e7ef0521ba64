"""Policies added, changed and ended: facts of the patient; what was sent keeps its own copy."""

from datetime import date

import pytest
from msgspec.structs import replace

from clinic.base import db
from clinic.domain.particulars import Particulars
from clinic.domain.policies import SUBSCRIBER, Policy
from clinic.domain.refusal import Refused
from clinic.models import Coverage, Fact
from clinic.services.acting import NotAllowed
from clinic.services.add_coverage import add_coverage
from clinic.services.change_coverage import change_coverage
from clinic.services.changing import Overtaken, print_of
from clinic.services.end_coverage import end_coverage
from clinic.services.enter_patient import enter_patient
from clinic.services.find import Unknown
from clinic.services.merge_patients import merge_patients
from clinic.services.patient_facts import policy_of, standing_of


@pytest.fixture
def biller(practice):
    return practice.actor("biller")


@pytest.fixture
def patient(biller):
    return enter_patient(biller, Particulars(last="Calloway", first="Beatrix"))


@pytest.fixture
def policy(practice):
    return Policy(
        payer_id=practice.payer.id,
        rank="P",
        member_id=" NLM 884 ",
        filing="",
        relation="18",
        assigns_benefits="Y",
        release="Y",
        plan_name="",
        subscriber_last="left over",
    )


def stands(coverage: int) -> Policy:
    return policy_of(db.session.get_one(Coverage, coverage))


def types(patient: int) -> list[str]:
    rows = db.session.query(Fact).filter_by(thing="patient", thing_id=patient).order_by(Fact.sequence)
    return [row.type for row in rows]


def test_added_cleaned_and_told(biller, patient, policy, practice) -> None:
    coverage = add_coverage(biller, patient, policy)
    now = stands(coverage)
    assert (now.member_id, now.filing, now.plan_name) == ("NLM 884", practice.payer.filing, None)
    assert all(getattr(now, name) is None for name in SUBSCRIBER), "the patient is the insured"
    assert types(patient) == ["patient.entered", "coverage.added"]
    assert standing_of(biller, patient).policies == ((coverage, now),)


def test_changed_ended_and_rebuilt(biller, patient, policy) -> None:
    first = add_coverage(biller, patient, replace(policy, starts=date(2026, 1, 1)))
    second = add_coverage(biller, patient, replace(policy, rank="S"))
    before = stands(first)
    assert change_coverage(biller, first, replace(before, group_number="70418"), print_of(before))
    end_coverage(biller, first, date(2026, 6, 30))
    third = add_coverage(biller, patient, replace(policy, starts=date(2026, 7, 1)))
    assert types(patient)[1:] == ["coverage.added"] * 2 + ["coverage.changed", "coverage.ended", "coverage.added"]
    kept = dict(standing_of(biller, patient).policies)
    assert kept == {each: stands(each) for each in (first, second, third)}
    assert (kept[first].group_number, kept[first].ends) == ("70418", date(2026, 6, 30))


def test_one_rank_at_a_time(biller, patient, policy) -> None:
    coverage = add_coverage(biller, patient, policy)
    with pytest.raises(Refused) as refused:
        add_coverage(biller, patient, policy)
    assert refused.value.where == "rank"
    second = add_coverage(biller, patient, replace(policy, rank="S"))
    now = stands(second)
    with pytest.raises(Refused):
        change_coverage(biller, second, replace(now, rank="P"), print_of(now))
    mine = stands(coverage)
    assert change_coverage(biller, coverage, replace(mine, member_id="X"), print_of(mine)), "not against itself"


def test_the_second_to_save_is_told(biller, patient, policy) -> None:
    coverage = add_coverage(biller, patient, policy)
    seen = stands(coverage)
    change_coverage(biller, coverage, replace(seen, member_id="A"), print_of(seen))
    with pytest.raises(Overtaken) as overtaken:
        change_coverage(biller, coverage, replace(seen, member_id="B"), print_of(seen))
    assert overtaken.value.now == replace(seen, member_id="A")
    now = stands(coverage)
    assert not change_coverage(biller, coverage, now, print_of(now))


def test_an_end_that_cannot_be(biller, patient, policy) -> None:
    coverage = add_coverage(biller, patient, replace(policy, starts=date(2026, 1, 1), ends=date(2026, 6, 30)))
    for day in (date(2025, 12, 31), date(2026, 7, 1)):
        with pytest.raises(Refused) as refused:
            end_coverage(biller, coverage, day)
        assert refused.value.where == "ends"
    end_coverage(biller, coverage, date(2026, 3, 31))
    assert stands(coverage).ends == date(2026, 3, 31)


def test_a_payer_of_another_practice_is_none(biller, patient, policy, other_practice) -> None:
    with pytest.raises(Refused) as refused:
        add_coverage(biller, patient, replace(policy, payer_id=other_practice.payer.id))
    assert refused.value.where == "payer_id"
    assert db.session.query(Coverage).count() == 0


def test_a_policy_for_a_merged_chart_goes_to_whom_it_became(biller, patient, policy, practice) -> None:
    other = enter_patient(biller, Particulars(last="Osei"))
    merge_patients(practice.actor("manager"), other, patient, "same card")
    coverage = add_coverage(biller, other, policy)
    assert db.session.get_one(Coverage, coverage).patient_id == patient


def test_who_may_not(biller, patient, policy, practice, other_practice) -> None:
    coverage = add_coverage(biller, patient, policy)
    with pytest.raises(NotAllowed):
        add_coverage(practice.actor("provider"), patient, policy)
    stranger = other_practice.actor("manager")
    with pytest.raises(Unknown):
        add_coverage(stranger, patient, policy)
    with pytest.raises(Unknown):
        change_coverage(stranger, coverage, policy, "")
    with pytest.raises(Unknown):
        end_coverage(stranger, coverage, date(2026, 6, 30))
