"""What coders make of suggestions: on the claim with its words, remembered by the practice, shown the next time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from billing.coding.changes import AddDiagnosis, RemoveDiagnosis
from billing.coding.story import body_of
from billing.coding.suggest.memory import Told, verdicts
from billing.models import ClaimRecord, SuggestionMemory
from billing.services.change_claim import ChangedElsewhere
from billing.services.claim_value import coding_of, load
from billing.services.judge_suggestion import change_typed, refuse_suggestion, take_suggestion
from billing.services.open_claim import open_claim
from billing.services.practice_memory import SAID, forget, remembered
from billing.services.suggest_codes import Suggested, suggest_codes
from clinic.base import db
from clinic.domain.code import CPT, ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.models import Fact, Note, Observation, Problem, VisitAct
from clinic.services.acting import NotAllowed
from clinic.services.find import Unknown
from lab.models import LabResult
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW
from tests.fixtures.people import Practice, make_patient, make_visit
from tests.lab.boxes import make_laboratory, order_line

ASTHMA, MODERATE = Code(ICD10CM, "J45909"), Code(ICD10CM, "J4540")
PRESSURE = Code(ICD10CM, "I10")
NOTE = "Assessment: asthma. Essential hypertension. No pneumonia.\nFamily history: colon cancer in father."


def opened(practice: Practice, text: str = NOTE) -> int:
    visit = make_visit(practice, make_patient(practice))
    db.session.query(Note).filter_by(visit_id=visit.id).update({"text": text})
    db.session.commit()
    return open_claim(practice.actor("biller"), visit.id)


def shown(practice: Practice, claim_id: int) -> Suggested:
    db.session.expire_all()
    return suggest_codes(load(practice.actor("biller"), claim_id))


def codes(rows) -> list[str]:
    return [row.proposal.shown for row in rows]


def memory() -> dict[tuple[str, str, str], int]:
    db.session.expire_all()
    return {(row.words, row.suggested, row.chosen): row.times for row in db.session.query(SuggestionMemory)}


def rebuilt(practice: Practice) -> dict[tuple[str, str, str], int]:
    """The counts from the facts alone, nothing having been forgotten."""
    found: dict[tuple[str, str, str], int] = {}
    for (claim_id,) in db.session.query(ClaimRecord.id).filter_by(practice_id=practice.row.id):
        facts = db.session.query(Fact).filter(
            Fact.thing == "claim", Fact.thing_id == claim_id, Fact.type.in_(SAID), Fact.practice_id == practice.row.id
        )
        told = [Told(body_of(fact.type, fact.version, fact.body), fact.at) for fact in facts.order_by(Fact.sequence)]
        for (words, suggested), verdict in verdicts(told).items():
            key = words, suggested.value, verdict.chosen.value if verdict.chosen else ""
            found[key] = found.get(key, 0) + 1
    return found


def test_what_is_open_there_and_apart(practice) -> None:
    claim_id = opened(practice)
    found = shown(practice, claim_id)
    assert codes(found.open) == ["I10", "J45.909"]
    assert codes(found.there) == ["99213"]
    assert {(row.proposal.shown, row.proposal.status, row.may) for row in found.apart} == {
        ("Z80.0", "family", True),
        ("J18.9", "negated", False),
    }
    assert [row.gap is not None for row in found.open] == [False, True]


def test_taken_it_stands_on_the_claim_with_its_words(practice) -> None:
    claim_id = opened(practice)
    take_suggestion(practice.actor("biller"), claim_id, PRESSURE)
    record = load(practice.actor("biller"), claim_id)
    assert coding_of(record).diagnoses == (PRESSURE,)
    fact = db.session.query(Fact).filter_by(thing="claim", thing_id=claim_id, type="claim.changed").one()
    assert fact.version == 3
    grounds = body_of(fact.type, fact.version, fact.body).grounds
    note_id = db.session.query(Note.id).scalar()
    start = NOTE.index("Essential")
    assert [(w.source, w.source_id, w.start, w.text) for w in grounds.words] == [
        ("note", note_id, start, "Essential hypertension")
    ]
    assert memory() == {("essential hypertension", "I10", "I10"): 1} == rebuilt(practice)
    assert codes(shown(practice, claim_id).open) == ["J45.909"]


@pytest.mark.parametrize("code", [Code(ICD10CM, "J189"), Code(ICD10CM, "C189"), Code(ICD10CM, "E119")])
def test_what_is_denied_of_a_relative_or_not_there_is_not_taken(practice, code) -> None:
    claim_id = opened(practice)
    with pytest.raises(Refused):
        take_suggestion(practice.actor("biller"), claim_id, code)
    assert coding_of(load(practice.actor("biller"), claim_id)).diagnoses == ()
    assert memory() == {}


def test_having_a_relative_with_it_may_be_coded(practice) -> None:
    claim_id = opened(practice)
    take_suggestion(practice.actor("biller"), claim_id, Code(ICD10CM, "Z800"))
    assert "Z80.0" in codes(shown(practice, claim_id).there)


def test_another_code_for_the_words_is_shown_at_the_next_claim(practice) -> None:
    first = opened(practice)
    take_suggestion(practice.actor("biller"), first, ASTHMA, instead=MODERATE)
    assert coding_of(load(practice.actor("biller"), first)).diagnoses == (MODERATE,)
    assert "J45.909" not in codes(shown(practice, first).open)
    row = shown(practice, opened(practice, "Impression: asthma")).open[0]
    assert (row.proposal.shown, row.usual.shown, row.habit.times, row.habit.of) == ("J45.909", "J45.40", 1, 1)
    assert memory() == {("asthma", "J45909", "J4540"): 1} == rebuilt(practice)


def test_typed_in_place_of_a_suggested_one_is_remembered_as_that(practice) -> None:
    claim_id = opened(practice)
    biller = practice.actor("biller")
    change_typed(biller, claim_id, AddDiagnosis(MODERATE))
    assert memory() == {("asthma", "J45909", "J4540"): 1}
    change_typed(biller, claim_id, RemoveDiagnosis(1))
    assert memory() == {("asthma", "J45909", "J4540"): 0}
    assert rebuilt(practice) == {}
    change_typed(biller, claim_id, AddDiagnosis(Code(ICD10CM, "M545")))
    change_typed(biller, claim_id, AddDiagnosis(PRESSURE))
    assert {key: times for key, times in memory().items() if times} == rebuilt(practice)
    assert rebuilt(practice) == {("essential hypertension", "I10", "I10"): 1}


def test_one_that_is_taken_out_for_another_is_remembered_as_that(practice) -> None:
    claim_id = opened(practice)
    biller = practice.actor("biller")
    take_suggestion(biller, claim_id, ASTHMA)
    change_typed(biller, claim_id, AddDiagnosis(MODERATE))
    assert memory() == {("asthma", "J45909", "J45909"): 1}
    change_typed(biller, claim_id, RemoveDiagnosis(1))
    assert {key: times for key, times in memory().items() if times} == {("asthma", "J45909", "J4540"): 1}
    assert rebuilt(practice) == {("asthma", "J45909", "J4540"): 1}


def test_refused_it_stays_away_and_the_claim_stays_as_it_was(practice) -> None:
    claim_id = opened(practice)
    biller = practice.actor("biller")
    before = load(biller, claim_id)
    before = (before.coding, before.preparation, before.changed_at)
    refuse_suggestion(biller, claim_id, ASTHMA, "not treated today")
    after = load(biller, claim_id)
    assert (after.coding, after.preparation, after.changed_at) == before
    fact = db.session.query(Fact).filter_by(type="claim.suggestion_refused").one()
    assert fact.reason == "not treated today"
    found = shown(practice, claim_id)
    assert codes(found.open) == ["I10"]
    assert [row.refused for row in found.apart if row.proposal.code == ASTHMA] == [True]
    assert memory() == {("asthma", "J45909", ""): 1} == rebuilt(practice)
    take_suggestion(biller, claim_id, ASTHMA)
    assert memory() == {("asthma", "J45909", ""): 0, ("asthma", "J45909", "J45909"): 1}


def test_a_habit_moves_the_order(practice) -> None:
    text = "Assessment: asthma. Essential hypertension."
    first = opened(practice, text)
    assert codes(shown(practice, first).open) == ["I10", "J45.909"]
    refuse_suggestion(practice.actor("biller"), first, PRESSURE)
    assert codes(shown(practice, opened(practice, text)).open) == ["J45.909", "I10"]


def test_a_habit_is_that_of_one_practice(practice, other_practice) -> None:
    refuse_suggestion(practice.actor("biller"), opened(practice), ASTHMA)
    foreign = shown(other_practice, opened(other_practice))
    assert [row.habit for row in foreign.open] == [None, None]
    assert remembered(other_practice.actor("biller")) == []
    row_id = remembered(practice.actor("biller"))[0].id
    with pytest.raises(Unknown):
        forget(other_practice.actor("manager"), row_id)


def test_forgotten_it_counts_from_nothing_again(practice) -> None:
    claim_id = opened(practice)
    refuse_suggestion(practice.actor("biller"), claim_id, ASTHMA)
    row_id = remembered(practice.actor("biller"))[0].id
    with pytest.raises(NotAllowed):
        forget(practice.actor("biller"), row_id)
    forget(practice.actor("manager"), row_id)
    assert remembered(practice.actor("biller")) == []
    assert db.session.query(Fact).filter_by(type="suggestion_memory.forgotten").count() == 1
    take_suggestion(practice.actor("biller"), claim_id, ASTHMA)  # takes back what counts no longer
    assert memory() == {("asthma", "J45909", ""): 0, ("asthma", "J45909", "J45909"): 1}
    refuse_suggestion(practice.actor("biller"), opened(practice), ASTHMA)
    assert memory()["asthma", "J45909", ""] == 1


def test_nothing_of_the_patient_is_remembered(practice) -> None:
    claim_id = opened(practice, "Assessment: Beatrix Calloway has asthma, call 555-0142.")
    take_suggestion(practice.actor("biller"), claim_id, ASTHMA)
    assert list(memory()) == [("asthma", "J45909", "J45909")]


def test_an_act_of_the_charge_list_becomes_a_line(practice) -> None:
    visit = make_visit(practice, make_patient(practice))
    biller = practice.actor("biller")
    claim_id = open_claim(biller, visit.id)
    db.session.add(VisitAct(practice_id=practice.row.id, visit_id=visit.id, system="cpt", code="99213", words="again"))
    db.session.commit()
    found = shown(practice, claim_id)
    assert codes(found.there) == ["99213"]
    assert codes(found.open) == ["I10", "99213"]
    take_suggestion(biller, claim_id, Code(CPT, "99213"))
    lines = coding_of(load(biller, claim_id)).lines
    assert [(line.code.value, line.service.start) for line in lines] == [("99213", date(2026, 5, 4))] * 2
    assert codes(shown(practice, claim_id).there) == ["99213", "99213"]


def test_the_record_of_problems_and_observations_is_read(practice) -> None:
    visit = make_visit(practice, make_patient(practice))
    common = {"practice_id": practice.row.id, "visit_id": visit.id}
    db.session.add_all(
        [
            Problem(**common, patient_id=visit.patient_id, words="Obesity"),
            Problem(**common, patient_id=visit.patient_id, words="asthma", status="entered-in-error"),
            Observation(
                **common, system="loinc", code="39156-5", words="Body mass index", value="33.1",
                observed_at=datetime(2026, 5, 4, tzinfo=UTC),
            ),
        ]
    )  # fmt: skip
    db.session.commit()
    found = shown(practice, open_claim(practice.actor("biller"), visit.id))
    assert set(codes(found.open)) == {"I10", "E66.9", "Z68.33"}


def test_the_last_report_of_a_test_is_evidence_and_no_diagnosis(practice) -> None:
    patient = make_patient(practice)
    visit = make_visit(practice, patient)
    line = order_line(practice, make_laboratory(practice), patient)
    line.order.visit_id = visit.id
    measured = {"analyte": "Hemoglobin A1c", "value": "6.9", "unit": "%", "loinc": "4548-4"}
    for version, status, more in (
        (1, "final", {"flag": "H", "value": "9.9"}),
        (2, "corrected", {"flag": "H", "value": "8.4"}),
        (3, "preliminary", {}),
    ):
        db.session.add(
            LabResult(
                practice_id=practice.row.id, line_id=line.id, patient_id=patient.id, version=version, status=status,
                in_house=False, values=[measured | more], performed_at=NOW, reported_at=NOW, source="hl7v2",
            )
        )  # fmt: skip
    db.session.commit()
    claim_id = open_claim(practice.actor("biller"), visit.id)
    found = shown(practice, claim_id)
    assert [value.text for value in found.alone] == ["Hemoglobin A1c 8.4 %"]
    assert codes(found.open) == ["I10"]
    db.session.query(Note).filter_by(visit_id=visit.id).update({"text": "Assessment: type 2 diabetes."})
    db.session.commit()
    found = shown(practice, claim_id)
    assert found.alone == ()
    assert [words.source for words in found.open[0].proposal.words] == ["note", "result"]


def test_a_stale_page_is_told(practice) -> None:
    claim_id = opened(practice)
    sequence = load(practice.actor("biller"), claim_id).sequence
    take_suggestion(practice.actor("biller"), claim_id, PRESSURE, sequence=sequence)
    with pytest.raises(ChangedElsewhere):
        take_suggestion(practice.actor("biller"), claim_id, ASTHMA, sequence=sequence)


def test_what_a_claim_suggests_costs_six_statements(practice) -> None:
    claim_id = opened(practice)
    take_suggestion(practice.actor("biller"), claim_id, PRESSURE)
    record = load(practice.actor("biller"), claim_id)
    with statements() as sent:
        suggest_codes(record)
    assert len(sent) <= 6, sent
