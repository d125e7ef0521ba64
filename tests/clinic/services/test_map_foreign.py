"""What other systems call a thing is decided once, together, remembered, told, and can be decided anew."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import select

from clinic.base import db
from clinic.domain.mapping import KINDS, UNDECIDED, Decision
from clinic.domain.refusal import Refused
from clinic.models import Charge, Coverage, Fact, JournalAct, Location, Mapping, Patient, Payer, Provider, Visit
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken
from clinic.services.find import Unknown
from clinic.services.map_foreign import decision_of, last_fact, map_foreign, take_back
from clinic.services.mapping_standing import standing, waiting
from clinic.services.mapping_table import table
from clinic.services.mapping_targets import suggested, targets
from clinic.services.mappings import mapped, payers_here
from tests.clinic.services.mapped import THEIR_NPI, THEIR_PLACE, encounter, take_in
from tests.clinic.services.taking import rows

CHECK = "snomed|185349003"
SYMPTOM = "snomed|185345009"
MEDS = "snomed|428191000124101"
HYPERTENSION = "snomed|38341003"
SINUSITIS = "Viral sinusitis (disorder)"


@pytest.fixture
def record(actor):
    """Two visits of a system that knows nothing of ours."""
    take_in(actor)
    db.session.expire_all()


def charge(practice, code="99213"):
    return db.session.scalars(select(Charge).where(Charge.practice_id == practice.row.id, Charge.code == code)).one()


def shown(practice, kind, **how):
    return {row.key: row.visits for row in table(practice.row.id, kind, everything=False, **how).rows}


def test_all_that_visits_use_and_nobody_knows_is_listed_with_its_visits(record, practice) -> None:
    assert shown(practice, "practitioner") == {THEIR_NPI: 2}
    assert shown(practice, "place") == {THEIR_PLACE: 2}
    assert shown(practice, "act") == {CHECK: 1, SYMPTOM: 1, MEDS: 1}
    assert shown(practice, "problem") == {HYPERTENSION: 1, SINUSITIS: 1}
    assert shown(practice, "payer") == {}
    (row,) = table(practice.row.id, "place", everything=False).rows
    assert (row.words, str(row.first), str(row.last), row.mapping) == ("PCP36514", "2026-05-04", "2026-05-05", None)
    counts = standing(practice.row.id)
    assert {kind: state.count for kind, state in counts.items()} == {
        "practitioner": 1,
        "place": 1,
        "act": 3,
        "problem": 2,
    }
    assert waiting(practice.actor("biller")).count == 7


def test_what_stands_on_the_charge_list_or_is_a_diagnosis_is_not_foreign(actor, practice) -> None:
    cpt = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]}
    take_in(actor, encounter("e3", "2026-05-06", type=[cpt]))
    assert "cpt|99213" not in shown(practice, "act")
    charge(practice).active = False
    db.session.commit()
    assert "cpt|99213" in shown(practice, "act")


def test_several_get_one_target_in_one_act_and_each_is_told(record, actor, practice) -> None:
    target = charge(practice).id
    assert map_foreign(actor, "act", [CHECK, SYMPTOM], Decision(charge_id=target)) == 2
    facts = db.session.scalars(select(Fact).where(Fact.thing == "mapping").order_by(Fact.id)).all()
    assert [(fact.type, fact.sequence, fact.body["key"], fact.body["after"]["charge_id"]) for fact in facts] == [
        ("mapping.decided", 1, SYMPTOM, target),
        ("mapping.decided", 1, CHECK, target),
    ]
    acts = db.session.scalars(select(JournalAct).where(JournalAct.thing == "mapping")).all()
    assert {(act.act, act.detail) for act in acts} == {("mapping.write", "mapping.decided act")}
    assert shown(practice, "act") == {MEDS: 1}
    assert standing(practice.row.id)["act"].count == 1
    everything = table(practice.row.id, "act", everything=True).rows
    assert {row.key for row in everything if row.mapping} == {CHECK, SYMPTOM}
    # The same again is nothing new.
    assert map_foreign(actor, "act", [CHECK], Decision(charge_id=target)) == 0
    assert db.session.query(Fact).filter(Fact.thing == "mapping").count() == 2


def test_a_decision_is_made_anew_or_taken_back_and_its_facts_make_the_row(record, actor, practice) -> None:
    map_foreign(actor, "act", [MEDS], Decision(charge_id=charge(practice).id))
    map_foreign(actor, "act", [MEDS], Decision(not_ours=True))
    assert take_back(actor, "act", [MEDS]) == 1
    assert take_back(actor, "act", [MEDS]) == 0
    row = db.session.scalars(select(Mapping)).one()
    assert decision_of(row) == UNDECIDED
    assert MEDS in shown(practice, "act")
    facts = db.session.scalars(select(Fact).where(Fact.thing == "mapping").order_by(Fact.sequence)).all()
    assert [fact.type for fact in facts] == ["mapping.decided", "mapping.decided", "mapping.taken_back"]
    for earlier, later in pairwise(facts):
        assert earlier.body["after"] == later.body["before"]
    assert Decision(**facts[-1].body["after"]) == decision_of(row)
    assert Decision(**facts[1].body["after"]) == Decision(not_ours=True)


def test_the_second_of_two_deciders_sees_the_first(record, practice) -> None:
    seen = db.session.scalar(last_fact(practice.row.id))
    first, second = practice.actor("biller"), practice.actor("manager")
    target = charge(practice)
    map_foreign(first, "act", [CHECK], Decision(charge_id=target.id), seen=seen)
    with pytest.raises(Overtaken) as told:
        map_foreign(second, "act", [CHECK, MEDS], Decision(not_ours=True), seen=seen)
    assert told.value.now == Decision(charge_id=target.id)
    assert rows(Mapping) == 1
    # Of what nobody touched, and after looking again, one may decide.
    map_foreign(second, "act", [MEDS], Decision(not_ours=True), seen=seen)
    map_foreign(second, "act", [CHECK], Decision(not_ours=True), seen=db.session.scalar(last_fact(practice.row.id)))
    assert db.session.query(Mapping).filter(Mapping.not_ours).count() == 2


@pytest.mark.parametrize(
    ("kind", "keys", "decision", "where"),
    [
        ("act", [], Decision(not_ours=True), "pick"),
        ("act", [CHECK], UNDECIDED, "target"),
        ("act", [CHECK], Decision(provider_id=1), "target"),
        ("problem", [HYPERTENSION], Decision(code="E11"), "target"),
        ("problem", [HYPERTENSION], Decision(code="ZZZ9"), "target"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(record, actor, kind, keys, decision, where) -> None:
    with pytest.raises(Refused) as refused:
        map_foreign(actor, kind, keys, decision)
    assert refused.value.where == where
    assert rows(Mapping) == 0


def test_a_target_must_be_able_to_bill(record, actor, practice) -> None:
    outside = db.session.scalars(select(Provider).where(Provider.outside)).one()
    charge(practice).active = False
    nameless = Payer(practice_id=practice.row.id, name="No Number")
    db.session.add(nameless)
    db.session.commit()
    for kind, key, decision in (
        ("practitioner", THEIR_NPI, Decision(provider_id=outside.id)),
        ("act", CHECK, Decision(charge_id=charge(practice).id)),
    ):
        with pytest.raises(Refused):
            map_foreign(actor, kind, [key], decision)
    assert rows(Mapping) == 0


def test_what_is_of_another_practice_or_named_by_nobody_is_unknown(record, actor, practice, other_practice) -> None:
    theirs = charge(other_practice)
    for kind, key, decision in (
        ("act", CHECK, Decision(charge_id=theirs.id)),
        ("act", "snomed|1", Decision(not_ours=True)),
        ("practitioner", THEIR_NPI, Decision(provider_id=other_practice.provider.id)),
        ("place", THEIR_PLACE, Decision(location_id=other_practice.location.id)),
        ("colour", CHECK, Decision(not_ours=True)),
    ):
        with pytest.raises(Unknown):
            map_foreign(actor, kind, [key], decision)
    with pytest.raises(Unknown):
        take_back(actor, "act", ["snomed|1"])
    with pytest.raises(Unknown):
        map_foreign(other_practice.actor("biller"), "act", [CHECK], Decision(not_ours=True))
    assert rows(Mapping) == 0
    assert shown(other_practice, "act") == {}


@pytest.mark.parametrize("role", ["assistant", "provider", "administrator"])
def test_only_billers_and_managers_decide(record, practice, role) -> None:
    with pytest.raises(NotAllowed):
        map_foreign(practice.actor(role), "act", [CHECK], Decision(not_ours=True))


def test_a_diagnosis_is_kept_as_claims_carry_it(record, actor, practice) -> None:
    map_foreign(actor, "problem", [HYPERTENSION, SINUSITIS], Decision(code="i10"))
    assert {(row.system, row.code) for row in db.session.scalars(select(Mapping))} == {("icd10cm", "I10")}


def test_what_was_decided_is_read_for_a_visit_in_one_statement(record, actor, practice) -> None:
    map_foreign(actor, "practitioner", [THEIR_NPI], Decision(provider_id=practice.provider.id))
    map_foreign(actor, "place", [THEIR_PLACE], Decision(location_id=practice.location.id))
    map_foreign(actor, "act", [CHECK], Decision(charge_id=charge(practice).id))
    map_foreign(actor, "act", [MEDS], Decision(not_ours=True))
    map_foreign(actor, "problem", [SINUSITIS], Decision(code="J01.90"))
    visits = db.session.scalars(select(Visit).order_by(Visit.on)).all()
    names = mapped(practice.row.id, visits)
    first, second = visits
    assert [names.provider_of(visit) for visit in visits] == [practice.provider.id] * 2
    assert [names.location_of(visit) for visit in visits] == [practice.location.id] * 2
    assert {row.code: (names.act(row) and names.act(row).value, names.not_billed(row)) for row in first.acts} == {
        "185349003": ("99213", False),
        "428191000124101": (None, True),
    }
    assert not names.not_billed(second.acts[0])
    assert names.problem(first.problems[0]) is None
    assert (names.reason(first), names.reason(second).value) == (None, "J0190")
    stranger = Decision(not_ours=True)
    map_foreign(actor, "practitioner", [THEIR_NPI], stranger)
    assert mapped(practice.row.id, visits).provider_of(first) is None


def test_the_payer_of_a_policy_may_be_one_of_ours(record, actor, practice) -> None:
    theirs = Payer(practice_id=practice.row.id, name="Blue Thing", filing="CI")
    db.session.add(theirs)
    db.session.flush()
    patient = db.session.scalars(select(Patient)).one()
    policy = {"patient_id": patient.id, "payer_id": theirs.id, "rank": "P", "member_id": "B1", "filing": "CI"}
    db.session.add(Coverage(practice_id=practice.row.id, **policy))
    db.session.commit()
    assert shown(practice, "payer") == {"Blue Thing": 2}
    with pytest.raises(Refused):
        map_foreign(actor, "payer", ["Blue Thing"], Decision(payer_id=theirs.id))
    map_foreign(actor, "payer", ["Blue Thing"], Decision(payer_id=practice.payer.id))
    assert payers_here(practice.row.id, [theirs, practice.payer])[theirs.id].id == practice.payer.id
    map_foreign(actor, "payer", ["Blue Thing"], Decision(not_ours=True))
    assert payers_here(practice.row.id, [theirs]) == {theirs.id: None}
    theirs.payer_number = "BT1"  # now it is one of ours
    db.session.commit()
    assert payers_here(practice.row.id, [theirs]) == {}


def test_a_suggestion_is_of_the_same_npi_name_or_code_and_only_where_there_is_one(record, practice) -> None:
    practice_id = practice.row.id
    ours = db.session.get(Provider, practice.provider.id)
    ours.first, ours.last = "Ronny764", "Block661"
    place = db.session.get(Location, practice.location.id)
    place.name = "pcp 36514"
    db.session.add(Charge(practice_id=practice_id, system="hcpcs", code="185349003", words="odd", price_cents=1))
    db.session.commit()

    def alike(kind):
        found = table(practice_id, kind, everything=False).rows
        return {key: target.value for key, target in suggested(found, kind, targets(practice_id, kind)).items()}

    assert alike("practitioner") == {THEIR_NPI: str(ours.id)}
    assert alike("place") == {THEIR_PLACE: str(place.id)}
    assert set(alike("act")) == {CHECK}
    twin = Provider(practice_id=practice_id, first="Ronny764", last="Block661", profession="other")
    db.session.add(twin)
    db.session.commit()
    assert alike("practitioner") == {}
    assert rows(Mapping) == 0


def test_words_are_found_whatever_their_case_and_signs_mean_themselves(record, practice) -> None:
    assert shown(practice, "act", text="CHECK UP") == {CHECK: 1}
    assert shown(practice, "act", text="428191") == {MEDS: 1}
    assert shown(practice, "act", text="%") == {}


def test_kinds_and_their_tables_are_the_same_five(practice) -> None:
    for kind in KINDS:
        assert table(practice.row.id, kind, everything=True).total == 0
